"""The description of a release by VoID: its statistics, its links to other datasets, its dumps."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import pyoxigraph as ox

from mandata.kb.statements import Statements
from mandata.rdf.namespaces import ID, PREFIXES
from mandata.release.describe.counts import Counts, count
from mandata.release.describe.terms import day, link, node, number, publication_literals, statements_about
from mandata.release.edition import DATASET, Edition, address
from mandata.release.files import PARTS, statements_of_part

VOCABULARIES = ("md", "rdf", "rdfs", "skos", "dcterms")


def void(statements: Statements, edition: Edition) -> Iterator[ox.Quad]:
    """Yield the description of the ``statements`` of an ``edition``: the whole, its parts, partitions and linksets."""
    counts = {part: count(statements_of_part(statements, part)) for part in PARTS}
    whole = edition.iri
    yield from statements_about(
        whole,
        {
            "rdf:type": node("void:Dataset"),
            "dcterms:title": publication_literals("title"),
            "dcterms:isVersionOf": link(DATASET),
            "dcterms:issued": day(edition.day),
            "void:uriSpace": ox.Literal(ID),
            "void:vocabulary": [link(PREFIXES[prefix]) for prefix in VOCABULARIES],
            "void:subset": [link(f"{whole}/{part}") for part in PARTS if part],
        },
    )
    for part in PARTS:
        yield from _part(f"{whole}/{part}" if part else whole, part, edition, counts[part])
    yield from _linksets(whole, counts[""])


def _part(iri: str, part: str, edition: Edition, counts: Counts) -> Iterator[ox.Quad]:
    classes = {f"{iri}/class-{_key(name)}": (name, n) for name, n in counts.classes.items()}
    properties = {f"{iri}/property-{_key(name)}": (name, n) for name, n in counts.properties.items()}
    yield from statements_about(
        iri,
        {
            "rdf:type": node("void:Dataset"),
            "dcterms:description": publication_literals("distributions", part),
            "void:triples": number(counts.triples),
            "void:distinctSubjects": number(counts.subjects),
            "void:distinctObjects": number(counts.objects),
            "void:classes": number(len(classes)),
            "void:properties": number(len(properties)),
            "void:classPartition": map(link, classes),
            "void:propertyPartition": map(link, properties),
            "void:dataDump": [link(address(edition.dump(part, ending))) for ending in ("ttl", "nq", "trig")],
        },
    )
    for subset, (name, n) in classes.items():
        yield from statements_about(subset, {"void:class": link(name), "void:entities": number(n)})
    for subset, (name, n) in properties.items():
        yield from statements_about(subset, {"void:property": link(name), "void:triples": number(n)})


def _linksets(whole: str, counts: Counts) -> Iterator[ox.Quad]:
    for (name, place), n in counts.links.items():
        yield from statements_about(
            f"{whole}/links-{_key(name + ' ' + place)}",
            {
                "rdf:type": node("void:Linkset"),
                "void:linkPredicate": link(name),
                "void:subjectsTarget": link(whole),
                "void:objectsTarget": link(place),
                "void:triples": number(n),
            },
        )
        yield from statements_about(place, {"rdf:type": node("void:Dataset"), "void:uriSpace": ox.Literal(place)})


def _key(iri: str) -> str:
    """Return a name for a subset: the last segment of the IRI, and a checksum that makes it unique."""
    end = "".join(letter for letter in iri.rstrip("/").replace("#", "/").rpartition("/")[2] if letter.isalnum())
    return f"{end}-{sha256(iri.encode()).hexdigest()[:8]}"
