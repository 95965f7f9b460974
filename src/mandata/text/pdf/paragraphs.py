"""Lines of a page as paragraphs: spacing, indents and font size show where one begins."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from mandata.text.extracted import StyledText
from mandata.text.list_numbers import LABEL
from mandata.text.pdf.chars import HYPHEN
from mandata.text.pdf.lines import PageLine

USUAL_PITCH: Final = 1.2  # of the size, if a document shows no other
_WIDEST_PITCH: Final = 2.4
_OFTEN: Final = 0.15  # of all distances: a rarer one is not usual
_MORE_ROOM: Final = 1.25  # of the usual pitch: a wider gap separates paragraphs
INDENT: Final = 0.8  # of the size
OTHER_SIZE: Final = 0.07
ROOM: Final = 0.5  # of the size: less may be left at the end of any line
RAISED_NUMBER = re.compile(r"^[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


@dataclass(frozen=True, slots=True)
class UsualLayout:
    """The usual layout of a document: its font size, and for each font size the pitch (the distance of base lines)."""

    size: float
    pitch: dict[float, float]

    def pitch_of(self, line: PageLine) -> float:
        """Return how far below a line the next one of its paragraph is."""
        return min(self.pitch.get(line.size, USUAL_PITCH * line.size), _WIDEST_PITCH * line.size)


def usual_layout(paged: Iterable[Sequence[PageLine]]) -> UsualLayout:
    """Return the usual layout of the lines of all pages."""
    sizes: Counter[float] = Counter()
    pitches: dict[float, Counter[float]] = defaultdict(Counter)
    for page in paged:
        for line in page:
            sizes[line.size] += len(line.text)
        for above, line in pairwise(page):
            down = round(2 * (above.base - line.base)) / 2
            if above.size == line.size and 0.8 * line.size < down < _WIDEST_PITCH * line.size:
                pitches[line.size][down] += 1
    within = {  # paragraphs of one line show the distance between paragraphs, which is wider
        size: min((pitch for pitch, count in counts.items() if count >= _OFTEN * counts.total()), default=max(counts))
        for size, counts in pitches.items()
    }
    return UsualLayout(max(sizes, key=lambda size: (sizes[size], size), default=1.0), within)


def find_paragraphs(page: Sequence[PageLine], usual: UsualLayout, furniture: set[int]) -> Iterator[list[PageLine]]:
    """Yield the lines of each paragraph of a page; each line of furniture is one of its own.

    Args:
        page: the lines of the page.
        usual: the usual layout of the document.
        furniture: the identities of the lines that pages repeat.
    """
    rights = right_edges(page)
    group: list[PageLine] = []
    for at, line in enumerate(page):
        if group and (
            (id(line) in furniture)
            or id(group[0]) in furniture
            or _begins_paragraph(group, line, rights[at - 1], usual)
        ):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def right_edges(page: Sequence[PageLine]) -> list[float]:
    """Return for each line the rightmost end of the lines of its size above or below it."""
    by_size: dict[float, list[PageLine]] = defaultdict(list)
    for line in page:
        by_size[line.size].append(line)
    furthest = {size: max(line.right for line in same) for size, same in by_size.items()}
    return [
        max((o.right for o in by_size[line.size] if o.left < line.right and line.left < o.right), default=line.right)
        if len(page) < 400
        else furthest[line.size]
        for line in page
    ]


def _begins_paragraph(group: Sequence[PageLine], line: PageLine, right_edge: float, usual: UsualLayout) -> bool:
    """Return whether a line begins a paragraph; ``group`` are the lines of the one before."""
    last, size = group[-1], line.size
    if abs(last.size - size) > OTHER_SIZE * size or RAISED_NUMBER.match(line.text):
        return True
    down = last.base - line.base
    if down < 0.5 * size or down > _MORE_ROOM * usual.pitch_of(line):
        return True
    if has_label(line) and abs(line.left - group[0].left) < INDENT * size:
        return True
    return _is_set_off(group, line) or right_edge - last.right > line.first_word + ROOM * size


def _is_set_off(group: Sequence[PageLine], line: PageLine) -> bool:
    """Return whether a line begins further right or left than the next line of the paragraph would."""
    first, last, size = group[0], group[-1], line.size
    if line.left > last.left + INDENT * size:
        hanging = first.after_label if len(group) == 1 else None
        return hanging is None or abs(line.left - hanging) > INDENT * size
    return len(group) > 1 and line.left < last.left - INDENT * size


def has_label(line: PageLine) -> bool:
    """Return whether a line begins with a number or a bullet followed by a wide gap."""
    first, _, rest = line.text.partition(" ")
    return bool(rest) and bool(LABEL.match(first)) and line.after_label is not None


def styled_words(group: Sequence[PageLine], words: Counter[str]) -> Iterator[StyledText]:
    """Yield the words of the lines of a paragraph, with a space between lines unless a word continues.

    Args:
        group: the lines of the paragraph.
        words: how often each word occurs in the document: shows whether a hyphen at a line's end belongs to the word.
    """
    for at, line in enumerate(group):
        pieces = line.pieces
        last = at == len(group) - 1
        for number, piece in enumerate(pieces):
            text = piece.words.replace(HYPHEN, "-")
            if number == len(pieces) - 1 and not last:
                text = _join_with_next(text, group[at + 1].text, words)
            yield StyledText(text, piece.emphasised)


def _join_with_next(text: str, after: str, words: Counter[str]) -> str:
    """Return a line's text as the next line continues it: a hyphen is dropped if the whole word occurs elsewhere."""
    if not re.search(r"\w[-\u2010\u2011]$", text):  # a space may follow the hyphen: "medium- | and long-term"
        return text.rstrip() + " "
    left, right = re.search(r"[^\W\d_]*(?=.$)", text), re.match(r"[^\W\d_]+", after)
    whole = (left[0] if left else "") + (right[0] if right else "")
    return text[:-1] if words[whole] else text
