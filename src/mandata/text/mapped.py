"""Text that keeps, for each of its characters, the offsets in the file as received."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mandata.lexicon.folding import fold
from mandata.text.places import Places, Span

__all__ = ["MappedText", "Span", "join"]

_GAP = 14  # characters: a superscript note call, as "<sup>12</sup>", is no cut; a page break or a note is


@dataclass(frozen=True, slots=True, eq=False)
class MappedText:
    """Characters, each with the offsets at which it starts and ends in the file as received.

    Slices of a text share its places, so that a slice costs no more than its characters.
    """

    chars: str
    places: Places = field(repr=False)
    at: int = 0
    """The position of the first character among the places."""

    @classmethod
    def of(cls, raw: str, start: int = 0) -> MappedText:
        """Return characters that are consecutive in a file: all of it, or a part of it that begins at ``start``.

        Args:
            raw: the characters.
            start: the offset in the file of the first one.
        """
        places = Places()
        places.add_consecutive(start, len(raw))
        return cls(raw, places)

    @classmethod
    def standing_for(cls, chars: str, start: int, end: int) -> MappedText:
        """Return characters that together represent the characters of the file from ``start`` to ``end``."""
        places = Places()
        places.add_joint((start, end), len(chars))
        return cls(chars, places)

    @classmethod
    def at_places(cls, chars: str, starts: Sequence[int], ends: Sequence[int]) -> MappedText:
        """Return ``chars``, each with its start and end in the file."""
        places = Places()
        for start, end in zip(starts, ends, strict=True):
            if end == start + 1:
                places.add_consecutive(start, 1)
            else:
                places.add_joint((start, end), 1)
        return cls(chars, places)

    def __len__(self) -> int:
        return len(self.chars)

    def __getitem__(self, part: slice) -> MappedText:
        left, right, _ = part.indices(len(self.chars))
        return MappedText(self.chars[left:right], self.places, self.at + left)

    def __add__(self, other: MappedText) -> MappedText:
        return join((self, other))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, MappedText):
            return NotImplemented
        return (self.chars, self.starts, self.ends) == (other.chars, other.starts, other.ends)

    def __hash__(self) -> int:
        return hash((self.chars, self.span))

    @property
    def starts(self) -> tuple[int, ...]:
        """Where each character starts in the file."""
        return tuple(self.places.start(at) for at in range(self.at, self.at + len(self.chars)))

    @property
    def ends(self) -> tuple[int, ...]:
        """Where each character ends in the file."""
        return tuple(self.places.end(at) for at in range(self.at, self.at + len(self.chars)))

    @property
    def folded(self) -> str:
        """The characters with apostrophes, hyphens and spaces folded, for matching; as long as ``chars``."""
        return fold(self.chars)

    @property
    def span(self) -> Span:
        """Where the whole text stands in the file: from the start of its first to the end of its last character."""
        return self.places.span(self.at, self.at + len(self.chars)) if self.chars else (0, 0)

    def span_of(self, start: int, end: int) -> Span:
        """Return where the characters from ``start`` to ``end`` stand in the file."""
        left, right, _ = slice(start, end).indices(len(self.chars))
        return self.places.span(self.at + left, self.at + right) if left < right else (0, 0)

    def position(self, offset: int) -> int:
        """Return the position of the first character that starts at or after an offset in the file."""
        indexes = range(self.at, self.at + len(self.chars))
        return bisect_left(indexes, offset, key=self.places.start)

    def position_after(self, offset: int) -> int:
        """Return the position after the last character that ends at or before an offset in the file."""
        indexes = range(self.at, self.at + len(self.chars))
        return bisect_right(indexes, offset, key=self.places.end)

    def runs(self) -> Iterator[Span]:
        """Yield the contiguous spans of the file that contain the text: two if, say, a note cuts a paragraph."""
        yield from self.runs_of(0, len(self.chars))

    def runs_of(self, start: int, end: int) -> Sequence[Span]:
        """Return the contiguous spans of the file that contain the characters from ``start`` to ``end``."""
        return [span for _, span in self.pieces_of(start, end)]

    def pieces_of(self, start: int, end: int) -> Sequence[tuple[Span, Span]]:
        """Return the contiguous spans from ``start`` to ``end``, each by positions and by offsets in the file."""
        if start >= end:
            return []
        places, left, right = self.places, self.at + start, self.at + end
        cuts = [at for at in places.cuts(left, right) if not 0 <= places.start(at) - places.end(at - 1) <= _GAP]
        bounds = pairwise([left, *cuts, right])
        return [((a - self.at, b - self.at), places.span(a, b)) for a, b in bounds]

    def strip(self, characters: str | None = None) -> MappedText:
        """Return the text without white space (or the given characters) at both ends."""
        left = len(self.chars) - len(self.chars.lstrip(characters))
        right = len(self.chars.rstrip(characters)) or left
        return self[left:right] if (left, right) != (0, len(self.chars)) else self

    def recast(self, chars: str) -> MappedText:
        """Return the text with each character replaced by another, at the same places."""
        assert len(chars) == len(self.chars), "one character for one"
        return MappedText(chars, self.places, self.at)

    def sub(self, pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str]) -> MappedText:
        """Return the text with each match of ``pattern`` replaced; the replacement takes the place of the match."""
        places, chars, done = Places(), list[str](), 0
        for match in pattern.finditer(self.chars):
            new = replacement if isinstance(replacement, str) else replacement(match)
            places.add_from(self.places, self.at + done, self.at + match.start())
            if new:
                self._place(new, match, places)
            chars += (self.chars[done : match.start()], new)
            done = match.end()
        if not chars:
            return self
        places.add_from(self.places, self.at + done, self.at + len(self.chars))
        return MappedText("".join(chars) + self.chars[done:], places)

    def _place(self, new: str, match: re.Match[str], places: Places) -> None:
        """Add the places of the replacement of a match; what it keeps of it keeps its own: "s" of "<sup>s</sup>"."""
        groups = range(1, len(match.groups()) + 1)
        start = next((match.start(group) for group in groups if match[group] == new), -1)
        if start < 0:
            start = self.chars.find(new, *match.span())
        if start < 0:
            places.add_joint(self.span_of(*match.span()), len(new))
        else:
            places.add_from(self.places, self.at + start, self.at + start + len(new))


def join(parts: Iterable[MappedText], between: str = "") -> MappedText:
    """Return the parts joined; ``between`` is placed in the file at the end of the part before it."""
    present = [part for part in parts if part.chars]
    if len(present) == 1:
        return present[0]
    places = Places()
    for part in present:
        if between and places.size:
            left, right = places.end(places.size - 1), part.places.start(part.at)
            places.add_joint((left, max(left, min(left + 1, right))), len(between))
        places.add_from(part.places, part.at, part.at + len(part.chars))
    return MappedText(between.join(part.chars for part in present), places)
