"""Keeps the steps of a closure in a file, and reads the one that is asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from mandata.errors import MandataError
from mandata.reason.facts import Fact, Step, Term, fact_of, text_of
from mandata.reason.owl_rl.datatypes import value_of

_TABLE: Final = """CREATE TABLE step
    (conclusion TEXT PRIMARY KEY, rule TEXT NOT NULL, axioms TEXT NOT NULL, premises TEXT NOT NULL) WITHOUT ROWID"""
_LAST: Final = "\U0010ffff"


class Steps(Protocol):
    """Where steps are looked up: a closure's own, or a file's."""

    def get(self, fact: Fact, /) -> Step | None:
        """Return why the fact holds; None where it was not concluded."""


def write_steps(path: Path, steps: Mapping[Fact, Step]) -> None:
    """Write all steps to a new file, the same bytes for the same steps; what stood there is replaced."""
    path.unlink(missing_ok=True)
    rows = sorted(
        (text_of(fact), step.rule, _texts(step.axioms), _texts(step.premises)) for fact, step in steps.items()
    )
    connection = sqlite3.connect(path, isolation_level=None)  # in a Turkish locale it would not know INSERT as a change
    try:
        connection.execute("BEGIN")
        connection.execute(_TABLE)
        connection.executemany("INSERT INTO step VALUES (?, ?, ?, ?)", rows)
        connection.execute("COMMIT")
    finally:
        connection.close()


def read_step(path: Path, triple: Triple | Quad | Fact) -> Step | None:
    """Return the step to one triple from a file; None where it was not concluded."""
    with StepFile(path) as steps:
        return steps.get(fact_of(triple))


class StepFile:
    """The steps in a file, read one at a time."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise MandataError("steps", "there are no steps here", str(path), "build the knowledge base again")
        self._connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def get(self, fact: Fact, /) -> Step | None:
        """Return the step to a fact; a literal is found by its value too, for stores write 1.0 as 1."""
        row = self._row("conclusion = ?", text_of(fact)) or self._by_value(fact)
        return Step(row[0], _facts(row[1]), _facts(row[2])) if row else None

    def _row(self, where: str, *values: str) -> tuple[str, str, str] | None:
        query = f"SELECT rule, axioms, premises FROM step WHERE {where}"
        row: tuple[str, str, str] | None = self._connection.execute(query, values).fetchone()
        return row

    def _by_value(self, fact: Fact) -> tuple[str, str, str] | None:
        value = value_of(fact[2]) if isinstance(fact[2], Literal) else None
        if value is None:
            return None
        start = f"{fact[0]} {fact[1]} "
        found = self._connection.execute(
            "SELECT conclusion FROM step WHERE conclusion BETWEEN ? AND ? ORDER BY conclusion", (start, start + _LAST)
        )
        for (text,) in found.fetchall():
            other = _fact(text)[2]
            if isinstance(other, Literal) and value_of(other) == value:
                return self._row("conclusion = ?", text)
        return None


def _texts(facts: tuple[Fact, ...]) -> str:
    return "\n".join(text_of(fact) for fact in facts)


def _facts(texts: str) -> tuple[Fact, ...]:
    return tuple(_fact(text) for text in texts.split("\n")) if texts else ()


@cache
def _fact(text: str) -> Fact:
    """Read a fact back; N-Triples has no literal subjects, so each term is read by its first sign."""
    if text.startswith('"'):
        subject, rest = _literal_first(text)
    else:
        first, _, rest = text.partition(" ")
        subject = _name(first)
    predicate, _, value = rest.partition(" ")
    return subject, _name(predicate), _literal(value) if value.startswith('"') else _name(value)


def _name(text: str) -> Term:
    return BlankNode(text[2:]) if text.startswith("_:") else NamedNode(text[1:-1])


def _literal(text: str) -> Term:
    quad = next(iter(parse(f"<x:> <x:> {text} .", format=RdfFormat.N_TRIPLES)))
    return fact_of(quad)[2]


def _literal_first(text: str) -> tuple[Term, str]:
    """Split a fact whose subject is a literal at the end of that literal."""
    end = 1
    while text[end] != '"':
        end += 2 if text[end] == "\\" else 1
    end = text.index(" ", end)
    return _literal(text[:end]), text[end + 1 :]
