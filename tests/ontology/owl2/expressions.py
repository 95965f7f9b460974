"""Class expressions, data ranges and property expressions, read from RDF (OWL 2 Mapping to RDF Graphs, section 3.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef
from rdflib.term import Node

from owl2.terms import DATA, OBJECT, Construct, Part

_BOOLEAN = {OWL.intersectionOf: "IntersectionOf", OWL.unionOf: "UnionOf", OWL.oneOf: "OneOf"}
_FILLED = {OWL.someValuesFrom: "SomeValuesFrom", OWL.allValuesFrom: "AllValuesFrom"}
_COUNTED = {
    OWL.minCardinality: "MinCardinality",
    OWL.maxCardinality: "MaxCardinality",
    OWL.cardinality: "ExactCardinality",
    OWL.minQualifiedCardinality: "MinCardinality",
    OWL.maxQualifiedCardinality: "MaxCardinality",
    OWL.qualifiedCardinality: "ExactCardinality",
}


@dataclass
class Reading:
    """What of a graph is still unread, and the faults met on the way."""

    graph: Graph
    kinds: dict[Node, set[str]]
    left: set[tuple[Node, Node, Node]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    def take(self, subject: Node, predicate: Node) -> Node | None:
        """Read the one triple with this subject and predicate; None where there is none."""
        found = sorted(self.graph.objects(subject, predicate), key=str)
        if len(found) > 1:
            self.faults.append(f"twice: {predicate} of {subject}")
        for value in found:
            if (subject, predicate, value) not in self.left and isinstance(subject, BNode):
                self.faults.append(f"shared: the expression {subject} is used twice")
            self.left.discard((subject, predicate, value))
        return found[0] if found else None

    def sequence(self, head: Node) -> list[Node]:
        """Read an RDF list."""
        items = []
        while head != RDF.nil:
            item, rest = self.take(head, RDF.first), self.take(head, RDF.rest)
            self.left.discard((head, RDF.type, RDF.List))
            if item is None or rest is None:
                self.faults.append(f"list: {head} is no whole list")
                break
            items.append(item)
            head = rest
        return items

    def is_data(self, prop: Part) -> bool:
        """Tell whether a property takes literals."""
        return isinstance(prop, URIRef) and DATA in self.kinds.get(prop, ()) and OBJECT not in self.kinds.get(prop, ())

    def property(self, node: Node) -> Part:
        """Read an object, data or annotation property, or the inverse of an object property."""
        if not isinstance(node, BNode):
            return node
        inverted = self.take(node, OWL.inverseOf)
        self.left.discard((node, RDF.type, OWL.ObjectProperty))
        if inverted is None or isinstance(inverted, BNode):
            self.faults.append(f"property: {node} is no property expression")
            return node
        return Construct("ObjectInverseOf", (inverted,))

    def classes(self, nodes: Iterable[Node]) -> tuple[Part, ...]:
        """Read class expressions."""
        return tuple(map(self.class_expression, nodes))

    def class_expression(self, node: Node) -> Part:
        """Read a class expression."""
        if not isinstance(node, BNode):
            return node
        kind = self.take(node, RDF.type)
        if kind == OWL.Restriction:
            return self._restriction(node)
        if kind == OWL.Class:
            if (negated := self.take(node, OWL.complementOf)) is not None:
                return Construct("ObjectComplementOf", (self.class_expression(negated),))
            for predicate, name in _BOOLEAN.items():
                if (head := self.take(node, predicate)) is not None:
                    items = self.sequence(head)
                    return Construct(f"Object{name}", tuple(items) if name == "OneOf" else self.classes(items))
        self.faults.append(f"class: {node} is no class expression")
        return node

    def data_range(self, node: Node) -> Part:
        """Read a data range."""
        if not isinstance(node, BNode):
            return node
        if self.take(node, RDF.type) == RDFS.Datatype:
            if (negated := self.take(node, OWL.datatypeComplementOf)) is not None:
                return Construct("DataComplementOf", (self.data_range(negated),))
            if (base := self.take(node, OWL.onDatatype)) is not None:
                return self._facets(node, base)
            for predicate, name in _BOOLEAN.items():
                if (head := self.take(node, predicate)) is not None:
                    items = self.sequence(head)
                    return Construct(
                        f"Data{name}", tuple(items) if name == "OneOf" else tuple(map(self.data_range, items))
                    )
        self.faults.append(f"data range: {node} is no data range")
        return node

    def _facets(self, node: Node, base: Node) -> Part:
        head = self.take(node, OWL.withRestrictions)
        values = []
        for facet in self.sequence(head) if head is not None else ():
            for predicate, value in list(self.graph.predicate_objects(facet)):
                self.left.discard((facet, predicate, value))
                values.append(value)
        return Construct("DatatypeRestriction", (base, *values))

    def _restriction(self, node: Node) -> Part:
        on = self.take(node, OWL.onProperty)
        if on is None:
            self.faults.append(f"restriction: {node} is on no property")
            return node
        prop = self.property(on)
        data = self.is_data(prop)
        family, filler = ("Data", self.data_range) if data else ("Object", self.class_expression)
        for predicate, name in _FILLED.items():
            if (value := self.take(node, predicate)) is not None:
                return Construct(family + name, (prop, filler(value)))
        for predicate, name in _COUNTED.items():
            if (count := self.take(node, predicate)) is not None:
                value = self.take(node, OWL.onDataRange if data else OWL.onClass)
                return Construct(family + name, (count, prop, *(() if value is None else (filler(value),))))
        if (value := self.take(node, OWL.hasValue)) is not None:
            return Construct(f"{family}HasValue", (prop, value))
        if self.take(node, OWL.hasSelf) is not None:
            return Construct("ObjectHasSelf", (prop,))
        self.faults.append(f"restriction: {node} restricts nothing")
        return node
