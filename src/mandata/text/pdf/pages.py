"""Pages as one text: paragraphs and notes that a page cuts are read as one; what each page repeats is set apart.

The order is that in which the pages were written. What a page cuts stays cut in the text; it is read as one where its
last line is full.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from mandata.errors import MandataError
from mandata.text.extracted import Extracted, Row, write
from mandata.text.pdf.lines import Line
from mandata.text.pdf.rows import (
    INDENT,
    OTHER_SIZE,
    RAISED_NUMBER,
    ROOM,
    USUAL_PITCH,
    Usual,
    has_label,
    is_heading,
    paragraphs,
    right_edges,
    usual_of,
    words_of,
)
from mandata.un import symbol

_SHORT: Final = 30  # characters; a line that a page cuts is longer
_EDGE: Final = 4  # lines at the head and the foot of a page in which repeated ones are looked for
_PAGE_WORDS: Final = 4  # "Page 2 of 5": a longer line with other figures is another line
_HEAD_ROWS: Final = 3
_NOTE_ENDED, _NEVER = re.compile(r"[.!?]$"), re.compile(r"(?!)")
_ENDED = re.compile(r"[,.;:!?»”\"][⁰¹²³⁴⁵⁶⁷⁸⁹\s]*$")  # a note may be called behind the mark


def compose(paged: Sequence[Sequence[Line]]) -> Extracted:
    """Return the text of the lines of some pages: a paragraph a line, each page behind a form feed."""
    usual = usual_of(paged)
    furniture = _furniture(paged)
    words = Counter(word for page in paged for line in page for word in re.findall(r"[^\W\d_]+", line.text))
    grouped = [list(paragraphs(page, usual, furniture)) for page in paged]
    rests = _rests(grouped, paged, usual, furniture)
    places = {id(group): place for place, group in enumerate(group for groups in grouped for group in groups)}
    return write(
        Row(
            tuple(words_of(group, words)),
            heading=is_heading(group, usual),
            furniture=id(group[0]) in furniture,
            new_page=group is groups[0] and groups is not grouped[0],
            rest_of=places[id(rests[id(group)])] if id(group) in rests else None,
        )
        for groups in grouped
        for group in groups
    )


def _rests(
    grouped: Sequence[Sequence[list[Line]]], paged: Sequence[Sequence[Line]], usual: Usual, furniture: set[int]
) -> dict[int, list[Line]]:
    """Return of which paragraph or note the first one on a page is the rest, by its identity.

    A line that ends with a mark may end a paragraph and be full by chance: then only a missing indent tells, where the
    document has one; else it is for the reader of paragraphs to say. A note ends with a full stop.
    """
    found: dict[int, list[Line]] = {}
    rights = {id(line): right for page in paged for line, right in zip(page, right_edges(page), strict=True)}
    indented = _is_indented(grouped, usual)
    text = [[g for g in groups if id(g[0]) not in furniture] for groups in grouped]
    for above, below in pairwise(text):
        for is_note in (False, True):
            last = next((g for g in reversed(above) if _is_note(g, usual) == is_note), None)
            first = next((g for g in below if _is_note(g, usual) == is_note), None)
            ended = _NOTE_ENDED if is_note else _NEVER if indented else _ENDED
            if last and first and not ended.search(last[-1].text) and _is_cut(last, first, rights[id(last[-1])]):
                found[id(first)] = last
    return found


def _is_note(group: Sequence[Line], usual: Usual) -> bool:
    return group[0].size < (1 - OTHER_SIZE) * usual.size


def _is_cut(last: Sequence[Line], first: Sequence[Line], right: float) -> bool:
    """Tell whether the last paragraph of a page goes on as the first of the next: its last line leaves no room."""
    line, begun = last[-1], first[0]
    if abs(line.size - begun.size) > OTHER_SIZE * line.size or len(line.text) < _SHORT:
        return False
    if right - line.right > begun.first_word + ROOM * line.size:
        return False
    margin = min(one.left for one in (*last, *first))
    begins = begun.left > margin + INDENT * begun.size or has_label(begun) or RAISED_NUMBER.match(begun.text)
    return not begins


def _is_indented(grouped: Iterable[Iterable[list[Line]]], usual: Usual) -> bool:
    """Tell whether the first line of most paragraphs is indented."""
    text = [group for groups in grouped for group in groups if len(group) > 1 and group[0].size == usual.size]
    return sum(group[0].left > group[1].left + INDENT * usual.size for group in text) > len(text) / 2


def _furniture(paged: Sequence[Sequence[Line]]) -> set[int]:
    """Return what each page repeats at its head or foot, by identity: the first page keeps its own."""
    seen: dict[tuple[str, int], list[tuple[int, Line]]] = defaultdict(list)
    found: set[int] = set()
    for number, page in enumerate(paged):
        ordered = sorted(page, key=lambda line: -line.base)
        edges = ordered if len(ordered) <= 2 * _EDGE else [*ordered[:_EDGE], *ordered[-_EDGE:]]
        for line in edges:
            shape = re.sub(r"\d+", "#", line.text) if len(line.text.split()) <= _PAGE_WORDS else line.text
            seen[shape, round(line.base / 6)].append((number, line))
        if number:
            found |= {id(line) for line in _head(ordered)}
    for places in seen.values():
        if len({number for number, _ in places}) > 1:
            found |= {id(line) for number, line in places if number}
    return found


def _head(ordered: Sequence[Line]) -> list[Line]:
    """Return the lines at the head of a page where the symbol of the document stands alone among them."""
    head: list[Line] = []
    for line in ordered:
        if head and head[-1].base - line.base > 1.5 * USUAL_PITCH * max(head[-1].size, line.size):
            break
        head.append(line)
    rows = {round(line.base) for line in head}
    return head if len(rows) <= _HEAD_ROWS and any(map(_is_symbol, head)) else []


def _is_symbol(line: Line) -> bool:
    try:
        return "/" in line.text and " " not in line.text and bool(symbol.parse(line.text))
    except MandataError:
        return False
