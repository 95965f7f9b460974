"""What a store states, looked up when a page asks for it: no page waits for a large store to be read as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import Final, cast

import pyoxigraph as ox

from mandata.kb.store import in_memory
from mandata.query.source import Embedded, Source, Term, select
from mandata.rdf.namespaces import DEFAULT_GRAPH, GRAPH, PREFIXES, expand
from mandata.site.resources import Collection, EvidenceReader, Value, order, prefixed, words_of

_INFERRED: Final = ox.NamedNode(GRAPH + "inferred")
_MOST_KEPT: Final = 4_000  # things of which all that is stated is kept

Node = ox.NamedNode | None
Lookup = Callable[[Node, Node, Node, Node], Iterable[tuple[Term, ox.NamedNode, Term]]]
"""Returns the statements with a subject, a property and an object in a graph; None is any."""


def of_store(store: ox.Store, every_graph: bool = False) -> Lookup:
    """Return what looks into an open store: into its default graph, or every graph, where none is named."""
    unnamed = None if every_graph else ox.DefaultGraph()

    def found(s: Node, p: Node, o: Node, graph: Node) -> Iterator[tuple[Term, ox.NamedNode, Term]]:
        for quad in store.quads_for_pattern(s, p, o, graph or unnamed):
            if not isinstance(quad.subject, ox.Triple) and not isinstance(quad.object, ox.Triple):
                yield quad.subject, quad.predicate, quad.object

    return found


def of_source(source: Source) -> Lookup:
    """Return what asks a source, such as a store elsewhere."""

    def found(s: Node, p: Node, o: Node, graph: Node) -> Iterator[tuple[Term, ox.NamedNode, Term]]:
        asked = {"s": s, "p": p, "o": o}
        pattern = " ".join(f"?{name}" if term is None else str(term) for name, term in asked.items())
        for row in select(source, f"SELECT * {{ {f'GRAPH {graph}' if graph else ''} {{ {pattern} }} }}"):
            yield s or row["s"], p or cast("ox.NamedNode", row["p"]), o or row["o"]

    return found


def stored(store: ox.Store, beside: Iterable[ox.Quad] = (), evidence: EvidenceReader | None = None) -> StoredCollection:
    """Return what an open store of a knowledge base states, and a few statements beside, such as of what is gone."""
    few = in_memory(beside)
    both = (of_store(store), of_store(few))

    def found(s: Node, p: Node, o: Node, graph: Node) -> Iterator[tuple[Term, ox.NamedNode, Term]]:
        return chain.from_iterable(lookup(s, p, o, graph) for lookup in both)

    return StoredCollection(found, Embedded(store), Embedded(few), evidence=evidence)


class StoredCollection(Collection):
    """The statements that are found by looking them up; what was asked last is kept."""

    def __init__(self, lookup: Lookup, *sources: Source, evidence: EvidenceReader | None = None) -> None:
        """Take what looks statements up, what answers queries of the same, and where their evidence is looked up."""
        super().__init__(evidence)
        self._lookup, self._sources = lookup, sources
        self._about = lru_cache(_MOST_KEPT)(self._read)
        self._bearing = lru_cache(_MOST_KEPT)(self._found)

    @cached_property
    def graphs(self) -> list[str]:
        """The named graphs, sorted."""
        query = "SELECT DISTINCT ?graph { GRAPH ?graph { ?s ?p ?o } }"
        found = {row["graph"].value for source in self._sources for row in select(source, query)}
        return sorted(found - {DEFAULT_GRAPH})

    @property
    def size(self) -> int:
        """Of how many things something is stated."""
        query = "SELECT (COUNT(DISTINCT ?s) AS ?number) { ?s ?p ?o }"
        return sum(int(row["number"].value) for source in self._sources for row in select(source, query))

    def __contains__(self, iri: str) -> bool:
        """Tell whether something is stated of a thing."""
        return bool(self._about(iri))

    def having(self, prop: str) -> Iterator[str]:
        """Yield the things of which a property is stated."""
        subjects = (subject for subject, _, _ in self._lookup(None, node(_iri(prop)), None, None))
        return (one.value for one in subjects if isinstance(one, ox.NamedNode))

    def properties(self, subject: str) -> list[str]:
        """Return the properties of a thing."""
        return sorted(self._about(subject))

    def values(self, subject: str, prop: str) -> list[Value]:
        """Return the values of a property."""
        return list(self._about(subject).get(prop, ()))

    def bearers(self, prop: str, value: str) -> list[str]:
        """Return the things that have a thing as a value of a property."""
        return list(self._bearing(prop, value))

    def pointing(self, thing: str) -> list[str]:
        """Return the properties by which others point to a thing."""
        term = node(thing)
        found = self._lookup(None, None, term, None) if term else ()
        return sorted({prefixed(prop.value) for subject, prop, _ in found if isinstance(subject, ox.NamedNode)})

    def concluded(self, subject: str) -> Sequence[ox.Triple]:
        """Return what was inferred of a thing."""
        term = node(subject)
        found = self._lookup(term, None, None, _INFERRED) if term else ()
        return [ox.Triple(term, prop, value) for _, prop, value in found if term]

    def _read(self, iri: str) -> dict[str, tuple[Value, ...]]:
        term, found = node(iri), dict[str, dict[Value, None]]()
        for _, prop, value in self._lookup(term, None, None, None) if term else ():
            if not isinstance(value, ox.BlankNode):
                words = words_of(value) if isinstance(value, ox.Literal) else value.value
                found.setdefault(prefixed(prop.value), {})[words] = None
        return {prop: tuple(sorted(values, key=order)) for prop, values in found.items()}

    def _found(self, prop: str, value: str) -> tuple[str, ...]:
        term, named = node(value), node(_iri(prop))
        found = self._lookup(None, named, term, None) if term and named else ()
        things = {subject.value for subject, _, _ in found if isinstance(subject, ox.NamedNode)}
        return tuple(sorted(things, key=order))


def _iri(prop: str) -> str:
    return expand(prop) if prop.partition(":")[0] in PREFIXES else prop


def node(iri: str) -> ox.NamedNode | None:
    """Return an IRI as a term; None where a reader asked for what is none."""
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None
