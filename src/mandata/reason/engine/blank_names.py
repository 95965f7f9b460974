"""Renames blank nodes in the order in which they come, so that a parser's random names do not change the result."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import BlankNode, Quad, Triple

from mandata.reason.facts import Fact, Term, fact_of


class BlankNames:
    """Gives each blank node a new name, ``b0``, ``b1`` and so on, in the order in which they come."""

    def __init__(self) -> None:
        self._new_names: dict[BlankNode, BlankNode] = {}

    def rename(self, term: Term) -> Term:
        """Return the term, a blank node under its new name."""
        if not isinstance(term, BlankNode):
            return term
        return self._new_names.setdefault(term, BlankNode(f"b{len(self._new_names)}"))

    def fact(self, triple: Quad | Triple | Fact) -> Fact:
        """Return the fact that is stated, with its blank nodes renamed."""
        subject, predicate, value = fact_of(triple)
        return self.rename(subject), self.rename(predicate), self.rename(value)


def rename_blank_nodes(facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts with their blank nodes renamed in the order in which they come."""
    names = BlankNames()
    return [names.fact(fact) for fact in facts]
