"""Matches the patterns of a rule against columns: all its instances at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mandata.reason.engine.fact_table import Column, Columns, Numbers, Sorted, Table, key
from mandata.reason.engine.ground_rules import Ground
from mandata.reason.engine.join_plan import Meet, Plan

Cell: TypeAlias = Column | int
"""A column of terms, or the one term that all rows have."""

MOST = 4_000_000
"""How many rows are made at once, at most, so that a join of much with much takes time but not all memory."""
_UNREAD = -1


class Facts(NamedTuple):
    """Facts of one predicate, in any order, with their numbers."""

    subject: Cell
    predicate: int
    value: Cell
    numbers: Numbers

    @classmethod
    def by_subject(cls, predicate: int, facts: Sorted) -> Self:
        """Return facts that are sorted by subject."""
        return cls(facts.upper, predicate, facts.lower, facts.facts)

    @classmethod
    def of_value(cls, predicate: int, value: int, facts: Sorted) -> Self:
        """Return the facts with one object, from those that are sorted by it."""
        found = facts.of(value)
        return cls(found.lower, predicate, value, found.facts)


class Rows(NamedTuple):
    """Instances of a rule: the columns of its places, and the numbers of the facts met, in turn."""

    columns: list[Cell]
    facts: list[Numbers]

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.facts[0]) if self.facts else 1

    def chosen(self, which: Column | NDArray[np.bool_]) -> Rows:
        """Return some of the rows, or some of them several times."""
        columns: list[Cell] = [cell if isinstance(cell, int) else cell[which] for cell in self.columns]
        return Rows(columns, [numbers[which] for numbers in self.facts])


def instances(columns: Columns, rule: Ground, plan: Plan, trigger: Facts) -> Iterator[Rows]:
    """Yield the instances of a rule in which one of some facts stands for the plan's trigger."""
    cells: list[Cell] = [*rule.constants, trigger.subject, trigger.predicate, trigger.value]
    yield from _rest(columns, plan.meets, _after(plan.trigger, Rows(cells, [trigger.numbers])))


def _rest(columns: Columns, meets: tuple[Meet, ...], rows: Rows) -> Iterator[Rows]:
    if not rows.size:
        return
    if not meets:
        yield rows
        return
    for predicate, some in _by_predicate(columns, meets[0], rows):
        for met in _met(columns.tables[predicate], predicate, meets[0], some):
            yield from _rest(columns, meets[1:], _after(meets[0], met))


def _by_predicate(columns: Columns, meet: Meet, rows: Rows) -> Iterator[tuple[int, Rows]]:
    """Yield the predicates that the next pattern may have, each with the rows that it concerns."""
    predicate = rows.columns[meet.predicate] if meet.predicate >= 0 else None
    if predicate is None:
        yield from ((each, rows) for each in tuple(columns.tables))
    elif isinstance(predicate, int):
        if predicate in columns.tables:
            yield predicate, rows
    else:
        for each in np.unique(predicate).tolist():
            if each in columns.tables:
                yield each, rows.chosen(predicate == each)


def _met(table: Table, predicate: int, meet: Meet, rows: Rows) -> Iterator[Rows]:
    """Yield the rows, each as often as a fact of the table matches it, with those facts at the end; never too many."""
    subject = rows.columns[meet.subject] if meet.subject >= 0 else None
    value = rows.columns[meet.value] if meet.value >= 0 else None
    if subject is None and value is None:
        every = table.by_subject
        yield from _crossed(rows, Facts.by_subject(predicate, every))
    elif subject is None:
        yield from _spread(table.by_object, value, rows, predicate, turned=True)
    elif value is None:
        yield from _spread(table.by_subject, subject, rows, predicate, turned=False)
    else:
        yield from _known(table, predicate, subject, value, rows)


def _known(table: Table, predicate: int, subject: Cell, value: Cell, rows: Rows) -> Iterator[Rows]:
    """Both terms are known: keep the rows whose fact there is."""
    if isinstance(value, int):
        facts, wanted = table.by_object.of(value), key(value, subject)
    else:
        facts, wanted = table.by_subject, key(subject, value)
    if not len(facts.keys):
        return
    places, there = facts.places(wanted)
    if not there.any():
        return
    if isinstance(wanted, int):
        yield _with(rows, subject, predicate, value, np.repeat(facts.facts[places], rows.size))
    elif there.all():
        yield _with(rows, subject, predicate, value, facts.facts[places])
    else:
        subject, value = (cell if isinstance(cell, int) else cell[there] for cell in (subject, value))
        yield _with(rows.chosen(there), subject, predicate, value, facts.facts[places[there]])


def _spread(facts: Sorted, known: Cell | None, rows: Rows, predicate: int, *, turned: bool) -> Iterator[Rows]:
    """One term is known: repeat each row for each fact with it."""
    if isinstance(known, int):
        found = facts.of(known)
        subject, value = (found.lower, known) if turned else (known, found.lower)
        yield from _crossed(rows, Facts(subject, predicate, value, found.facts))
    elif known is not None:
        start = facts.keys.searchsorted(key(known, 0))
        count = facts.keys.searchsorted(key(known + 1, 0)) - start
        for some in _portions(count):
            which = np.repeat(np.arange(some.start, some.stop), count[some])
            ends = count[some].cumsum()
            places = np.arange(len(which)) + np.repeat(start[some] - (ends - count[some]), count[some])
            found = Sorted(facts.keys[places], facts.facts[places])
            subject, value = (found.lower, known[which]) if turned else (known[which], found.lower)
            yield _with(rows.chosen(which), subject, predicate, value, found.facts)


def _portions(count: Column) -> Iterator[slice]:
    """Yield spans of rows that each grow to no more than the most, or by one row alone; none where nothing is found."""
    ends = count.cumsum()
    start, before = 0, 0
    while start < len(count) and ends[-1] > before:
        stop = max(start + 1, int(ends.searchsorted(before + MOST, side="right")))
        yield slice(start, stop)
        start, before = stop, int(ends[stop - 1])


def _crossed(rows: Rows, facts: Facts) -> Iterator[Rows]:
    """Yield every row with every fact."""
    number = len(facts.numbers)
    for some in _portions(np.full(rows.size, number)):
        size = some.stop - some.start
        spread = rows.chosen(np.repeat(np.arange(some.start, some.stop), number))
        subject, value = (
            cell if isinstance(cell, int) else np.tile(cell, size) for cell in (facts.subject, facts.value)
        )
        yield _with(spread, subject, facts.predicate, value, np.tile(facts.numbers, size))


def _with(rows: Rows, subject: Cell, predicate: int, value: Cell, numbers: Numbers) -> Rows:
    return Rows([*rows.columns, subject, predicate, value], [*rows.facts, numbers])


def _after(meet: Meet, rows: Rows) -> Rows:
    """Keep the rows in which what must agree does, and what must differ; drop the columns that are not read again."""
    read = Rows([cell if place in meet.read else _UNREAD for place, cell in enumerate(rows.columns)], rows.facts)
    for pairs, wanted in ((meet.agree, True), (meet.differ, False)):
        for a, b in pairs:
            left, right = rows.columns[a], rows.columns[b]
            if isinstance(left, int) and isinstance(right, int):
                if (left == right) is not wanted:
                    return read.chosen(np.zeros(0, dtype=np.int64))
                continue
            keep = np.equal(left, right) if wanted else np.not_equal(left, right)
            if not keep.all():
                rows, read = rows.chosen(keep), read.chosen(keep)
    return read
