"""The vocabulary that OWL 2 builds in, and the shape that everything read takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from rdflib import OWL, RDF, RDFS, XSD, URIRef
from rdflib.term import Node

CLASS, DATATYPE, OBJECT, DATA, ANNOTATION, INDIVIDUAL = (
    "class",
    "datatype",
    "object property",
    "data property",
    "annotation property",
    "individual",
)
PROPERTIES = (OBJECT, DATA, ANNOTATION)

DECLARATIONS = {
    OWL.Class: CLASS,
    RDFS.Datatype: DATATYPE,
    OWL.ObjectProperty: OBJECT,
    OWL.DatatypeProperty: DATA,
    OWL.AnnotationProperty: ANNOTATION,
    OWL.NamedIndividual: INDIVIDUAL,
}

REAL = {OWL.real, OWL.rational}
# https://www.w3.org/TR/owl2-syntax/#Datatype_Maps; xsd:date is none of them, nor are xsd:gYear and xsd:duration.
DATATYPE_MAP = (
    REAL
    | {RDF.PlainLiteral, RDF.XMLLiteral, RDF.langString, RDFS.Literal}
    | {XSD.decimal, XSD.integer, XSD.double, XSD.float, XSD.string, XSD.boolean, XSD.hexBinary, XSD.base64Binary}
    | {XSD.nonNegativeInteger, XSD.nonPositiveInteger, XSD.positiveInteger, XSD.negativeInteger, XSD.anyURI}
    | {XSD.long, XSD.int, XSD.short, XSD.byte}
    | {XSD.unsignedLong, XSD.unsignedInt, XSD.unsignedShort, XSD.unsignedByte}
    | {XSD.normalizedString, XSD.token, XSD.language, XSD.Name, XSD.NCName, XSD.NMTOKEN}
    | {XSD.dateTime, XSD.dateTimeStamp}
)

BUILT_IN: dict[Node, str] = {
    OWL.Thing: CLASS,
    OWL.Nothing: CLASS,
    OWL.topObjectProperty: OBJECT,
    OWL.bottomObjectProperty: OBJECT,
    OWL.topDataProperty: DATA,
    OWL.bottomDataProperty: DATA,
    **dict.fromkeys((RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy), ANNOTATION),
    **dict.fromkeys((OWL.deprecated, OWL.versionInfo, OWL.priorVersion), ANNOTATION),
    **dict.fromkeys((OWL.backwardCompatibleWith, OWL.incompatibleWith), ANNOTATION),
    **dict.fromkeys(DATATYPE_MAP, DATATYPE),
}

_RESERVED = tuple(map(str, (OWL._NS, RDF._NS, RDFS._NS, XSD._NS)))


def reserved(node: Node) -> bool:
    """Tell whether an IRI is of the vocabulary that no ontology may make its own."""
    return isinstance(node, URIRef) and str(node).startswith(_RESERVED)


@dataclass(frozen=True, slots=True)
class Construct:
    """An expression or an axiom, by its name in the structural specification."""

    kind: str
    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return f"{self.kind}({' '.join(map(_short, self.parts))})"


Part: TypeAlias = Node | Construct


def _short(part: Part) -> str:
    return str(part) if isinstance(part, Construct) else str(part).rsplit("#", 1)[-1].rsplit("/", 1)[-1]
