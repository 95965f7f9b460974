"""The offsets of characters in the file as received, stored as stretches: few stretches cover many characters."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

Span = tuple[int, int]
"""Offsets in characters into the file as received, end exclusive."""

_CONSECUTIVE = -1
"""The end stored for a stretch whose characters are consecutive in the file, as most are."""


@dataclass(slots=True)
class Places:
    """The places of a sequence of characters; appended to while a text is built, never changed after that.

    A stretch is stored by the position of its first character, and where that starts. Its characters are either
    consecutive in the file, or together represent one span of it, as "é" may represent two characters.
    """

    firsts: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    size: int = 0

    def add_consecutive(self, start: int, count: int) -> None:
        """Add ``count`` characters that are consecutive in the file from ``start`` on."""
        if not count:
            return
        is_adjacent = (
            self.ends and self.ends[-1] == _CONSECUTIVE and self.starts[-1] + self.size - self.firsts[-1] == start
        )
        if not is_adjacent:
            self._open(start, _CONSECUTIVE)
        self.size += count

    def add_joint(self, span: Span, count: int) -> None:
        """Add ``count`` characters that together represent one span of the file."""
        if count:
            self._open(*span)
            self.size += count

    def add_from(self, other: Places, left: int, right: int) -> None:
        """Add the places of the characters of ``other`` from position ``left`` to ``right``."""
        if left >= right:
            return
        number = bisect_right(other.firsts, left) - 1
        for stop in (*other.cuts(left, right), right):
            start, end = other.starts[number], other.ends[number]
            if end == _CONSECUTIVE:
                self.add_consecutive(start + left - other.firsts[number], stop - left)
            else:
                self.add_joint((start, end), stop - left)
            left, number = stop, number + 1

    def span(self, left: int, right: int) -> Span:
        """Return the span of the file from the first to the last of one or more characters, ``left`` to ``right``."""
        firsts, starts, ends = self.firsts, self.starts, self.ends
        number = bisect_right(firsts, left) - 1
        start = starts[number] + left - firsts[number] if ends[number] == _CONSECUTIVE else starts[number]
        number = bisect_right(firsts, right - 1, number) - 1
        end = ends[number]
        return start, starts[number] + right - firsts[number] if end == _CONSECUTIVE else end

    def start(self, at: int) -> int:
        """Return where the character at a position starts in the file."""
        return self.span(at, at + 1)[0]

    def end(self, at: int) -> int:
        """Return where the character at a position ends in the file."""
        return self.span(at, at + 1)[1]

    def cuts(self, left: int, right: int) -> list[int]:
        """Return the positions after ``left`` and before ``right`` at which a new stretch begins."""
        return self.firsts[bisect_right(self.firsts, left) : bisect_left(self.firsts, right)]

    def _open(self, start: int, end: int) -> None:
        self.firsts.append(self.size)
        self.starts.append(start)
        self.ends.append(end)
