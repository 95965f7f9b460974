"""Text that remembers, for each of its characters, where it stands in the file as received."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

Span = tuple[int, int]
"""Offsets in characters into the file as received, end exclusive."""

_FOLDS = (("’‘ʼ`´", "'"), ("\u2010\u2011\u2012\u2013\u2212", "-"), ("\u00a0\u202f", " "))
_SEEN = 2048  # texts whose folded form is kept: the same lines and paragraphs are asked for by each stage


@lru_cache(_SEEN)
def fold(text: str) -> str:
    """Return the text with one apostrophe, one hyphen and one space, character for character.

    >>> fold("l’Assemblée 1990\u20111995")
    "l'Assemblée 1990-1995"
    """
    for marks, plain in _FOLDS:
        for mark in marks:
            text = text.replace(mark, plain)
    return text


@dataclass(frozen=True, slots=True)
class MappedText:
    """Characters, each with the offsets at which it starts and ends in the file as received."""

    chars: str
    starts: tuple[int, ...] = field(repr=False)
    ends: tuple[int, ...] = field(repr=False)

    @classmethod
    def of(cls, raw: str) -> MappedText:
        """Return the text of a whole file."""
        return cls(raw, tuple(range(len(raw))), tuple(range(1, len(raw) + 1)))

    def __len__(self) -> int:
        return len(self.chars)

    def __getitem__(self, part: slice) -> MappedText:
        return MappedText(self.chars[part], self.starts[part], self.ends[part])

    def __add__(self, other: MappedText) -> MappedText:
        return MappedText(self.chars + other.chars, self.starts + other.starts, self.ends + other.ends)

    @property
    def folded(self) -> str:
        """The characters with apostrophes, hyphens and spaces folded, for matching; as long as ``chars``."""
        return fold(self.chars)

    @property
    def span(self) -> Span:
        """Where the whole stands in the file: from its first to behind its last character."""
        return (self.starts[0], self.ends[-1]) if self.chars else (0, 0)

    def span_of(self, start: int, end: int) -> Span:
        """Return where the characters from ``start`` to ``end`` stand in the file."""
        return self[start:end].span

    def runs(self) -> Iterator[Span]:
        """Yield the unbroken stretches of the file that hold the text, as where a note cuts a paragraph in two."""
        gap = 14  # a raised note call, as "<sup>12</sup>", is no cut; a page break or a note is
        start = self.starts[0] if self.chars else 0
        for (_, right), end in zip(pairwise(self.starts), self.ends, strict=False):
            if right - end > gap:
                yield (start, end)
                start = right
        if self.chars:
            yield (start, self.ends[-1])

    def strip(self, marks: str | None = None) -> MappedText:
        """Return the text without white space (or the given marks) at both ends."""
        left = len(self.chars) - len(self.chars.lstrip(marks))
        return self[left : len(self.chars.rstrip(marks)) or left]

    def sub(self, pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str]) -> MappedText:
        """Return the text with each match replaced; the new characters stand where the match stood."""
        parts, done = [], 0
        for match in pattern.finditer(self.chars):
            new = replacement if isinstance(replacement, str) else replacement(match)
            parts += [self[done : match.start()], self._instead(match, new)]
            done = match.end()
        return joined([*parts, self[done:]])

    def _instead(self, match: re.Match[str], new: str) -> MappedText:
        old = self[match.start() : match.end()]
        kept = (match.span(group) for group in range(1, len(match.groups()) + 1) if match[group] == new)
        if new and (place := next(kept, None)):  # what stays keeps its own place: "<sup>s</sup>" -> "s"
            return self[slice(*place)]
        if new and (at := old.chars.find(new)) >= 0:
            return old[at : at + len(new)]
        start, end = old.span if old.chars else (0, 0)
        return MappedText(new, (start,) * len(new), (end,) * len(new))


def joined(parts: Iterable[MappedText], between: str = "") -> MappedText:
    """Return the parts one behind the other; ``between`` stands at the end of the part before it."""
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for part in parts:
        if ends and part.chars and between:
            left = ends[-1]
            chars.append(between)
            starts += [left] * len(between)
            ends += [max(left, min(left + 1, part.starts[0]))] * len(between)
        chars.append(part.chars)
        starts += part.starts
        ends += part.ends
    return MappedText("".join(chars), tuple(starts), tuple(ends))
