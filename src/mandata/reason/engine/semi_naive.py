"""Evaluates rules over fact tables, round after round, to the fixpoint; records one step for each conclusion.

Semi-naive: in each round, the facts that were new in the last one are joined with all known facts. A conclusion gets
the first rule that reaches it, in the order of installation, so that its proof has the least depth and is always the
same; its premises were known in an earlier round, so that no proof is circular.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

import numpy as np

from mandata.reason.engine.fact_table import Column, FactTables, Numbers, SortedFacts, key
from mandata.reason.engine.firing import extend_row
from mandata.reason.engine.ground_rules import GroundRule, Ids, Terms
from mandata.reason.engine.join import MOST, Cell, JoinRows, PredicateFacts, instances
from mandata.reason.engine.join_plan import Plan, plans_of
from mandata.reason.engine.triggers import Triggers

_MANY = MOST // 4
"""How many conclusions with one predicate are collected before duplicates are removed."""
NONE = -1
"""In steps: no rule, for the fact was given; no premise, for the rule has fewer."""

Steps: TypeAlias = tuple[Numbers, list[Numbers]]
"""For some facts in the order of their numbers: a column of rules, and a column for each position of a premise."""


class ConclusionBatch(NamedTuple):
    """Conclusions with one predicate: their keys, the numbers of their rules, a column for each position of a premise.

    ``order`` is the number of the rule; ``NONE`` in a batch of several rules, without duplicates, which comes first.
    """

    order: int
    keys: Column
    rules: Numbers
    premises: list[Numbers]


class Rounds:
    """Semi-naive evaluation over the known facts.

    ``rules`` are all rules that were installed, ``steps`` the steps to all facts, ``contradictions`` the number of each
    rule that found one, with its premises.
    """

    def __init__(self, terms: Terms, known: FactTables) -> None:
        self.terms, self.known = terms, known
        self.rules: list[GroundRule] = []
        self.steps: list[Steps] = []
        self.contradictions: dict[tuple[int, tuple[int, ...]], None] = {}
        self._installed: dict[GroundRule, int] = {}
        self._triggers = Triggers()
        self._new_rules: list[int] = []
        self._old: frozenset[int] = frozenset()
        self._batches: dict[int, list[ConclusionBatch]] = {}

    def add_facts(self, facts: Mapping[int, Column], rule: int = NONE, premises: Iterable[int] = ()) -> None:
        """Add facts that are not known.

        Args:
            facts: their sorted keys, by predicate.
            rule: the number of the rule that concluded them; ``NONE`` if they were given.
            premises: the numbers of its premises.
        """
        for predicate, keys in facts.items():
            self.known.add(predicate, keys)
            columns = [np.full(len(keys), each, dtype=np.int32) for each in premises]
            self.steps.append((np.full(len(keys), rule, dtype=np.int32), columns))

    def register(self, rule: GroundRule) -> int:
        """Register a rule, which steps then name by the number returned; it is not run unless ``install`` is called."""
        self.rules.append(rule)
        return len(self.rules) - 1

    def install(self, rules: Iterable[GroundRule]) -> None:
        """Register rules to be run; the next run applies those that are new to all known facts."""
        for rule in rules:
            number = len(self.rules)
            if self._installed.setdefault(rule, number) == number:
                self.register(rule)
                self._new_rules.append(number)
                for pattern, plan in zip(rule.shape.body, plans_of(rule.shape), strict=True):
                    self._triggers.add(number, rule, pattern, plan)

    def run(self) -> bool:
        """Run to the fixpoint; return whether any rule was new."""
        had_new_rules = bool(self._new_rules)
        new: dict[int, SortedFacts] = {}
        while self._new_rules or new:
            self._batches = {}
            self._apply_new_rules()
            for predicate in sorted(new):
                self._apply_rules_to(predicate, new[predicate])
            self._old = frozenset(self.known.tables)
            concluded = {predicate: self._conclude(predicate) for predicate in sorted(self._batches)}
            new = {predicate: facts for predicate, facts in concluded.items() if len(facts.keys)}
        return had_new_rules

    def _apply_new_rules(self) -> None:
        """Apply the rules that are new to all facts, each from its pattern with the fewest."""
        new_rules, self._new_rules = self._new_rules, []
        known: dict[tuple[int, int], PredicateFacts] = {}
        for number in new_rules:
            rule = self.rules[number]
            if not rule.shape.body:
                self._conclude_at_once(number, rule)
            elif self._may_follow(rule):
                patterns = rule.body
                fewest = self._fewest(patterns)
                for facts in self._matching(patterns[fewest], known) if fewest >= 0 else ():
                    self._run(number, plans_of(rule.shape)[fewest], facts)

    def _conclude_at_once(self, number: int, rule: GroundRule) -> None:
        if rule.shape.head:
            self._fire(number, rule.shape.head, JoinRows([*rule.constants], []))
        else:
            self.contradictions[number, ()] = None

    def _may_follow(self, rule: GroundRule) -> bool:
        """Return whether every pattern's predicate has facts."""
        tables = self.known.tables
        return all(predicate < 0 or rule.constants[predicate] in tables for _, predicate, _ in rule.shape.body)

    def _fewest(self, patterns: tuple[Ids, ...]) -> int:
        """Return the index of the pattern with the fewest facts; -1 if one has none."""
        if len(patterns) == 1:
            return 0
        least = fewest = -1
        for which, (_, predicate, value) in enumerate(patterns):
            found = self.known.size if predicate < 0 else self.known.count(predicate, value)
            if not found:
                return -1
            if fewest < 0 or found < least:
                least, fewest = found, which
        return fewest

    def _matching(self, pattern: Ids, known: dict[tuple[int, int], PredicateFacts]) -> Iterator[PredicateFacts]:
        """Yield the facts that a pattern's predicate and object select; ``known`` caches them for other rules."""
        _, predicate, value = pattern
        for each in (predicate,) if predicate >= 0 else tuple(self.known.tables):
            if (each, value) not in known:
                table = self.known.tables[each]
                if value < 0:
                    known[each, value] = PredicateFacts.by_subject(each, table.by_subject)
                else:
                    known[each, value] = PredicateFacts.of_value(each, value, table.by_object)
            yield known[each, value]

    def _apply_rules_to(self, predicate: int, new: SortedFacts) -> None:
        """Apply the rules to new facts of one predicate."""
        facts = PredicateFacts.by_subject(predicate, new)
        for number, plan in (*self._triggers.by_predicate.get(predicate, ()), *self._triggers.anywhere):
            self._run_if_due(number, plan, facts)
        by_value = self._triggers.by_value.get(predicate)
        if by_value:
            swapped = new.swap()
            for value in np.unique(swapped.upper).tolist():
                for number, plan in by_value.get(value, ()):
                    self._run_if_due(number, plan, PredicateFacts.of_value(predicate, value, swapped))

    def _run_if_due(self, number: int, plan: Plan, facts: PredicateFacts) -> None:
        """Run a plan, unless a pattern has no facts, or an earlier one only new facts, whose own plan finds all."""
        rule = self.rules[number]
        for which, (_, predicate, _) in enumerate(rule.shape.body):
            if which != plan.position and predicate >= 0:
                known = self._old if which < plan.position else self.known.tables
                if rule.constants[predicate] not in known:
                    return
        self._run(number, plan, facts)

    def _run(self, number: int, plan: Plan, facts: PredicateFacts) -> None:
        rule = self.rules[number]
        for rows in instances(self.known, rule, plan, facts):
            complete = rows if plan.simple else self._apply_binds(rule, plan, rows)
            ordered = JoinRows(complete.columns, [complete.facts[position] for position in plan.fact_order])
            if plan.heads:
                self._fire(number, plan.heads, ordered)
            else:
                found = zip(*(each.tolist() for each in ordered.facts), strict=True)
                self.contradictions.update(((number, premises), None) for premises in found)

    def _apply_binds(self, rule: GroundRule, plan: Plan, rows: JoinRows) -> JoinRows:
        """Return the rows whose tests hold, with columns for the terms that the rule computes."""
        size = rows.size
        cells = [[cell] * size if isinstance(cell, int) else cell.tolist() for cell in rows.columns]
        found = [extend_row(self.terms, self.known, rule, plan, row) for row in zip(*cells, strict=True)]
        kept = rows.select(np.array([row is not None for row in found], dtype=np.bool_))
        minted = zip(*(row[len(cells) :] for row in found if row is not None), strict=True)
        return JoinRows([*kept.columns, *(np.array(column, dtype=np.int64) for column in minted)], kept.facts)

    def _fire(self, number: int, heads: Iterable[Ids], rows: JoinRows) -> None:
        """Record the conclusions of the instances of a rule."""
        if not rows.size:
            return
        for subject, predicate, value in heads:
            predicates = rows.columns[predicate]
            if isinstance(predicates, int):
                self._take(number, predicates, rows, rows.columns[subject], rows.columns[value])
                continue
            for each in np.unique(predicates).tolist():
                some = rows.select(predicates == each)
                self._take(number, each, some, some.columns[subject], some.columns[value])

    def _take(self, number: int, predicate: int, rows: JoinRows, subject: Cell, value: Cell) -> None:
        keys, premises = key(subject, value), rows.facts
        if isinstance(keys, int):  # all rows conclude the same: the first is proof enough
            keys, premises = np.array([keys], dtype=np.int64), [each[:1] for each in premises]
        batches = self._batches.setdefault(predicate, [])
        batches.append(ConclusionBatch(number, keys, np.full(len(keys), number, dtype=np.int32), premises))
        if len(batches) > 1 and len(keys) > _MANY:
            batches[:] = [self._new(predicate)]

    def _conclude(self, predicate: int) -> SortedFacts:
        """Add what is new among the conclusions with one predicate; return it."""
        _, keys, rules, premises = self._new(predicate)
        if not len(keys):
            return SortedFacts(keys, rules)
        self.steps.append((rules, premises))
        return self.known.add(predicate, keys)

    def _new(self, predicate: int) -> ConclusionBatch:
        """Return the conclusions with one predicate that are not known, sorted, each by the first rule."""
        batches = sorted(self._batches[predicate], key=lambda batch: batch.order)
        keys = np.concatenate([batch.keys for batch in batches])
        rules = np.concatenate([batch.rules for batch in batches])
        if not len(keys):
            return ConclusionBatch(NONE, keys, rules, [])
        order = keys.argsort()
        keys = keys[order]
        starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
        first, keys = np.minimum.reduceat(order, starts), keys[starts]
        table = self.known.tables.get(predicate)
        if table is not None:
            _, known = table.by_subject.positions(keys)
            first, keys = first[~known], keys[~known]
        return ConclusionBatch(NONE, keys, rules[first], _premises(batches, first))


def _premises(batches: list[ConclusionBatch], chosen: Column) -> list[Numbers]:
    """Return the premises of the conclusions chosen among all batches, end to end."""
    premises = []
    for position in range(max(len(batch.premises) for batch in batches)):
        column = [
            batch.premises[position]
            if position < len(batch.premises)
            else np.full(len(batch.keys), NONE, dtype=np.int32)
            for batch in batches
        ]
        premises.append(np.concatenate(column)[chosen])
    return premises
