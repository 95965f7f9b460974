"""Collecting the statements of one named graph."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pyoxigraph import Literal, NamedNode, Quad

from mandata.rdf.local_names import graph, term, thing
from mandata.rdf.namespaces import DCTERMS, RDF, RDFS, SKOS, XSD, expand

Value = NamedNode | Literal

TYPE = NamedNode(RDF + "type")


def concept(curie: str) -> NamedNode:
    """Return a concept of a scheme by its prefixed name, such as ``op:recalling``."""
    return NamedNode(expand(curie))


def node(local: str) -> NamedNode:
    """Return a thing by its local name."""
    return NamedNode(thing(local))


def words(text: str, language: str | None) -> Literal:
    """Return words in a language; without one where it is not known."""
    return Literal(text, language=language) if language else Literal(text)


def day(when: date) -> Literal:
    """Return a day."""
    return Literal(when.isoformat(), datatype=NamedNode(XSD + "date"))


def period(iso: str) -> Literal:
    """Return a day, a month or a year, by the length of its ISO 8601 form."""
    kind = {4: "gYear", 7: "gYearMonth", 10: "date"}[len(iso)]
    return Literal(iso, datatype=NamedNode(XSD + kind))


def whole(number: int) -> Literal:
    """Return a whole number."""
    return Literal(str(number), datatype=NamedNode(XSD + "integer"))


def boolean(value: bool) -> Literal:
    """Return whether something holds."""
    return Literal("true" if value else "false", datatype=NamedNode(XSD + "boolean"))


class Statements:
    """The statements of one named graph, each once; things by local name, properties of the ontology bare."""

    def __init__(self, name: str) -> None:
        self._graph = NamedNode(graph(name))
        self._quads: dict[Quad, None] = {}

    def a(self, subject: str, *classes: str) -> None:
        """State the classes of a thing."""
        for cls in classes:
            self._add(subject, TYPE, NamedNode(term(cls)))

    def add(self, subject: str, prop: str, *values: Value | str | None) -> None:
        """State values of a property of the ontology; a string is the local name of a thing, None states nothing."""
        for value in values:
            if value is not None:
                self._add(subject, NamedNode(term(prop)), node(value) if isinstance(value, str) else value)

    def label(self, subject: str, text: str, language: str) -> None:
        """State what a thing is called."""
        self._add(subject, NamedNode(RDFS + "label"), words(text, language))

    def variant(self, subject: str, text: str, language: str) -> None:
        """State another name of a thing."""
        self._add(subject, NamedNode(SKOS + "altLabel"), words(text, language))

    def match(self, subject: str, iri: str) -> None:
        """State which outside thing it is."""
        self._add(subject, NamedNode(SKOS + "exactMatch"), NamedNode(iri))

    def source(self, subject: str, text: str, *, checked: bool = True) -> None:
        """State where a fact comes from, and where it was not compared with that source, so."""
        self._add(subject, NamedNode(DCTERMS + "source"), Literal(text))
        self.add(subject, "checked", None if checked else boolean(checked))

    def _add(self, subject: str, prop: NamedNode, value: Value) -> None:
        self._quads[Quad(node(subject), prop, value, self._graph)] = None

    def quads(self) -> Iterable[Quad]:
        """Return the statements, in the order in which they were first made."""
        return self._quads.keys()
