"""What follows, and why, in columns: decoded when asked for; a million conclusions would be too many objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import Triple

from mandata.reason.engine.fact_table import Column, Columns, Numbers
from mandata.reason.engine.ground_rules import Ground, Ids, Terms
from mandata.reason.engine.semi_naive import NONE, Steps
from mandata.reason.engine.term_numbers import TextOrder, numbered
from mandata.reason.facts import BUILT_IN, EVERYTHING, NOTHING, REFLEXIVE, SAYS_NOTHING, SUBCLASS, Fact, Step, Term

Said: TypeAlias = tuple[Numbers, Numbers, Numbers]
"""Subjects, predicates and objects of some facts."""

_AT_ONCE: Final = 65_536
"""How many lines, and texts of terms, are held while lines are written."""


class Conclusions(Mapping[Fact, Step]):
    """The step to each conclusion; the one that is asked for is decoded.

    ``rules`` and ``premises`` are columns by the number of the fact.
    """

    def __init__(self, terms: Terms, columns: Columns, made_by: Sequence[Ground], steps: Sequence[Steps]) -> None:
        self._terms, self._columns, self._made_by = terms, columns, made_by
        self._facts = columns.facts()
        self.rules, self.premises = _joined(steps)

    @property
    def numbers(self) -> Column:
        """The numbers of the facts that were concluded."""
        return np.flatnonzero(self.rules != NONE)

    @property
    def said(self) -> Said:
        """What the conclusions say."""
        subject, predicate, value = (column[self.numbers] for column in self._facts)
        return subject, predicate, value

    def ids(self, number: int) -> Ids:
        """Return a fact by its number."""
        subject, predicate, value = (int(column[number]) for column in self._facts)
        return subject, predicate, value

    def reason(self, number: int) -> tuple[Ground, tuple[Ids, ...]]:
        """Return the rule that gave a conclusion, and the facts it was applied to."""
        premises = (int(column[number]) for column in self.premises)
        return self._made_by[self.rules[number]], tuple(self.ids(each) for each in premises if each != NONE)

    def __getitem__(self, fact: Fact) -> Step:
        subject, predicate, value = map(self._terms.known, fact)
        number = self._columns.number((subject, predicate, value))
        if number < 0 or self.rules[number] == NONE:
            raise KeyError(fact)
        return step_of(*self.reason(number), self._terms)

    def __iter__(self) -> Iterator[Fact]:
        return (self._terms.decode(self.ids(number)) for number in self.numbers.tolist())

    def __len__(self) -> int:
        return int(np.count_nonzero(self.rules != NONE))


class Inferred:
    """The RDF triples among some conclusions, in the order of their text.

    ``ranked`` terms are numbered in that order. Unless ``whole``, what is reflexive or axiomatic is left out; what is
    no RDF triple (a literal as a subject) always is, though a step may rest on it.
    """

    def __init__(self, terms: Terms, ranked: int, said: Said, *, whole: bool) -> None:
        self._terms, self._ranked, self._said, self._whole = terms, ranked, said, whole

    def triples(self, *, named: bool = False) -> tuple[Triple, ...]:
        """Return the triples; without those that name a blank node, if ``named``."""
        said = self._sorted
        if named:
            said = said[~self._order.starting("_:")[said].any(axis=1)]
        term = self._terms.term
        return tuple(Triple(term(s), term(p), term(o)) for s, p, o in said.tolist())  # type: ignore[arg-type]

    def lines(self) -> Iterator[str]:
        """Yield the triples as lines of N-Triples."""
        text = lru_cache(_AT_ONCE)(lambda number: str(self._terms.term(number)))
        for start in range(0, len(self._sorted), _AT_ONCE):
            for subject, predicate, value in self._sorted[start : start + _AT_ONCE].tolist():
                yield f"{text(subject)} {text(predicate)} {text(value)} .\n"

    def __len__(self) -> int:
        return len(self._sorted)

    @cached_property
    def _order(self) -> TextOrder:
        return TextOrder(self._terms, self._ranked)

    @cached_property
    def _sorted(self) -> Numbers:
        said = np.stack(self._said, axis=1)
        literal, named = self._order.starting('"'), self._order.starting("<")
        said = said[~literal[said[:, 0]] & named[said[:, 1]]]
        if not self._whole:
            said = said[~_trivial(said, self._terms, self._order)]
        ranks = self._order.ranks[said]
        return said[np.lexsort((ranks[:, 2], ranks[:, 1], ranks[:, 0]))]


def inferred_of(facts: Iterable[Fact], *, whole: bool) -> Inferred:
    """Return the triples among some facts."""
    columns = Columns()
    terms, keys, _, _ = numbered(facts)
    for predicate, each in keys.items():
        columns.add(predicate, each)
    return Inferred(terms, len(terms), columns.facts(), whole=whole)


def step_of(rule: Ground, premises: Iterable[Ids], terms: Terms) -> Step:
    """Return a step in terms."""
    return Step(rule.name, tuple(map(terms.decode, rule.axioms)), tuple(map(terms.decode, premises)))


def _joined(steps: Sequence[Steps]) -> Steps:
    """Return the columns of all steps, end to end."""
    columns: list[list[Numbers]] = [[] for _ in range(max((len(premises) for _, premises in steps), default=0))]
    for rules, premises in steps:
        for turn, column in enumerate(columns):
            column.append(premises[turn] if turn < len(premises) else np.full(len(rules), NONE, dtype=np.int32))
    rules = np.concatenate([np.zeros(0, dtype=np.int32), *(rules for rules, _ in steps)])
    return rules, [np.concatenate(column) for column in columns]


def _trivial(said: Numbers, terms: Terms, order: TextOrder) -> NDArray[np.bool_]:
    """Tell which facts say nothing: as ``facts.trivial`` does, for all at once."""
    subject, predicate, value = said.T

    def among(column: Numbers, wanted: Iterable[Term]) -> NDArray[np.bool_]:
        return np.isin(column, [terms.known(term) for term in wanted])

    built_in = np.logical_or.reduce([order.starting(f"<{namespace}") for namespace in BUILT_IN])
    nothing: NDArray[np.bool_] = (
        (among(predicate, REFLEXIVE) & (subject == value))
        | (among(predicate, SAYS_NOTHING) & among(value, EVERYTHING))
        | (among(predicate, [SUBCLASS]) & among(subject, [NOTHING]))
        | built_in[subject]
    )
    return nothing
