"""Conclusions and their steps as columns of numbers, decoded one at a time: a million objects would be too many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import Triple

from mandata.reason.engine.fact_table import Column, FactTables, Numbers
from mandata.reason.engine.ground_rules import GroundRule, Ids, Terms
from mandata.reason.engine.semi_naive import NONE, Steps
from mandata.reason.engine.term_numbers import TextOrder, number_terms
from mandata.reason.facts import BUILT_IN, EVERYTHING, NOTHING, REFLEXIVE, SAYS_NOTHING, SUBCLASS, Fact, Step, Term

FactColumns: TypeAlias = tuple[Numbers, Numbers, Numbers]
"""Subjects, predicates and objects of some facts."""

_AT_ONCE: Final = 65_536
"""How many lines, and how many texts of terms, are in memory while lines are written."""


class Conclusions(Mapping[Fact, Step]):
    """A mapping from each conclusion to its step, which is decoded when it is looked up.

    ``rules`` and ``premises`` are columns by the number of the fact.
    """

    def __init__(
        self, terms: Terms, known: FactTables, rules_by_number: Sequence[GroundRule], steps: Sequence[Steps]
    ) -> None:
        self._terms, self._known, self._rules_by_number = terms, known, rules_by_number
        self._facts = known.facts()
        self.rules, self.premises = _concatenate(steps)

    @property
    def numbers(self) -> Column:
        """The numbers of the facts that were concluded."""
        return np.flatnonzero(self.rules != NONE)

    @property
    def facts(self) -> FactColumns:
        """The subjects, predicates and objects of the conclusions."""
        subject, predicate, value = (column[self.numbers] for column in self._facts)
        return subject, predicate, value

    def ids(self, number: int) -> Ids:
        """Return a fact by its number."""
        subject, predicate, value = (int(column[number]) for column in self._facts)
        return subject, predicate, value

    def reason(self, number: int) -> tuple[GroundRule, tuple[Ids, ...]]:
        """Return the rule that gave a conclusion, and its premises."""
        premises = (int(column[number]) for column in self.premises)
        return self._rules_by_number[self.rules[number]], tuple(self.ids(each) for each in premises if each != NONE)

    def __getitem__(self, fact: Fact) -> Step:
        subject, predicate, value = map(self._terms.find, fact)
        number = self._known.number((subject, predicate, value))
        if number < 0 or self.rules[number] == NONE:
            raise KeyError(fact)
        return step_of(*self.reason(number), self._terms)

    def __iter__(self) -> Iterator[Fact]:
        return (self._terms.decode(self.ids(number)) for number in self.numbers.tolist())

    def __len__(self) -> int:
        return int(np.count_nonzero(self.rules != NONE))


class Inferred:
    """The RDF triples among some conclusions, in the order of their text.

    The first ``ranked`` terms are numbered in that order. Unless ``whole``, trivial triples are left out; facts that
    are no RDF triples (a literal as a subject) always are, though a step may rest on them.
    """

    def __init__(self, terms: Terms, ranked: int, facts: FactColumns, *, whole: bool) -> None:
        self._terms, self._ranked, self._additions, self._whole = terms, ranked, facts, whole

    def triples(self, *, named: bool = False) -> tuple[Triple, ...]:
        """Return the triples; without those that name a blank node, if ``named``."""
        facts = self._sorted
        if named:
            facts = facts[~self._order.starting("_:")[facts].any(axis=1)]
        term = self._terms.term
        return tuple(Triple(term(s), term(p), term(o)) for s, p, o in facts.tolist())  # type: ignore[arg-type]

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
        facts = np.stack(self._additions, axis=1)
        literal, named = self._order.starting('"'), self._order.starting("<")
        facts = facts[~literal[facts[:, 0]] & named[facts[:, 1]]]
        if not self._whole:
            facts = facts[~_are_trivial(facts, self._terms, self._order)]
        ranks = self._order.ranks[facts]
        return facts[np.lexsort((ranks[:, 2], ranks[:, 1], ranks[:, 0]))]


def inferred_of(facts: Iterable[Fact], *, whole: bool) -> Inferred:
    """Return the RDF triples among some facts; the trivial ones too, if ``whole``."""
    tables = FactTables()
    terms, keys, _, _ = number_terms(facts)
    for predicate, each in keys.items():
        tables.add(predicate, each)
    return Inferred(terms, len(terms), tables.facts(), whole=whole)


def step_of(rule: GroundRule, premises: Iterable[Ids], terms: Terms) -> Step:
    """Return the step by a rule from some premises, decoded into terms."""
    return Step(rule.name, tuple(map(terms.decode, rule.axioms)), tuple(map(terms.decode, premises)))


def _concatenate(steps: Sequence[Steps]) -> Steps:
    """Return the columns of all steps, end to end."""
    columns: list[list[Numbers]] = [[] for _ in range(max((len(premises) for _, premises in steps), default=0))]
    for rules, premises in steps:
        for position, column in enumerate(columns):
            column.append(premises[position] if position < len(premises) else np.full(len(rules), NONE, dtype=np.int32))
    rules = np.concatenate([np.zeros(0, dtype=np.int32), *(rules for rules, _ in steps)])
    return rules, [np.concatenate(column) for column in columns]


def _are_trivial(facts: Numbers, terms: Terms, order: TextOrder) -> NDArray[np.bool_]:
    """Return which facts are trivial: as ``facts.is_trivial`` does, for all facts at once."""
    subject, predicate, value = facts.T

    def among(column: Numbers, some: Iterable[Term]) -> NDArray[np.bool_]:
        return np.isin(column, [terms.find(term) for term in some])

    built_in = np.logical_or.reduce([order.starting(f"<{namespace}") for namespace in BUILT_IN])
    nothing: NDArray[np.bool_] = (
        (among(predicate, REFLEXIVE) & (subject == value))
        | (among(predicate, SAYS_NOTHING) & among(value, EVERYTHING))
        | (among(predicate, [SUBCLASS]) & among(subject, [NOTHING]))
        | built_in[subject]
    )
    return nothing
