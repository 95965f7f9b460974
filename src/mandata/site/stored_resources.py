"""The statements of a store, looked up on demand, so that no page waits until a large store is read as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import Final, cast

import pyoxigraph as ox

from mandata.kb.store import in_memory
from mandata.query.source import Embedded, Source, Term, select
from mandata.rdf.namespaces import DEFAULT_GRAPH, GRAPH, PREFIXES, expand, prefixed_name
from mandata.site.resources import Collection, EvidenceReader, Value, literal_text, sort_key

_INFERRED: Final = ox.NamedNode(GRAPH + "inferred")
_CACHE_SIZE: Final = 4_000  # things whose statements are cached

Node = ox.NamedNode | None
Lookup = Callable[[Node, Node, Node, Node], Iterable[tuple[Term, ox.NamedNode, Term]]]
"""Returns the statements that match a subject, a property, an object and a graph; None matches any."""


def store_lookup(store: ox.Store, every_graph: bool = False) -> Lookup:
    """Return the lookup in an open store; without a graph, it looks in the default graph, or in ``every_graph``."""
    unnamed = None if every_graph else ox.DefaultGraph()

    def lookup(s: Node, p: Node, o: Node, graph: Node) -> Iterator[tuple[Term, ox.NamedNode, Term]]:
        for quad in store.quads_for_pattern(s, p, o, graph or unnamed):
            if not isinstance(quad.subject, ox.Triple) and not isinstance(quad.object, ox.Triple):
                yield quad.subject, quad.predicate, quad.object

    return lookup


def source_lookup(source: Source) -> Lookup:
    """Return the lookup by queries to a source, such as a remote store."""

    def lookup(s: Node, p: Node, o: Node, graph: Node) -> Iterator[tuple[Term, ox.NamedNode, Term]]:
        terms = {"s": s, "p": p, "o": o}
        pattern = " ".join(f"?{name}" if term is None else str(term) for name, term in terms.items())
        for row in select(source, f"SELECT * {{ {f'GRAPH {graph}' if graph else ''} {{ {pattern} }} }}"):
            yield s or row["s"], p or cast("ox.NamedNode", row["p"]), o or row["o"]

    return lookup


def stored_collection(
    store: ox.Store, beside: Iterable[ox.Quad] = (), evidence: EvidenceReader | None = None
) -> StoredCollection:
    """Return the collection of an open store and a few more statements.

    Args:
        store: the store of a knowledge base.
        beside: the other statements, such as deprecations.
        evidence: reads the evidence of the statements.
    """
    others = in_memory(beside)
    lookups = (store_lookup(store), store_lookup(others))

    def lookup(s: Node, p: Node, o: Node, graph: Node) -> Iterator[tuple[Term, ox.NamedNode, Term]]:
        return chain.from_iterable(lookup_in(s, p, o, graph) for lookup_in in lookups)

    return StoredCollection(lookup, Embedded(store), Embedded(others), evidence=evidence)


class StoredCollection(Collection):
    """A collection that looks statements up and caches the last ones."""

    def __init__(self, lookup: Lookup, *sources: Source, evidence: EvidenceReader | None = None) -> None:
        """Initialize with a lookup, sources that answer queries of the same statements, and a reader of evidence."""
        super().__init__(evidence)
        self._lookup, self._sources = lookup, sources
        self._about = lru_cache(_CACHE_SIZE)(self._read_properties)
        self._subjects = lru_cache(_CACHE_SIZE)(self._subjects_of)

    @cached_property
    def graphs(self) -> list[str]:
        """The named graphs, sorted."""
        query = "SELECT DISTINCT ?graph { GRAPH ?graph { ?s ?p ?o } }"
        names = {row["graph"].value for source in self._sources for row in select(source, query)}
        return sorted(names - {DEFAULT_GRAPH})

    @property
    def size(self) -> int:
        """The number of subjects."""
        query = "SELECT (COUNT(DISTINCT ?s) AS ?number) { ?s ?p ?o }"
        return sum(int(row["number"].value) for source in self._sources for row in select(source, query))

    def __contains__(self, iri: str) -> bool:
        """Return whether there are statements about a thing."""
        return bool(self._about(iri))

    def subjects_with(self, prop: str) -> Iterator[str]:
        """Yield the subjects that have a property."""
        subjects = (subject for subject, _, _ in self._lookup(None, node(_iri(prop)), None, None))
        return (one.value for one in subjects if isinstance(one, ox.NamedNode))

    def properties(self, subject: str) -> list[str]:
        """Return the properties of a thing."""
        return sorted(self._about(subject))

    def values(self, subject: str, prop: str) -> list[Value]:
        """Return the values of ``prop`` for ``subject``."""
        return list(self._about(subject).get(prop, ()))

    def subjects(self, prop: str, value: str) -> list[str]:
        """Return the subjects for which ``prop`` has the IRI ``value``."""
        return list(self._subjects(prop, value))

    def incoming_properties(self, thing: str) -> list[str]:
        """Return the properties that have a thing as a value."""
        term = node(thing)
        statements = self._lookup(None, None, term, None) if term else ()
        return sorted(
            {prefixed_name(prop.value) for subject, prop, _ in statements if isinstance(subject, ox.NamedNode)}
        )

    def inferred_about(self, subject: str) -> Sequence[ox.Triple]:
        """Return the inferred statements about a thing."""
        term = node(subject)
        statements = self._lookup(term, None, None, _INFERRED) if term else ()
        return [ox.Triple(term, prop, value) for _, prop, value in statements if term]

    def _read_properties(self, iri: str) -> dict[str, tuple[Value, ...]]:
        term, values = node(iri), dict[str, dict[Value, None]]()
        for _, prop, value in self._lookup(term, None, None, None) if term else ():
            if not isinstance(value, ox.BlankNode):
                text = literal_text(value) if isinstance(value, ox.Literal) else value.value
                values.setdefault(prefixed_name(prop.value), {})[text] = None
        return {prop: tuple(sorted(each, key=sort_key)) for prop, each in values.items()}

    def _subjects_of(self, prop: str, value: str) -> tuple[str, ...]:
        term, predicate = node(value), node(_iri(prop))
        statements = self._lookup(None, predicate, term, None) if term and predicate else ()
        things = {subject.value for subject, _, _ in statements if isinstance(subject, ox.NamedNode)}
        return tuple(sorted(things, key=sort_key))


def _iri(prop: str) -> str:
    return expand(prop) if prop.partition(":")[0] in PREFIXES else prop


def node(iri: str) -> ox.NamedNode | None:
    """Return an IRI as a node; None if it is no IRI."""
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None
