"""Answers as tables of text, for the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pyoxigraph as ox

from mandata.query.answer import Answer, Cell
from mandata.query.display_names import shorten
from mandata.query.queryfile import Question
from mandata.query.source import Solutions, Term

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # a text must not control the reader's terminal


class TextTable(NamedTuple):
    """The headings of columns, and rows with a cell for each, without control characters."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def of_answer(answer: Answer) -> TextTable:
    """Return the rows of an answer."""
    rows = ((_cell(row[name]) for name in answer.question.columns) for row in answer.rows)
    return _table(answer.question.columns, rows)


def of_questions(questions: Mapping[str, Question], language: str) -> TextTable:
    """Return the list of questions, each with its parameters.

    Args:
        questions: the questions by name.
        language: the language of their wording.
    """
    rows = (
        (name, question.words.get(language, question.words["en"]), ", ".join(each.name for each in question.parameters))
        for name, question in questions.items()
    )
    return _table(("name", "question", "parameters"), rows)


def of_solutions(solutions: Solutions) -> TextTable:
    """Return the rows of any SELECT query, with IRIs shortened."""
    rows = ((_term(row.get(name)) for name in solutions.variables) for row in solutions.rows)
    return _table(solutions.variables, rows)


def of_matches(items: Iterable[Mapping[str, Any]]) -> TextTable:
    """Return the matches of a search, as ``search_json`` lists them: each thing with the text that matches."""
    rows = ((_name(item["thing"]), (item["snippet"] or {}).get("text", "")) for item in items)
    return _table(("found", "words"), rows)


def _name(thing: Mapping[str, str | None]) -> str:
    return thing["symbol"] or thing["label"] or ""


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> TextTable:
    headings = [column.replace("_", " ") for column in columns]
    return TextTable(headings, [[_CONTROL.sub(" ", cell) for cell in row] for row in rows])


def _cell(cell: Cell) -> str:
    if isinstance(cell, list):
        return ", ".join(map(_cell, cell))
    return "" if cell is None else str(cell)


def _term(term: Term | None) -> str:
    if term is None:
        return ""
    return shorten(term.value) if isinstance(term, ox.NamedNode) else term.value
