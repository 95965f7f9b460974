"""The syntax of a search: words, phrases in quotation marks, and a last word that may be incomplete."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mandata.query.search.tokens import fold_words, is_ideograph

MAX_WORDS: Final = 32
"""The number of words that are searched for; further words are left out, and that is reported."""
MAX_CHARACTERS: Final = 2_000
"""The number of characters of the typed text that are read."""
_CHUNK: Final = re.compile(r'"([^"]*)"?|[^\s"]+')
_SHORTEST_PREFIX: Final = 2  # letters; a single one is the beginning of a tenth of all words


@dataclass(frozen=True, slots=True)
class Phrase:
    """Consecutive words; ``is_prefix``: the last of them may be the beginning of a longer word."""

    words: tuple[str, ...]
    is_prefix: bool = False


def phrases(text: str) -> tuple[tuple[Phrase, ...], bool]:
    """Return the phrases of a typed text, and whether some of the text was left out; never fails.

    Words that are joined without a space, as in ``72/7`` or ``l'Assemblée``, are one phrase.

    >>> phrases('regional "preventive diplomacy" cent')[0][2]
    Phrase(words=('cent',), is_prefix=True)
    """
    typed = list(_phrases(text[:MAX_CHARACTERS]))
    remaining, kept = MAX_WORDS, list[Phrase]()
    for phrase in typed:
        words = phrase.words[:remaining]
        if words:
            kept.append(Phrase(words, phrase.is_prefix and words == phrase.words))
        remaining -= len(words)
    is_complete = sum(len(phrase.words) for phrase in typed) <= MAX_WORDS and len(text) <= MAX_CHARACTERS
    return tuple(dict.fromkeys(kept)), not is_complete


def _phrases(text: str) -> Iterator[Phrase]:
    for chunk in _CHUNK.finditer(text):
        words = fold_words(chunk[0])
        if words:
            is_last = chunk.end() == len(text) and chunk[1] is None
            is_prefix = is_last and len(words[-1]) >= _SHORTEST_PREFIX and not is_ideograph(words[-1])
            yield Phrase(words, is_prefix)


def fts_query(phrases: Sequence[Phrase]) -> str:
    """Return the FTS5 query for texts with all phrases, whose letters and digits need no escaping."""
    return " AND ".join(f'"{" ".join(phrase.words)}"{" *" if phrase.is_prefix else ""}' for phrase in phrases)
