"""Answers as tables for a person's eyes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pyoxigraph as ox

from mandata.query.answer import Answer, Cell
from mandata.query.display_names import shorten
from mandata.query.queryfile import Question
from mandata.query.source import Solutions, Term

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # a text must not steer the reader's terminal


class Table(NamedTuple):
    """The heads of columns, and rows of as many cells, without the signs that steer a terminal."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def of_answer(answer: Answer) -> Table:
    """Return the rows of an answer."""
    rows = ((_cell(row[name]) for name in answer.question.columns) for row in answer.rows)
    return _table(answer.question.columns, rows)


def of_questions(questions: Mapping[str, Question], language: str) -> Table:
    """Return the list of the questions and of what narrows each."""
    rows = (
        (name, question.words.get(language, question.words["en"]), ", ".join(one.name for one in question.parameters))
        for name, question in questions.items()
    )
    return _table(("name", "question", "parameters"), rows)


def of_solutions(solutions: Solutions) -> Table:
    """Return the rows of any SELECT, IRIs shortened."""
    rows = ((_term(row.get(name)) for name in solutions.variables) for row in solutions.rows)
    return _table(solutions.variables, rows)


def of_hits(hits: Iterable[Mapping[str, Any]]) -> Table:
    """Return what a search found: each thing, what it is part of, and the words that show it."""
    rows = ((_name(hit["thing"]), (hit["snippet"] or {}).get("text", "")) for hit in hits)
    return _table(("found", "words"), rows)


def _name(thing: Mapping[str, str | None]) -> str:
    return thing["symbol"] or thing["label"] or ""


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Table:
    heads = [column.replace("_", " ") for column in columns]
    return Table(heads, [[_CONTROL.sub(" ", cell) for cell in row] for row in rows])


def _cell(cell: Cell) -> str:
    if isinstance(cell, list):
        return ", ".join(_cell(one) for one in cell)
    return "" if cell is None else str(cell)


def _term(term: Term | None) -> str:
    if term is None:
        return ""
    return shorten(term.value) if isinstance(term, ox.NamedNode) else term.value
