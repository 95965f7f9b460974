"""Asking a question: the rows, each thing in them shown, each literal plain, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from mandata.question.header import Question
from mandata.question.source import Row, Source, Term, select
from mandata.question.terms import value_of
from mandata.question.things import Thing, describe, prefer
from mandata.vocab import XSD


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

_NUMBERS: dict[str, Callable[[str], Plain]] = {
    XSD + "integer": int,
    XSD + "decimal": float,
    XSD + "double": float,
    XSD + "boolean": lambda text: text in ("true", "1"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question found: every row has every column, None where nothing is known; gathered columns hold lists."""

    question: Question
    language: str
    parameters: Mapping[str, Cell]
    rows: Sequence[Mapping[str, Cell]]

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


def answer(question: Question, parameters: Mapping[str, str], source: Source, language: str = "en") -> Answer:
    """Ask a question of a source, narrowed by parameters as a person types them.

    Raises:
        MandataError: a parameter is unknown, or names nothing that the source knows; or the source does not answer.
    """
    values = {name: value_of(question.parameter(name), text, source) for name, text in sorted(parameters.items())}
    found = _in_one_language(select(source, question.narrowed(values)), question.columns, language)
    terms = [*values.values(), *(term for row in found for term in row.values())]
    things = describe((term.value for term in terms if isinstance(term, ox.NamedNode)), source, language)
    rows = [{name: _cell(row.get(name), things) for name in question.columns} for row in found]
    shown = {name: _cell(term, things) for name, term in values.items()}
    return Answer(question, language, shown, _gathered(rows, question.gathered))


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


def _cell(term: Term | None, things: Mapping[str, Thing]) -> Thing | Plain | None:
    match term:
        case None:
            return None
        case ox.NamedNode():
            return things[term.value]
        case ox.Literal():
            return _plain(term)
        case _:
            return str(term)


def _plain(literal: ox.Literal) -> Plain:
    if literal.language:
        return Phrase.of(literal)
    number = _NUMBERS.get(literal.datatype.value)
    try:
        return number(literal.value) if number else literal.value
    except ValueError:
        return literal.value


def _gathered(rows: Sequence[dict[str, Thing | Plain | None]], columns: frozenset[str]) -> list[dict[str, Cell]]:
    """Make one row of those that differ in the gathered columns alone; each value once, in the order it came."""
    merged: dict[tuple[object, ...], dict[str, Cell]] = {}
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
