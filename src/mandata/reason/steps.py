"""Writes the steps of a closure to a file, and looks them up there: by conclusion, by pattern, by premise.

Terms are numbered in the order of their text, facts in the order of their terms: a term is found by binary search, and
the same steps give the same bytes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final, Protocol

from pyoxigraph import Literal

from mandata.reason.facts import Fact, Step, Term
from mandata.reason.owl_rl.datatypes import value_of
from mandata.reason.step_tables import build_tables
from mandata.reason.term_text import term_of
from mandata.sqlite_files import open_read_only

_TABLES: Final = (
    "CREATE TABLE term (number INTEGER PRIMARY KEY, text TEXT NOT NULL)",
    "CREATE TABLE rule (number INTEGER PRIMARY KEY, name TEXT NOT NULL, axioms TEXT NOT NULL)",
    """CREATE TABLE fact (number INTEGER PRIMARY KEY, subject INTEGER NOT NULL, predicate INTEGER NOT NULL,
    object INTEGER NOT NULL, rule INTEGER, premises TEXT)""",
    """CREATE TABLE premise (fact INTEGER NOT NULL, conclusion INTEGER NOT NULL, PRIMARY KEY (fact, conclusion))
    WITHOUT ROWID""",
)
_INDEXES: Final = (
    "CREATE UNIQUE INDEX by_subject ON fact (subject, predicate, object)",
    "CREATE INDEX by_object ON fact (predicate, object) WHERE rule IS NOT NULL",
)
_CONCLUDED: Final = "SELECT subject, predicate, object FROM fact WHERE rule IS NOT NULL AND "
_KEPT: Final = 100_000


class Steps(Protocol):
    """Steps that can be looked up: those of a closure, or those in a file."""

    def get(self, fact: Fact, /) -> Step | None:
        """Return the step that concluded a fact; None if it was not concluded."""


def write_steps(path: Path, steps: Mapping[Fact, Step]) -> None:
    """Write all steps to a new file at ``path``, which replaces any old one: the same bytes for the same steps."""
    path.unlink(missing_ok=True)
    tables = build_tables(steps)
    connection = sqlite3.connect(path, isolation_level=None)  # in a Turkish locale it would not know INSERT as a change
    try:
        connection.execute("BEGIN")
        for statement in _TABLES:
            connection.execute(statement)
        connection.executemany("INSERT INTO term VALUES (?, ?)", tables.terms)
        connection.executemany("INSERT INTO rule VALUES (?, ?, ?)", tables.rules)
        connection.executemany("INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?)", tables.facts)
        connection.executemany("INSERT INTO premise VALUES (?, ?)", tables.premises)
        for statement in _INDEXES:
            connection.execute(statement)
        connection.execute("COMMIT")
    finally:
        connection.close()


class StepFile:
    """The steps in a file, looked up one by one; the file is closed by ``close``.

    Raises:
        MandataError: there is no such file.
    """

    def __init__(self, path: Path) -> None:
        self._connection = open_read_only(path, "steps")
        self._size: int = self._connection.execute("SELECT coalesce(max(number), -1) + 1 FROM term").fetchone()[0]
        self._number = lru_cache(_KEPT)(self._find)
        self._term = lru_cache(_KEPT)(lambda number: term_of(self._text(number)))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def get(self, fact: Fact, /) -> Step | None:
        """Return the step that concluded a fact; a literal also matches by value, for a store writes 1.0 as 1."""
        ids = self._ids(fact)
        row = self._row(*ids) if min(ids) >= 0 else None
        row = row or self._by_value(fact)
        if row is None:
            return None
        name, axioms = self._connection.execute("SELECT name, axioms FROM rule WHERE number = ?", row[:1]).fetchone()
        return Step(name, self._facts(axioms), self._facts(row[1]))

    def match(self, subject: Term | None, predicate: Term, value: Term | None) -> Iterator[Fact]:
        """Yield the conclusions that match, in the order of their text; None matches any term."""
        pattern = {"subject": subject, "predicate": predicate, "object": value}
        numbers = {name: self._number(str(term)) for name, term in pattern.items() if term is not None}
        if min(numbers.values()) < 0:
            return
        where = " AND ".join(f"{name} = ?" for name in numbers)
        for row in self._connection.execute(_CONCLUDED + where, tuple(numbers.values())):
            yield self._terms(row)

    @cached_property
    def predicates(self) -> tuple[Term, ...]:
        """The predicates of all conclusions."""
        found: list[int] = [-1]
        query = "SELECT min(predicate) FROM fact WHERE rule IS NOT NULL AND predicate > ?"
        while (after := self._connection.execute(query, found[-1:]).fetchone()[0]) is not None:
            found.append(after)
        return tuple(map(self._term, found[1:]))

    def depending_on(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """Yield each conclusion that depends on one of some facts, by its own step or those of its premises, once."""
        todo = [number for fact in facts if (number := self._fact_number(fact)) is not None]
        seen: set[int] = set()
        while todo:
            rows = self._connection.execute("SELECT conclusion FROM premise WHERE fact = ?", (todo.pop(),)).fetchall()
            for (number,) in rows:
                if number not in seen:
                    seen.add(number)
                    todo.append(number)
                    yield self._fact(number)

    def _ids(self, fact: Fact) -> tuple[int, int, int]:
        subject, predicate, value = (self._number(str(term)) for term in fact)
        return subject, predicate, value

    def _find(self, text: str) -> int:
        """Return the number of a term by binary search; -1 if there is none of this text."""
        low, high = 0, self._size
        while low < high:
            middle = (low + high) // 2
            if self._text(middle) < text:
                low = middle + 1
            else:
                high = middle
        return low if low < self._size and self._text(low) == text else -1

    def _text(self, number: int) -> str:
        text: str = self._connection.execute("SELECT text FROM term WHERE number = ?", (number,)).fetchone()[0]
        return text

    def _terms(self, ids: tuple[int, int, int]) -> Fact:
        subject, predicate, value = map(self._term, ids)
        return subject, predicate, value

    def _fact(self, number: int) -> Fact:
        query = "SELECT subject, predicate, object FROM fact WHERE number = ?"
        return self._terms(self._connection.execute(query, (number,)).fetchone())

    def _facts(self, numbers: str) -> tuple[Fact, ...]:
        return tuple(self._fact(int(number)) for number in numbers.split())

    def _fact_number(self, fact: Fact) -> int | None:
        query = "SELECT number FROM fact WHERE subject = ? AND predicate = ? AND object = ?"
        row = self._connection.execute(query, self._ids(fact)).fetchone()
        return None if row is None else int(row[0])

    def _row(self, subject: int, predicate: int, value: int) -> tuple[int, str] | None:
        query = """SELECT rule, premises FROM fact
            WHERE subject = ? AND predicate = ? AND object = ? AND rule IS NOT NULL"""
        row: tuple[int, str] | None = self._connection.execute(query, (subject, predicate, value)).fetchone()
        return row

    def _by_value(self, fact: Fact) -> tuple[int, str] | None:
        value = value_of(fact[2]) if isinstance(fact[2], Literal) else None
        if value is None:
            return None
        for other in self.match(fact[0], fact[1], None):
            if isinstance(other[2], Literal) and value_of(other[2]) == value:
                return self._row(*self._ids(other))
        return None
