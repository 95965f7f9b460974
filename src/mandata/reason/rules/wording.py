"""Finds which paragraphs restate which functions of a mandate, by similar wording, with the words they share.

The measure: both texts are reduced to the stems of their content words. A word of the function is repeated if it is in
the paragraph too, as part of a phrase: within ``REACH`` content words of another word of the function, in both texts;
if the two words are in reverse order, it counts ``REVERSED``. A word weighs less the more common it is in resolutions
(``data/wording/<language>.yaml``), and a proper name weighs ``NAME``: with whom a thing is done matters less than what
is done. The score is the weight of the repeated words, as a share of the function's weight; a function that weighs more
than ``MOST`` counts as ``MOST``, for one clause may restate it, and one that weighs less than ``LEAST`` counts as
``LEAST``, for two words prove nothing.

So a score depends on the two texts and on the shipped table of their language, and on nothing else in the collection.
It measures wording, not meaning: a paragraph that ends a function in the function's own words scores too.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import combinations
from typing import Any, Final

import snowballstemmer

from mandata.errors import MandataError
from mandata.package_data import read_yaml, shipped_path

THRESHOLD: Final = Decimal("0.500")
"""The least score of a restatement: half of the function's weight is repeated."""
REACH: Final = 4
REVERSED: Final = 0.5
NAME: Final = 0.5
LEAST: Final = 5.0
MOST: Final = 12.0

_WORD: Final = re.compile(r"[^\W\d_]+")
_FOLDER: Final = "data/wording"


@dataclass(frozen=True, slots=True)
class Wording:
    """The text of one function or paragraph in one language (BCP 47), and the key that identifies it."""

    key: str
    text: str
    language: str


@dataclass(frozen=True, slots=True, order=True)
class Similarity:
    """How similar a paragraph is to a function, from 0 to 1, and the shared words as it prints them, in its order."""

    function: str
    paragraph: str
    score: Decimal
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the words of one language: 1 for a rare stem, less for a common one, none for a stop word."""

    stemmer: str
    stop_words: frozenset[str]
    by_stem: Mapping[str, float]

    def of(self, stem: str) -> float:
        """Return the weight, from 0 to 1, of a stem that is not of a stop word."""
        return self.by_stem.get(stem, 1.0)


@dataclass(frozen=True, slots=True)
class _ContentWords:
    """The content words of a text: their stems in order, the words as printed, and which stems are proper names."""

    stems: tuple[str, ...]
    printed: tuple[str, ...]
    names: frozenset[str]


def restatements(functions: Sequence[Wording], paragraphs: Sequence[Wording]) -> list[Similarity]:
    """Return every paragraph that restates a function in the same language, sorted by function, then paragraph.

    In a language without a shipped table nothing is compared.
    """
    found: list[Similarity] = []
    for language in sorted({function.language for function in functions}):
        weights = weights_of(language)
        if weights is None:
            continue
        first = [(each.key, _content_words(each.text, weights)) for each in functions if each.language == language]
        second = [(each.key, _content_words(each.text, weights)) for each in paragraphs if each.language == language]
        compared = (_compare(*function, *paragraph, weights) for function in first for paragraph in second)
        found += [each for each in compared if each.score >= THRESHOLD]
    return sorted(found)


def similarity(function: Wording, paragraph: Wording, weights: Weights) -> Similarity:
    """Return the score of a function and a paragraph, by the weights of their language, and the words they share."""
    words = (_content_words(each.text, weights) for each in (function, paragraph))
    return _compare(function.key, next(words), paragraph.key, next(words), weights)


@cache
def weights_of(language: str) -> Weights | None:
    """Return the shipped weights of a language such as ``fr`` or ``fr-CH``; None if there is no table for it.

    Raises:
        MandataError: the table is not valid; the message says why.
    """
    path = shipped_path(_FOLDER) / f"{language.partition('-')[0].lower()}.yaml"
    return parse_weights(read_yaml(path), str(path)) if path.exists() else None


def parse_weights(table: Any, where: str) -> Weights:
    """Return the weights of a table: ``stemmer``, ``stop_words`` by group, ``commonplaces`` by percentage.

    A word in p of a hundred paragraphs weighs log(100/p) / log(100/q), q being the table's lowest percentage.

    Args:
        table: the table, as parsed from YAML.
        where: the file, as messages name it.

    Raises:
        MandataError: a key is missing or has a value of another type.
    """
    try:
        stemmer = str(table["stemmer"])
        stop_words = frozenset(word for group in table["stop_words"].values() for word in _word_list(group))
        shares = {
            word: _percentage(share) for share, words in table["commonplaces"].items() for word in _word_list(words)
        }
        lowest = math.log(100 / min(shares.values()))
        by_stem = {_stem(word, stemmer): math.log(100 / share) / lowest for word, share in shares.items()}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        what = f"is no table of word weights ({type(error).__name__}: {error})"
        mend = "give stemmer, stop_words {group: [word]} and commonplaces {percentage from 1 to 99: [word]}"
        raise MandataError("wording-table", what, where, mend) from error
    return Weights(stemmer, stop_words, by_stem)


def _word_list(words: Any) -> list[str]:
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        fault = f"{words!r} is no list of words"
        raise TypeError(fault)
    return words


def _percentage(share: Any) -> int:
    if not isinstance(share, int) or not 0 < share < 100:
        fault = f"{share!r} is no percentage from 1 to 99"
        raise ValueError(fault)
    return share


@cache
def _stem(word: str, stemmer: str) -> str:
    return str(snowballstemmer.stemmer(stemmer).stemWord(word))


def _content_words(text: str, weights: Weights) -> _ContentWords:
    """Return the content words of a text; one that is always capitalised, and never first, is a proper name."""
    found = enumerate(_WORD.findall(unicodedata.normalize("NFC", text)))
    content = [(word, place > 0) for place, word in found if word.lower() not in weights.stop_words]
    stems = tuple(_stem(word.lower(), weights.stemmer) for word, _ in content)
    plain = {stem for stem, (word, within) in zip(stems, content, strict=True) if not (within and word[0].isupper())}
    return _ContentWords(stems, tuple(word for word, _ in content), frozenset(stems) - plain)


def _compare(
    function: str, first: _ContentWords, paragraph: str, second: _ContentWords, weights: Weights
) -> Similarity:
    shares, places = _shared_in_phrases(first.stems, second.stems)
    weight = {stem: weights.of(stem) * (NAME if stem in first.names else 1.0) for stem in dict.fromkeys(first.stems)}
    repeated = math.fsum(weight[stem] * share for stem, share in shares.items())
    whole = min(max(math.fsum(weight.values()), LEAST), MOST)
    words = tuple(second.printed[place] for place in sorted(places))
    return Similarity(function, paragraph, Decimal(min(repeated / whole, 1.0)).quantize(Decimal("0.001")), words)


def _shared_in_phrases(function: Sequence[str], paragraph: Sequence[str]) -> tuple[dict[str, float], set[int]]:
    """Return the stems in a phrase of both texts (1 in the same order, else ``REVERSED``), and their places."""
    common = set(function) & set(paragraph)
    pairs = {(function[first], function[second]) for first, second in _neighbours(function, common)}
    shares: dict[str, float] = {}
    places: set[int] = set()
    for first, second in _neighbours(paragraph, common):
        pair = (paragraph[first], paragraph[second])
        if pair in pairs or pair[::-1] in pairs:
            share = 1.0 if pair in pairs else REVERSED
            shares.update({stem: max(share, shares.get(stem, 0.0)) for stem in pair})
            places |= {first, second}
    return shares, places


def _neighbours(stems: Sequence[str], common: set[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of each two different common stems within ``REACH`` of each other, in their order."""
    places = [place for place, stem in enumerate(stems) if stem in common]
    for first, second in combinations(places, 2):
        if second - first <= REACH and stems[first] != stems[second]:
            yield first, second
