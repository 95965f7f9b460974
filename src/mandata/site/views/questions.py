"""Views of the competency questions with their answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mandata.query import answer as answers
from mandata.query.answer import LanguageTaggedText
from mandata.query.display_names import Thing
from mandata.query.queryfile import Question
from mandata.query.source import Source
from mandata.site.dates import in_words
from mandata.site.labels import Labels, Link
from mandata.site.resources import LiteralText

MAX_ROWS: Final = 500
"""The number of rows of an answer on a page; the page says how many more there are."""

_YEAR_DIGITS: Final = 4  # four digits may be a number as well as a year

Cell = tuple[Link, ...]
"""The values of a cell; empty if there are none."""


@dataclass(frozen=True, slots=True)
class ParameterView:
    """A parameter of a question, with an example; ``kind`` is the IRI of a class or of a datatype."""

    name: str
    meaning: str
    example: str
    kind: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question, its answer, and its query; ``more`` is the number of rows that are left out."""

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
    """Return a question with its answer.

    Args:
        labels: the labels of a language.
        question: the question.
        source: answers the query; None for a view without an answer.
        given: the values of parameters.

    Raises:
        MandataError: an unknown parameter, or a value that names nothing; the source does not answer.
    """
    return question_view(
        labels, question, answers.answer(question, given or {}, source, labels.language).rows if source else None
    )


def question_view(
    labels: Labels, question: Question, answer: Sequence[Mapping[str, answers.Cell]] | None
) -> QuestionView:
    """Return a question with the rows of its answer.

    Args:
        labels: the labels of a language.
        question: the question.
        answer: the rows of the answer; None if it was not asked.
    """
    rows = answer or ()
    return QuestionView(
        question.name,
        _in_language(question.words, labels),
        answer is not None,
        question.regime == "inferred",
        tuple(
            ParameterView(parameter.name, _in_language(parameter.meaning, labels), parameter.example, parameter.kind)
            for parameter in question.parameters
        ),
        question.columns,
        tuple(cells(labels, rows[:MAX_ROWS])),
        max(0, len(rows) - MAX_ROWS),
        question.query,
    )


def _in_language(words: Mapping[str, str], labels: Labels) -> str:
    return words.get(labels.language) or next(iter(words.values()))


def cells(labels: Labels, rows: Sequence[Mapping[str, answers.Cell]]) -> Iterator[Mapping[str, Cell]]:
    """Yield the ``rows`` of an answer with their values as links, named by ``labels``."""
    for row in rows:
        yield {name: tuple(_links(labels, cell)) for name, cell in row.items()}


def _links(labels: Labels, cell: answers.Cell) -> Iterator[Link]:
    if isinstance(cell, list):
        for item in cell:
            yield from _links(labels, item)
    elif isinstance(cell, Thing):
        yield labels.link(cell.iri)
    elif cell is not None:
        language = cell.language if isinstance(cell, LanguageTaggedText) else ""
        yield Link(LiteralText(_plain(cell, labels), language))


def _plain(cell: answers.PlainValue, labels: Labels) -> str:
    if isinstance(cell, bool):
        return str(labels.texts["yes" if cell else "no"])
    words: Mapping[str, str] = labels.texts["answers"]
    return words.get(str(cell), in_words(str(cell), labels.texts) if len(str(cell)) > _YEAR_DIGITS else str(cell))
