"""Runs rules over columns, round after round, until nothing new follows; notes one step for each conclusion.

Semi-naive: in each round, what was new in the last one meets everything known. A conclusion is given the first rule
that reaches it, in the order of installation, so that its proof is of the least depth and always the same; its
premises were known in an earlier round, so that no proof rests on itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

import numpy as np

from mandata.reason.engine.fact_table import Column, Columns, Numbers, Sorted, key
from mandata.reason.engine.firing import bound
from mandata.reason.engine.ground_rules import Ground, Ids, Terms
from mandata.reason.engine.join import MOST, Cell, Facts, Rows, instances
from mandata.reason.engine.join_plan import Plan, plans_of
from mandata.reason.engine.triggers import Triggers

_MANY = MOST // 4
"""How many conclusions of one kind are gathered before duplicates are left out."""
NONE = -1
"""In steps: no rule, for the fact was told; no premise, for the rule has fewer."""

Steps: TypeAlias = tuple[Numbers, list[Numbers]]
"""For some facts in the order of their numbers: the rule that gave each, and its premises in turn."""


class Batch(NamedTuple):
    """Conclusions with one predicate: their keys, the numbers of their rules, their premises in turn.

    ``order`` is the number of the rule where it is one, and before all others where duplicates were left out.
    """

    order: int
    keys: Column
    rules: Numbers
    premises: list[Numbers]


class Rounds:
    """Semi-naive evaluation over columns.

    ``rules`` are all that were installed, ``steps`` those to all facts, ``contradictions`` the rules that found one,
    each with its premises.
    """

    def __init__(self, terms: Terms, columns: Columns) -> None:
        self.terms, self.columns = terms, columns
        self.rules: list[Ground] = []
        self.steps: list[Steps] = []
        self.contradictions: dict[tuple[int, tuple[int, ...]], None] = {}
        self._installed: dict[Ground, int] = {}
        self._triggers = Triggers()
        self._waiting: list[int] = []
        self._old: frozenset[int] = frozenset()
        self._batches: dict[int, list[Batch]] = {}

    def tell(self, facts: Mapping[int, Column], rule: int = NONE, premises: Iterable[int] = ()) -> None:
        """Add facts that are not known: their sorted keys, by predicate; with their step where they were concluded."""
        for predicate, keys in facts.items():
            self.columns.add(predicate, keys)
            said = [np.full(len(keys), each, dtype=np.int32) for each in premises]
            self.steps.append((np.full(len(keys), rule, dtype=np.int32), said))

    def name(self, rule: Ground) -> int:
        """Return the number under which a rule that is not run stands in steps: one that was applied outside."""
        self.rules.append(rule)
        return len(self.rules) - 1

    def install(self, rules: Iterable[Ground]) -> None:
        """Make rules ready; every known fact will meet those that are new."""
        for rule in rules:
            number = len(self.rules)
            if self._installed.setdefault(rule, number) == number:
                self.name(rule)
                self._waiting.append(number)
                for pattern, plan in zip(rule.shape.body, plans_of(rule.shape), strict=True):
                    self._triggers.add(number, rule, pattern, plan)

    def run(self) -> bool:
        """Run until nothing new follows; return whether any rule was waiting."""
        waited = bool(self._waiting)
        new: dict[int, Sorted] = {}
        while self._waiting or new:
            self._batches = {}
            self._meet_everything()
            for predicate in sorted(new):
                self._meet_new(predicate, new[predicate])
            self._old = frozenset(self.columns.tables)
            concluded = {predicate: self._conclude(predicate) for predicate in sorted(self._batches)}
            new = {predicate: facts for predicate, facts in concluded.items() if len(facts.keys)}
        return waited

    def _meet_everything(self) -> None:
        """Let the rules that are new meet all facts, each from its pattern with the fewest."""
        waiting, self._waiting = self._waiting, []
        known: dict[tuple[int, int], Facts] = {}
        for number in waiting:
            rule = self.rules[number]
            if not rule.shape.body:
                self._conclude_at_once(number, rule)
            elif self._may_follow(rule):
                patterns = rule.body
                fewest = self._fewest(patterns)
                for facts in self._matching(patterns[fewest], known) if fewest >= 0 else ():
                    self._run(number, plans_of(rule.shape)[fewest], facts)

    def _conclude_at_once(self, number: int, rule: Ground) -> None:
        if rule.shape.head:
            self._fire(number, rule.shape.head, Rows([*rule.constants], []))
        else:
            self.contradictions[number, ()] = None

    def _may_follow(self, rule: Ground) -> bool:
        """Tell whether every pattern's predicate has facts."""
        tables = self.columns.tables
        return all(predicate < 0 or rule.constants[predicate] in tables for _, predicate, _ in rule.shape.body)

    def _fewest(self, patterns: tuple[Ids, ...]) -> int:
        """Return which pattern has the fewest facts; -1 where one has none."""
        if len(patterns) == 1:
            return 0
        least = fewest = -1
        for which, (_, predicate, value) in enumerate(patterns):
            found = self.columns.size if predicate < 0 else self.columns.count(predicate, value)
            if not found:
                return -1
            if fewest < 0 or found < least:
                least, fewest = found, which
        return fewest

    def _matching(self, pattern: Ids, known: dict[tuple[int, int], Facts]) -> Iterator[Facts]:
        """Yield the facts that a pattern's predicate and object select; ``known`` keeps them, for many rules ask."""
        _, predicate, value = pattern
        for each in (predicate,) if predicate >= 0 else tuple(self.columns.tables):
            if (each, value) not in known:
                table = self.columns.tables[each]
                if value < 0:
                    known[each, value] = Facts.by_subject(each, table.by_subject)
                else:
                    known[each, value] = Facts.of_value(each, value, table.by_object)
            yield known[each, value]

    def _meet_new(self, predicate: int, new: Sorted) -> None:
        """Let new facts of one predicate meet the rules that wait for them."""
        facts = Facts.by_subject(predicate, new)
        for number, plan in (*self._triggers.by_predicate.get(predicate, ()), *self._triggers.anywhere):
            self._run_if_due(number, plan, facts)
        waiting = self._triggers.by_value.get(predicate)
        if waiting:
            turned = new.turned()
            for value in np.unique(turned.upper).tolist():
                for number, plan in waiting.get(value, ()):
                    self._run_if_due(number, plan, Facts.of_value(predicate, value, turned))

    def _run_if_due(self, number: int, plan: Plan, facts: Facts) -> None:
        """Run a plan, unless a pattern has no facts, or one before it has new facts alone, whose own plan finds all."""
        rule = self.rules[number]
        for which, (_, predicate, _) in enumerate(rule.shape.body):
            if which != plan.position and predicate >= 0:
                known = self._old if which < plan.position else self.columns.tables
                if rule.constants[predicate] not in known:
                    return
        self._run(number, plan, facts)

    def _run(self, number: int, plan: Plan, facts: Facts) -> None:
        rule = self.rules[number]
        for rows in instances(self.columns, rule, plan, facts):
            done = rows if plan.simple else self._computed(rule, plan, rows)
            ordered = Rows(done.columns, [done.facts[turn] for turn in plan.met])
            if plan.heads:
                self._fire(number, plan.heads, ordered)
            else:
                found = zip(*(each.tolist() for each in ordered.facts), strict=True)
                self.contradictions.update(((number, premises), None) for premises in found)

    def _computed(self, rule: Ground, plan: Plan, rows: Rows) -> Rows:
        """Return the rows whose tests hold, with what the rule mints for each."""
        size = rows.size
        cells = [[cell] * size if isinstance(cell, int) else cell.tolist() for cell in rows.columns]
        found = [bound(self.terms, self.columns, rule, plan, row) for row in zip(*cells, strict=True)]
        kept = rows.chosen(np.array([row is not None for row in found], dtype=np.bool_))
        minted = zip(*(row[len(cells) :] for row in found if row is not None), strict=True)
        return Rows([*kept.columns, *(np.array(column, dtype=np.int64) for column in minted)], kept.facts)

    def _fire(self, number: int, heads: Iterable[Ids], rows: Rows) -> None:
        """Take note of what the instances of a rule conclude."""
        if not rows.size:
            return
        for subject, predicate, value in heads:
            said = rows.columns[predicate]
            if isinstance(said, int):
                self._take(number, said, rows, rows.columns[subject], rows.columns[value])
                continue
            for each in np.unique(said).tolist():
                some = rows.chosen(said == each)
                self._take(number, each, some, some.columns[subject], some.columns[value])

    def _take(self, number: int, predicate: int, rows: Rows, subject: Cell, value: Cell) -> None:
        keys, premises = key(subject, value), rows.facts
        if isinstance(keys, int):  # all rows conclude the same: the first is proof enough
            keys, premises = np.array([keys], dtype=np.int64), [each[:1] for each in premises]
        batches = self._batches.setdefault(predicate, [])
        batches.append(Batch(number, keys, np.full(len(keys), number, dtype=np.int32), premises))
        if len(batches) > 1 and len(keys) > _MANY:
            batches[:] = [self._new(predicate)]

    def _conclude(self, predicate: int) -> Sorted:
        """Add what is new among the conclusions with one predicate; return it."""
        _, keys, rules, premises = self._new(predicate)
        if not len(keys):
            return Sorted(keys, rules)
        self.steps.append((rules, premises))
        return self.columns.add(predicate, keys)

    def _new(self, predicate: int) -> Batch:
        """Return the conclusions with one predicate that are not known, sorted, each by the first rule."""
        batches = sorted(self._batches[predicate], key=lambda batch: batch.order)
        keys = np.concatenate([batch.keys for batch in batches])
        rules = np.concatenate([batch.rules for batch in batches])
        if not len(keys):
            return Batch(NONE, keys, rules, [])
        order = keys.argsort()
        keys = keys[order]
        starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
        first, keys = np.minimum.reduceat(order, starts), keys[starts]
        table = self.columns.tables.get(predicate)
        if table is not None:
            _, known = table.by_subject.places(keys)
            first, keys = first[~known], keys[~known]
        return Batch(NONE, keys, rules[first], _premises(batches, first))


def _premises(batches: list[Batch], chosen: Column) -> list[Numbers]:
    """Return the premises of the conclusions chosen among all batches, end to end."""
    premises = []
    for turn in range(max(len(batch.premises) for batch in batches)):
        column = [
            batch.premises[turn] if turn < len(batch.premises) else np.full(len(batch.keys), NONE, dtype=np.int32)
            for batch in batches
        ]
        premises.append(np.concatenate(column)[chosen])
    return premises
