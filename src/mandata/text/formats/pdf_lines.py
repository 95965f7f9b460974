"""Characters on a page as lines: what stands on one base line and close together, note calls told by their height."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Final

from mandata.text.formats.extracted import Piece
from mandata.text.formats.numbering import LABEL
from mandata.text.formats.pdf_chars import Char, PageChars, in_reading_order, is_from_the_right, mirrored
from mandata.text.marks import raised

_SAME_BASE: Final = 0.25  # of the size: how far characters of one line may stand apart in height
_RAISED_BY, _HIGHEST = 0.1, 0.75  # of the size: between them a smaller character is a raised one
_SMALLER: Final = 0.85
_SPACE: Final = 0.2  # of the size: a wider gap between two letters is a space
_TAB: Final = 0.7  # of the size: a wider gap is more than a space
_COLUMN: Final = 3.0  # of the size: a wider gap parts two columns, save behind a number
_BACK: Final = 1.0  # of the size: a character further left begins another line
_NEAR: Final = 40  # characters; figures and foreign names within a text from the right are shorter


@dataclass
class Line:
    """Characters on one base line, in the order in which they are read."""

    chars: list[Char] = field(default_factory=list)

    @cached_property
    def size(self) -> float:
        """The size of most of its characters, in points."""
        sizes = Counter(round(char.size, 1) for char in self.chars if not char.text.isspace())
        return max(sizes, key=lambda size: (sizes[size], size), default=1.0)

    @cached_property
    def base(self) -> float:
        """The height of the base line."""
        bases = Counter(round(char.base, 1) for char in self.chars if abs(char.size - self.size) < 0.2)
        return max(bases, key=lambda base: (bases[base], -base), default=0.0)

    @cached_property
    def left(self) -> float:
        """Where the first character begins."""
        return min((char.left for char in self.chars if not char.text.isspace()), default=0.0)

    @cached_property
    def right(self) -> float:
        """Where the last character ends."""
        return max((char.right for char in self.chars if not char.text.isspace()), default=0.0)

    @cached_property
    def is_from_the_right(self) -> bool:
        """Whether it is written from the right."""
        return is_from_the_right(char.text for char in self.chars)

    @cached_property
    def text(self) -> str:
        """The characters alone."""
        return "".join(piece.words for piece in self.pieces()).strip()

    @cached_property
    def behind_label(self) -> float | None:
        """Where the words begin behind a number that a wide gap follows, as in a hanging list; None without one."""
        words = list(self._gaps())
        return next((right.left for left, right in words if right.left - left.right > _TAB * self.size), None)

    def _gaps(self) -> Iterator[tuple[Char, Char]]:
        visible = [char for char in self.chars if not char.text.isspace()]
        yield from pairwise(visible)

    @property
    def first_word_width(self) -> float:
        """How much room the first word takes, in points."""
        word: list[Char] = []
        for char in self.chars:
            if char.text.isspace() and word:
                break
            word += [] if char.text.isspace() else [char]
        return max((char.right for char in word), default=0.0) - min((char.left for char in word), default=0.0)

    def is_raised(self, char: Char) -> bool:
        """Tell whether a character is a smaller one above the base line."""
        up = char.base - self.base
        return char.size < _SMALLER * self.size and _RAISED_BY * self.size < up < _HIGHEST * self.size

    def pieces(self) -> list[Piece]:
        """Return the characters by how they are set, spaces as wide gaps ask for, note calls as superscript digits."""
        found: list[Piece] = []
        before: Char | None = None
        for up, group in _grouped((self.is_raised(char), char) for char in self.chars):
            words: list[tuple[str, bool]] = []
            for char in group:
                if before and not up and not self.is_raised(before) and self._is_space(before, char):
                    words.append((" ", before.emphasised and char.emphasised))
                words.append((char.text, char.emphasised))
                before = char
            if up:
                found.append(Piece(raised("".join(text for text, _ in words))))
            else:
                found += [Piece(text, emphasised) for text, emphasised in words]
        return _merged(found)

    def _is_space(self, left: Char, right: Char) -> bool:
        if self.is_from_the_right:  # figures stand the other way: gaps tell nothing
            return False
        gap = right.left - left.right
        return gap > _SPACE * self.size and not left.text.isspace() and not right.text.isspace()


def _grouped(chars: Iterable[tuple[bool, Char]]) -> Iterator[tuple[bool, list[Char]]]:
    group: list[Char] = []
    kind = False
    for up, char in chars:
        if group and up != kind:
            yield kind, group
            group = []
        if not group:
            kind = up
        group.append(char)
    if group:
        yield kind, group


def _merged(pieces: Iterable[Piece]) -> list[Piece]:
    merged: list[Piece] = []
    for piece in pieces:
        if merged and merged[-1].emphasised == piece.emphasised:
            merged[-1] = Piece(merged[-1].words + piece.words, piece.emphasised)
        else:
            merged.append(piece)
    return merged


def lines(page: PageChars) -> list[Line]:
    """Return the lines of a page in the order in which it was written, which for texts is the order of reading.

    Where the page is written from the right, left and right are changed: lines begin at the left all the same.
    """
    from_the_right = is_from_the_right(char.text for char in page.chars)
    found: list[Line] = []
    current: list[Char] = []
    for char in map(mirrored, page.chars) if from_the_right else page.chars:
        if current and not _goes_on(current, char):
            found.append(Line(current))
            current = []
        current.append(char)
    if current:
        found.append(Line(current))
    for line in found if from_the_right else ():
        line.chars = in_reading_order(line.chars)
    return [line for line in found if line.text]


def _goes_on(line: list[Char], char: Char) -> bool:
    if char.text.isspace() and char.right <= char.left:  # a space that PDFium puts in has no width
        return True
    last = next((c for c in reversed(line) if not c.text.isspace()), line[-1])
    size = max(last.size, char.size)
    apart = abs(last.base - char.base)
    level = apart <= _SAME_BASE * size
    script = min(last.size, char.size) < _SMALLER * size and apart < _HIGHEST * size
    if not level and not script:
        return False
    towards = [is_from_the_right([c.text]) for c in (*line[-_NEAR:], char)]
    if any(towards) and not (towards[-1] and is_from_the_right([last.text])):  # figures within stand the other way
        return True
    gap = char.left - last.right
    if gap < -_BACK * size - (last.right - last.left):
        return False
    return gap <= _COLUMN * size or bool(LABEL.match("".join(c.text for c in line).strip()))
