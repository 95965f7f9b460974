"""What a knowledge base states, held for reading page by page: by subject, by object, and what was inferred."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple, TypeVar

import pyoxigraph as ox

from mandata.publish.order import natural
from mandata.publish.statements import Statements, axioms
from mandata.vocab import ID, PREFIXES

TYPE: Final = "rdf:type"


class Words(NamedTuple):
    """The value of a literal; ``language`` and ``datatype`` are empty where it has none."""

    text: str
    language: str = ""
    datatype: str = ""

    @property
    def direction(self) -> str:
        """Where the words begin, ``ltr`` or ``rtl``, by their first letter that tells."""
        kinds = (unicodedata.bidirectional(letter) for letter in self.text)
        first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
        return "ltr" if first == "L" else "rtl"


Value = str | Words
"""An IRI, or the value of a literal."""
_T = TypeVar("_T", bound=Value)
_Table = dict[str, dict[str, _T | list[_T]]]
"""By thing and property; a single value, as most are, stands without a list."""


class Collection:
    """Statements by subject and by object; properties by their prefixed names, such as ``md:cites``.

    What is listed is in natural order: paragraph 2 stands before paragraph 10.
    """

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
        self.graphs = sorted(graph.value for graph in graphs if isinstance(graph, ox.NamedNode))

    def _put(self, quad: ox.Quad) -> None:
        if not isinstance(quad.subject, ox.NamedNode):
            return
        subject, prop = self._one(quad.subject.value), prefixed(quad.predicate.value)
        if isinstance(quad.object, ox.NamedNode):
            thing = self._one(quad.object.value)
            _keep(self._out, subject, prop, thing)
            _keep(self._in, thing, prop, subject)
        elif isinstance(quad.object, ox.Literal):
            _keep(self._out, subject, prop, _words(quad.object))

    def _one(self, iri: str) -> str:
        """Return the one string that is kept of an IRI, which stands in many statements."""
        return self._iris.setdefault(iri, iri)

    def __contains__(self, iri: str) -> bool:
        return iri in self._out

    @property
    def size(self) -> int:
        """Of how many things something is stated."""
        return len(self._out)

    def subjects(self) -> Iterator[str]:
        """Yield everything of which something is stated."""
        return iter(self._out)

    def values(self, subject: str, prop: str) -> list[Value]:
        """Return the values of a property."""
        return _listed(self._out, subject, prop)

    def things(self, subject: str, prop: str) -> list[str]:
        """Return the things among the values of a property."""
        return [value for value in self.values(subject, prop) if not isinstance(value, Words)]

    def words(self, subject: str, prop: str) -> list[Words]:
        """Return the literals among the values of a property."""
        return [value for value in self.values(subject, prop) if isinstance(value, Words)]

    def text(self, subject: str, prop: str) -> str:
        """Return the first literal's text; empty where there is none."""
        return next((one.text for one in self.words(subject, prop)), "")

    def thing(self, subject: str, prop: str) -> str:
        """Return the first thing; empty where there is none."""
        return next(iter(self.things(subject, prop)), "")

    def properties(self, subject: str) -> list[str]:
        """Return the properties of a thing."""
        return sorted(self._out.get(subject, ()))

    def bearers(self, prop: str, value: str) -> list[str]:
        """Return the things that have a thing as a value of a property."""
        return _listed(self._in, value, prop)

    def number(self, prop: str, value: str) -> int:
        """Return how many things have a thing as a value of a property."""
        return len(_each(self._in, value, prop))

    def pointing(self, thing: str) -> list[str]:
        """Return the properties by which others point to a thing."""
        return sorted(self._in.get(thing, ()))

    def concluded(self, subject: str) -> list[ox.Triple]:
        """Return what was inferred of a thing."""
        return self._inferred.get(subject, [])

    def instances(self, cls: str) -> list[str]:
        """Return the things of a class, such as ``md:Mandate``."""
        prefix, _, local = cls.partition(":")
        return self.bearers(TYPE, PREFIXES[prefix] + local)


def collected(statements: Statements) -> Collection:
    """Return what a release and the ontology state."""
    return Collection((*statements.asserted, *statements.deprecated, *axioms()), statements.inferred)


@cache
def prefixed(iri: str) -> str:
    """Return a property or class as ``md:cites``; the IRI itself where no prefix fits."""
    fitting = [(len(space), prefix) for prefix, space in PREFIXES.items() if iri.startswith(space) and iri != space]
    if not fitting:
        return iri
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"


@lru_cache(maxsize=100_000)
def order(value: Value) -> tuple[object, ...]:
    """Return the key of natural order; words by their language first."""
    if isinstance(value, Words):
        return 1, value.language, natural(value.text), value.datatype
    return 0, natural(value)


def local(iri: str) -> str:
    """Return the local name of a thing of ours; the IRI as it is of another."""
    return iri.removeprefix(ID)


def _words(literal: ox.Literal) -> Words:
    return Words(literal.value, literal.language or "", "" if literal.language else prefixed(literal.datatype.value))


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
