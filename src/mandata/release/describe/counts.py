"""What there is of each thing in a set of statements, counted once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from mandata.rdf.canonical import Canonical
from mandata.rdf.namespaces import BASE, HOME, RDF
from mandata.rdf.term_columns import DEFAULT, cut

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


def count(quads: Canonical) -> Counts:
    """Count statements, whichever graph each stands in."""
    triples, subjects, objects = 0, 0, set[bytes]()
    classes, properties, links = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    for block in quads.blocks():  # the same statement in two graphs stands in one of them
        one, spoken, said, _ = cut(block, 4)
        keys = (one.numbers * len(spoken.terms) + spoken.numbers) * len(said.terms) + said.numbers
        pairs, found = np.divmod(np.unique(keys), len(said.terms))
        triples, subjects = triples + len(pairs), subjects + len(one.terms)
        objects.update(said.terms)
        names = [term[1:-1].decode() for term in spoken.terms]
        pairs = pairs % len(names) * len(said.terms) + found
        for pair, number in zip(*(of.tolist() for of in np.unique(pairs, return_counts=True)), strict=True):
            name, term = names[pair // len(said.terms)], said.terms[pair % len(said.terms)]
            properties[name] += number
            if term.startswith(b"<"):
                iri = term[1:-1].decode()
                if name == _TYPE:
                    classes[iri] += number
                elif place := elsewhere(iri):
                    links[name, place] += number
    return Counts(triples, subjects, len(objects), classes, properties, links)


def count_graphs(quads: Canonical) -> Counter[str]:
    """Return how many statements stand in each named graph."""
    graphs = Counter[str]()
    for block in quads.blocks():
        *_, places = cut(block, 4)
        numbers = np.bincount(places.numbers).tolist()
        graphs.update(
            {term[1:-1].decode(): n for term, n in zip(places.terms, numbers, strict=True) if term != DEFAULT}
        )
    return graphs


def elsewhere(iri: str) -> str:
    """Return the place that an IRI of others is at, such as ``https://www.wikidata.org/``; empty for one of ours."""
    if iri.startswith((HOME, BASE)):
        return ""
    scheme, _, rest = iri.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}/" if rest else ""
