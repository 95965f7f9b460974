"""Contradictions among literals: ill-formed, not of a required type, or stated to be the same though different."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from mandata.reason.facts import SAME, TYPE, Contradiction, Fact
from mandata.reason.owl_rl.datatypes import differ, is_of, is_well_formed


def ill_formed_literals(facts: Iterable[Fact]) -> Iterator[Contradiction]:
    """Yield a contradiction for each fact whose object is a literal that is ill-formed for its datatype."""
    for fact in facts:
        if isinstance(fact[2], Literal) and not is_well_formed(fact[2]):
            yield Contradiction("dt-not-type", (), (fact,))


def literal_clashes(facts: Iterable[Fact]) -> Iterator[Contradiction]:
    """Yield a contradiction for each false fact about a literal's type or identity (generalised RDF)."""
    for fact in facts:
        literal, predicate, value = fact
        if not isinstance(literal, Literal):
            continue
        if predicate == TYPE and isinstance(value, NamedNode) and not is_of(literal, value.value):
            yield Contradiction("dt-not-type", (), (fact,))
        if predicate == SAME and isinstance(value, Literal) and str(literal) < str(value) and differ(literal, value):
            yield Contradiction("dt-diff", (), (fact,))
