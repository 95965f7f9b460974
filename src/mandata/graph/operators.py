"""What the scheme of operators says of each operator: the property that carries its intent, and its force."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pyoxigraph as ox

from mandata.resources import shipped
from mandata.vocab import MD, PREFIXES


@cache
def intent_properties() -> Mapping[str, str]:
    """Return the property of the ontology, such as ``recalls``, that each operator's intent is stated by."""
    return {concept: value.removeprefix(MD) for concept, value in _values("intentProperty").items()}


@cache
def forces() -> Mapping[str, str]:
    """Return the force of each operative operator, as the IRI of its concept."""
    return _values("force")


def _values(prop: str) -> dict[str, str]:
    found = {}
    for quad in ox.parse(path=str(shipped("ontology/schemes/operators.ttl"))):
        if quad.predicate.value == MD + prop:
            found[quad.subject.value.removeprefix(PREFIXES["op"])] = quad.object.value
    return found
