"""Joins the patterns of a rule against the fact tables, column-wise: all its instances at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from mandata.reason.engine.fact_table import Column, FactTable, FactTables, Numbers, SortedFacts, key
from mandata.reason.engine.ground_rules import GroundRule
from mandata.reason.engine.join_plan import JoinStep, Plan

Cell: TypeAlias = Column | int
"""A column of terms, or one term that all rows have."""

MOST = 4_000_000
"""The most rows made at once, so that a large join takes time but not all memory."""
_UNREAD = -1


class PredicateFacts(NamedTuple):
    """Facts of one predicate, in any order, with their numbers."""

    subject: Cell
    predicate: int
    value: Cell
    numbers: Numbers

    @classmethod
    def by_subject(cls, predicate: int, facts: SortedFacts) -> Self:
        """Return all of some facts with a predicate, which are sorted by subject."""
        return cls(facts.upper, predicate, facts.lower, facts.facts)

    @classmethod
    def of_value(cls, predicate: int, value: int, facts: SortedFacts) -> Self:
        """Return the facts with the object ``value``, from facts with a predicate, which are sorted by object."""
        found = facts.of(value)
        return cls(found.lower, predicate, value, found.facts)


class JoinRows(NamedTuple):
    """Instances of a rule: the columns of a plan's row, and the numbers of the facts in the order of joining."""

    columns: list[Cell]
    facts: list[Numbers]

    @property
    def size(self) -> int:
        """The number of rows."""
        return len(self.facts[0]) if self.facts else 1

    def select(self, which: Column | NDArray[np.bool_]) -> JoinRows:
        """Return the rows at some positions, or where a mask is true."""
        columns: list[Cell] = [cell if isinstance(cell, int) else cell[which] for cell in self.columns]
        return JoinRows(columns, [numbers[which] for numbers in self.facts])


def instances(known: FactTables, rule: GroundRule, plan: Plan, trigger: PredicateFacts) -> Iterator[JoinRows]:
    """Yield the instances of a rule in which one of some facts matches the plan's trigger.

    Args:
        known: all known facts.
        rule: the rule.
        plan: the order in which its patterns are joined.
        trigger: the facts for the first pattern.
    """
    cells: list[Cell] = [*rule.constants, trigger.subject, trigger.predicate, trigger.value]
    yield from _join_rest(known, plan.joins, _filter_and_prune(plan.trigger, JoinRows(cells, [trigger.numbers])))


def _join_rest(known: FactTables, joins: tuple[JoinStep, ...], rows: JoinRows) -> Iterator[JoinRows]:
    if not rows.size:
        return
    if not joins:
        yield rows
        return
    for predicate, some in _by_predicate(known, joins[0], rows):
        for met in _match(known.tables[predicate], predicate, joins[0], some):
            yield from _join_rest(known, joins[1:], _filter_and_prune(joins[0], met))


def _by_predicate(known: FactTables, step: JoinStep, rows: JoinRows) -> Iterator[tuple[int, JoinRows]]:
    """Yield the predicates that the next pattern may have, each with the rows to join."""
    predicate = rows.columns[step.predicate] if step.predicate >= 0 else None
    if predicate is None:
        yield from ((each, rows) for each in tuple(known.tables))
    elif isinstance(predicate, int):
        if predicate in known.tables:
            yield predicate, rows
    else:
        for each in np.unique(predicate).tolist():
            if each in known.tables:
                yield each, rows.select(predicate == each)


def _match(table: FactTable, predicate: int, step: JoinStep, rows: JoinRows) -> Iterator[JoinRows]:
    """Yield each row joined with each fact of the table that matches it, in portions of limited size."""
    subject = rows.columns[step.subject] if step.subject >= 0 else None
    value = rows.columns[step.value] if step.value >= 0 else None
    if subject is None and value is None:
        yield from _cross_product(rows, PredicateFacts.by_subject(predicate, table.by_subject))
    elif subject is None:
        yield from _expand(table.by_object, value, rows, predicate, swapped=True)
    elif value is None:
        yield from _expand(table.by_subject, subject, rows, predicate, swapped=False)
    else:
        yield from _filter(table, predicate, subject, value, rows)


def _filter(table: FactTable, predicate: int, subject: Cell, value: Cell, rows: JoinRows) -> Iterator[JoinRows]:
    """Keep the rows whose fact exists; both its terms are known."""
    if isinstance(value, int):
        facts, keys = table.by_object.of(value), key(value, subject)
    else:
        facts, keys = table.by_subject, key(subject, value)
    if not len(facts.keys):
        return
    positions, found = facts.positions(keys)
    if not found.any():
        return
    if isinstance(keys, int):
        yield _with(rows, subject, predicate, value, np.repeat(facts.facts[positions], rows.size))
    elif found.all():
        yield _with(rows, subject, predicate, value, facts.facts[positions])
    else:
        subject, value = (cell if isinstance(cell, int) else cell[found] for cell in (subject, value))
        yield _with(rows.select(found), subject, predicate, value, facts.facts[positions[found]])


def _expand(
    facts: SortedFacts, known: Cell | None, rows: JoinRows, predicate: int, *, swapped: bool
) -> Iterator[JoinRows]:
    """Repeat each row for each fact with the one term that is known."""
    if isinstance(known, int):
        found = facts.of(known)
        subject, value = (found.lower, known) if swapped else (known, found.lower)
        yield from _cross_product(rows, PredicateFacts(subject, predicate, value, found.facts))
    elif known is not None:
        start = facts.keys.searchsorted(key(known, 0))
        count = facts.keys.searchsorted(key(known + 1, 0)) - start
        for some in _portions(count):
            which = np.repeat(np.arange(some.start, some.stop), count[some])
            ends = count[some].cumsum()
            places = np.arange(len(which)) + np.repeat(start[some] - (ends - count[some]), count[some])
            found = SortedFacts(facts.keys[places], facts.facts[places])
            subject, value = (found.lower, known[which]) if swapped else (known[which], found.lower)
            yield _with(rows.select(which), subject, predicate, value, found.facts)


def _portions(count: Column) -> Iterator[slice]:
    """Yield slices of rows that each expand to at most ``MOST`` rows, or have one row; none if nothing is found."""
    ends = count.cumsum()
    start, before = 0, 0
    while start < len(count) and ends[-1] > before:
        stop = max(start + 1, int(ends.searchsorted(before + MOST, side="right")))
        yield slice(start, stop)
        start, before = stop, int(ends[stop - 1])


def _cross_product(rows: JoinRows, facts: PredicateFacts) -> Iterator[JoinRows]:
    """Yield every row joined with every fact."""
    number = len(facts.numbers)
    for some in _portions(np.full(rows.size, number)):
        size = some.stop - some.start
        spread = rows.select(np.repeat(np.arange(some.start, some.stop), number))
        subject, value = (
            cell if isinstance(cell, int) else np.tile(cell, size) for cell in (facts.subject, facts.value)
        )
        yield _with(spread, subject, facts.predicate, value, np.tile(facts.numbers, size))


def _with(rows: JoinRows, subject: Cell, predicate: int, value: Cell, numbers: Numbers) -> JoinRows:
    return JoinRows([*rows.columns, subject, predicate, value], [*rows.facts, numbers])


def _filter_and_prune(step: JoinStep, rows: JoinRows) -> JoinRows:
    """Keep the rows that satisfy ``agree`` and ``differ``; drop the columns that are not read again."""
    read = JoinRows([cell if place in step.read else _UNREAD for place, cell in enumerate(rows.columns)], rows.facts)
    for pairs, expected in ((step.agree, True), (step.differ, False)):
        for a, b in pairs:
            left, right = rows.columns[a], rows.columns[b]
            if isinstance(left, int) and isinstance(right, int):
                if (left == right) is not expected:
                    return read.select(np.zeros(0, dtype=np.int64))
                continue
            keep = np.equal(left, right) if expected else np.not_equal(left, right)
            if not keep.all():
                rows, read = rows.select(keep), read.select(keep)
    return read
