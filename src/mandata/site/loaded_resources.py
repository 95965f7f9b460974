"""The statements of a release held in memory, for a site that is written as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import pyoxigraph as ox

from mandata.kb.statements import Statements, axioms
from mandata.site.resources import Collection, Value, order, prefixed, words_of

_T = TypeVar("_T", bound=Value)
_Table = dict[str, dict[str, _T | list[_T]]]
"""By thing and property; a single value, as most are, stands without a list."""


class Gathered(Collection):
    """Statements held in memory, by subject and by object."""

    def __init__(self, stated: Iterable[ox.Quad], inferred: Iterable[ox.Quad] = ()) -> None:
        self._out: _Table[Value] = {}
        self._in: _Table[str] = {}
        self._inferred: dict[str, list[ox.Triple]] = {}
        self._iris: dict[str, str] = {}
        graphs: set[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = set()
        for quad in stated:
            self._put(quad)
            graphs.add(quad.graph_name)
        for quad in inferred:
            self._put(quad)
            graphs.add(quad.graph_name)
            if isinstance(quad.subject, ox.NamedNode):
                self._inferred.setdefault(quad.subject.value, []).append(quad.triple)
        self._graphs = sorted(graph.value for graph in graphs if isinstance(graph, ox.NamedNode))

    def _put(self, quad: ox.Quad) -> None:
        if not isinstance(quad.subject, ox.NamedNode):
            return
        subject, prop = self._one(quad.subject.value), prefixed(quad.predicate.value)
        if isinstance(quad.object, ox.NamedNode):
            thing = self._one(quad.object.value)
            _keep(self._out, subject, prop, thing)
            _keep(self._in, thing, prop, subject)
        elif isinstance(quad.object, ox.Literal):
            _keep(self._out, subject, prop, words_of(quad.object))

    def _one(self, iri: str) -> str:
        """Return the one string that is kept of an IRI, which stands in many statements."""
        return self._iris.setdefault(iri, iri)

    @property
    def graphs(self) -> list[str]:
        """The named graphs, sorted."""
        return self._graphs

    @property
    def size(self) -> int:
        """Of how many things something is stated."""
        return len(self._out)

    def __contains__(self, iri: str) -> bool:
        """Tell whether something is stated of a thing."""
        return iri in self._out

    def having(self, prop: str) -> Iterator[str]:
        """Yield the things of which a property is stated."""
        return (iri for iri, held in self._out.items() if prop in held)

    def properties(self, subject: str) -> list[str]:
        """Return the properties of a thing."""
        return sorted(self._out.get(subject, ()))

    def values(self, subject: str, prop: str) -> list[Value]:
        """Return the values of a property."""
        return _listed(self._out, subject, prop)

    def bearers(self, prop: str, value: str) -> list[str]:
        """Return the things that have a thing as a value of a property."""
        return _listed(self._in, value, prop)

    def number(self, prop: str, value: str) -> int:
        """Return how many things have a thing as a value of a property."""
        return len(_each(self._in, value, prop))

    def pointing(self, thing: str) -> list[str]:
        """Return the properties by which others point to a thing."""
        return sorted(self._in.get(thing, ()))

    def concluded(self, subject: str) -> Sequence[ox.Triple]:
        """Return what was inferred of a thing."""
        return self._inferred.get(subject, ())


def collected(statements: Statements) -> Collection:
    """Return what a release and the ontology state."""
    return Gathered((*statements.asserted, *statements.deprecated, *axioms()), statements.inferred)


def _keep(table: _Table[_T], key: str, prop: str, value: _T) -> None:
    held = table.setdefault(key, {})
    before = held.get(prop)
    if before is None:
        held[prop] = value
    elif isinstance(before, list):
        before.append(value)
    else:
        held[prop] = [before, value]


def _each(table: _Table[_T], key: str, prop: str) -> list[_T]:
    """Return the values, each once, though several graphs state it."""
    found = table.get(key, {}).get(prop)
    if found is None:
        return []
    return list(dict.fromkeys(found)) if isinstance(found, list) else [found]


def _listed(table: _Table[_T], key: str, prop: str) -> list[_T]:
    found = _each(table, key, prop)
    return sorted(found, key=order) if len(found) > 1 else found
