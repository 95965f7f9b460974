"""Look-up keys of symbols: a symbol as typed and the symbol of a document are converted to the same keys.

A key is a sequence of folded words, separated by spaces: ``a res 72 7``, ``res 72 7`` and ``72 7`` are keys of
A/RES/72/7. A typed key may therefore name several documents; which one is meant is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Final

from mandata.query.search.tokens import fold_words, search_vocabulary
from mandata.un.symbol import Symbol, SymbolError, parse, resolution

_MAX_WORDS: Final = 24  # words of the longest text that may be a symbol
_NATURES: Final = ("res", "dec")
_MAX_LETTERS: Final = 2  # of a lettered resolution, such as 53/243 A
_ROMAN: Final = re.compile("[ivxlcdm]+")
_FIRST_NUMBER: Final = re.compile(r"(?<=/)[0-9]")


def keys_of(text: str) -> set[str]:
    """Return the keys of a symbol: whole, without its organ, and for a resolution also without its year or session.

    >>> sorted(keys_of("S/RES/1325(2000)"))
    ['1325 2000', 'res 1325', 'res 1325 2000', 's res 1325', 's res 1325 2000']
    """
    words = fold_words(text)
    nature = next((position for position, word in enumerate(words) if word in _NATURES), None)
    if nature is None:
        numbered = _FIRST_NUMBER.search(text)
        rest = fold_words(text[numbered.start() :]) if numbered else ()
        return {" ".join(words), *([" ".join(rest)] if len(rest) > 1 else [])}
    forms = [words[nature + 1 :]]
    with suppress(SymbolError):
        forms += _spoken_forms(parse(text))
    organ, code = words[:nature], words[nature : nature + 1]
    numbers = {" ".join(form) for form in forms if len(form) > 1}
    return numbers | {" ".join((*head, *form)) for head in ((*organ, *code), code) for form in forms}


def _spoken_forms(symbol: Symbol) -> Iterator[tuple[str, ...]]:
    """Yield the spoken forms of a resolution with its year or session in parentheses: ``217 A (III)``, ``217 A``."""
    period = symbol.session or symbol.year
    if symbol.number and f"({period})" in str(symbol):
        name = f"{symbol.number} {symbol.letters or ''}"
        yield from (fold_words(name), fold_words(f"{name} {period}"))


def keys_typed(text: str) -> list[str]:
    """Return the keys that typed words may stand for; none if they are no symbol.

    >>> keys_typed("résolution 72/7")
    ['resolution 72 7', 'res 72 7']
    """
    typed = fold_words(text)
    if not typed or len(typed) > _MAX_WORDS or not any(word[0].isdigit() for word in typed):
        return []
    return list(dict.fromkeys([" ".join(typed), *_keys_by_grammar(text), *_keys_by_name(typed)]))


def _keys_by_grammar(text: str) -> Iterator[str]:
    """Yield the keys of the symbols that the grammar parses, which also accepts common misspellings."""
    for parser in (parse, resolution, lambda number: resolution(number, "S")):
        with suppress(SymbolError):
            yield " ".join(fold_words(str(parser(text.strip()))))


def _keys_by_name(typed: tuple[str, ...]) -> Iterator[str]:
    """Yield the key of a name such as "resolution 1325 (2000) of the Security Council", if the words are only that."""
    codes: dict[str, str] = {}
    number: list[str] = []
    position, is_over = 0, False
    while position < len(typed):
        length, kind, code = _longest_name_at(typed, position)
        if kind and codes.setdefault(kind, code) != code and kind != "between":
            return
        is_over = is_over or bool(number and (kind == "between" or _ends_number(typed[position], length)))
        if not length and not is_over:  # after the number a date or a paragraph follows: "72/7 of 20 November 2017"
            number.append(typed[position])
        position += length or 1
    if codes.keys() & {"nature", "organ"} and number and number[0][0].isdigit():
        organ, nature = codes.get("organ", ""), codes.get("nature", "")
        yield " ".join(filter(None, (organ, nature, *number)))


def _ends_number(word: str, name_length: int) -> bool:
    return not name_length and word.isalpha() and len(word) > _MAX_LETTERS and not _ROMAN.fullmatch(word)


def _longest_name_at(typed: tuple[str, ...], position: int) -> tuple[int, str, str]:
    """Return the number of words, the kind and the code of the longest known name at a position; 0 if there is none."""
    names = _known_names()
    for length in range(min(_longest_name(), len(typed) - position), 0, -1):
        if name := names.get(typed[position : position + length]):
            return length, *name
    return 0, "", ""


@cache
def _known_names() -> dict[tuple[str, ...], tuple[str, str]]:
    """Return the kind (organ, nature of a document, or a word between) and the code of each name, by its words."""
    vocabulary = search_vocabulary()
    known = {fold_words(word): ("between", "") for words in vocabulary["between"].values() for word in words}
    for kind, table in (("organ", vocabulary["organs"]), ("nature", vocabulary["natures"])):
        for code, by_language in table.items():
            names = [name for key, each in by_language.items() if key != "thing" for name in each]
            known |= {fold_words(name): (kind, code.lower()) for name in names}
    return known


@cache
def _longest_name() -> int:
    return max(map(len, _known_names()))
