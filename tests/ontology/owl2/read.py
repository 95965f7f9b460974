"""An ontology and its imports, read from RDF: axioms, what each IRI is declared to be, and what is no OWL 2 at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from owl2.expressions import Reading
from owl2.terms import ANNOTATION, BUILT_IN, DATA, DATATYPE, DECLARATIONS, OBJECT, Construct, Part, reserved

_CHARACTERISTICS: dict[Node, str] = {
    OWL.FunctionalProperty: "Functional",
    OWL.InverseFunctionalProperty: "InverseFunctional",
    OWL.ReflexiveProperty: "Reflexive",
    OWL.IrreflexiveProperty: "Irreflexive",
    OWL.SymmetricProperty: "Symmetric",
    OWL.AsymmetricProperty: "Asymmetric",
    OWL.TransitiveProperty: "Transitive",
}
Reader: TypeAlias = Callable[[Reading, Node, Node], Construct | None]

_WITHIN = {OWL.Restriction, RDF.List, RDFS.Datatype, OWL.Class}
"""The types of blank nodes that are expressions, read where they are used."""

_FAMILY = {OBJECT: "Object", DATA: "Data", ANNOTATION: "Annotation"}


@dataclass(frozen=True, slots=True)
class Ontology:
    """What was read; ``faults`` tells what is no ontology of OWL 2 DL by its mere form."""

    axioms: tuple[Construct, ...]
    kinds: dict[Node, set[str]]
    faults: tuple[str, ...]


def read(documents: Sequence[Graph]) -> Ontology:
    """Read ontologies that import one another as one; each has its own header."""
    whole = Graph()
    for document in documents:
        whole += document
    reading = Reading(whole, _declared(whole), set(whole))
    for document in documents:
        _read_header(document, reading)
    for subject, kind in list(whole.subject_objects(RDF.type)):
        if kind in DECLARATIONS and not isinstance(subject, BNode):
            reading.left.discard((subject, RDF.type, kind))
    axioms = tuple(_axioms(reading))
    for s, p, o in sorted(reading.left, key=lambda triple: tuple(map(str, triple))):
        reading.faults.append(f"no axiom: {s} {p} {o}")
    return Ontology(axioms, reading.kinds, tuple(reading.faults))


def _declared(graph: Graph) -> dict[Node, set[str]]:
    kinds: dict[Node, set[str]] = defaultdict(set)
    for built_in, kind in BUILT_IN.items():
        kinds[built_in].add(kind)
    for typed, declared in DECLARATIONS.items():
        for subject in graph.subjects(RDF.type, typed):
            if not isinstance(subject, BNode):
                kinds[subject].add(declared)
    return kinds


def _read_header(document: Graph, reading: Reading) -> None:
    headers = sorted(document.subjects(RDF.type, OWL.Ontology), key=str)
    if len(headers) != 1 or not isinstance(headers[0], URIRef):
        reading.faults.append(f"header: {len(headers)} ontologies in one document")
    for header in headers:
        reading.left.discard((header, RDF.type, OWL.Ontology))
        if len(list(document.objects(header, OWL.versionIRI))) > 1:
            reading.faults.append(f"header: {header} has two versions")
        for predicate, value in document.predicate_objects(header):
            if predicate in (OWL.imports, OWL.versionIRI) or ANNOTATION in reading.kinds[predicate]:
                reading.left.discard((header, predicate, value))


def _axioms(reading: Reading) -> Iterator[Construct]:
    for triple in sorted(reading.graph, key=lambda triple: tuple(map(str, triple))):
        if triple in reading.left and (found := _axiom(reading, *triple)):
            reading.left.discard(triple)
            yield found


def _axiom(reading: Reading, s: Node, p: Node, o: Node) -> Construct | None:
    """Return the axiom that a triple begins; None where it is a part of another or of no axiom."""
    if p in _READERS:
        return _READERS[p](reading, s, o)
    if ANNOTATION in reading.kinds.get(p, ()):
        return Construct("AnnotationAssertion", (p, s, o))
    if reserved(p):
        return None
    return Construct(f"{'Data' if isinstance(o, Literal) else 'Object'}PropertyAssertion", (p, s, o))


def _typed(reading: Reading, s: Node, kind: Node) -> Construct | None:
    if kind in _CHARACTERISTICS:
        prop = reading.property(s)
        return Construct(f"{_CHARACTERISTICS[kind]}{_family(reading, (prop,))}Property", (prop,))
    if kind in _TYPED:
        return _TYPED[kind](reading, s)
    if isinstance(s, BNode) and kind in _WITHIN:
        return None
    return Construct("ClassAssertion", (reading.class_expression(kind), s))


def _members(reading: Reading, node: Node) -> list[Node]:
    head = reading.take(node, OWL.members) or reading.take(node, OWL.distinctMembers)
    return reading.sequence(head) if head is not None else []


def _all_disjoint_properties(reading: Reading, node: Node) -> Construct:
    sides = tuple(map(reading.property, _members(reading, node)))
    return Construct(f"Disjoint{_family(reading, sides)}Properties", sides)


def _negative(reading: Reading, node: Node) -> Construct:
    target = reading.take(node, OWL.targetIndividual)
    parts = (reading.take(node, OWL.assertionProperty), reading.take(node, OWL.sourceIndividual))
    family = "Object" if target is not None else "Data"
    value = target if target is not None else reading.take(node, OWL.targetValue)
    return Construct(f"Negative{family}PropertyAssertion", tuple(part for part in (*parts, value) if part is not None))


def _of_classes(name: str) -> Reader:
    return lambda reading, s, o: Construct(name, reading.classes((s, o)))


def _of_individuals(name: str) -> Reader:
    return lambda reading, s, o: Construct(name, (s, o))


def _of_properties(name: str) -> Reader:
    def read_pair(reading: Reading, s: Node, o: Node) -> Construct:
        sides = (reading.property(s), reading.property(o))
        return Construct(name.format(_family(reading, sides)), sides)

    return read_pair


def _equivalent(reading: Reading, s: Node, o: Node) -> Construct:
    if DATATYPE in reading.kinds[s]:
        return Construct("DatatypeDefinition", (s, reading.data_range(o)))
    return Construct("EquivalentClasses", reading.classes((s, o)))


def _inverses(reading: Reading, s: Node, o: Node) -> Construct | None:
    """An inverse of a blank node is an expression, which is read where it is used."""
    return None if isinstance(s, BNode) else Construct("InverseObjectProperties", (s, reading.property(o)))


def _end(name: str) -> Reader:
    def read_end(reading: Reading, s: Node, o: Node) -> Construct:
        prop = reading.property(s)
        family = _family(reading, (prop,))
        if family == "Annotation":
            return Construct(f"AnnotationProperty{name}", (prop, o))
        value = reading.data_range(o) if (family, name) == ("Data", "Range") else reading.class_expression(o)
        return Construct(f"{family}Property{name}", (prop, value))

    return read_end


def _chain(reading: Reading, s: Node, o: Node) -> Construct:
    steps = Construct("ObjectPropertyChain", tuple(map(reading.property, reading.sequence(o))))
    return Construct("SubObjectPropertyOf", (steps, reading.property(s)))


def _family(reading: Reading, props: Iterable[Part]) -> str:
    """Return Object, Data or Annotation: what the first property of known kind is; Object where none is known."""
    for prop in props:
        if isinstance(prop, Construct):
            return "Object"
        for kind, family in _FAMILY.items():
            if kind in reading.kinds.get(prop, ()):
                return family
    return "Object"


_READERS: dict[Node, Reader] = {
    RDF.type: _typed,
    RDFS.subClassOf: _of_classes("SubClassOf"),
    OWL.equivalentClass: _equivalent,
    OWL.disjointWith: _of_classes("DisjointClasses"),
    OWL.disjointUnionOf: lambda r, s, o: Construct("DisjointUnion", (s, *r.classes(r.sequence(o)))),
    RDFS.subPropertyOf: _of_properties("Sub{}PropertyOf"),
    OWL.equivalentProperty: _of_properties("Equivalent{}Properties"),
    OWL.propertyDisjointWith: _of_properties("Disjoint{}Properties"),
    OWL.inverseOf: _inverses,
    OWL.propertyChainAxiom: _chain,
    OWL.hasKey: lambda r, s, o: Construct("HasKey", (r.class_expression(s), *map(r.property, r.sequence(o)))),
    RDFS.domain: _end("Domain"),
    RDFS.range: _end("Range"),
    OWL.sameAs: _of_individuals("SameIndividual"),
    OWL.differentFrom: _of_individuals("DifferentIndividuals"),
}
_TYPED: dict[Node, Callable[[Reading, Node], Construct]] = {
    OWL.AllDisjointClasses: lambda r, s: Construct("DisjointClasses", r.classes(_members(r, s))),
    OWL.AllDisjointProperties: _all_disjoint_properties,
    OWL.AllDifferent: lambda r, s: Construct("DifferentIndividuals", tuple(_members(r, s))),
    OWL.NegativePropertyAssertion: _negative,
}
