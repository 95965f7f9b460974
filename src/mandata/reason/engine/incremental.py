"""Runs rules for one new fact after another: the way for a few changes to much that is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from mandata.reason.engine.firing import bound
from mandata.reason.engine.ground_rules import Ground, Ids, Terms
from mandata.reason.engine.join_plan import Plan, Row, fits, rows
from mandata.reason.engine.layers import Layers
from mandata.reason.engine.triggers import Triggered, Triggers

Reason: TypeAlias = tuple[int, tuple[Ids, ...]]
"""The number of the rule that was applied, and the facts it was applied to."""


class Engine:
    """Semi-naive evaluation, one fact at a time, in order of arrival.

    A conclusion's premises were known before it: no proof rests on itself. ``early`` and ``late`` are the plans of the
    rules of stage 1, and of stage 2; ``fresh`` the facts that arrived, in order.
    """

    def __init__(self, terms: Terms, known: Layers, rules: Sequence[Ground], early: Triggers, late: Triggers) -> None:
        self._terms, self.known, self.rules = terms, known, rules
        self._triggers = (early, late)
        self.reasons: dict[Ids, Reason] = {}
        self.contradictions: dict[Reason, None] = {}
        self.fresh: list[Ids] = []
        self._next = [0, 0]

    def tell(self, fact: Ids) -> None:
        """Add a fact that needs no proof."""
        if not self.known.holds(fact):
            self.known.add(fact)
            self.fresh.append(fact)

    def conclude(self, fact: Ids, reason: Reason) -> None:
        """Add a conclusion with its reason, unless it is known."""
        if not self.known.holds(fact):
            self.known.add(fact)
            self.reasons[fact] = reason
            self.fresh.append(fact)

    def run(self, stages: int) -> None:
        """Let every fresh fact meet the rules of so many stages, until there is none."""
        stage = 0
        while stage < stages:
            if self._next[stage] == len(self.fresh):
                stage += 1
                continue
            fact = self.fresh[self._next[stage]]
            self._next[stage] += 1
            if self.known.holds(fact):
                self.meet(self._triggers[stage].of(fact), fact)
            stage = 0

    def meet(self, triggered: Iterable[Triggered], fact: Ids) -> None:
        """Conclude what plans make of a fact that stands for their trigger."""
        for number, plan in triggered:
            for row in list(self.instances(number, plan, fact)):
                self.fire(number, plan, row)

    def instances(self, number: int, plan: Plan, fact: Ids) -> Iterator[Row]:
        """Yield the rows of a plan in which a fact stands for its trigger."""
        row = self.rules[number].constants + fact
        if fits(row, plan.trigger):
            yield from rows(self.known, plan, row)

    def fire(self, number: int, plan: Plan, row: Row) -> bool:
        """Conclude what one instance gives; return whether its tests hold and nothing blocks it."""
        if not plan.simple:
            longer = bound(self._terms, self.known, self.rules[number], plan, row)
            if longer is None:
                return False
            row = longer
        reason = number, premises_of(plan, row)
        for subject, predicate, value in plan.heads:
            self.conclude((row[subject], row[predicate], row[value]), reason)
        if not plan.heads:
            self.contradictions[reason] = None
        return True


def premises_of(plan: Plan, row: Row) -> tuple[Ids, ...]:
    """Return the facts of a row that stand for the patterns of the rule's body, in its order."""
    return tuple((row[at], row[at + 1], row[at + 2]) for at in plan.facts)
