"""What the scheme of operators says of each: the property that carries its intent, its force, what translates it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import pyoxigraph as ox

from mandata.package_data import shipped_path
from mandata.rdf.namespaces import MD, PREFIXES


@cache
def intent_properties() -> Mapping[str, str]:
    """Return the property of the ontology, such as ``recalls``, that each operator's intent is stated by."""
    return {concept: value.removeprefix(MD) for concept, value in _values("intentProperty").items()}


@cache
def forces() -> Mapping[str, str]:
    """Return the force of each operative operator, as the IRI of its concept."""
    return _values("force")


@cache
def translations() -> frozenset[tuple[str, str]]:
    """Return the pairs of operators, each in both orders, that language versions use for one another."""
    pairs = ((one, other.removeprefix(PREFIXES["op"])) for one, other in _pairs(PREFIXES["skos"] + "closeMatch"))
    return frozenset(pair for one, other in pairs for pair in ((one, other), (other, one)))


def _values(prop: str) -> dict[str, str]:
    return dict(_pairs(MD + prop))


def _pairs(predicate: str) -> Iterator[tuple[str, str]]:
    """Yield each operator of which the scheme states something, and the IRI that it states."""
    for quad in ox.parse(path=str(shipped_path("ontology/schemes/operators.ttl"))):
        if quad.predicate.value == predicate:
            yield quad.subject.value.removeprefix(PREFIXES["op"]), quad.object.value
