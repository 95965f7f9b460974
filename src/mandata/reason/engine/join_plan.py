"""Join plans: the order in which the patterns of rules of one shape are joined, from the one that new facts match.

A row is the rule's constants, then the terms of each fact joined so far: every term of the rule has a fixed place in
it. A row of numbers is one instance, a row of columns is many at once (``join.py``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeAlias

from mandata.reason.engine.ground_rules import Ids, Shape

Row: TypeAlias = tuple[int, ...]
Pairs: TypeAlias = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class JoinStep:
    """The next pattern to join: the places of its known terms in the row (-1: unknown), and what must hold then.

    ``agree`` are pairs of places whose terms must be equal, ``differ`` pairs whose terms must not be; ``read`` are the
    places that later steps and the conclusion still read.
    """

    subject: int
    predicate: int
    value: int
    agree: Pairs
    differ: Pairs
    read: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """How the patterns of a shape are joined, beginning with one of them, the trigger.

    ``position`` is the trigger's index in the rule's body; ``fact_order`` gives the index of each pattern of the body
    in the order of joining; ``heads`` are the places of each conclusion's terms, ``places`` those of the variables that
    the body or a computation binds.
    """

    shape: Shape
    position: int
    trigger: JoinStep
    joins: tuple[JoinStep, ...]
    fact_order: tuple[int, ...]
    heads: tuple[Ids, ...]
    places: Pairs

    @property
    def simple(self) -> bool:
        """Whether the rule has nothing to compute, no tests, and no patterns that must not match."""
        return not (self.shape.binds or self.shape.tests or self.shape.absent)


@cache
def plans_of(shape: Shape) -> tuple[Plan, ...]:
    """Return a plan for each pattern of the shape's body."""
    return tuple(_Planner(shape, position).plan() for position in range(len(shape.body)))


class _Planner:
    """Makes a plan: assigns each term of a shape its place in the row, pattern by pattern."""

    def __init__(self, shape: Shape, first: int) -> None:
        self._shape = shape
        groups = (shape.body, shape.head, *shape.absent)
        self._width = 1 + max((term for group in groups for pattern in group for term in pattern), default=-1)
        self._place = {slot: slot for slot in range(self._width)}
        self._order = _join_order(shape.body, first)
        self._differ = list(shape.differ)

    def plan(self) -> Plan:
        joins = [self._join_step(which, self._width + 3 * position) for position, which in enumerate(self._order)]
        end = self._width + 3 * len(joins)
        self._place |= {variable: end + number for number, (variable, _) in enumerate(self._shape.binds)}
        heads = tuple(_three(self._place[term] for term in pattern) for pattern in self._shape.head)
        trigger, *others = self._with_places_read(joins, {place for head in heads for place in head})
        own = {term for pattern in self._shape.body for term in pattern if term < 0}
        own |= {variable for variable, _ in self._shape.binds}
        fact_order = tuple(self._order.index(which) for which in range(len(self._shape.body)))
        return Plan(
            shape=self._shape,
            position=self._order[0],
            trigger=trigger,
            joins=tuple(others),
            fact_order=fact_order,
            heads=heads,
            places=tuple((term, place) for term, place in self._place.items() if term in own),
        )

    def _join_step(self, which: int, at: int) -> JoinStep:
        """Return the step that joins a pattern whose fact is put at ``at``; assign places to its new variables."""
        known = [self._place.get(term, -1) for term in self._shape.body[which]]
        agree = [(place, at + i) for i, place in enumerate(known) if place >= 0]
        for i, term in enumerate(self._shape.body[which]):
            if known[i] < 0 and self._place.setdefault(term, at + i) != at + i:
                agree.append((self._place[term], at + i))
        ready = [(a, b) for a, b in self._differ if a in self._place and b in self._place]
        self._differ = [pair for pair in self._differ if pair not in ready]
        differ = tuple((self._place[a], self._place[b]) for a, b in ready)
        return JoinStep(known[0], known[1], known[2], tuple(agree), differ)

    def _with_places_read(self, joins: list[JoinStep], read: set[int]) -> list[JoinStep]:
        """Return the steps, each with the places that are read after it."""
        if self._shape.binds or self._shape.tests or self._shape.absent:
            read = read | set(self._place.values())
        noted: list[JoinStep] = []
        for step in reversed(joins):
            noted.insert(0, replace(step, read=frozenset(read)))
            pairs = (*step.agree, *step.differ)
            read = read | {step.subject, step.predicate, step.value, *(place for pair in pairs for place in pair)}
        return noted


def _three(places: Iterable[int]) -> Ids:
    subject, predicate, value = places
    return subject, predicate, value


def _selectivity(pattern: Ids, bound: set[int]) -> tuple[bool, int, int]:
    joined, constants = sum(term in bound for term in pattern), sum(term >= 0 for term in pattern)
    return joined > 0, joined + constants, constants


def _join_order(patterns: tuple[Ids, ...], first: int) -> list[int]:
    """Return the order of joining: the trigger first, then each pattern connected to those before it, if one is.

    The pattern with most known terms comes first, then the one with most constants: of ``?s owl:sameAs ?t . ?s ?p ?o``,
    if all but ``?s`` is known, the former, for few things have two names and many have one property in common.
    """
    order, left = [first], [i for i in range(len(patterns)) if i != first]
    bound = {term for term in patterns[first] if term < 0}
    while left:
        best = max(left, key=lambda i: (*_selectivity(patterns[i], bound), -i))
        left.remove(best)
        order.append(best)
        bound |= {term for term in patterns[best] if term < 0}
    return order
