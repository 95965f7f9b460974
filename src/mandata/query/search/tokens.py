"""Words as the index holds them: without accents, letter case and what a script joins to them, with their places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from mandata.package_data import read_yaml

_IDEOGRAPH: Final = r"\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_BORNE: Final = (  # signs that letters bear, and invisible ones within a word
    r"\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u2060"
)
_WORD: Final = re.compile(rf"[{_IDEOGRAPH}]|(?:[^\W_{_IDEOGRAPH}][{_BORNE}]*)+")
_LEFT: Final = 3  # letters of a word that are left where what is joined to it is taken off
_SIGNS: Final = frozenset(("Mn", "Cf", "Lm"))


class Word(NamedTuple):
    """A word of a text, folded, and where it stands: ``text[start:end]``."""

    folded: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text; each ideograph is one, so that any run of them can be found."""
    for found in _WORD.finditer(text):
        if folded := fold(found[0]):
            yield Word(folded, found.start(), found.end())


def folded(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded.

    >>> folded("l'Assemblée générale")
    ('l', 'assemblee', 'generale')
    """
    return tuple(word.folded for word in words(text))


def is_ideograph(word: str) -> bool:
    """Tell whether a word is a single ideograph, which is no beginning of a longer one."""
    return re.fullmatch(f"[{_IDEOGRAPH}]", word) is not None


@lru_cache(65_536)
def fold(word: str) -> str:
    """Return a word in lower case, without accents and without what is written together with it."""
    letters, joined = _table()
    plain = unicodedata.normalize("NFKD", word.casefold().translate(letters))
    bare = "".join(_figure(letter) for letter in plain if unicodedata.category(letter) not in _SIGNS).translate(letters)
    for prefix in joined:
        if bare.startswith(prefix) and len(bare) >= len(prefix) + _LEFT:
            return bare.removeprefix(prefix)
    return bare


def _figure(letter: str) -> str:
    """Return a figure of any script, such as the Arabic seven, as 0 to 9; any other letter as it is."""
    figure = unicodedata.decimal(letter, None)
    return letter if figure is None else str(figure)


@cache
def lexicon() -> Mapping[str, Any]:
    """Return what ``tokens.yaml`` says."""
    held: Mapping[str, Any] = read_yaml(Path(__file__).with_name("tokens.yaml"))
    return held


@cache
def _table() -> tuple[dict[int, str], tuple[str, ...]]:
    return str.maketrans(lexicon()["letters"]), tuple(lexicon()["joined"])
