"""Loading a release into a remote store: graph by graph, each read back and compared with what was sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.rdf.namespaces import DEFAULT_GRAPH, MD
from mandata.release.event_stream import State
from mandata.release.remote_store import RemoteStore

Count = Callable[[str, int, int], object]


@dataclass(frozen=True, slots=True)
class PushedGraph:
    """A graph that the store has.

    Args:
        graph: its IRI.
        triples: the number of triples sent.
        counted: the number of triples read back.
        sent: the canonical SHA-256 of the triples sent.
        stored: the canonical SHA-256 of the triples read back.
        before: whether the store had the graph already, so that it was not sent.
    """

    graph: str
    triples: int
    counted: int
    sent: str
    stored: str
    before: bool

    @property
    def same(self) -> bool:
        """Whether the store has exactly the triples that were sent."""
        return (self.triples, self.sent) == (self.counted, self.stored)

    def json(self) -> dict[str, str | int | bool]:
        """Return the graph for a program."""
        return {
            "graph": self.graph,
            "triples": self.triples,
            "counted": self.counted,
            "sent": self.sent,
            "held": self.stored,
            "before": self.before,
            "same": self.same,
        }

    def line(self) -> str:
        """Return whether the graph was loaded, as one line of text."""
        if self.same:
            return f"{self.graph}: {self.triples} triples, {'there already' if self.before else 'loaded'}"
        return f"{self.graph}: {self.triples} triples sent, {self.counted} read back, and not the same"


def as_stored(state: State, axioms: Iterable[ox.Quad], each_once: bool = False) -> State:
    """Return the graphs to load: those of a release and of the ontology.

    Blank nodes of the axioms are replaced by IRIs (Skolemization, https://www.w3.org/TR/rdf11-concepts/#section-skolemization),
    the same each time, so that a graph can be read back and compared.

    Args:
        state: the graphs of the release.
        axioms: the ontology.
        each_once: whether to add a graph that has each statement of all graphs once.
    """
    dataset = ox.Dataset(axioms)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    graphs: dict[str, set[ox.Triple]] = {}
    for quad in dataset:
        triple = ox.Triple(_skolemize(quad.subject), quad.predicate, _skolemize(quad.object))
        graphs.setdefault(quad.graph_name.value, set()).add(triple)
    whole = {**state, **{name: frozenset(triples) for name, triples in graphs.items()}}
    if not each_once:
        return whole
    return {**whole, DEFAULT_GRAPH: frozenset[ox.Triple]().union(*whole.values())}


def _skolemize(node: Any) -> Any:
    return ox.NamedNode(f"{MD}genid-{node.value}") if isinstance(node, ox.BlankNode) else node


def push(state: State, store: RemoteStore, count: Count) -> Iterator[PushedGraph]:
    """Yield each graph after the store has it; a graph that it has already is not sent, so that a push can be resumed.

    Args:
        state: the graphs to load.
        store: the store.
        count: is called with the stage, the number of graphs done and the number of all graphs.

    Raises:
        MandataError: the store refuses, or does not answer.
    """
    for at, (graph, triples) in enumerate(sorted(state.items()), 1):
        _refuse_blank_nodes(graph, triples)
        sent, stored = canonical_hash(triples), store.read(graph)
        before = canonical_hash(stored) == sent
        if not before:
            store.write(graph, sorted(triples, key=str))
            stored = store.read(graph)
        count("loading", at, len(state))
        yield PushedGraph(graph, len(triples), len(stored), sent, canonical_hash(stored), before)


def canonical_hash(triples: frozenset[ox.Triple] | set[ox.Triple]) -> str:
    """Return the SHA-256 of triples without blank nodes as canonical N-Triples, which are their sorted lines."""
    lines = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").split(b"\n")[:-1]
    return sha256(b"".join(line + b"\n" for line in sorted(set(lines)))).hexdigest()


def _refuse_blank_nodes(graph: str, triples: frozenset[ox.Triple]) -> None:
    for triple in triples:
        if isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode):
            raise MandataError("blank-node", "a blank node cannot be verified", graph, "give it an IRI")
