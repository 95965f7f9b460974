"""Which kind of thing stands where in an expression or an axiom (the grammar of the structural specification)."""

from __future__ import annotations

from collections.abc import Iterator

from owl2.terms import ANNOTATION, CLASS, DATA, DATATYPE, INDIVIDUAL, OBJECT, Construct, Part

COUNT, LITERAL, KEY, CHAIN, ANY = "number", "literal", "key", "chain", "anything"

EXPRESSIONS: dict[str, tuple[str, ...]] = {  # by name, what stands at each place; the last goes on to the end
    "ObjectIntersectionOf": (CLASS,),
    "ObjectUnionOf": (CLASS,),
    "ObjectComplementOf": (CLASS,),
    "ObjectOneOf": (INDIVIDUAL,),
    "ObjectSomeValuesFrom": (OBJECT, CLASS),
    "ObjectAllValuesFrom": (OBJECT, CLASS),
    "ObjectHasValue": (OBJECT, INDIVIDUAL),
    "ObjectHasSelf": (OBJECT,),
    "ObjectMinCardinality": (COUNT, OBJECT, CLASS),
    "ObjectMaxCardinality": (COUNT, OBJECT, CLASS),
    "ObjectExactCardinality": (COUNT, OBJECT, CLASS),
    "DataSomeValuesFrom": (DATA, DATATYPE),
    "DataAllValuesFrom": (DATA, DATATYPE),
    "DataHasValue": (DATA, LITERAL),
    "DataMinCardinality": (COUNT, DATA, DATATYPE),
    "DataMaxCardinality": (COUNT, DATA, DATATYPE),
    "DataExactCardinality": (COUNT, DATA, DATATYPE),
    "ObjectInverseOf": (OBJECT,),
    "ObjectPropertyChain": (OBJECT,),
    "DataIntersectionOf": (DATATYPE,),
    "DataUnionOf": (DATATYPE,),
    "DataComplementOf": (DATATYPE,),
    "DataOneOf": (LITERAL,),
    "DatatypeRestriction": (DATATYPE, LITERAL),
}
AXIOMS: dict[str, tuple[str, ...]] = {
    "SubClassOf": (CLASS,),
    "EquivalentClasses": (CLASS,),
    "DisjointClasses": (CLASS,),
    "DisjointUnion": (CLASS,),
    "SubObjectPropertyOf": (CHAIN, OBJECT),
    "EquivalentObjectProperties": (OBJECT,),
    "DisjointObjectProperties": (OBJECT,),
    "InverseObjectProperties": (OBJECT,),
    "ObjectPropertyDomain": (OBJECT, CLASS),
    "ObjectPropertyRange": (OBJECT, CLASS),
    "SubDataPropertyOf": (DATA,),
    "EquivalentDataProperties": (DATA,),
    "DisjointDataProperties": (DATA,),
    "DataPropertyDomain": (DATA, CLASS),
    "DataPropertyRange": (DATA, DATATYPE),
    "FunctionalDataProperty": (DATA,),
    "FunctionalObjectProperty": (OBJECT,),
    "InverseFunctionalObjectProperty": (OBJECT,),
    "ReflexiveObjectProperty": (OBJECT,),
    "IrreflexiveObjectProperty": (OBJECT,),
    "SymmetricObjectProperty": (OBJECT,),
    "AsymmetricObjectProperty": (OBJECT,),
    "TransitiveObjectProperty": (OBJECT,),
    "DatatypeDefinition": (DATATYPE,),
    "HasKey": (CLASS, KEY),
    "SubAnnotationPropertyOf": (ANNOTATION,),
    "AnnotationPropertyDomain": (ANNOTATION, ANY),
    "AnnotationPropertyRange": (ANNOTATION, ANY),
    "AnnotationAssertion": (ANNOTATION, ANY),
    "ClassAssertion": (CLASS, INDIVIDUAL),
    "ObjectPropertyAssertion": (OBJECT, INDIVIDUAL),
    "DataPropertyAssertion": (DATA, INDIVIDUAL, LITERAL),
    "NegativeObjectPropertyAssertion": (OBJECT, INDIVIDUAL),
    "NegativeDataPropertyAssertion": (DATA, INDIVIDUAL, LITERAL),
    "SameIndividual": (INDIVIDUAL,),
    "DifferentIndividuals": (INDIVIDUAL,),
}
PAIRS = {  # what is made of at least two
    "ObjectIntersectionOf",
    "ObjectUnionOf",
    "ObjectPropertyChain",
    "DataIntersectionOf",
    "DataUnionOf",
    "DisjointClasses",
    "DisjointObjectProperties",
    "DisjointDataProperties",
    "DifferentIndividuals",
}


def places(construct: Construct) -> Iterator[tuple[Part, str]]:
    """Yield each part with the kind of thing that its place asks for; nothing where the name is unknown."""
    asked = AXIOMS.get(construct.kind) or EXPRESSIONS.get(construct.kind) or ()
    for number, part in enumerate(construct.parts if asked else ()):
        yield part, asked[min(number, len(asked) - 1)]


def walk(construct: Construct) -> Iterator[Construct]:
    """Yield a construct and all within it."""
    yield construct
    for part in construct.parts:
        if isinstance(part, Construct):
            yield from walk(part)
