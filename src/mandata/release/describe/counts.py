"""Numbers of distinct triples, terms, instances and links in a set of statements."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from mandata.rdf.canonical import CanonicalStatements, split_line
from mandata.rdf.namespaces import BASE, HOME, RDF

_TYPE = RDF + "type"


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of distinct triples, subjects and objects.

    ``classes`` has the number of instances by class, ``properties`` the number of triples by property.
    ``links`` has the number of triples by property and website, if the object is outside our namespaces.
    """

    triples: int
    subjects: int
    objects: int
    classes: Counter[str]
    properties: Counter[str]
    links: Counter[tuple[str, str]]


def count(quads: CanonicalStatements) -> Counts:
    """Return the numbers of a set of statements; one that is in several graphs counts once."""
    triples, subjects, objects = 0, 0, set[bytes]()
    classes, properties, links = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    for block in quads.blocks():  # a statement in two graphs is twice in one block
        distinct = {split_line(line)[0] for line in block.splitlines()}
        occurrences = Counter[tuple[bytes, bytes]]()
        for triple in distinct:
            _, predicate, value = triple.split(b" ", 2)
            occurrences[predicate, value] += 1
        triples += len(distinct)
        subjects += len({triple.partition(b" ")[0] for triple in distinct})
        for (predicate, value), number in occurrences.items():
            objects.add(value)
            name = predicate[1:-1].decode()
            properties[name] += number
            if value.startswith(b"<"):
                iri = value[1:-2].decode()
                if name == _TYPE:
                    classes[iri] += number
                elif place := external_site(iri):
                    links[name, place] += number
    return Counts(triples, subjects, len(objects), classes, properties, links)


def count_graphs(quads: CanonicalStatements) -> Counter[str]:
    """Return the number of statements in each named graph."""
    found = Counter(split_line(line)[1] for block in quads.blocks() for line in block.splitlines())
    return Counter({graph[1:-1].decode(): number for graph, number in found.items() if graph})


def external_site(iri: str) -> str:
    """Return the website of an IRI outside our namespaces, such as ``https://www.wikidata.org/``, else an empty one."""
    if iri.startswith((HOME, BASE)):
        return ""
    scheme, _, rest = iri.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}/" if rest else ""
