"""What there is of each thing in a set of statements, counted once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from mandata.vocab import BASE, HOME, RDF

_TYPE = ox.NamedNode(RDF + "type")


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of distinct triples and terms; ``classes`` has instances, ``properties`` triples, by IRI.

    ``links`` counts the triples that lead out of our namespaces, by the property and the place they lead to.
    """

    triples: int
    subjects: int
    objects: int
    classes: Counter[str]
    properties: Counter[str]
    links: Counter[tuple[str, str]]


def count(quads: Iterable[ox.Quad]) -> Counts:
    """Count a set of statements, whichever graph each stands in."""
    triples = {quad.triple for quad in quads}
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    links: Counter[tuple[str, str]] = Counter()
    subjects, objects = set(), set()
    for triple in triples:
        subjects.add(triple.subject)
        objects.add(triple.object)
        properties[triple.predicate.value] += 1
        if isinstance(triple.object, ox.NamedNode):
            if triple.predicate == _TYPE:
                classes[triple.object.value] += 1
            elif place := elsewhere(triple.object.value):
                links[triple.predicate.value, place] += 1
    return Counts(len(triples), len(subjects), len(objects), classes, properties, links)


def elsewhere(iri: str) -> str:
    """Return the place that an IRI of others is at, such as ``https://www.wikidata.org/``; empty for one of ours."""
    if iri.startswith((HOME, BASE)):
        return ""
    scheme, _, rest = iri.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}/" if rest else ""
