"""Ground rules, whose terms are numbers, and the numbering of terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import NamedTuple, TypeAlias

from mandata.reason.facts import Fact, Term

Ids: TypeAlias = tuple[int, int, int]
"""A fact as the numbers of its terms; in a pattern, a negative number is a variable."""

Binding: TypeAlias = Mapping[int, Term]
"""A value for each variable."""

Bind: TypeAlias = tuple[int, Callable[[Binding], Term | None]]
"""A variable and the function that computes its term, or None for an error."""

Test: TypeAlias = Callable[[Binding], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """The common form of rules that differ only in their constants: in its patterns, 0, 1, 2 stand for the constants.

    The 237 rules for the domains in an ontology have one shape: ``?x CONSTANT0 ?y -> ?x CONSTANT1 CONSTANT2``. ``head``
    is empty for a contradiction; ``differ`` are pairs of variables that must have different values; ``binds`` compute
    the value of a variable; ``tests`` must all be true; no match of any group of patterns in ``absent`` may be known.
    """

    body: tuple[Ids, ...]
    head: tuple[Ids, ...]
    differ: tuple[tuple[int, int], ...] = ()
    binds: tuple[Bind, ...] = ()
    tests: tuple[Test, ...] = ()
    absent: tuple[tuple[Ids, ...], ...] = ()
    starts: tuple[tuple[int, int, str], ...] = ()
    """A computed variable, the variable whose IRI its own IRI begins with, and the text that follows that IRI."""


class GroundRule(NamedTuple):
    """A rule ready to run: its axioms are matched and its lists unrolled; ``constants`` fill its shape."""

    name: str
    axioms: tuple[Ids, ...]
    shape: Shape
    constants: tuple[int, ...]

    def fill(self, pattern: Ids) -> Ids:
        """Return a pattern of the shape with the constants filled in."""
        a, b, c = pattern
        constants = self.constants
        return a if a < 0 else constants[a], b if b < 0 else constants[b], c if c < 0 else constants[c]

    @property
    def body(self) -> tuple[Ids, ...]:
        """The patterns that must match known facts."""
        return tuple(map(self.fill, self.shape.body))

    @property
    def head(self) -> tuple[Ids, ...]:
        """The patterns of the conclusions."""
        return tuple(map(self.fill, self.shape.head))

    @property
    def absent(self) -> tuple[tuple[Ids, ...], ...]:
        """The groups of patterns that must not match known facts."""
        return tuple(tuple(map(self.fill, group)) for group in self.shape.absent)

    @property
    def binds(self) -> tuple[Bind, ...]:
        """The functions that compute terms."""
        return self.shape.binds

    @property
    def tests(self) -> tuple[Test, ...]:
        """All tests of the terms, those of ``differ`` included."""
        return _tests(self.shape)


@cache
def _tests(shape: Shape) -> tuple[Test, ...]:
    return (*(partial(_differ, a, b) for a, b in shape.differ), *shape.tests)


def _differ(one: int, other: int, values: Binding) -> bool:
    return values[one] != values[other]


def shape_of(
    body: Iterable[Ids], head: Iterable[Ids], differ: Iterable[tuple[int, int]] = ()
) -> tuple[Shape, tuple[int, ...]]:
    """Return the shape of a rule, and its constants in the order in which they first occur.

    Args:
        body: the patterns that must match known facts.
        head: the patterns of the conclusions.
        differ: the pairs of variables that must have different values.
    """
    slots: dict[int, int] = {}

    def with_slots(pattern: Ids) -> Ids:
        subject, predicate, value = (term if term < 0 else slots.setdefault(term, len(slots)) for term in pattern)
        return subject, predicate, value

    patterns = tuple(map(with_slots, body)), tuple(map(with_slots, head))
    return _shape(*patterns, tuple(differ)), tuple(slots)


@cache
def _shape(body: tuple[Ids, ...], head: tuple[Ids, ...], differ: tuple[tuple[int, int], ...]) -> Shape:
    return Shape(body, head, differ)


def external_rule(name: str, axioms: Iterable[Ids] = ()) -> GroundRule:
    """Return a rule that steps name (with ``axioms``) but the engine does not run: the comparison of wordings."""
    return GroundRule(name, tuple(axioms), *shape_of((), ()))


class Terms:
    """A two-way mapping between terms and numbers."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self._term: list[Term] = list(terms)
        self._number: dict[Term, int] = {term: number for number, term in enumerate(self._term)}

    def __len__(self) -> int:
        return len(self._term)

    def number(self, term: Term) -> int:
        """Return the term's number; a new term gets the next free one."""
        found = self._number.get(term)
        if found is None:
            found = self._number[term] = len(self._term)
            self._term.append(term)
        return found

    def find(self, term: Term) -> int:
        """Return the term's number; -1 if it has none."""
        return self._number.get(term, -1)

    def term(self, number: int) -> Term:
        """Return the term with this number."""
        return self._term[number]

    def since(self, number: int) -> list[Term]:
        """Return the terms whose number is at least ``number``, in the order of the numbers."""
        return self._term[number:]

    def encode(self, fact: Fact) -> Ids:
        """Return the fact in numbers."""
        return self.number(fact[0]), self.number(fact[1]), self.number(fact[2])

    def decode(self, ids: Ids) -> Fact:
        """Return the fact in terms."""
        return self._term[ids[0]], self._term[ids[1]], self._term[ids[2]]
