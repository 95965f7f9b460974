"""OWL 2 RL: the grammar of https://www.w3.org/TR/owl2-profiles/#OWL_2_RL (4.2), position by position."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import OWL, Literal, URIRef

from owl2.read import Ontology
from owl2.signature import LITERAL, places, walk
from owl2.terms import DATATYPE, REAL, Construct, Part

_OUTSIDE = ("DisjointUnion", "ReflexiveObjectProperty")
_SUPERCLASS = ("ObjectPropertyDomain", "ObjectPropertyRange", "DataPropertyDomain")


def violations(ontology: Ontology) -> list[str]:
    """Return the axioms outside OWL 2 RL, each with why; an ontology is in RL where it is in DL too."""
    return [f"{why}: {axiom}" for axiom in ontology.axioms for why in _faults(axiom)]


def _faults(axiom: Construct) -> Iterator[str]:
    if axiom.kind in _OUTSIDE:
        yield axiom.kind
    yield from (f"not as {position}" for part, position in _positions(axiom) if not _ALLOWED[position](part))
    for construct in walk(axiom):
        for part, role in places(construct):
            if role == DATATYPE and not _is_range(part):
                yield "data range"
            if role == LITERAL and isinstance(part, Literal) and part.datatype in REAL:
                yield "data range"


def _positions(axiom: Construct) -> Iterator[tuple[Part, str]]:
    match axiom.kind:
        case "SubClassOf":
            yield axiom.parts[0], "subclass"
            yield axiom.parts[1], "superclass"
        case "EquivalentClasses":
            yield from ((part, "equivalent class") for part in axiom.parts)
        case "DisjointClasses":
            yield from ((part, "subclass") for part in axiom.parts)
        case "HasKey":
            yield axiom.parts[0], "subclass"
        case "ClassAssertion":
            yield axiom.parts[0], "superclass"
        case kind if kind in _SUPERCLASS:
            yield axiom.parts[1], "superclass"


def _is_range(part: Part) -> bool:
    if isinstance(part, Construct):
        return part.kind == "DataIntersectionOf" and all(map(_is_range, part.parts))
    return part not in REAL


def _is_named(part: Part) -> bool:
    return isinstance(part, URIRef) and part != OWL.Thing


def _is_subclass(part: Part) -> bool:
    if not isinstance(part, Construct):
        return _is_named(part)
    match part.kind:
        case "ObjectIntersectionOf" | "ObjectUnionOf":
            return all(map(_is_subclass, part.parts))
        case "ObjectSomeValuesFrom":
            return part.parts[1] == OWL.Thing or _is_subclass(part.parts[1])
        case kind:
            return kind in ("ObjectOneOf", "ObjectHasValue", "DataSomeValuesFrom", "DataHasValue")


def _is_superclass(part: Part) -> bool:
    if not isinstance(part, Construct):
        return _is_named(part)
    match part.kind:
        case "ObjectIntersectionOf":
            allowed = all(map(_is_superclass, part.parts))
        case "ObjectComplementOf":
            allowed = _is_subclass(part.parts[0])
        case "ObjectAllValuesFrom":
            allowed = _is_superclass(part.parts[1])
        case "ObjectMaxCardinality":
            allowed = _is_zero_or_one(part.parts[0]) and all(p == OWL.Thing or _is_subclass(p) for p in part.parts[2:])
        case "DataMaxCardinality":
            allowed = _is_zero_or_one(part.parts[0])
        case kind:
            allowed = kind in ("ObjectHasValue", "DataHasValue", "DataAllValuesFrom")
    return allowed


def _is_equivalent(part: Part) -> bool:
    if not isinstance(part, Construct):
        return _is_named(part)
    if part.kind == "ObjectIntersectionOf":
        return all(map(_is_equivalent, part.parts))
    return part.kind in ("ObjectHasValue", "DataHasValue")


def _is_zero_or_one(count: Part) -> bool:
    return isinstance(count, Literal) and count.toPython() in (0, 1)


_ALLOWED = {"subclass": _is_subclass, "superclass": _is_superclass, "equivalent class": _is_equivalent}
