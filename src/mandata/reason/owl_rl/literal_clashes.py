"""What is wrong with literals: ill-formed, not of a type they must have, or equal though they differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode

from mandata.reason.facts import SAME, TYPE, Contradiction, Fact
from mandata.reason.owl_rl.datatypes import differ, is_of, well_formed


def ill_formed(facts: Iterable[Fact]) -> Iterator[Contradiction]:
    """Yield the facts whose object is a literal with words that are not of its datatype."""
    for fact in facts:
        if isinstance(fact[2], Literal) and not well_formed(fact[2]):
            yield Contradiction("dt-not-type", (), (fact,))


def of_literals(facts: Iterable[Fact]) -> Iterator[Contradiction]:
    """Yield what facts about literals (of generalised RDF) say wrongly of their type, or of their being the same."""
    for fact in facts:
        literal, predicate, value = fact
        if not isinstance(literal, Literal):
            continue
        if predicate == TYPE and isinstance(value, NamedNode) and not is_of(literal, value.value):
            yield Contradiction("dt-not-type", (), (fact,))
        if predicate == SAME and isinstance(value, Literal) and str(literal) < str(value) and differ(literal, value):
            yield Contradiction("dt-diff", (), (fact,))
