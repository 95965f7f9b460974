"""The pages of the competency questions, each with its answer from what is held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mandata.query import answer as asked
from mandata.query.answer import LanguageTaggedText
from mandata.query.display_names import Thing
from mandata.query.queryfile import Question
from mandata.query.source import Source
from mandata.site.dates import in_words
from mandata.site.labels import Labels, Link
from mandata.site.resources import LiteralText

MOST: Final = 500
"""How many rows of an answer a page shows; it says how many more there are."""

_YEAR: Final = 4  # four figures alone may be a number as well

Cell = tuple[Link, ...]
"""The values of a cell; none where nothing is known."""


@dataclass(frozen=True, slots=True)
class ParameterView:
    """What may narrow a question, with an example; ``kind``: the IRI of a class or of a datatype."""

    name: str
    meaning: str
    example: str
    kind: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question, its answer, and the query that gives it."""

    name: str
    words: str
    answered: bool
    inferred: bool
    parameters: tuple[ParameterView, ...]
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Cell], ...]
    more: int
    query: str


def answer_view(
    labels: Labels, question: Question, source: Source | None, given: Mapping[str, str] | None = None
) -> QuestionView:
    """Return a question with its answer, narrowed by what is given, or, where there is no source to ask, without.

    Raises:
        MandataError: what is given is no parameter, or names nothing; the source does not answer.
    """
    return question_view(
        labels, question, asked.answer(question, given or {}, source, labels.language).rows if source else None
    )


def question_view(labels: Labels, question: Question, found: Sequence[Mapping[str, asked.Cell]] | None) -> QuestionView:
    """Return a question with the rows that were found, or, where it was not asked, without."""
    rows = found or ()
    return QuestionView(
        question.name,
        _in_language(question.words, labels),
        found is not None,
        question.regime == "inferred",
        tuple(
            ParameterView(each.name, _in_language(each.meaning, labels), each.example, each.kind)
            for each in question.parameters
        ),
        question.columns,
        tuple(cells(labels, rows[:MOST])),
        max(0, len(rows) - MOST),
        question.query,
    )


def _in_language(words: Mapping[str, str], labels: Labels) -> str:
    return words.get(labels.language) or next(iter(words.values()))


def cells(labels: Labels, rows: Sequence[Mapping[str, asked.Cell]]) -> Iterator[Mapping[str, Cell]]:
    """Yield the rows of an answer with what they name leading to its page."""
    for row in rows:
        yield {name: tuple(_links(labels, cell)) for name, cell in row.items()}


def _links(labels: Labels, cell: asked.Cell) -> Iterator[Link]:
    if isinstance(cell, list):
        for item in cell:
            yield from _links(labels, item)
    elif isinstance(cell, Thing):
        yield labels.link(cell.iri)
    elif cell is not None:
        language = cell.language if isinstance(cell, LanguageTaggedText) else ""
        yield Link(LiteralText(_plain(cell, labels), language))


def _plain(cell: asked.PlainValue, labels: Labels) -> str:
    if isinstance(cell, bool):
        return str(labels.texts["yes" if cell else "no"])
    words: Mapping[str, str] = labels.texts["answers"]
    return words.get(str(cell), in_words(str(cell), labels.texts) if len(str(cell)) > _YEAR else str(cell))
