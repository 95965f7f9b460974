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
from mandata.site.labels import Link, Shown
from mandata.site.resources import Words

MOST: Final = 500
"""How many rows of an answer a page shows; it says how many more there are."""

_YEAR: Final = 4  # four figures alone may be a number as well

Cell = tuple[Link, ...]
"""The values of a cell; none where nothing is known."""


@dataclass(frozen=True, slots=True)
class Parameter:
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
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Cell], ...]
    more: int
    query: str


def question(
    shown: Shown, one: Question, source: Source | None, given: Mapping[str, str] | None = None
) -> QuestionView:
    """Return a question with its answer, narrowed by what is given, or, where there is no source to ask, without.

    Raises:
        MandataError: what is given is no parameter, or names nothing; the source does not answer.
    """
    return viewed(shown, one, asked.answer(one, given or {}, source, shown.language).rows if source else None)


def viewed(shown: Shown, one: Question, found: Sequence[Mapping[str, asked.Cell]] | None) -> QuestionView:
    """Return a question with the rows that were found, or, where it was not asked, without."""
    rows = found or ()
    return QuestionView(
        one.name,
        _said(one.words, shown),
        found is not None,
        one.regime == "inferred",
        tuple(Parameter(each.name, _said(each.meaning, shown), each.example, each.kind) for each in one.parameters),
        one.columns,
        tuple(cells(shown, rows[:MOST])),
        max(0, len(rows) - MOST),
        one.query,
    )


def _said(words: Mapping[str, str], shown: Shown) -> str:
    return words.get(shown.language) or next(iter(words.values()))


def cells(shown: Shown, rows: Sequence[Mapping[str, asked.Cell]]) -> Iterator[Mapping[str, Cell]]:
    """Yield the rows of an answer with what they name leading to its page."""
    for row in rows:
        yield {name: tuple(_links(shown, cell)) for name, cell in row.items()}


def _links(shown: Shown, cell: asked.Cell) -> Iterator[Link]:
    if isinstance(cell, list):
        for one in cell:
            yield from _links(shown, one)
    elif isinstance(cell, Thing):
        yield shown.link(cell.iri)
    elif cell is not None:
        language = cell.language if isinstance(cell, LanguageTaggedText) else ""
        yield Link(Words(_plain(cell, shown), language))


def _plain(cell: asked.PlainValue, shown: Shown) -> str:
    if isinstance(cell, bool):
        return str(shown.say["yes" if cell else "no"])
    words: Mapping[str, str] = shown.say["answers"]
    return words.get(str(cell), in_words(str(cell), shown.say) if len(str(cell)) > _YEAR else str(cell))
