"""The restrictions of OWL 2 DL on object properties as a whole: simple ones, and a regular hierarchy (11.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from rdflib import OWL

from owl2.signature import walk
from owl2.terms import Construct, Part

Property: TypeAlias = tuple[Part, bool]
"""An object property, and whether its inverse is meant."""

_ONLY_SIMPLE = {
    "FunctionalObjectProperty",
    "InverseFunctionalObjectProperty",
    "IrreflexiveObjectProperty",
    "AsymmetricObjectProperty",
    "DisjointObjectProperties",
    "ObjectMinCardinality",
    "ObjectMaxCardinality",
    "ObjectExactCardinality",
    "ObjectHasSelf",
}
_BOUNDS = (OWL.topObjectProperty, OWL.bottomObjectProperty)


def misused(axioms: Sequence[Construct]) -> Iterator[str]:
    """Yield each axiom that asks for a simple property and has a composite one, or one above such."""
    above = _above(axioms)
    composite = {p for a in axioms for p in _made(a)} | {(bound, False) for bound in _BOUNDS}
    composite |= {_inverse(p) for p in composite}
    not_simple = {p for made in composite for p in above[made] | {made}}
    for axiom in axioms:
        for construct in walk(axiom):
            if construct.kind in _ONLY_SIMPLE and any(_property(part) in not_simple for part in construct.parts):
                yield f"not simple: {construct}"


def irregular(axioms: Sequence[Construct]) -> Iterator[str]:
    """Yield the properties for which no order exists in which every chain makes a property from lesser ones."""
    less: dict[Property, set[Property]] = defaultdict(set)
    for axiom in axioms:
        for lesser, greater in _order(axiom):
            less[lesser].add(greater)
            less[_inverse(lesser)].add(greater)
    greater_than, above = _closed(less), _above(axioms)
    for one in list(greater_than):
        for other in sorted(greater_than[one], key=str):
            if other == one or one in above[other]:
                yield f"irregular: {one[0]} and {other[0]}"


def _made(axiom: Construct) -> Iterator[Property]:
    """Yield the property that a chain, or transitivity, makes composite."""
    if axiom.kind == "TransitiveObjectProperty" or _chain(axiom):
        yield _property(axiom.parts[-1])


def _chain(axiom: Construct) -> tuple[Part, ...]:
    first = axiom.parts[0] if axiom.kind == "SubObjectPropertyOf" else None
    return first.parts if isinstance(first, Construct) and first.kind == "ObjectPropertyChain" else ()


def _order(axiom: Construct) -> Iterator[tuple[Property, Property]]:
    steps = [_property(step) for step in _chain(axiom)]
    made = _property(axiom.parts[-1]) if steps else (OWL.topObjectProperty, False)
    if steps == [made, made] or made == (OWL.topObjectProperty, False):
        return
    if steps[0] == made:
        steps = steps[1:]
    elif steps[-1] == made:
        steps = steps[:-1]
    yield from ((step, made) for step in steps)


def _above(axioms: Iterable[Construct]) -> dict[Property, set[Property]]:
    """Return the properties above each, by subproperties, equivalences, inverses and symmetry."""
    edges: dict[Property, set[Property]] = defaultdict(set)
    for axiom in axioms:
        for lower, upper in _edges(axiom):
            edges[lower].add(upper)
            edges[_inverse(lower)].add(_inverse(upper))
    return _closed(edges)


def _edges(axiom: Construct) -> Iterator[tuple[Property, Property]]:
    sides = [] if _chain(axiom) else [_property(part) for part in axiom.parts]
    match axiom.kind:
        case "SubObjectPropertyOf" if sides:
            yield sides[0], sides[1]
        case "EquivalentObjectProperties":
            yield from ((a, b) for a in sides for b in sides if a != b)
        case "InverseObjectProperties":
            yield sides[0], _inverse(sides[1])
            yield _inverse(sides[1]), sides[0]
        case "SymmetricObjectProperty":
            yield sides[0], _inverse(sides[0])


def _property(part: Part) -> Property:
    if isinstance(part, Construct) and part.kind == "ObjectInverseOf":
        return part.parts[0], True
    return part, False


def _inverse(one: Property) -> Property:
    return one[0], not one[1]


def _closed(edges: dict[Property, set[Property]]) -> dict[Property, set[Property]]:
    """Return what is reached from each, in one step or more."""
    closed: dict[Property, set[Property]] = defaultdict(set)
    for start in list(edges):
        todo = list(edges[start])
        while todo:
            one = todo.pop()
            if one not in closed[start]:
                closed[start].add(one)
                todo += edges.get(one, ())
    return closed
