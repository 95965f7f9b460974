"""Lists within lists: which item stands below which, told by their numbers: a) i) ii) b)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from mandata.document.model import Paragraph
from mandata.un import symbol

_LETTERS: Final = "letters"
_FIGURES: Final = "figures"  # Roman ones
_ARABIC: Final = "arabic"
_MARKS: Final = "marks"
_FIRST: Final = {"a": _LETTERS, "i": _FIGURES, "1": _ARABIC}
_SECOND: Final = {"a": "b", "i": "ii", "1": "2"}
_ROMAN = re.compile(r"[ivxl]+")


@dataclass(frozen=True, slots=True)
class _List:
    """A list that is open at some item: how it is numbered, and the last number in it."""

    sort: str
    last: str | None


def nest(items: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Return the items that stand one behind the other as a tree: ``i)`` behind ``a)`` is an item of it."""
    return tuple(_tree(list(zip(_levels(items), items, strict=True))))


def _tree(levelled: Sequence[tuple[int, Paragraph]]) -> Iterator[Paragraph]:
    top = levelled[0][0] if levelled else 0
    starts = [at for at, (level, _) in enumerate(levelled) if level == top]
    for start, end in zip(starts, [*starts[1:], len(levelled)], strict=True) if starts else ():
        yield replace(levelled[start][1], items=tuple(_tree(levelled[start + 1 : end])))


def _levels(items: Sequence[Paragraph]) -> Iterator[int]:
    """Yield how deep each item stands, at most as deep as there are sorts of numbers."""
    opened: list[_List] = []
    for at, item in enumerate(items):
        behind = items[at + 1].number if at + 1 < len(items) else None
        announced = at > 0 and items[at - 1].text.folded.rstrip().endswith(":")
        level, now = _marked(opened, announced) if item.number is None else _numbered(item.number, behind, opened)
        opened[level:] = [now]
        yield level


def _marked(opened: Sequence[_List], announced: bool) -> tuple[int, _List]:
    """Return the level of an item with a mark for a number: it opens a list where the item before announces one."""
    deepest = len(opened) - 1
    own = next((level for level, one in enumerate(opened) if one.sort == _MARKS), None)
    if own is not None:
        return own, opened[own]
    return (deepest + 1, _List(_MARKS, None)) if announced or not opened else (deepest, opened[deepest])


def _numbered(number: str, behind: str | None, opened: Sequence[_List]) -> tuple[int, _List]:
    """Return at which level a number stands: in the deepest list that it continues; else it opens a list below.

    ``behind`` is the number that follows it: "i" between "h" and "j" is a letter, between "h" and "ii" a figure.
    """
    continued = next((level for level in _downwards(opened) if _follows(opened[level], number)), None)
    sort = _FIRST.get(number)
    if sort and all(one.sort != sort for one in opened) and (continued is None or behind == _SECOND[number]):
        return len(opened), _List(sort, number)
    if continued is None:
        continued = next((level for level in _downwards(opened) if opened[level].sort in _sorts(number)), None)
    if continued is not None:
        return continued, _List(opened[continued].sort, number)
    sort = _sorts(number)[0]
    return len(opened) if sort == _FIGURES else 0, _List(sort, number)


def _downwards(opened: Sequence[_List]) -> range:
    return range(len(opened) - 1, -1, -1)


def _follows(one: _List, number: str) -> bool:
    """Tell whether a number comes right behind the last of a list: b, aa behind z, iv behind iii, 10 behind 9."""
    if one.last is None or one.sort not in _sorts(number):
        return False
    if one.sort == _ARABIC:
        return int(number) == int(one.last) + 1
    if one.sort == _FIGURES:
        return symbol.arabic(number.upper()) == symbol.arabic(one.last.upper()) + 1
    if one.last == "z":
        return number == "aa"
    same = len(one.last) == len(number) and len(set(one.last)) == len(set(number)) == 1
    return same and ord(number[0]) == ord(one.last[0]) + 1


def _sorts(number: str) -> tuple[str, ...]:
    """Return which sorts of numbers one may be, the likelier first: "i" is a letter too, "ii" stands behind "hh"."""
    if number.isdecimal():
        return (_ARABIC,)
    if _ROMAN.fullmatch(number):
        return (_LETTERS, _FIGURES) if len(number) == 1 else (_FIGURES, _LETTERS)
    return (_LETTERS,)
