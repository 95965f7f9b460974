"""The answer to a question: rows of named things and plain values, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from mandata.query.display_names import Thing, describe, prefer
from mandata.query.queryfile import Question
from mandata.query.source import Row, Source, Term, select
from mandata.query.terms import value_of
from mandata.rdf.namespaces import XSD


class LanguageTaggedText(str):
    """The text of a language-tagged literal: a string that knows its language."""

    __slots__ = ("language",)
    language: str

    @classmethod
    def of(cls, literal: ox.Literal) -> LanguageTaggedText:
        """Return the text of a literal with its language tag, which is empty if the literal has none."""
        text = cls(literal.value)
        text.language = literal.language or ""
        return text


PlainValue = str | int | float | bool
Cell = Thing | PlainValue | list["Thing | PlainValue"] | None
"""A value in a row of an answer; a list in a list column, None for an unbound variable."""
_RawCell = ox.NamedNode | PlainValue | list["ox.NamedNode | PlainValue"] | None
"""A cell before the names of the things are looked up: things are IRIs."""

_CONVERSIONS: dict[str, Callable[[str], PlainValue]] = {
    XSD + "integer": int,
    XSD + "decimal": float,
    XSD + "double": float,
    XSD + "boolean": lambda text: text in ("true", "1"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question: every row has every column, None if the variable is unbound, a list in list columns.

    ``total``: the number of all rows, if only a page of them was requested.
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
        """Return the answer as ``ask --json`` prints it."""
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
    page: slice = slice(None),
) -> Answer:
    """Return the answer of a source to a question.

    Args:
        question: the question.
        parameters: the values that narrow it, by the name of the parameter, as a person types them.
        source: the store or endpoint that is queried.
        language: the preferred language of names and texts.
        page: the rows that are returned.

    Raises:
        MandataError: a parameter is unknown, or names nothing that the source knows; or the source does not answer.
    """
    values = {name: value_of(question.parameter(name), text, source) for name, text in sorted(parameters.items())}
    solutions = _choose_language(select(source, question.query_with(values)), question.columns, language)
    raw_rows = [{name: _raw_value(row.get(name)) for name in question.columns} for row in solutions]
    all_rows = _merge_rows(raw_rows, question.list_columns)
    rows = all_rows[page]
    cells = [
        *map(_raw_value, values.values()),
        *(each for row in rows for cell in row.values() for each in _members(cell)),
    ]
    things = describe((cell.value for cell in cells if isinstance(cell, ox.NamedNode)), source, language)
    named_rows = [{name: _cell(cell, things) for name, cell in row.items()} for row in rows]
    named_values = {name: _cell(_raw_value(term), things) for name, term in values.items()}
    return Answer(question, language, named_values, named_rows, len(all_rows))


def _choose_language(rows: Sequence[Row], columns: Sequence[str], language: str) -> list[Row]:
    """Keep, of rows that differ only in the language of their texts, the one in the reader's preferred language."""
    kept: dict[tuple[object, ...], Row] = {}
    for row in rows:
        key = tuple(_language_independent(row.get(name)) for name in columns)
        first = kept.setdefault(key, dict(row))
        for name in columns:
            texts = [term for term in (first.get(name), row.get(name)) if _has_language(term)]
            if best := prefer((term for term in texts if isinstance(term, ox.Literal)), language):
                first[name] = best
    return list(kept.values())


def _has_language(term: Term | None) -> bool:
    return isinstance(term, ox.Literal) and term.language is not None


def _language_independent(term: Term | None) -> object:
    return "text" if _has_language(term) else term


def _raw_value(term: Term | None) -> ox.NamedNode | PlainValue | None:
    match term:
        case None | ox.NamedNode():
            return term
        case ox.Literal():
            return _literal_value(term)
        case _:
            return str(term)


def plain_value(term: Term | None) -> PlainValue | None:
    """Return a term as a Python value: the text of an IRI, a number for a number; None stays None."""
    value = _raw_value(term)
    return value.value if isinstance(value, ox.NamedNode) else value


def _members(cell: _RawCell) -> Sequence[_RawCell]:
    return cell if isinstance(cell, list) else [cell]


def _cell(cell: _RawCell, things: Mapping[str, Thing]) -> Cell:
    if isinstance(cell, list):
        return [things[each.value] if isinstance(each, ox.NamedNode) else each for each in cell]
    return things[cell.value] if isinstance(cell, ox.NamedNode) else cell


def _literal_value(literal: ox.Literal) -> PlainValue:
    if literal.language:
        return LanguageTaggedText.of(literal)
    convert = _CONVERSIONS.get(literal.datatype.value)
    try:
        return convert(literal.value) if convert else literal.value
    except ValueError:
        return literal.value


def _merge_rows(
    rows: Sequence[dict[str, ox.NamedNode | PlainValue | None]], columns: frozenset[str]
) -> list[dict[str, _RawCell]]:
    """Merge rows that differ only in the list columns; the lists hold each value once, in the order of the rows."""
    merged: dict[tuple[object, ...], dict[str, _RawCell]] = {}
    for row in rows:
        key = tuple(cell for name, cell in row.items() if name not in columns)
        row_of_lists = merged.setdefault(key, {name: [] if name in columns else cell for name, cell in row.items()})
        for name in columns:
            values, cell = row_of_lists[name], row[name]
            if isinstance(values, list) and cell is not None and cell not in values:
                values.append(cell)
    return list(merged.values())


def _json(cell: Cell) -> object:
    if isinstance(cell, list):
        return [_json(each) for each in cell]
    return cell.json() if isinstance(cell, Thing) else cell
