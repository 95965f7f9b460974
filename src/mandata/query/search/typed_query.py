"""What a person types into a search: words, phrases in quotes, the last word as far as it is typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mandata.query.search.tokens import folded, is_ideograph

MOST_WORDS: Final = 32
"""So many words are looked for; what is typed beyond is told as left out."""
LONGEST: Final = 2_000
"""So many characters of what is typed are read."""
_CHUNK: Final = re.compile(r'"([^"]*)"?|[^\s"]+')
_SHORTEST_BEGINNING: Final = 2  # letters; a single one would begin a tenth of all words


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand one behind the other; ``begins``: the last of them may be the beginning of a longer one."""

    words: tuple[str, ...]
    begins: bool = False


def phrases(text: str) -> tuple[tuple[Phrase, ...], bool]:
    """Return the phrases that are typed, and whether some of the text was left out; never fails.

    What stands together without a space, as ``72/7`` or ``l'Assemblée`` does, is one phrase.

    >>> phrases('regional "preventive diplomacy" cent')[0][2]
    Phrase(words=('cent',), begins=True)
    """
    found = list(_phrases(text[:LONGEST]))
    left, kept = MOST_WORDS, list[Phrase]()
    for phrase in found:
        words = phrase.words[:left]
        if words:
            kept.append(Phrase(words, phrase.begins and words == phrase.words))
        left -= len(words)
    whole = sum(len(phrase.words) for phrase in found) <= MOST_WORDS and len(text) <= LONGEST
    return tuple(dict.fromkeys(kept)), not whole


def _phrases(text: str) -> Iterator[Phrase]:
    for chunk in _CHUNK.finditer(text):
        words = folded(chunk[0])
        if words:
            is_last = chunk.end() == len(text) and chunk[1] is None
            begins = is_last and len(words[-1]) >= _SHORTEST_BEGINNING and not is_ideograph(words[-1])
            yield Phrase(words, begins)


def matching(found: Sequence[Phrase]) -> str:
    """Return the phrases in the language of FTS5: all must be there. They hold letters and figures alone."""
    return " AND ".join(f'"{" ".join(phrase.words)}"{" *" if phrase.begins else ""}' for phrase in found)
