"""OWL 2 DL: what https://www.w3.org/TR/owl2-syntax/ asks beyond its grammar (5.8.1 and 11.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from rdflib import OWL, BNode, Literal, URIRef
from rdflib.term import Node

from owl2.hierarchy import irregular, misused
from owl2.read import Ontology
from owl2.signature import ANY, AXIOMS, CHAIN, COUNT, KEY, LITERAL, PAIRS, places, walk
from owl2.terms import (
    BUILT_IN,
    CLASS,
    DATA,
    DATATYPE,
    DATATYPE_MAP,
    INDIVIDUAL,
    OBJECT,
    PROPERTIES,
    Construct,
    Part,
    reserved,
)

_ROLE_OF = {"ObjectInverseOf": OBJECT, "ObjectPropertyChain": CHAIN, "DatatypeRestriction": DATATYPE}
_RANGES = ("DataIntersectionOf", "DataUnionOf", "DataComplementOf", "DataOneOf")


def violations(ontology: Ontology, further: Collection[Node] = ()) -> list[str]:
    """Return what keeps an ontology out of OWL 2 DL; ``further`` datatypes are taken for known.

    An anonymous individual is told too, though DL allows a forest of them: what is published here has none.
    """
    known = {*DATATYPE_MAP, *further, *(a.parts[0] for a in ontology.axioms if a.kind == "DatatypeDefinition")}
    check = _Check(ontology, known)
    found = [*ontology.faults, *check.declarations()]
    for axiom in ontology.axioms:
        found += (f"{fault} in {axiom}" for fault in check.axiom(axiom))
    found += misused(ontology.axioms)
    found += irregular(ontology.axioms)
    return sorted(Counter(found))


class _Check:
    def __init__(self, ontology: Ontology, known: Collection[Part]) -> None:
        self.kinds, self.known = ontology.kinds, known

    def declarations(self) -> Iterator[str]:
        """Yield the clashes between what an IRI is declared to be (the typing constraints), and misuse of names."""
        for node, kinds in self.kinds.items():
            if len(kinds.intersection(PROPERTIES)) > 1 or {CLASS, DATATYPE} <= kinds:
                yield f"punning: {node} is {' and '.join(sorted(kinds))}"
            if reserved(node) and kinds and kinds != {BUILT_IN.get(node)}:
                yield f"reserved: {node} is declared"

    def axiom(self, axiom: Construct) -> Iterator[str]:
        """Yield the faults of one axiom and of the expressions in it."""
        if axiom.kind not in AXIOMS:
            yield f"unknown: {axiom.kind}"
        for construct in walk(axiom):
            if construct.kind in PAIRS and len(construct.parts) < 2:
                yield f"too few in {construct.kind}"
            for part, role in places(construct):
                yield from self._part(part, role, construct)
        if OWL.topDataProperty in axiom.parts and (axiom.kind, axiom.parts[-1]) != (
            "SubDataPropertyOf",
            OWL.topDataProperty,
        ):
            yield "top data property"

    def _part(self, part: Part, role: str, within: Construct) -> Iterator[str]:
        if role == ANY:
            return
        if isinstance(part, Construct):
            if _role(part) not in (role, OBJECT if role == CHAIN else role):
                yield f"misplaced: {part.kind} as {role}"
        elif role in (LITERAL, COUNT):
            yield from self._literal(part, within)
        elif role == INDIVIDUAL:
            if isinstance(part, BNode):
                yield f"anonymous: {part}"
            elif isinstance(part, Literal) or reserved(part):
                yield f"no individual: {part}"
        elif role == DATATYPE:
            if part not in self.known:
                yield f"datatype: {part} is not known"
        else:
            yield from self._entity(part, role)

    def _entity(self, part: Node, role: str) -> Iterator[str]:
        asked = {OBJECT, DATA} if role == KEY else {OBJECT} if role == CHAIN else {role}
        if reserved(part) and part not in BUILT_IN:
            yield f"reserved: {part}"
        elif not isinstance(part, URIRef) or not asked & self.kinds.get(part, set()):
            yield f"undeclared: {part} as {role}"

    def _literal(self, part: Node, within: Construct) -> Iterator[str]:
        if not isinstance(part, Literal):
            yield f"no literal: {part}"
        elif part.datatype is not None and part.datatype not in self.known:
            yield f"datatype: {part.datatype} is not known"
        elif part.ill_typed and within.kind != "DatatypeRestriction":
            yield f"ill-typed: {part}"


def _role(construct: Construct) -> str:
    return _ROLE_OF.get(construct.kind) or (DATATYPE if construct.kind in _RANGES else CLASS)
