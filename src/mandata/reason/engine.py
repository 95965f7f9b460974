"""Runs ground rules over facts until nothing new follows, and notes one step for each conclusion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from pyoxigraph import NamedNode

from mandata.reason.facts import Fact, Term
from mandata.reason.ground import Ground, Ids, Terms
from mandata.reason.index import Index
from mandata.reason.plan import Plan, Row, plans_of, rows
from mandata.vocab import OWL

Reason: TypeAlias = tuple[Ground, tuple[Ids, ...]]
"""The rule that was applied and the facts it was applied to."""


class Engine:
    """Semi-naive evaluation: each fact meets every rule once, in order of arrival, so that first proofs are short.

    A conclusion's premises always arrived before it: proofs are well founded.
    """

    def __init__(self, terms: Terms) -> None:
        self.terms, self.index = terms, Index()
        self.reasons: dict[Ids, Reason] = {}
        self.contradictions: dict[Reason, None] = {}
        self._same_as = terms.number(NamedNode(OWL + "sameAs"))
        self._reflexive = False
        self._installed: set[Ground] = set()
        self._by_predicate: dict[int, list[Plan]] = {}
        self._by_value: dict[tuple[int, int], list[Plan]] = {}
        self._anywhere: list[Plan] = []
        self._next = 0

    def tell(self, facts: Iterable[Fact]) -> None:
        """Add facts that need no proof."""
        for fact in facts:
            self.index.add(self.terms.encode(fact))

    def conclude(self, fact: Ids, reason: Reason) -> None:
        """Add a conclusion with its reason, unless it is known or equates a thing with itself."""
        if fact[1] == self._same_as and fact[0] == fact[2] and not self._reflexive:
            return
        if self.index.add(fact):
            self.reasons[fact] = reason

    def keep_reflexive(self) -> None:
        """Let ``x owl:sameAs x`` be concluded from now on."""
        self._reflexive = True

    def install(self, rules: Iterable[Ground]) -> bool:
        """Make rules ready; every known fact will meet them. Return whether any is new."""
        new = [rule for rule in dict.fromkeys(rules) if rule not in self._installed]
        for rule in new:
            self._installed.add(rule)
            if not rule.body:
                for head in rule.head:
                    self.conclude(head, (rule, ()))
            for plan in plans_of(rule):
                self._trigger(plan)
        self._next = 0 if new else self._next
        return bool(new)

    def _trigger(self, plan: Plan) -> None:
        _, predicate, value = plan.trigger
        if predicate < 0:
            self._anywhere.append(plan)
        elif value < 0:
            self._by_predicate.setdefault(predicate, []).append(plan)
        else:
            self._by_value.setdefault((predicate, value), []).append(plan)

    def run(self) -> None:
        """Let every fact that has not met the rules meet them, until there is none."""
        order = self.index.order
        while self._next < len(order):
            fact = order[self._next]
            self._next += 1
            for plan in self._by_predicate.get(fact[1], ()):
                self._meet(plan, fact)
            for plan in self._by_value.get((fact[1], fact[2]), ()):
                self._meet(plan, fact)
            for plan in self._anywhere:
                if all(self.index.has_predicate(predicate) for predicate in plan.needs):
                    self._meet(plan, fact)

    def _meet(self, plan: Plan, fact: Ids) -> None:
        row = plan.constants + fact
        for a, b in plan.checks:
            if row[a] != row[b]:
                return
        if not plan.meets:
            self._fire(plan, row)
            return
        for found in list(rows(self.index, plan, row)):
            self._fire(plan, found)

    def _fire(self, plan: Plan, row: Row) -> None:
        if not plan.simple:
            bound = self._bound(plan, row)
            if bound is None:
                return
            row = bound
        premises: tuple[Ids, ...] = ()
        for head in plan.heads:
            fact = head(row)
            if fact not in self.index.known:
                premises = premises or _premises(plan, row)
                self.conclude(fact, (plan.rule, premises))
        if not plan.heads:
            self.contradictions.setdefault((plan.rule, _premises(plan, row)))

    def _bound(self, plan: Plan, row: Row) -> Row | None:
        """Compute what the rule computes; None where a test fails or what must be absent is known."""
        values: dict[int, Term] = {var: self.terms.term(row[at]) for var, at in plan.places if at < len(row)}
        for variable, compute in plan.rule.binds:
            term = compute(values)
            if term is None:
                return None
            values[variable] = term
            row = (*row, self.terms.number(term))
        if not all(test(values) for test in plan.rule.tests):
            return None
        numbers = {var: row[at] for var, at in plan.places}
        return None if any(self.known_together(group, numbers) for group in plan.rule.absent) else row

    def known_together(self, patterns: tuple[Ids, ...], numbers: dict[int, int]) -> bool:
        """Tell whether some facts match all the patterns with these values."""
        if not patterns:
            return True
        subject, predicate, value = (numbers.get(t, t) if t < 0 else t for t in patterns[0])
        for fact in self.index.match(subject, predicate, value):
            longer = dict(numbers)
            agrees = all(t >= 0 or longer.setdefault(t, n) == n for t, n in zip(patterns[0], fact, strict=True))
            if agrees and self.known_together(patterns[1:], longer):
                return True
        return False


def _premises(plan: Plan, row: Row) -> tuple[Ids, ...]:
    return tuple((row[at], row[at + 1], row[at + 2]) for at in plan.premises)
