"""Which paragraphs restate which functions of a mandate, by close wording, with the words that show it.

The measure, in words: both texts are reduced to the stems of their content words. A word of the function is said again
where it stands in the paragraph too, as part of a phrase: within ``REACH`` content words of another word of the
function, in both texts; where the two follow each other the other way round it counts ``REVERSED``. A word weighs less
the more common it is in resolutions (``data/wording/<language>.yaml``), and a name weighs ``NAMED``: with whom a thing
is done tells less than what is done. The score is the weight said again, as a share of the function's; a function that
weighs more than ``FULL`` counts as ``FULL``, for one clause may restate it, and one that weighs less than ``LEAST``
counts as ``LEAST``, for two words prove nothing.

So a score depends on the two texts and on the shipped table of their language, and on nothing else in the collection.
It speaks of wording, not of sense: a paragraph that ends a function in the function's own words scores too.
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
"""The least score that is called a restatement: half of what the function weighs is said again."""
REACH: Final = 4
REVERSED: Final = 0.5
NAMED: Final = 0.5
LEAST: Final = 5.0
FULL: Final = 12.0

_WORD: Final = re.compile(r"[^\W\d_]+")
_FOLDER: Final = "data/wording"


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one function or paragraph in one language (BCP 47), under the key that names it."""

    key: str
    text: str
    language: str


@dataclass(frozen=True, slots=True, order=True)
class Likeness:
    """How far a paragraph says a function again, from 0 to 1, and the shared words as it prints them, in its order."""

    function: str
    paragraph: str
    score: Decimal
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """What the words of one language weigh: a rare stem 1, a common one less, a stop word nothing."""

    stemmer: str
    stop_words: frozenset[str]
    by_stem: Mapping[str, float]

    def of(self, stem: str) -> float:
        """Return the weight of a stem that is no stop word's, from 0 to 1."""
        return self.by_stem.get(stem, 1.0)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text reduced to its content words: their stems in order, the words as printed, and which stems are names."""

    stems: tuple[str, ...]
    printed: tuple[str, ...]
    names: frozenset[str]


def restatements(functions: Sequence[Wording], paragraphs: Sequence[Wording]) -> list[Likeness]:
    """Return every paragraph that restates a function in the same language, sorted by function, then paragraph.

    A language without a shipped table yields none: nothing is claimed where nothing can be weighed.
    """
    found: list[Likeness] = []
    for language in sorted({function.language for function in functions}):
        weights = weights_of(language)
        if weights is None:
            continue
        asked = [(each.key, _read(each.text, weights)) for each in functions if each.language == language]
        said = [(each.key, _read(each.text, weights)) for each in paragraphs if each.language == language]
        compared = (_compare(*function, *paragraph, weights) for function in asked for paragraph in said)
        found += [each for each in compared if each.score >= THRESHOLD]
    return sorted(found)


def likeness(function: Wording, paragraph: Wording, weights: Weights) -> Likeness:
    """Return the score of one pair and the words both share; exchanged, they share the same words."""
    return _compare(function.key, _read(function.text, weights), paragraph.key, _read(paragraph.text, weights), weights)


@cache
def weights_of(language: str) -> Weights | None:
    """Return the shipped weights of a language such as ``fr`` or ``fr-CH``; None where there is no table for it.

    Raises:
        MandataError: the table is not as it must be; says what is wrong with it.
    """
    path = shipped_path(_FOLDER) / f"{language.partition('-')[0].lower()}.yaml"
    return parse_weights(read_yaml(path), str(path)) if path.exists() else None


def parse_weights(table: Any, where: str) -> Weights:
    """Return the weights that a table holds: ``stemmer``, ``stop_words`` by group, ``commonplaces`` by percentage.

    A word in p of a hundred paragraphs weighs log(100/p) / log(100/q), q being the table's lowest percentage.

    Raises:
        MandataError: a part is missing or is of another shape.
    """
    try:
        stemmer = str(table["stemmer"])
        stop_words = frozenset(word for group in table["stop_words"].values() for word in _listed(group))
        shares = {word: _percentage(share) for share, words in table["commonplaces"].items() for word in _listed(words)}
        lowest = math.log(100 / min(shares.values()))
        by_stem = {_stem(word, stemmer): math.log(100 / share) / lowest for word, share in shares.items()}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        what = f"is no table of word weights ({type(error).__name__}: {error})"
        mend = "give stemmer, stop_words {group: [word]} and commonplaces {percentage from 1 to 99: [word]}"
        raise MandataError("wording-table", what, where, mend) from error
    return Weights(stemmer, stop_words, by_stem)


def _listed(words: Any) -> list[str]:
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


def _read(text: str, weights: Weights) -> _Reading:
    """Return the content words of a text; its names are the words that, but for its first, always bear a capital."""
    found = enumerate(_WORD.findall(unicodedata.normalize("NFC", text)))
    content = [(word, place > 0) for place, word in found if word.lower() not in weights.stop_words]
    stems = tuple(_stem(word.lower(), weights.stemmer) for word, _ in content)
    plain = {stem for stem, (word, within) in zip(stems, content, strict=True) if not (within and word[0].isupper())}
    return _Reading(stems, tuple(word for word, _ in content), frozenset(stems) - plain)


def _compare(function: str, asked: _Reading, paragraph: str, said: _Reading, weights: Weights) -> Likeness:
    kept, places = _phrased(asked.stems, said.stems)
    worth = {stem: weights.of(stem) * (NAMED if stem in asked.names else 1.0) for stem in dict.fromkeys(asked.stems)}
    again = math.fsum(worth[stem] * share for stem, share in kept.items())
    whole = min(max(math.fsum(worth.values()), LEAST), FULL)
    words = tuple(said.printed[place] for place in sorted(places))
    return Likeness(function, paragraph, Decimal(min(again / whole, 1.0)).quantize(Decimal("0.001")), words)


def _phrased(asked: Sequence[str], said: Sequence[str]) -> tuple[dict[str, float], set[int]]:
    """Return the stems said in a phrase of both texts (1 in the same order, else ``REVERSED``), and their places."""
    common = set(asked) & set(said)
    pairs = {(asked[first], asked[second]) for first, second in _neighbours(asked, common)}
    kept: dict[str, float] = {}
    places: set[int] = set()
    for first, second in _neighbours(said, common):
        ahead = (said[first], said[second])
        if ahead in pairs or ahead[::-1] in pairs:
            share = 1.0 if ahead in pairs else REVERSED
            kept.update({stem: max(share, kept.get(stem, 0.0)) for stem in ahead})
            places |= {first, second}
    return kept, places


def _neighbours(stems: Sequence[str], common: set[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of two different common stems that stand within ``REACH`` of each other, in their order."""
    held = [place for place, stem in enumerate(stems) if stem in common]
    for first, second in combinations(held, 2):
        if second - first <= REACH and stems[first] != stems[second]:
            yield first, second
