"""What there is of each thing in a set of statements, counted once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from mandata.rdf.canonical import CanonicalStatements, split_line
from mandata.rdf.namespaces import BASE, HOME, RDF

_TYPE = RDF + "type"


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


def count(quads: CanonicalStatements) -> Counts:
    """Count statements, whichever graph each stands in."""
    triples, subjects, objects = 0, 0, set[bytes]()
    classes, properties, links = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    for block in quads.blocks():  # the same statement in two graphs stands in one of them
        distinct = {split_line(line)[0] for line in block.splitlines()}
        spoken = Counter[tuple[bytes, bytes]]()
        for triple in distinct:
            _, predicate, value = triple.split(b" ", 2)
            spoken[predicate, value] += 1
        triples += len(distinct)
        subjects += len({triple.partition(b" ")[0] for triple in distinct})
        for (predicate, value), number in spoken.items():
            objects.add(value)
            name = predicate[1:-1].decode()
            properties[name] += number
            if value.startswith(b"<"):
                iri = value[1:-2].decode()
                if name == _TYPE:
                    classes[iri] += number
                elif place := elsewhere(iri):
                    links[name, place] += number
    return Counts(triples, subjects, len(objects), classes, properties, links)


def count_graphs(quads: CanonicalStatements) -> Counter[str]:
    """Return how many statements stand in each named graph."""
    found = Counter(split_line(line)[1] for block in quads.blocks() for line in block.splitlines())
    return Counter({graph[1:-1].decode(): number for graph, number in found.items() if graph})


def elsewhere(iri: str) -> str:
    """Return the place that an IRI of others is at, such as ``https://www.wikidata.org/``; empty for one of ours."""
    if iri.startswith((HOME, BASE)):
        return ""
    scheme, _, rest = iri.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}/" if rest else ""
