"""Pages as one text: paragraphs and notes cut by a page break are rejoined; what each page repeats is set apart.

The order is that of the content streams. A paragraph cut by a page break stays cut in the extracted text; its parts
form one block if its last line on the page is full.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from mandata.errors import MandataError
from mandata.text.extracted import ExtractedLine, ExtractedText, write
from mandata.text.pdf.lines import PageLine
from mandata.text.pdf.paragraphs import (
    INDENT,
    OTHER_SIZE,
    RAISED_NUMBER,
    ROOM,
    USUAL_PITCH,
    UsualLayout,
    find_paragraphs,
    has_label,
    right_edges,
    styled_words,
    usual_layout,
)
from mandata.un import symbol

_SHORT: Final = 30  # characters; a line that a page cuts is longer
_EDGE: Final = 4  # lines at the top and the bottom of a page that are searched for repeated ones
_PAGE_WORDS: Final = 4  # "Page 2 of 5": a longer line with other figures is another line
_HEAD_ROWS: Final = 3
_NOTE_END, _NEVER = re.compile(r"[.!?]$"), re.compile(r"(?!)")
_PARAGRAPH_END = re.compile(r"[,.;:!?»”\"][⁰¹²³⁴⁵⁶⁷⁸⁹\s]*$")  # a note call may follow the punctuation


def compose(paged: Sequence[Sequence[PageLine]]) -> ExtractedText:
    """Return the text of the lines of all pages: one paragraph per line, with a form feed before each new page."""
    usual = usual_layout(paged)
    furniture = _furniture(paged)
    words = Counter(word for page in paged for line in page for word in re.findall(r"[^\W\d_]+", line.text))
    grouped = [list(find_paragraphs(page, usual, furniture)) for page in paged]
    continuations = _continuations(grouped, paged, usual, furniture)
    places = {id(group): place for place, group in enumerate(group for groups in grouped for group in groups)}
    return write(
        ExtractedLine(
            tuple(styled_words(group, words)),
            furniture=id(group[0]) in furniture,
            new_page=group is groups[0] and groups is not grouped[0],
            continues=places[id(continuations[id(group)])] if id(group) in continuations else None,
        )
        for groups in grouped
        for group in groups
    )


def _continuations(
    grouped: Sequence[Sequence[list[PageLine]]],
    paged: Sequence[Sequence[PageLine]],
    usual: UsualLayout,
    furniture: set[int],
) -> dict[int, list[PageLine]]:
    """Return, by the identity of the first paragraph or note on a page, the one that it continues.

    A line that ends with punctuation may end a paragraph and be full by chance: then only a missing indent shows that
    it continues, if the document has indents; else the parser of paragraphs decides. A note ends with a full stop.
    """
    found: dict[int, list[PageLine]] = {}
    rights = {id(line): right for page in paged for line, right in zip(page, right_edges(page), strict=True)}
    indented = _is_indented(grouped, usual)
    text = [[g for g in groups if id(g[0]) not in furniture] for groups in grouped]
    for above, below in pairwise(text):
        for is_note in (False, True):
            last = next((g for g in reversed(above) if _is_note(g, usual) == is_note), None)
            first = next((g for g in below if _is_note(g, usual) == is_note), None)
            end_pattern = _NOTE_END if is_note else _NEVER if indented else _PARAGRAPH_END
            if last and first and not end_pattern.search(last[-1].text) and _is_cut(last, first, rights[id(last[-1])]):
                found[id(first)] = last
    return found


def _is_note(group: Sequence[PageLine], usual: UsualLayout) -> bool:
    return group[0].size < (1 - OTHER_SIZE) * usual.size


def _is_cut(last: Sequence[PageLine], first: Sequence[PageLine], right: float) -> bool:
    """Return whether the last paragraph of a page continues as the first of the next: its last line is full."""
    line, next_line = last[-1], first[0]
    if abs(line.size - next_line.size) > OTHER_SIZE * line.size or len(line.text) < _SHORT:
        return False
    if right - line.right > next_line.first_word + ROOM * line.size:
        return False
    margin = min(each.left for each in (*last, *first))
    begins = (
        next_line.left > margin + INDENT * next_line.size or has_label(next_line) or RAISED_NUMBER.match(next_line.text)
    )
    return not begins


def _is_indented(grouped: Iterable[Iterable[list[PageLine]]], usual: UsualLayout) -> bool:
    """Return whether the first line of most paragraphs is indented."""
    text = [group for groups in grouped for group in groups if len(group) > 1 and group[0].size == usual.size]
    return sum(group[0].left > group[1].left + INDENT * usual.size for group in text) > len(text) / 2


def _furniture(paged: Sequence[Sequence[PageLine]]) -> set[int]:
    """Return the identities of the lines that pages repeat at their top or bottom; those of the first page are kept."""
    seen: dict[tuple[str, int], list[tuple[int, PageLine]]] = defaultdict(list)
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


def _head(ordered: Sequence[PageLine]) -> list[PageLine]:
    """Return the lines at the top of a page if the symbol of the document is one of them."""
    head: list[PageLine] = []
    for line in ordered:
        if head and head[-1].base - line.base > 1.5 * USUAL_PITCH * max(head[-1].size, line.size):
            break
        head.append(line)
    rows = {round(line.base) for line in head}
    return head if len(rows) <= _HEAD_ROWS and any(map(_is_symbol, head)) else []


def _is_symbol(line: PageLine) -> bool:
    try:
        return "/" in line.text and " " not in line.text and bool(symbol.parse(line.text))
    except MandataError:
        return False
