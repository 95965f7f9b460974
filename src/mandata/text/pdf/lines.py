"""Characters on a page as lines: those close together on one base line; note calls are recognised by their height."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import dropwhile, groupby, pairwise, takewhile
from typing import Final

from mandata.text.extracted import StyledText
from mandata.text.formatted_text import superscript
from mandata.text.list_numbers import LABEL
from mandata.text.pdf.chars import Char, in_reading_order, is_from_the_right, mirror

_SAME_BASE: Final = 0.25  # of the size: how far the base lines of one line's characters may differ
_RAISED_BY, _HIGHEST = 0.1, 0.75  # of the size: between them a smaller character is a superscript
_SMALLER: Final = 0.85
_SPACE: Final = 0.2  # of the size: a wider gap between two letters is a space
_TAB: Final = 0.7  # of the size: a wider gap is more than a space
_COLUMN: Final = 3.0  # of the size: a wider gap separates two columns, except after a number
_BACK: Final = 1.0  # of the size: a character further left begins another line


@dataclass(frozen=True, slots=True, eq=False)
class PageLine:
    """Words on one base line, in reading order; lengths and places in points."""

    pieces: tuple[StyledText, ...]
    size: float
    """The size of most of its characters."""
    base: float
    """The height of the base line."""
    left: float
    right: float
    after_label: float | None
    """Where the words begin after a number that a wide gap follows, as in a hanging list; None without one."""
    first_word: float
    """The width of the first word."""
    text: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", "".join(piece.words for piece in self.pieces).strip())


def _line(chars: Sequence[Char]) -> PageLine:
    visible = [char for char in chars if not char.text.isspace()] or list(chars)
    sizes = Counter(round(char.size, 1) for char in visible)
    size = max(sizes, key=lambda item: (sizes[item], item))
    bases = Counter(round(char.base, 1) for char in visible if abs(char.size - size) < 0.2)
    base = max(bases, key=lambda item: (bases[item], -item))
    gaps = (right.left for left, right in pairwise(visible) if right.left - left.right > _TAB * size)
    word = list(takewhile(lambda char: not char.text.isspace(), dropwhile(lambda char: char.text.isspace(), chars)))
    return PageLine(
        pieces=tuple(_pieces(chars, size, base)),
        size=size,
        base=base,
        left=min(char.left for char in visible),
        right=max(char.right for char in visible),
        after_label=next(gaps, None),
        first_word=max((c.right for c in word), default=0.0) - min((c.left for c in word), default=0.0),
    )


def _pieces(chars: Sequence[Char], size: float, base: float) -> list[StyledText]:
    """Return the characters by formatting, with a space for each wide gap, and note calls as superscript digits."""
    spaced = not is_from_the_right(char.text for char in chars)  # there, figures run the other way: gaps say nothing
    found: list[StyledText] = []
    before: Char | None = None
    for up, group in _group((_is_raised(char, size, base), char) for char in chars):
        if up:
            found.append(StyledText(superscript("".join(char.text for char in group))))
            before = None
            continue
        for char in group:
            if before and spaced and _is_space(before, char, size):
                found.append(StyledText(" ", before.emphasised and char.emphasised))
            found.append(StyledText(char.text, char.emphasised))
            before = char
    return _merge(found)


def _is_raised(char: Char, size: float, base: float) -> bool:
    """Return whether a character is a superscript: smaller, and above the base line."""
    return char.size < _SMALLER * size and _RAISED_BY * size < char.base - base < _HIGHEST * size


def _is_space(left: Char, right: Char, size: float) -> bool:
    return right.left - left.right > _SPACE * size and not left.text.isspace() and not right.text.isspace()


def _group(chars: Iterable[tuple[bool, Char]]) -> Iterator[tuple[bool, list[Char]]]:
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


def _merge(pieces: Iterable[StyledText]) -> list[StyledText]:
    groups = groupby(pieces, key=lambda piece: piece.emphasised)
    return [StyledText("".join(piece.words for piece in group), emphasised) for emphasised, group in groups]


def find_lines(page: Sequence[Char]) -> list[PageLine]:
    """Return the lines of a page in the order of its content stream, which for texts is the reading order.

    If the page is written from the right, left and right are exchanged, so that lines begin at the left all the same.
    """
    from_the_right = is_from_the_right(char.text for char in page)
    found: list[list[Char]] = []
    current: list[Char] = []
    for char in map(mirror, page) if from_the_right else page:
        if current and not _continues(current, char, from_the_right):
            found.append(current)
            current = []
        current.append(char)
    if current:
        found.append(current)
    all_lines = (_line(in_reading_order(chars) if from_the_right else chars) for chars in found)
    return [line for line in all_lines if line.text]


def _continues(line: list[Char], char: Char, from_the_right: bool) -> bool:
    last = line[-1]
    if last.base == char.base and 0 <= char.left - last.right < char.size and not last.text.isspace():
        return True  # true of most; what follows checks the same more exactly
    if char.text.isspace() and char.right <= char.left:  # a space inserted by PDFium has no width
        return True
    last = next((c for c in reversed(line) if not c.text.isspace()), last)
    size = max(last.size, char.size)
    apart = abs(last.base - char.base)
    level = apart <= _SAME_BASE * size
    script = min(last.size, char.size) < _SMALLER * size and apart < _HIGHEST * size
    if not level and not script:
        return False
    if from_the_right and not (is_from_the_right([last.text]) and is_from_the_right([char.text])):
        return True  # figures within run the other way
    gap = char.left - last.right
    if gap < -_BACK * size - (last.right - last.left):
        return False
    return gap <= _COLUMN * size or bool(LABEL.match("".join(c.text for c in line).strip()))
