"""A release pushed into a store elsewhere: graph by graph, each read back and held against what was sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.rdf.namespaces import DEFAULT_GRAPH, MD
from mandata.release.remote_store import RemoteStore

Count = Callable[[str, int, int], object]
State = Mapping[str, frozenset[ox.Triple]]


@dataclass(frozen=True, slots=True)
class Pushed:
    """A graph in the store: how many triples were sent and read back, and whether it was there already.

    ``sent`` and ``held`` are the canonical SHA-256 of the one and of the other.
    """

    graph: str
    triples: int
    counted: int
    sent: str
    held: str
    before: bool

    @property
    def same(self) -> bool:
        """Whether the store holds what was sent, to the letter."""
        return (self.triples, self.sent) == (self.counted, self.held)

    def line(self) -> str:
        """Return what became of the graph in a line."""
        if self.same:
            return f"{self.graph}: {self.triples} triples, {'there already' if self.before else 'loaded'}"
        return f"{self.graph}: {self.triples} triples sent, {self.counted} read back, and not the same"


def as_stored(state: State, axioms: Iterable[ox.Quad], each_once: bool = False) -> State:
    """Return a release with the ontology and, if ``each_once``, a graph that has each statement once.

    What OWL must leave without a name bears one, as RDF 1.1, 3.5, lets it: the same each time, so that it can be read
    back and compared.
    """
    named = ox.Dataset(axioms)
    named.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    graphs: dict[str, set[ox.Triple]] = {}
    for quad in named:
        triple = ox.Triple(_named(quad.subject), quad.predicate, _named(quad.object))
        graphs.setdefault(quad.graph_name.value, set()).add(triple)
    whole = {**state, **{name: frozenset(triples) for name, triples in graphs.items()}}
    if not each_once:
        return whole
    return {**whole, DEFAULT_GRAPH: frozenset[ox.Triple]().union(*whole.values())}


def _named(node: Any) -> Any:
    return ox.NamedNode(f"{MD}genid-{node.value}") if isinstance(node, ox.BlankNode) else node


def push(state: State, store: RemoteStore, count: Count) -> Iterator[Pushed]:
    """Yield each graph once the store holds it; what it holds already is not sent again, so a push can go on.

    Raises:
        MandataError: the store refuses, or does not answer.
    """
    for at, (graph, triples) in enumerate(sorted(state.items()), 1):
        _refuse_blank_nodes(graph, triples)
        sent, held = canonical_hash(triples), store.read(graph)
        before = canonical_hash(held) == sent
        if not before:
            store.write(graph, sorted(triples, key=str))
            held = store.read(graph)
        count("loading", at, len(state))
        yield Pushed(graph, len(triples), len(held), sent, canonical_hash(held), before)


def canonical_hash(triples: frozenset[ox.Triple] | set[ox.Triple]) -> str:
    """Return the SHA-256 of the canonical N-Triples: without blank nodes, of their sorted lines."""
    lines = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").split(b"\n")[:-1]
    return sha256(b"".join(line + b"\n" for line in sorted(set(lines)))).hexdigest()


def _refuse_blank_nodes(graph: str, triples: frozenset[ox.Triple]) -> None:
    for triple in triples:
        if isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode):
            raise MandataError("blank-node", "a blank node cannot be verified", graph, "give it an IRI")
