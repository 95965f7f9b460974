"""Where characters stand in the file as received, stretch by stretch: few stretches hold many characters."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

Span = tuple[int, int]
"""Offsets in characters into the file as received, end exclusive."""

_EACH = -1
"""The end of a stretch whose characters stand in the file one behind the other, as most do."""


@dataclass(slots=True)
class Places:
    """The places of a row of characters; grown while a text is put together, never changed behind that.

    A stretch is known by the position of its first character, and where that starts. It holds either characters that
    stand one behind the other, or some that stand for one place together, as "é" for two characters of the file.
    """

    firsts: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    size: int = 0

    def grow(self, start: int, count: int) -> None:
        """Add characters that stand one behind the other from ``start`` on."""
        if not count:
            return
        goes_on = self.ends and self.ends[-1] == _EACH and self.starts[-1] + self.size - self.firsts[-1] == start
        if not goes_on:
            self._open(start, _EACH)
        self.size += count

    def stand_for(self, span: Span, count: int) -> None:
        """Add characters that stand for one place together."""
        if count:
            self._open(*span)
            self.size += count

    def take(self, other: Places, left: int, right: int) -> None:
        """Add the places of the characters of another row from a position to another."""
        if left >= right:
            return
        number = bisect_right(other.firsts, left) - 1
        for stop in (*other.cuts(left, right), right):
            start, end = other.starts[number], other.ends[number]
            if end == _EACH:
                self.grow(start + left - other.firsts[number], stop - left)
            else:
                self.stand_for((start, end), stop - left)
            left, number = stop, number + 1

    def span(self, left: int, right: int) -> Span:
        """Return where the characters from a position to another stand, at least one: from the first to the last."""
        firsts, starts, ends = self.firsts, self.starts, self.ends
        number = bisect_right(firsts, left) - 1
        start = starts[number] + left - firsts[number] if ends[number] == _EACH else starts[number]
        number = bisect_right(firsts, right - 1, number) - 1
        end = ends[number]
        return start, starts[number] + right - firsts[number] if end == _EACH else end

    def start(self, at: int) -> int:
        """Return where the character at a position starts in the file."""
        return self.span(at, at + 1)[0]

    def end(self, at: int) -> int:
        """Return where the character at a position ends in the file."""
        return self.span(at, at + 1)[1]

    def cuts(self, left: int, right: int) -> list[int]:
        """Return the positions behind one and before another at which a new stretch begins."""
        return self.firsts[bisect_right(self.firsts, left) : bisect_left(self.firsts, right)]

    def _open(self, start: int, end: int) -> None:
        self.firsts.append(self.size)
        self.starts.append(start)
        self.ends.append(end)
