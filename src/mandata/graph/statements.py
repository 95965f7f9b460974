"""Collecting the statements of one named graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pyoxigraph import Literal, NamedNode, Quad

from mandata.rdf.evidence import Evidence, Statement
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


class GraphStatements:
    """The statements of one named graph, each once; things by local name, properties of the ontology bare.

    What is drawn from the words of a text is added to ``with_evidence(evidence)``, so that each statement has all its
    evidence. Without evidence remain: what is said of a file itself (its name, its checksum, by what its text was drawn
    from it), the labels of things that the converter mints, how a symbol was inferred that no words state,
    the links of citations and acts to their evidence, and the reference facts.
    """

    def __init__(self, name: str) -> None:
        self._graph = NamedNode(graph(name))
        self._found: dict[Quad, dict[Evidence, None]] = {}
        self._evidence: tuple[Evidence, ...] = ()

    def with_evidence(self, evidence: Iterable[Evidence]) -> GraphStatements:
        """Return the same statements, such that what is added to it has this evidence."""
        view = GraphStatements.__new__(GraphStatements)
        view._graph, view._found, view._evidence = self._graph, self._found, tuple(evidence)
        return view

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence of what is added."""
        return self._evidence

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
        found = self._found.setdefault(Quad(node(subject), prop, value, self._graph), {})
        found.update(dict.fromkeys(self._evidence))

    def quads(self) -> Iterable[Quad]:
        """Return the statements without their evidence, in the order in which they were first made."""
        return self._found.keys()

    def statements(self) -> Iterator[Statement]:
        """Yield the statements with their evidence, in the order in which they were first made."""
        for quad, evidence in self._found.items():
            yield Statement(quad, tuple(sorted(evidence)))
