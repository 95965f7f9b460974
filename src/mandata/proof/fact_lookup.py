"""Looks up facts in a store, one pattern at a time: proofs use the store through this module alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Protocol

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from mandata.kb.evidence import EvidenceIndex
from mandata.rdf.evidence import Evidence
from mandata.rdf.namespaces import GRAPH
from mandata.reason.facts import Fact, Term, fact_of

_CACHE_SIZE: Final = 100_000
_EACH_ONCE: Final = DefaultGraph()
_NOT_STATED: Final = frozenset(NamedNode(GRAPH + name) for name in ("alignments", "inferred", "ontology"))


class Facts(Protocol):
    """The look-ups that proofs need."""

    def objects(self, subject: Term, predicate: NamedNode) -> Iterable[Term]:
        """Return the objects of a subject's statements with this predicate."""

    def subjects(self, predicate: NamedNode, value: Term) -> Iterable[Term]:
        """Return the subjects of the statements with this predicate and object."""

    def graphs(self, fact: Fact) -> Iterable[NamedNode]:
        """Return the named graphs in which the fact stands."""

    def stated_facts(self, subject: Term | None, predicate: Term | None, value: Term | None) -> Iterable[Fact]:
        """Return the stated facts that match; None matches any term."""

    def quads(
        self, subject: Term | None = None, predicate: NamedNode | None = None, graph: NamedNode | None = None
    ) -> Iterable[Quad]:
        """Return the stated quads that match; None matches any term or graph."""

    def evidence(self, fact: Fact) -> Sequence[Evidence]:
        """Return the evidence of a stated fact."""

    def facts_in_part(self, part: NamedNode) -> Sequence[tuple[Fact, Evidence]]:
        """Return the stated facts whose evidence is in a part, in the order of its text."""


class StoreFacts:
    """The facts in all graphs of the store of a knowledge base, which must not change: look-ups are cached.

    The evidence of stated facts is in ``index``; without one no fact has any.
    """

    def __init__(self, store: Store, index: EvidenceIndex | None = None) -> None:
        self._store, self._index = store, index
        self._objects: dict[tuple[Term, NamedNode], list[Term]] = {}

    def objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """Return the objects, each once, sorted by their text."""
        if isinstance(subject, Literal):
            return []
        pattern = (subject, predicate)
        if pattern not in self._objects:
            if len(self._objects) >= _CACHE_SIZE:
                self._objects.clear()
            found = {quad.object for quad in self._store.quads_for_pattern(subject, predicate, None, _EACH_ONCE)}
            self._objects[pattern] = sorted(
                (t for t in found if isinstance(t, NamedNode | BlankNode | Literal)), key=str
            )
        return self._objects[pattern]

    def subjects(self, predicate: NamedNode, value: Term) -> list[Term]:
        """Return the subjects, each once, sorted by their text."""
        found = {quad.subject for quad in self._store.quads_for_pattern(None, predicate, value, _EACH_ONCE)}
        return sorted((t for t in found if isinstance(t, NamedNode | BlankNode)), key=str)

    def graphs(self, fact: Fact) -> list[NamedNode]:
        """Return the named graphs, sorted by their text."""
        subject, predicate, value = fact
        if isinstance(subject, Literal) or not isinstance(predicate, NamedNode):
            return []
        found = {quad.graph_name for quad in self._store.quads_for_pattern(subject, predicate, value, None)}
        return sorted((name for name in found if isinstance(name, NamedNode)), key=str)

    def quads(
        self, subject: Term | None = None, predicate: NamedNode | None = None, graph: NamedNode | None = None
    ) -> Iterator[Quad]:
        """Yield the stated quads that match; None matches any term or graph."""
        if isinstance(subject, Literal):
            return
        for quad in self._store.quads_for_pattern(subject, predicate, None, graph):
            if isinstance(quad.graph_name, NamedNode) and quad.graph_name not in _NOT_STATED:
                yield quad

    def stated_facts(self, subject: Term | None, predicate: Term | None, value: Term | None) -> Iterator[Fact]:
        """Yield the matching facts stated in documents, records, reference data and schemes; None matches any term.

        A fact in several graphs may be yielded more than once.
        """
        if isinstance(subject, Literal) or not isinstance(predicate, NamedNode | None):
            return
        for quad in self._store.quads_for_pattern(subject, predicate, value, None):
            if isinstance(quad.graph_name, NamedNode) and quad.graph_name not in _NOT_STATED:
                yield fact_of(quad)

    def evidence(self, fact: Fact) -> list[Evidence]:
        """Return the evidence of a stated fact, sorted by part and offset."""
        return self._index.of(fact) if self._index else []

    def facts_in_part(self, part: NamedNode) -> list[tuple[Fact, Evidence]]:
        """Return the stated facts whose evidence is in a part, in the order of its text."""
        return self._index.in_part(part) if self._index else []
