"""Asking a question: the rows, each thing in them shown, each literal plain, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from mandata.query.display_names import Thing, describe, prefer
from mandata.query.queryfile import Question
from mandata.query.source import Row, Source, Term, select
from mandata.query.terms import value_of
from mandata.rdf.namespaces import XSD


class Phrase(str):
    """Words of which the language is known; plain words for all else."""

    __slots__ = ("language",)
    language: str

    @classmethod
    def of(cls, literal: ox.Literal) -> Phrase:
        """Return the words of a literal."""
        phrase = cls(literal.value)
        phrase.language = literal.language or ""
        return phrase


Plain = str | int | float | bool
Cell = Thing | Plain | list["Thing | Plain"] | None
_Bare = ox.NamedNode | Plain | list["ox.NamedNode | Plain"] | None
"""What is in a cell before it is known how the things are called."""

_NUMBERS: dict[str, Callable[[str], Plain]] = {
    XSD + "integer": int,
    XSD + "decimal": float,
    XSD + "double": float,
    XSD + "boolean": lambda text: text in ("true", "1"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question found: every row has every column, None where nothing is known; gathered columns hold lists.

    ``total``: how many rows there are, where only some of them were asked for.
    """

    question: Question
    language: str
    parameters: Mapping[str, Cell]
    rows: Sequence[Mapping[str, Cell]]
    total: int

    @property
    def words(self) -> str:
        """The question in the reader's language."""
        return self.question.words.get(self.language, self.question.words["en"])

    def json(self) -> dict[str, object]:
        """Return it as ``ask --json`` prints it."""
        return {
            "question": self.question.name,
            "words": self.words,
            "parameters": {name: _json(cell) for name, cell in self.parameters.items()},
            "rows": [{name: _json(cell) for name, cell in row.items()} for row in self.rows],
        }


def answer(
    question: Question,
    parameters: Mapping[str, str],
    source: Source,
    language: str = "en",
    page: slice = slice(None),  # of its rows
) -> Answer:
    """Ask a question of a source, narrowed by parameters as a person types them.

    Raises:
        MandataError: a parameter is unknown, or names nothing that the source knows; or the source does not answer.
    """
    values = {name: value_of(question.parameter(name), text, source) for name, text in sorted(parameters.items())}
    found = _in_one_language(select(source, question.narrowed(values)), question.columns, language)
    every = _gathered([{name: _bare(row.get(name)) for name in question.columns} for row in found], question.gathered)
    rows = every[page]
    bare = [*map(_bare, values.values()), *(one for row in rows for cell in row.values() for one in _each(cell))]
    things = describe((one.value for one in bare if isinstance(one, ox.NamedNode)), source, language)
    shown = [{name: _cell(cell, things) for name, cell in row.items()} for row in rows]
    given = {name: _cell(_bare(term), things) for name, term in values.items()}
    return Answer(question, language, given, shown, len(every))


def _in_one_language(rows: Sequence[Row], columns: Sequence[str], language: str) -> list[Row]:
    """Of rows that differ only in the language of their words, keep the one the reader prefers."""
    kept: dict[tuple[object, ...], Row] = {}
    for row in rows:
        key = tuple(_beyond_language(row.get(name)) for name in columns)
        first = kept.setdefault(key, dict(row))
        for name in columns:
            words = [term for term in (first.get(name), row.get(name)) if _is_worded(term)]
            if best := prefer((term for term in words if isinstance(term, ox.Literal)), language):
                first[name] = best
    return list(kept.values())


def _is_worded(term: Term | None) -> bool:
    return isinstance(term, ox.Literal) and term.language is not None


def _beyond_language(term: Term | None) -> object:
    return "words" if _is_worded(term) else term


def _bare(term: Term | None) -> ox.NamedNode | Plain | None:
    match term:
        case None | ox.NamedNode():
            return term
        case ox.Literal():
            return _plain(term)
        case _:
            return str(term)


def plain(term: Term | None) -> Plain | None:
    """Return a term as a plain value: an IRI as its text, a number as a number; None stays None."""
    found = _bare(term)
    return found.value if isinstance(found, ox.NamedNode) else found


def _each(cell: _Bare) -> Sequence[_Bare]:
    return cell if isinstance(cell, list) else [cell]


def _cell(cell: _Bare, things: Mapping[str, Thing]) -> Cell:
    if isinstance(cell, list):
        return [things[one.value] if isinstance(one, ox.NamedNode) else one for one in cell]
    return things[cell.value] if isinstance(cell, ox.NamedNode) else cell


def _plain(literal: ox.Literal) -> Plain:
    if literal.language:
        return Phrase.of(literal)
    number = _NUMBERS.get(literal.datatype.value)
    try:
        return number(literal.value) if number else literal.value
    except ValueError:
        return literal.value


def _gathered(
    rows: Sequence[dict[str, ox.NamedNode | Plain | None]], columns: frozenset[str]
) -> list[dict[str, _Bare]]:
    """Make one row of those that differ in the gathered columns alone; each value once, in the order it came."""
    merged: dict[tuple[object, ...], dict[str, _Bare]] = {}
    for row in rows:
        key = tuple(cell for name, cell in row.items() if name not in columns)
        whole = merged.setdefault(key, {name: [] if name in columns else cell for name, cell in row.items()})
        for name in columns:
            values, cell = whole[name], row[name]
            if isinstance(values, list) and cell is not None and cell not in values:
                values.append(cell)
    return list(merged.values())


def _json(cell: Cell) -> object:
    if isinstance(cell, list):
        return [_json(one) for one in cell]
    return cell.json() if isinstance(cell, Thing) else cell
