"""How rules of one shape are run when one of their patterns meets new facts.

A row is the rule's constants, then each fact met so far, end to end: every term of the rule stands at a fixed place.
A row of numbers is one instance, a row of columns is many at once (``join.py``).
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
class Meet:
    """The next pattern to match: where in the row its known terms stand (-1: unknown), and what holds thereafter.

    ``agree`` are pairs of places that must hold the same term, ``differ`` pairs that must not; ``read`` are the places
    that later patterns and the conclusion still read.
    """

    subject: int
    predicate: int
    value: int
    agree: Pairs
    differ: Pairs
    read: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """A shape seen from one pattern, the trigger, which is met first.

    ``position`` is the trigger's in the rule's body; ``met`` gives, for each pattern of the body in its order, its turn
    among the meets; ``heads`` are the places of each conclusion's terms, ``places`` those of the variables that the
    body or a computation binds.
    """

    shape: Shape
    position: int
    trigger: Meet
    meets: tuple[Meet, ...]
    met: tuple[int, ...]
    heads: tuple[Ids, ...]
    places: Pairs

    @property
    def simple(self) -> bool:
        """Nothing is to be computed, tested or looked for in vain."""
        return not (self.shape.binds or self.shape.tests or self.shape.absent)


@cache
def plans_of(shape: Shape) -> tuple[Plan, ...]:
    """Return a plan for each pattern of the shape's body."""
    return tuple(_Planner(shape, position).plan() for position in range(len(shape.body)))


class _Planner:
    """Gives each term of a shape its place, pattern by pattern."""

    def __init__(self, shape: Shape, first: int) -> None:
        self._shape = shape
        groups = (shape.body, shape.head, *shape.absent)
        self._width = 1 + max((term for group in groups for pattern in group for term in pattern), default=-1)
        self._place = {slot: slot for slot in range(self._width)}
        self._order = _ordered(shape.body, first)
        self._differ = list(shape.differ)

    def plan(self) -> Plan:
        meets = [self._meet(which, self._width + 3 * turn) for turn, which in enumerate(self._order)]
        end = self._width + 3 * len(meets)
        self._place |= {variable: end + number for number, (variable, _) in enumerate(self._shape.binds)}
        heads = tuple(_three(self._place[term] for term in pattern) for pattern in self._shape.head)
        trigger, *others = self._noted(meets, {place for head in heads for place in head})
        own = {term for pattern in self._shape.body for term in pattern if term < 0}
        own |= {variable for variable, _ in self._shape.binds}
        met = tuple(self._order.index(which) for which in range(len(self._shape.body)))
        return Plan(
            shape=self._shape,
            position=self._order[0],
            trigger=trigger,
            meets=tuple(others),
            met=met,
            heads=heads,
            places=tuple((term, place) for term, place in self._place.items() if term in own),
        )

    def _meet(self, which: int, at: int) -> Meet:
        """Say where a pattern's terms are known, where its new variables will stand, and what must hold then."""
        known = [self._place.get(term, -1) for term in self._shape.body[which]]
        agree = [(place, at + i) for i, place in enumerate(known) if place >= 0]
        for i, term in enumerate(self._shape.body[which]):
            if known[i] < 0 and self._place.setdefault(term, at + i) != at + i:
                agree.append((self._place[term], at + i))
        ready = [(a, b) for a, b in self._differ if a in self._place and b in self._place]
        self._differ = [pair for pair in self._differ if pair not in ready]
        differ = tuple((self._place[a], self._place[b]) for a, b in ready)
        return Meet(known[0], known[1], known[2], tuple(agree), differ)

    def _noted(self, meets: list[Meet], read: set[int]) -> list[Meet]:
        """Note of each meet which places are read after it."""
        if self._shape.binds or self._shape.tests or self._shape.absent:
            read = read | set(self._place.values())
        noted: list[Meet] = []
        for meet in reversed(meets):
            noted.insert(0, replace(meet, read=frozenset(read)))
            pairs = (*meet.agree, *meet.differ)
            read = read | {meet.subject, meet.predicate, meet.value, *(place for pair in pairs for place in pair)}
        return noted


def _three(places: Iterable[int]) -> Ids:
    subject, predicate, value = places
    return subject, predicate, value


def _selectivity(pattern: Ids, bound: set[int]) -> tuple[bool, int, int]:
    joined, constants = sum(term in bound for term in pattern), sum(term >= 0 for term in pattern)
    return joined > 0, joined + constants, constants


def _ordered(patterns: tuple[Ids, ...], first: int) -> list[int]:
    """Order patterns from the trigger on, each joined to those before where it can be.

    What has most terms known comes first, and of these what has most constants: of ``?s owl:sameAs ?t . ?s ?p ?o``,
    where all but ``?s`` is known, the former, for few things have two names and many have one property in common.
    """
    order, left = [first], [i for i in range(len(patterns)) if i != first]
    bound = {term for term in patterns[first] if term < 0}
    while left:
        best = max(left, key=lambda i: (*_selectivity(patterns[i], bound), -i))
        left.remove(best)
        order.append(best)
        bound |= {term for term in patterns[best] if term < 0}
    return order
