"""Rules over numbered terms, and the numbering."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import NamedTuple, TypeAlias

from mandata.reason.facts import Fact, Term

Ids: TypeAlias = tuple[int, int, int]
"""A fact, each term its number; in a pattern, a negative number is a variable."""

Binding: TypeAlias = Mapping[int, Term]
"""A value for each variable."""

Bind: TypeAlias = tuple[int, Callable[[Binding], Term | None]]
"""A variable and what computes its term; None where it cannot."""

Test: TypeAlias = Callable[[Binding], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What all rules share that differ in their constants alone: in its patterns, 0, 1, 2 stand for the constants.

    The 237 rules that the domains of an ontology make have one shape: ``?x CONSTANT0 ?y -> ?x CONSTANT1 CONSTANT2``.
    ``head`` is empty for a contradiction; ``differ`` are pairs of variables that must be two terms; ``binds`` compute a
    variable's term; ``tests`` must all be true; no match of any group of patterns in ``absent`` may be known.
    """

    body: tuple[Ids, ...]
    head: tuple[Ids, ...]
    differ: tuple[tuple[int, int], ...] = ()
    binds: tuple[Bind, ...] = ()
    tests: tuple[Test, ...] = ()
    absent: tuple[tuple[Ids, ...], ...] = ()
    starts: tuple[tuple[int, int, str], ...] = ()
    """A variable that is computed, the one whose IRI its own begins with, and the words that come next."""


class Ground(NamedTuple):
    """A rule ready to run: no axiom is left to match, lists are unrolled, constants stand in a shape."""

    name: str
    axioms: tuple[Ids, ...]
    shape: Shape
    constants: tuple[int, ...]

    def filled(self, pattern: Ids) -> Ids:
        """Return a pattern of the shape with the constants in their places."""
        a, b, c = pattern
        known = self.constants
        return a if a < 0 else known[a], b if b < 0 else known[b], c if c < 0 else known[c]

    @property
    def body(self) -> tuple[Ids, ...]:
        """What must be known."""
        return tuple(map(self.filled, self.shape.body))

    @property
    def head(self) -> tuple[Ids, ...]:
        """What follows."""
        return tuple(map(self.filled, self.shape.head))

    @property
    def absent(self) -> tuple[tuple[Ids, ...], ...]:
        """What must not be known."""
        return tuple(tuple(map(self.filled, group)) for group in self.shape.absent)

    @property
    def binds(self) -> tuple[Bind, ...]:
        """What computes terms."""
        return self.shape.binds

    @property
    def tests(self) -> tuple[Test, ...]:
        """All that must hold of the terms, that some differ among it."""
        return _tests(self.shape)


@cache
def _tests(shape: Shape) -> tuple[Test, ...]:
    return (*(partial(_differ, a, b) for a, b in shape.differ), *shape.tests)


def _differ(one: int, other: int, values: Binding) -> bool:
    return values[one] != values[other]


def shaped(
    body: Iterable[Ids], head: Iterable[Ids], differ: Iterable[tuple[int, int]] = ()
) -> tuple[Shape, tuple[int, ...]]:
    """Return the shape of a rule and its constants, in the order in which they come."""
    slots: dict[int, int] = {}

    def slotted(pattern: Ids) -> Ids:
        subject, predicate, value = (term if term < 0 else slots.setdefault(term, len(slots)) for term in pattern)
        return subject, predicate, value

    patterns = tuple(map(slotted, body)), tuple(map(slotted, head))
    return _shape(*patterns, tuple(differ)), tuple(slots)


@cache
def _shape(body: tuple[Ids, ...], head: tuple[Ids, ...], differ: tuple[tuple[int, int], ...]) -> Shape:
    return Shape(body, head, differ)


def applied_outside(name: str, axioms: Iterable[Ids] = ()) -> Ground:
    """Return a rule that is only named in steps: something else applied it, such as the comparison of wordings."""
    return Ground(name, tuple(axioms), *shaped((), ()))


class Terms:
    """Gives each term a number, and each number back its term."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self._term: list[Term] = list(terms)
        self._number: dict[Term, int] = {term: number for number, term in enumerate(self._term)}

    def __len__(self) -> int:
        return len(self._term)

    def number(self, term: Term) -> int:
        """Return the term's number, the next free one where it is new."""
        found = self._number.get(term)
        if found is None:
            found = self._number[term] = len(self._term)
            self._term.append(term)
        return found

    def known(self, term: Term) -> int:
        """Return the term's number; -1 where it has none."""
        return self._number.get(term, -1)

    def term(self, number: int) -> Term:
        """Return the term that bears this number."""
        return self._term[number]

    def since(self, number: int) -> list[Term]:
        """Return the terms from a number on, in the order of the numbers."""
        return self._term[number:]

    def encode(self, fact: Fact) -> Ids:
        """Return the fact in numbers."""
        return self.number(fact[0]), self.number(fact[1]), self.number(fact[2])

    def decode(self, ids: Ids) -> Fact:
        """Return the fact in terms."""
        return self._term[ids[0]], self._term[ids[1]], self._term[ids[2]]
