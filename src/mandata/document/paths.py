"""The paths (local names) of sibling paragraphs, each of which is unique."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from mandata.document.model import Paragraph


@dataclass(slots=True)
class Paths:
    """Assigns positions and paths with one ``prefix`` to consecutive paragraphs.

    A path ends with the printed number; with the position if none is printed, or an earlier one has the same number.
    """

    prefix: str
    _taken: set[str] = field(default_factory=set)
    _position: int = 0
    _free: int = 0
    """No position below this one is unused."""

    def place(self, paragraph: Paragraph, number: str | None) -> Paragraph:
        """Return the paragraph with its position and its path, from its printed ``number`` if there is one."""
        self._position += 1
        key = number if number and number not in self._taken else self._free_position()
        self._taken.add(key)
        return replace(paragraph, position=self._position, path=f"{self.prefix}{key}")

    def _free_position(self) -> str:
        self._free = max(self._free, self._position)
        while str(self._free) in self._taken:
            self._free += 1
        return str(self._free)


def place_items(parent: Paragraph, items: Iterable[Paragraph]) -> Paragraph:
    """Return ``parent`` with its items, and theirs, each with a path below it."""
    paths = Paths(f"{parent.path}.")
    placed = (paths.place(item, item.number) for item in items)
    return replace(parent, items=tuple(place_items(item, item.items) if item.items else item for item in placed))
