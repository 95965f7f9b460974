"""Rules over numbered terms, and the numbering."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from mandata.reason.facts import Fact, Term

Ids: TypeAlias = tuple[int, int, int]
"""A fact, each term its number; in a pattern, a negative number is a variable."""

Binding: TypeAlias = Mapping[int, Term]
"""A value for each variable."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A rule ready to run: no axiom is left to match, lists are unrolled.

    ``head`` is empty for a contradiction; ``binds`` compute a variable's term; ``tests`` must all be true;
    no match of any group of patterns in ``absent`` may be known.
    """

    name: str
    axioms: tuple[Ids, ...]
    body: tuple[Ids, ...]
    head: tuple[Ids, ...]
    binds: tuple[tuple[int, Callable[[Binding], Term | None]], ...] = ()
    tests: tuple[Callable[[Binding], bool], ...] = ()
    absent: tuple[tuple[Ids, ...], ...] = ()


class Terms:
    """Gives each term a number, and each number back its term."""

    def __init__(self) -> None:
        self._number: dict[Term, int] = {}
        self._term: list[Term] = []

    def number(self, term: Term) -> int:
        """Return the term's number, the next free one where it is new."""
        found = self._number.get(term)
        if found is None:
            found = self._number[term] = len(self._term)
            self._term.append(term)
        return found

    def term(self, number: int) -> Term:
        """Return the term that bears this number."""
        return self._term[number]

    def encode(self, fact: Fact) -> Ids:
        """Return the fact in numbers."""
        return self.number(fact[0]), self.number(fact[1]), self.number(fact[2])

    def decode(self, ids: Ids) -> Fact:
        """Return the fact in terms."""
        return self._term[ids[0]], self._term[ids[1]], self._term[ids[2]]

    def all(self) -> tuple[Term, ...]:
        """Return every term, in the order of the numbers."""
        return tuple(self._term)
