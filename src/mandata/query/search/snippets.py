"""Where in a text the words are that were looked for, and the piece of the text that shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mandata.query.search.tokens import Word, words
from mandata.query.search.typed_query import Phrase

_BEFORE: Final = 60  # characters before the first hit
_LENGTH: Final = 280  # characters of a snippet


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text, and from where to where in the piece each hit stands, in characters.

    ``start``: where the piece stands in the whole text, of which ``of`` tells the length.
    """

    text: str
    language: str
    marks: tuple[tuple[int, int], ...]
    start: int
    of: int

    def json(self) -> dict[str, object]:
        """Return it as JSON answers have it."""
        marks = [{"start": start, "end": end} for start, end in self.marks]
        return {
            "text": self.text,
            "language": self.language or None,
            "marks": marks,
            "start": self.start,
            "of": self.of,
        }


def best(texts: Sequence[tuple[str, str]], found: Sequence[Phrase], language: str) -> Snippet | None:
    """Return the snippet of the text, of several in their languages, that holds most of the phrases.

    Among equals the reader's language comes first, then the order given.
    """
    marked = [(said, text, list(_marks(text, found))) for said, text in texts]
    chosen = max(marked, key=lambda one: (len({which for which, _, _ in one[2]}), one[0] == language), default=None)
    if chosen is None:
        return None
    said, text, spans = chosen
    return _cut(text, said, _joined((start, end) for _, start, end in spans))


def _marks(text: str, found: Sequence[Phrase]) -> Iterator[tuple[int, int, int]]:
    """Yield the number of a phrase, and from where to where it stands."""
    held = list(words(text))
    for number, phrase in enumerate(found):
        length = len(phrase.words)
        first = [at for at, word in enumerate(held) if word.folded.startswith(phrase.words[0])]
        for at in first:
            if _stands(phrase, held[at : at + length]):
                yield number, held[at].start, held[at + length - 1].end


def _stands(phrase: Phrase, held: Sequence[Word]) -> bool:
    *before, last = phrase.words
    if len(held) < len(phrase.words) or any(word != one.folded for word, one in zip(before, held, strict=False)):
        return False
    return held[-1].folded.startswith(last) if phrase.begins else held[-1].folded == last


def _joined(spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _cut(text: str, language: str, spans: Sequence[tuple[int, int]]) -> Snippet:
    first = spans[0][0] if spans else 0
    start = 0 if len(text) <= _LENGTH or first <= _BEFORE else text.find(" ", first - _BEFORE, first) + 1
    start = start or (first if first > _BEFORE and len(text) > _LENGTH else 0)
    end = len(text) if len(text) - start <= _LENGTH else text.rfind(" ", start, start + _LENGTH)
    end = end if end > start else start + _LENGTH
    marks = tuple((a - start, min(b, end) - start) for a, b in spans if start <= a < end)
    return Snippet(text[start:end], language, marks, start, len(text))
