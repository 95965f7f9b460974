"""Symbols as people type them: what is typed and what a document bears are brought to the same keys.

A key is folded words with spaces between: ``a res 72 7``, ``res 72 7`` and ``72 7`` are keys of A/RES/72/7. So what is
typed may name several documents; it is never settled here which one is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Final

from mandata.query.search.tokens import folded, lexicon
from mandata.un.symbol import Symbol, SymbolError, parse, resolution

_LONGEST: Final = 24  # words of what may still be a symbol
_NATURES: Final = ("res", "dec")
_LETTERS: Final = 2  # of one resolution, at most
_ROMAN: Final = re.compile("[ivxlcdm]+")
_FIRST_NUMBER: Final = re.compile(r"(?<=/)[0-9]")


def keys_of(text: str) -> set[str]:
    """Return the keys of a symbol: as a whole, without its organ, a resolution's without its year or session too.

    >>> sorted(keys_of("S/RES/1325(2000)"))
    ['1325 2000', 'res 1325', 'res 1325 2000', 's res 1325', 's res 1325 2000']
    """
    whole = folded(text)
    nature = next((at for at, word in enumerate(whole) if word in _NATURES), None)
    if nature is None:
        numbered = _FIRST_NUMBER.search(text)
        rest = folded(text[numbered.start() :]) if numbered else ()
        return {" ".join(whole), *([" ".join(rest)] if len(rest) > 1 else [])}
    forms = [whole[nature + 1 :]]
    with suppress(SymbolError):
        forms += _as_said(parse(text))
    organ, code = whole[:nature], whole[nature : nature + 1]
    numbers = {" ".join(form) for form in forms if len(form) > 1}
    return numbers | {" ".join((*head, *form)) for head in ((*organ, *code), code) for form in forms}


def _as_said(symbol: Symbol) -> Iterator[tuple[str, ...]]:
    """Yield how a resolution is called that bears its year or session in parentheses: ``217 A (III)``, ``217 A``."""
    period = symbol.session or symbol.year
    if symbol.number and f"({period})" in str(symbol):
        said = f"{symbol.number} {symbol.letters or ''}"
        yield from (folded(said), folded(f"{said} {period}"))


def keys_typed(text: str) -> list[str]:
    """Return the keys that typed words may stand for, none where they are no symbol.

    >>> keys_typed("résolution 72/7")
    ['res 72 7']
    """
    typed = folded(text)
    if not typed or len(typed) > _LONGEST or not any(word[0].isdigit() for word in typed):
        return []
    return list(dict.fromkeys([" ".join(typed), *_read(text), *_named(typed)]))


def _read(text: str) -> Iterator[str]:
    """Yield what the grammar of symbols reads: it mends what typing and copying spoil."""
    for read in (parse, resolution, lambda number: resolution(number, "S")):
        with suppress(SymbolError):
            yield " ".join(folded(str(read(text.strip()))))


def _named(typed: tuple[str, ...]) -> Iterator[str]:
    """Yield the key of words such as "resolution 1325 (2000) of the Security Council", if they are nothing else."""
    said: dict[str, str] = {}
    number: list[str] = []
    at, is_over = 0, False
    while at < len(typed):
        length, kind, code = _longest(typed, at)
        if kind and said.setdefault(kind, code) != code and kind != "between":
            return
        is_over = is_over or bool(number and (kind == "between" or _ends_number(typed[at], length)))
        if not length and not is_over:  # what follows is a date or a paragraph: "72/7 of 20 November 2017"
            number.append(typed[at])
        at += length or 1
    if said.keys() & {"nature", "organ"} and number and number[0][0].isdigit():
        organ, nature = said.get("organ", ""), said.get("nature", "")
        yield " ".join(filter(None, (organ, nature, *number)))


def _ends_number(word: str, known: int) -> bool:
    return not known and word.isalpha() and len(word) > _LETTERS and not _ROMAN.fullmatch(word)


def _longest(typed: tuple[str, ...], at: int) -> tuple[int, str, str]:
    known = _known()
    for length in range(min(_longest_name(), len(typed) - at), 0, -1):
        if found := known.get(typed[at : at + length]):
            return length, *found
    return 0, "", ""


@cache
def _known() -> dict[tuple[str, ...], tuple[str, str]]:
    """Return what the words of each name say: the nature of a document, its organ, or nothing."""
    said = lexicon()
    found = {folded(word): ("between", "") for words in said["between"].values() for word in words}
    for kind, table in (("organ", said["organs"]), ("nature", said["natures"])):
        for code, by_language in table.items():
            names = [name for key, each in by_language.items() if key != "thing" for name in each]
            found |= {folded(name): (kind, code.lower()) for name in names}
    return found


@cache
def _longest_name() -> int:
    return max(map(len, _known()))
