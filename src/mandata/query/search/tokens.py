"""The tokens of the index: words without accents, letter case and joined articles or particles, with offsets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from mandata.package_data import read_yaml

_IDEOGRAPH: Final = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_COMBINING: Final = (  # combining marks, and invisible characters within a word
    r"\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u2060"
)
_WORD: Final = re.compile(rf"[{_IDEOGRAPH}]|(?:[^\W_{_IDEOGRAPH}][{_COMBINING}]*)+")
_SHORTEST_STEM: Final = 3  # letters that a word must keep when a joined prefix is removed
_REMOVED_CATEGORIES: Final = frozenset(("Mn", "Cf", "Lm"))  # of Unicode: combining, invisible, modifier letters


class Word(NamedTuple):
    """A word of a text, folded, and its place in the text: ``text[start:end]``."""

    folded: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text; each ideograph is a word, so that any sequence of ideographs can be found."""
    for match in _WORD.finditer(text):
        if folded := fold(match[0]):
            yield Word(folded, match.start(), match.end())


def fold_words(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded.

    >>> fold_words("l'Assemblée générale")
    ('l', 'assemblee', 'generale')
    """
    return tuple(word.folded for word in words(text))


def is_ideograph(word: str) -> bool:
    """Return whether a word is a single ideograph, which is never the beginning of a longer word."""
    return re.fullmatch(f"[{_IDEOGRAPH}]", word) is not None


@lru_cache(65_536)
def fold(word: str) -> str:
    """Return a word in lower case, without accents and without an article or particle that is joined to it."""
    letters, prefixes = _folding_tables()
    decomposed = unicodedata.normalize("NFKD", word.casefold().translate(letters))
    base = "".join(
        _ascii_digit(letter) for letter in decomposed if unicodedata.category(letter) not in _REMOVED_CATEGORIES
    ).translate(letters)
    for prefix in prefixes:
        if base.startswith(prefix) and len(base) >= len(prefix) + _SHORTEST_STEM:
            return base.removeprefix(prefix)
    return base


def _ascii_digit(character: str) -> str:
    """Return a decimal digit of any script, such as the Arabic seven, as 0 to 9; any other character as it is."""
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


@cache
def search_vocabulary() -> Mapping[str, Any]:
    """Return the content of ``tokens.yaml``: letters to fold, joined prefixes, names of organs and of documents."""
    content: Mapping[str, Any] = read_yaml(Path(__file__).with_name("tokens.yaml"))
    return content


@cache
def _folding_tables() -> tuple[dict[int, str], tuple[str, ...]]:
    return str.maketrans(search_vocabulary()["letters"]), tuple(search_vocabulary()["joined"])
