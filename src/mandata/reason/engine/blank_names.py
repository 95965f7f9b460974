"""Names for blank nodes, by the order in which they come, so that a parser's random names leave no trace."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import BlankNode, Quad, Triple

from mandata.reason.facts import Fact, Term, fact_of


class BlankNames:
    """Names blank nodes by the order in which they come: a parser's random names leave no trace either."""

    def __init__(self) -> None:
        self._given: dict[BlankNode, BlankNode] = {}

    def named(self, term: Term) -> Term:
        """Return the term, a blank node under the name that it has here."""
        if not isinstance(term, BlankNode):
            return term
        return self._given.setdefault(term, BlankNode(f"b{len(self._given)}"))

    def fact(self, triple: Quad | Triple | Fact) -> Fact:
        """Return what is stated, with its blank nodes named so."""
        subject, predicate, value = fact_of(triple)
        return self.named(subject), self.named(predicate), self.named(value)


def renamed(facts: Iterable[Fact]) -> list[Fact]:
    """Name blank nodes by the order in which they come, so that a parser's random names leave no trace."""
    names = BlankNames()
    return [names.fact(fact) for fact in facts]
