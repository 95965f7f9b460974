"""Lines of pages as paragraphs: told by room, indents and size; what each page repeats is set apart.

The order is that in which the pages were written. A paragraph that a page cuts stays cut in the text; it is read as one
where its last line is full.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from mandata import symbol
from mandata.errors import MandataError
from mandata.text.formats.extracted import Extracted, Piece, Row, write
from mandata.text.formats.numbering import LABEL
from mandata.text.formats.pdf_chars import HYPHEN
from mandata.text.formats.pdf_lines import Line

_USUAL_PITCH: Final = 1.2  # of the size, where a document shows no other
_WIDEST_PITCH: Final = 2.4
_OFTEN: Final = 0.15  # of all distances: a rarer one is no usual one
_MORE_ROOM: Final = 1.25  # of the usual pitch: a wider gap parts paragraphs
_INDENT: Final = 0.8  # of the size
_OTHER_SIZE: Final = 0.07
_ROOM: Final = 0.5  # of the size: less is left at the end of any line
_EDGE: Final = 4  # lines at the head and the foot of a page in which repeated ones are looked for
_PAGE_WORDS: Final = 4  # "Page 2 of 5": a longer line with other figures is another line
_HEAD_ROWS: Final = 3
_LARGER: Final = 1.12
_SHORT: Final = 30  # characters; a line that a page cuts is longer
_LONG: Final = 300  # characters; no heading is longer
_RAISED_NUMBER = re.compile(r"^[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


@dataclass(frozen=True, slots=True)
class _Usual:
    """What is usual in a document: the size of its text, and by size the distance of base lines."""

    size: float
    pitch: dict[float, float]

    def pitch_of(self, line: Line) -> float:
        return min(self.pitch.get(line.size, _USUAL_PITCH * line.size), _WIDEST_PITCH * line.size)


def compose(paged: Sequence[Sequence[Line]]) -> Extracted:
    """Return the text of the lines of some pages: a paragraph a line, each page behind a form feed."""
    usual = _usual(paged)
    furniture = _furniture(paged)
    words = Counter(word for page in paged for line in page for word in re.findall(r"[^\W\d_]+", line.text))
    grouped = [list(_paragraphs(page, usual, furniture)) for page in paged]
    edges = [_edges(groups, page, usual, furniture) for groups, page in zip(grouped, paged, strict=True)]
    indented = _is_indented(grouped, usual)
    goes_on = [False, *(_is_cut(last, first, indented) for (_, last), (first, _) in pairwise(edges))]
    rows: list[Row] = []
    for number, groups in enumerate(grouped):
        first, last = (edge.group if edge else None for edge in edges[number])
        rows += [
            Row(
                tuple(_joined(group, words)),
                heading=_is_heading(group, usual),
                furniture=id(group[0]) in furniture,
                new_page=number > 0 and group is groups[0],
                cut=group is last and (*goes_on, False)[number + 1],
                goes_on=group is first and goes_on[number],
            )
            for group in groups
        ]
    return write(rows)


@dataclass(frozen=True, slots=True)
class _Edge:
    """The first or the last paragraph of the text on a page, and where its lines end at most."""

    group: list[Line]
    right: float


def _edges(
    groups: Sequence[list[Line]], page: Sequence[Line], usual: _Usual, furniture: set[int]
) -> tuple[_Edge | None, _Edge | None]:
    """Return the first and the last paragraph of a page that are neither furniture nor a note."""
    text = [g for g in groups if id(g[0]) not in furniture and abs(g[0].size - usual.size) <= _OTHER_SIZE * usual.size]
    rights = dict(zip(map(id, page), _right_edges(page), strict=True))
    ends = [_Edge(group, rights[id(group[-1])]) for group in (text[0], text[-1])] if text else [None, None]
    return ends[0], ends[1]


def _is_cut(last: _Edge | None, first: _Edge | None, indented: bool) -> bool:
    """Tell whether the last paragraph of a page goes on as the first of the next: its last line leaves no room.

    A line that ends with a mark may end a paragraph and be full by chance: then only a missing indent tells, where the
    document has one; else it is for the reader of paragraphs to say.
    """
    if last is None or first is None:
        return False
    line, begun = last.group[-1], first.group[0]
    if last.right - line.right > begun.first_word + _ROOM * line.size or len(line.text) < _SHORT:
        return False
    margin = min(one.left for one in (*last.group, *first.group))
    if begun.left > margin + _INDENT * begun.size or _has_label(begun):
        return False
    return indented or not line.text.endswith((",", ".", ";", ":", "!", "?", "»"))


def _is_indented(grouped: Iterable[Iterable[list[Line]]], usual: _Usual) -> bool:
    """Tell whether the first line of most paragraphs is indented."""
    text = [group for groups in grouped for group in groups if len(group) > 1 and group[0].size == usual.size]
    return sum(group[0].left > group[1].left + _INDENT * usual.size for group in text) > len(text) / 2


def _usual(paged: Iterable[Sequence[Line]]) -> _Usual:
    sizes: Counter[float] = Counter()
    pitches: dict[float, Counter[float]] = defaultdict(Counter)
    for page in paged:
        for line in page:
            sizes[line.size] += len(line.text)
        for above, line in pairwise(page):
            down = round(2 * (above.base - line.base)) / 2
            if above.size == line.size and 0.8 * line.size < down < _WIDEST_PITCH * line.size:
                pitches[line.size][down] += 1
    within = {  # paragraphs of a line each show the distance between paragraphs: it is the wider one
        size: min((pitch for pitch, count in counts.items() if count >= _OFTEN * counts.total()), default=max(counts))
        for size, counts in pitches.items()
    }
    return _Usual(max(sizes, key=lambda size: (sizes[size], size), default=1.0), within)


def _paragraphs(page: Sequence[Line], usual: _Usual, furniture: set[int]) -> Iterator[list[Line]]:
    rights = _right_edges(page)
    group: list[Line] = []
    for at, line in enumerate(page):
        if group and (
            (id(line) in furniture) or id(group[0]) in furniture or _begins(group, line, rights[at - 1], usual)
        ):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _right_edges(page: Sequence[Line]) -> list[float]:
    """Return for each line where the lines of its size that stand above or below it end at most."""
    by_size: dict[float, list[Line]] = defaultdict(list)
    for line in page:
        by_size[line.size].append(line)
    furthest = {size: max(line.right for line in same) for size, same in by_size.items()}
    return [
        max((o.right for o in by_size[line.size] if o.left < line.right and line.left < o.right), default=line.right)
        if len(page) < 400
        else furthest[line.size]
        for line in page
    ]


def _begins(group: Sequence[Line], line: Line, right_edge: float, usual: _Usual) -> bool:
    """Tell whether a line begins a paragraph; ``group`` are the lines of the one before."""
    last, size = group[-1], line.size
    if abs(last.size - size) > _OTHER_SIZE * size or _RAISED_NUMBER.match(line.text):
        return True
    down = last.base - line.base
    if down < 0.5 * size or down > _MORE_ROOM * usual.pitch_of(line):
        return True
    if _has_label(line) and abs(line.left - group[0].left) < _INDENT * size:
        return True
    return _is_set_off(group, line) or right_edge - last.right > line.first_word + _ROOM * size


def _is_set_off(group: Sequence[Line], line: Line) -> bool:
    """Tell whether a line begins further right or left than it would, were it the next of its paragraph."""
    first, last, size = group[0], group[-1], line.size
    if line.left > last.left + _INDENT * size:
        hanging = first.behind_label if len(group) == 1 else None
        return hanging is None or abs(line.left - hanging) > _INDENT * size
    return len(group) > 1 and line.left < last.left - _INDENT * size


def _has_label(line: Line) -> bool:
    first, _, rest = line.text.partition(" ")
    return bool(rest) and bool(LABEL.match(first)) and line.behind_label is not None


def _joined(group: Sequence[Line], words: Counter[str]) -> Iterator[Piece]:
    """Yield the words of the lines of a paragraph, a space between two, save where a word goes on."""
    for at, line in enumerate(group):
        pieces = line.pieces
        last = at == len(group) - 1
        for number, piece in enumerate(pieces):
            text = piece.words.replace(HYPHEN, "-")
            if number == len(pieces) - 1 and not last:
                text = _bound(text.rstrip(), group[at + 1].text, words)
            yield Piece(text, piece.emphasised)


def _bound(text: str, after: str, words: Counter[str]) -> str:
    """Return the end of a line as the next goes on: a hyphen falls where the whole word stands elsewhere."""
    if not re.search(r"\w[-\u2010\u2011]$", text):
        return text + " "
    left, right = re.search(r"[^\W\d_]*(?=.$)", text), re.match(r"[^\W\d_]+", after)
    whole = (left[0] if left else "") + (right[0] if right else "")
    return text[:-1] if words[whole] else text


def _is_heading(group: Sequence[Line], usual: _Usual) -> bool:
    larger = all(line.size > _LARGER * usual.size for line in group)
    set_bold = all(line.is_emphasised for line in group)
    return (larger or set_bold) and sum(len(line.text) for line in group) < _LONG


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
        if head and head[-1].base - line.base > 1.5 * _USUAL_PITCH * max(head[-1].size, line.size):
            break
        head.append(line)
    rows = {round(line.base) for line in head}
    return head if len(rows) <= _HEAD_ROWS and any(map(_is_symbol, head)) else []


def _is_symbol(line: Line) -> bool:
    try:
        return "/" in line.text and " " not in line.text and bool(symbol.parse(line.text))
    except MandataError:
        return False
