"""Nested lists: the level of each item, inferred from the numbers: a) i) ii) b)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from mandata.document.model import Paragraph
from mandata.un import symbol

_LETTERS: Final = "letters"
_FIGURES: Final = "figures"  # Roman numerals
_ARABIC: Final = "arabic"
_BULLETS: Final = "bullets"
_FIRST: Final = {"a": _LETTERS, "i": _FIGURES, "1": _ARABIC}
_SECOND: Final = {"a": "b", "i": "ii", "1": "2"}
_ROMAN = re.compile(r"[ivxl]+")


@dataclass(frozen=True, slots=True)
class _OpenList:
    """A list that is open at some item: its kind of numbering, and the last number in it."""

    numbering: str
    last: str | None


def nest(items: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Return consecutive items as a tree: ``i)`` after ``a)`` is an item of it."""
    return tuple(_tree(list(zip(_levels(items), items, strict=True))))


def _tree(levelled: Sequence[tuple[int, Paragraph]]) -> Iterator[Paragraph]:
    top = levelled[0][0] if levelled else 0
    starts = [at for at, (level, _) in enumerate(levelled) if level == top]
    for start, end in zip(starts, [*starts[1:], len(levelled)], strict=True) if starts else ():
        yield replace(levelled[start][1], items=tuple(_tree(levelled[start + 1 : end])))


def _levels(items: Sequence[Paragraph]) -> Iterator[int]:
    """Yield the level of each item, at most as deep as there are kinds of numbering."""
    opened: list[_OpenList] = []
    for at, item in enumerate(items):
        next_number = items[at + 1].number if at + 1 < len(items) else None
        is_announced = at > 0 and items[at - 1].text.folded.rstrip().endswith(":")
        level, current = (
            _bullet_level(opened, is_announced)
            if item.number is None
            else _number_level(item.number, next_number, opened)
        )
        opened[level:] = [current]
        yield level


def _bullet_level(opened: Sequence[_OpenList], is_announced: bool) -> tuple[int, _OpenList]:
    """Return the level of an item with a bullet: it opens a list if the item before announces one."""
    deepest = len(opened) - 1
    own = next((level for level, open_list in enumerate(opened) if open_list.numbering == _BULLETS), None)
    if own is not None:
        return own, opened[own]
    return (deepest + 1, _OpenList(_BULLETS, None)) if is_announced or not opened else (deepest, opened[deepest])


def _number_level(number: str, next_number: str | None, opened: Sequence[_OpenList]) -> tuple[int, _OpenList]:
    """Return the level of a numbered item: that of the deepest list that it continues; else it opens a list below.

    ``next_number`` decides ambiguous ones: "i" between "h" and "j" is a letter, between "h" and "ii" a figure.
    """
    continued = next((level for level in _downwards(opened) if _follows(opened[level], number)), None)
    numbering = _FIRST.get(number)
    if (
        numbering
        and all(open_list.numbering != numbering for open_list in opened)
        and (continued is None or next_number == _SECOND[number])
    ):
        return len(opened), _OpenList(numbering, number)
    if continued is None:
        continued = next(
            (level for level in _downwards(opened) if opened[level].numbering in _numberings(number)), None
        )
    if continued is not None:
        return continued, _OpenList(opened[continued].numbering, number)
    numbering = _numberings(number)[0]
    return len(opened) if numbering == _FIGURES else 0, _OpenList(numbering, number)


def _downwards(opened: Sequence[_OpenList]) -> range:
    return range(len(opened) - 1, -1, -1)


def _follows(open_list: _OpenList, number: str) -> bool:
    """Return whether a number directly follows the last one of a list: b, aa after z, iv after iii, 10 after 9."""
    if open_list.last is None or open_list.numbering not in _numberings(number):
        return False
    if open_list.numbering == _ARABIC:
        return int(number) == int(open_list.last) + 1
    if open_list.numbering == _FIGURES:
        return symbol.arabic(number.upper()) == symbol.arabic(open_list.last.upper()) + 1
    if open_list.last == "z":
        return number == "aa"
    same = len(open_list.last) == len(number) and len(set(open_list.last)) == len(set(number)) == 1
    return same and ord(number[0]) == ord(open_list.last[0]) + 1


def _numberings(number: str) -> tuple[str, ...]:
    """Return the possible numberings of a number, the likeliest first: "i" is a letter too, "ii" follows "hh"."""
    if number.isdecimal():
        return (_ARABIC,)
    if _ROMAN.fullmatch(number):
        return (_LETTERS, _FIGURES) if len(number) == 1 else (_FIGURES, _LETTERS)
    return (_LETTERS,)
