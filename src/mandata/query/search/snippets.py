"""Snippets: the excerpt of a text that contains the words searched for, with their places in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mandata.query.search.tokens import Word, words
from mandata.query.search.typed_query import Phrase

_CONTEXT: Final = 60  # characters before the first match
_LENGTH: Final = 280  # characters of a snippet


@dataclass(frozen=True, slots=True)
class Snippet:
    """An excerpt of a text; ``highlights`` are the start and end of each match in the excerpt, in characters.

    ``start`` is the offset of the excerpt in the whole text, ``text_length`` the length of that text.
    """

    text: str
    language: str
    highlights: tuple[tuple[int, int], ...]
    start: int
    text_length: int

    def json(self) -> dict[str, object]:
        """Return the snippet as JSON answers describe it."""
        return {
            "text": self.text,
            "language": self.language or None,
            "marks": [{"start": start, "end": end} for start, end in self.highlights],
            "start": self.start,
            "of": self.text_length,
        }


def best_snippet(texts: Sequence[tuple[str, str]], phrases: Sequence[Phrase], language: str) -> Snippet | None:
    """Return the snippet of the text that contains most of the phrases; None if there is no text.

    Args:
        texts: pairs of a language and a text in it.
        phrases: the phrases that were searched for.
        language: the preferred language, if several texts contain equally many; among those, the first is taken.
    """
    candidates = [(tag, text, list(_occurrences(text, phrases))) for tag, text in texts]
    best = max(
        candidates, key=lambda each: (len({number for number, _, _ in each[2]}), each[0] == language), default=None
    )
    if best is None:
        return None
    tag, text, occurrences = best
    return _excerpt(text, tag, _merge_overlapping((start, end) for _, start, end in occurrences))


def _occurrences(text: str, phrases: Sequence[Phrase]) -> Iterator[tuple[int, int, int]]:
    """Yield, for each occurrence of a phrase, the number of the phrase and its start and end in the text."""
    tokens = list(words(text))
    for number, phrase in enumerate(phrases):
        length = len(phrase.words)
        starts = [index for index, token in enumerate(tokens) if token.folded.startswith(phrase.words[0])]
        for index in starts:
            if _matches(phrase, tokens[index : index + length]):
                yield number, tokens[index].start, tokens[index + length - 1].end


def _matches(phrase: Phrase, tokens: Sequence[Word]) -> bool:
    *first, last = phrase.words
    if len(tokens) < len(phrase.words) or any(word != token.folded for word, token in zip(first, tokens, strict=False)):
        return False
    return tokens[-1].folded.startswith(last) if phrase.is_prefix else tokens[-1].folded == last


def _merge_overlapping(spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans in order, with overlapping spans merged."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _excerpt(text: str, language: str, spans: Sequence[tuple[int, int]]) -> Snippet:
    """Return the snippet that begins shortly before the first span, at a space if there is one."""
    first = spans[0][0] if spans else 0
    start = 0 if len(text) <= _LENGTH or first <= _CONTEXT else text.find(" ", first - _CONTEXT, first) + 1
    start = start or (first if first > _CONTEXT and len(text) > _LENGTH else 0)
    end = len(text) if len(text) - start <= _LENGTH else text.rfind(" ", start, start + _LENGTH)
    end = end if end > start else start + _LENGTH
    highlights = tuple((left - start, min(right, end) - start) for left, right in spans if start <= left < end)
    return Snippet(text[start:end], language, highlights, start, len(text))
