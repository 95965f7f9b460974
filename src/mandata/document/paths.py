"""The local names of paragraphs that stand side by side: each has one of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from mandata.document.model import Paragraph


@dataclass(slots=True)
class Paths:
    """Places paragraphs one behind the other, each with a path behind one ``prefix``.

    The printed number tells the path; the position does where none is printed, or one before bears the same number.
    """

    prefix: str
    _taken: set[str] = field(default_factory=set)
    _position: int = 0
    _free: int = 0
    """No position below this one is free."""

    def placed(self, paragraph: Paragraph, number: str | None) -> Paragraph:
        """Return a paragraph with its position and its path."""
        self._position += 1
        key = number if number and number not in self._taken else self._free_position()
        self._taken.add(key)
        return replace(paragraph, position=self._position, path=f"{self.prefix}{key}")

    def _free_position(self) -> str:
        self._free = max(self._free, self._position)
        while str(self._free) in self._taken:
            self._free += 1
        return str(self._free)


def within(parent: Paragraph, items: Iterable[Paragraph]) -> Paragraph:
    """Return a paragraph with its items, and theirs, each placed below it."""
    paths = Paths(f"{parent.path}.")
    placed = (paths.placed(item, item.number) for item in items)
    return replace(parent, items=tuple(within(item, item.items) if item.items else item for item in placed))
