"""Facts looked up one pattern at a time: the one door of reasoning to a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Protocol

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from mandata.kb.evidence import EvidenceIndex
from mandata.rdf.evidence import Evidence
from mandata.rdf.namespaces import GRAPH
from mandata.reason.facts import Fact, Term, fact_of

_MOST_KEPT: Final = 100_000
_EACH_ONCE: Final = DefaultGraph()
_NOT_STATED: Final = frozenset(NamedNode(GRAPH + name) for name in ("alignments", "inferred", "ontology"))


class Facts(Protocol):
    """What explaining needs to look up."""

    def objects(self, subject: Term, predicate: NamedNode) -> Iterable[Term]:
        """Return the objects of a subject's statements with this predicate."""

    def subjects(self, predicate: NamedNode, value: Term) -> Iterable[Term]:
        """Return the subjects of the statements with this predicate and object."""

    def graphs(self, fact: Fact) -> Iterable[NamedNode]:
        """Return the named graphs in which the fact stands."""

    def stated(self, subject: Term | None, predicate: Term | None, value: Term | None) -> Iterable[Fact]:
        """Return what agrees of the stated facts; None agrees with any term."""

    def quads(
        self, subject: Term | None = None, predicate: NamedNode | None = None, graph: NamedNode | None = None
    ) -> Iterable[Quad]:
        """Return the statements with a subject, a predicate and a graph, of the graphs of what is stated."""

    def evidence(self, fact: Fact) -> Sequence[Evidence]:
        """Return where the words stand that show a stated fact."""

    def shown_in(self, part: NamedNode) -> Sequence[tuple[Fact, Evidence]]:
        """Return the stated facts that the words of a part show, in the order of the words."""


class StoreFacts:
    """The facts of a knowledge base's store, of all its graphs together; what is looked up is kept: nothing changes.

    The evidence of stated facts is in an index beside it; without one no fact has any.
    """

    def __init__(self, store: Store, index: EvidenceIndex | None = None) -> None:
        self._store, self._index = store, index
        self._objects: dict[tuple[Term, NamedNode], list[Term]] = {}

    def objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """Return the objects, each once, in the order of their text."""
        if isinstance(subject, Literal):
            return []
        asked = (subject, predicate)
        if asked not in self._objects:
            if len(self._objects) >= _MOST_KEPT:
                self._objects.clear()
            found = {quad.object for quad in self._store.quads_for_pattern(subject, predicate, None, _EACH_ONCE)}
            self._objects[asked] = sorted((t for t in found if isinstance(t, NamedNode | BlankNode | Literal)), key=str)
        return self._objects[asked]

    def subjects(self, predicate: NamedNode, value: Term) -> list[Term]:
        """Return the subjects, each once, in the order of their text."""
        found = {quad.subject for quad in self._store.quads_for_pattern(None, predicate, value, _EACH_ONCE)}
        return sorted((t for t in found if isinstance(t, NamedNode | BlankNode)), key=str)

    def graphs(self, fact: Fact) -> list[NamedNode]:
        """Return the named graphs, in the order of their text."""
        subject, predicate, value = fact
        if isinstance(subject, Literal) or not isinstance(predicate, NamedNode):
            return []
        found = {quad.graph_name for quad in self._store.quads_for_pattern(subject, predicate, value, None)}
        return sorted((name for name in found if isinstance(name, NamedNode)), key=str)

    def quads(
        self, subject: Term | None = None, predicate: NamedNode | None = None, graph: NamedNode | None = None
    ) -> Iterator[Quad]:
        """Yield the statements with a subject, a predicate and a graph, of the graphs of what is stated."""
        if isinstance(subject, Literal):
            return
        for quad in self._store.quads_for_pattern(subject, predicate, None, graph):
            if isinstance(quad.graph_name, NamedNode) and quad.graph_name not in _NOT_STATED:
                yield quad

    def stated(self, subject: Term | None, predicate: Term | None, value: Term | None) -> Iterator[Fact]:
        """Yield what agrees of the facts stated in documents, records, reference data and schemes.

        None agrees with any term. A fact that stands in several graphs may be yielded more than once.
        """
        if isinstance(subject, Literal) or not isinstance(predicate, NamedNode | None):
            return
        for quad in self._store.quads_for_pattern(subject, predicate, value, None):
            if isinstance(quad.graph_name, NamedNode) and quad.graph_name not in _NOT_STATED:
                yield fact_of(quad)

    def evidence(self, fact: Fact) -> list[Evidence]:
        """Return where the words stand that show a stated fact, in the order of parts and places."""
        return self._index.of(fact) if self._index else []

    def shown_in(self, part: NamedNode) -> list[tuple[Fact, Evidence]]:
        """Return the stated facts that the words of a part show, in the order of the words."""
        return self._index.in_part(part) if self._index else []
