"""The place of a finding: in its part of the document, and in the file as received."""

from __future__ import annotations

from dataclasses import dataclass

from mandata.text.mapped import MappedText, Span


@dataclass(frozen=True, slots=True)
class Place:
    """Characters ``start`` to ``end`` of the words of a part; ``path`` is its local name within the document.

    ``runs`` are the contiguous spans of the file that contain them: several if a note or a page break cuts them.
    """

    path: str
    start: int
    end: int
    runs: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """The span of the file from its first to its last character."""
        return self.runs[0][0], self.runs[-1][1]


def place_in(path: str, text: MappedText, start: int, end: int) -> Place:
    """Return the place of some characters of the words of a part.

    Args:
        path: the local name of the part within the document.
        text: its words.
        start: the position of the first character among them.
        end: the position after the last one.
    """
    return Place(path, start, end, tuple(text.runs_of(start, end)))


class Placed:
    """A finding with its place in a part of the document."""

    __slots__ = ()
    place: Place

    @property
    def path(self) -> str:
        """The local name, within the document, of the part in which it was found."""
        return self.place.path

    @property
    def span(self) -> Span:
        """The span of its words in the file."""
        return self.place.span
