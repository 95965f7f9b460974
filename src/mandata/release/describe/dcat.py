"""The description of a release by DCAT 3: the catalogue, the series of all releases, this one, its distributions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from mandata.rdf.namespaces import BASE, XSD
from mandata.release.describe.terms import (
    AVAILABILITY,
    LANGUAGE_NAMES,
    LANGUAGES,
    MEDIA,
    THEME_TAXONOMY,
    THEMES,
    day,
    link,
    node,
    publication,
    publication_literals,
    rights,
    statements_about,
)
from mandata.release.edition import DATASET, Edition, address, release_iri
from mandata.release.files import FORMS, PARTS
from mandata.release.manifest import FileEntry

CATALOGUE = BASE + "catalogue"
PUBLISHER = BASE + "publisher"
_FORMATS = {"ttl": "Turtle", "trig": "TriG", "nq": "N-Quads"}


def dcat(edition: Edition, identity: str, entries: Mapping[str, FileEntry]) -> Iterator[ox.Quad]:
    """Yield the description.

    Args:
        edition: the release.
        identity: the SHA-256 of its canonical N-Quads.
        entries: the files of the release by path, the dumps among them.
    """
    yield from _catalogue()
    yield from _release(edition, identity)
    yield from _publisher_and_rights()
    for part in PARTS:
        for ending in FORMS:
            path = edition.dump(part, ending)
            yield from _distribution(path, part, ending, entries[path])


def _catalogue() -> Iterator[ox.Quad]:
    shared = {"dcterms:publisher": link(PUBLISHER), "dcterms:license": link(publication()["licence"])}
    yield from statements_about(
        CATALOGUE,
        {
            "rdf:type": node("dcat:Catalog"),
            "dcterms:title": publication_literals("catalogue"),
            "dcterms:description": publication_literals("description"),
            "dcat:dataset": link(DATASET),
            "foaf:homepage": link(BASE),
            "dcat:themeTaxonomy": link(THEME_TAXONOMY),
            "dcterms:language": [link(LANGUAGE_NAMES[language]) for language in LANGUAGES],
            **shared,
        },
    )
    yield from statements_about(
        DATASET,
        {
            "rdf:type": node("dcat:DatasetSeries"),
            "dcterms:title": publication_literals("series"),
            "dcterms:description": publication_literals("description"),
            **shared,
        },
    )


def _release(edition: Edition, identity: str) -> Iterator[ox.Quad]:
    version = ox.Literal(edition.version)
    yield from statements_about(CATALOGUE, {"dcat:dataset": link(edition.iri), "dcterms:modified": day(edition.day)})
    yield from statements_about(
        edition.iri,
        {
            "rdf:type": [node("dcat:Dataset"), node("owl:Ontology")],
            "dcterms:title": publication_literals("title"),
            "dcterms:description": publication_literals("description"),
            "dcterms:identifier": ox.Literal(f"sha256:{identity}"),
            "dcterms:issued": day(edition.day),
            "dcterms:publisher": link(PUBLISHER),
            "dcterms:creator": link(PUBLISHER),
            "dcterms:license": link(publication()["licence"]),
            "dcterms:rights": link(rights()),
            "dcterms:language": [link(LANGUAGE_NAMES[language]) for language in LANGUAGES],
            "dcat:theme": [link(theme) for theme in THEMES],
            "dcat:landingPage": link(BASE),
            "dcterms:source": link(publication()["source"]),
            "dcat:inSeries": link(DATASET),
            "dcat:version": version,
            "owl:versionInfo": version,
            "owl:versionIRI": link(edition.iri),
            "dcat:keyword": _keywords(),
            "dcat:distribution": [link(address(edition.dump(part, ending))) for part in PARTS for ending in FORMS],
        },
    )
    if edition.prior:
        prior = link(release_iri(edition.prior))
        yield from statements_about(
            edition.iri, {"owl:priorVersion": prior, "dcat:previousVersion": prior, "dcat:prev": prior}
        )


def _keywords() -> Iterator[ox.Literal]:
    for language in LANGUAGES:
        yield from (ox.Literal(word, language=language) for word in publication()["keywords"][language])


def _publisher_and_rights() -> Iterator[ox.Quad]:
    name = ox.Literal(publication()["publisher"])
    yield from statements_about(PUBLISHER, {"rdf:type": node("foaf:Agent"), "foaf:name": name})
    yield from statements_about(
        rights(),
        {
            "rdf:type": node("dcterms:RightsStatement"),
            "rdfs:label": ox.Literal(publication()["rights"]["symbol"]),
            "md:symbol": ox.Literal(publication()["rights"]["symbol"]),
            "dcterms:description": [*publication_literals("rights"), *publication_literals("acknowledgement")],
        },
    )


def _distribution(path: str, part: str, ending: str, entry: FileEntry) -> Iterator[ox.Quad]:
    iri = address(path)
    checksum = f"{iri}.sha256"
    yield from statements_about(
        iri,
        {
            "rdf:type": node("dcat:Distribution"),
            "dcterms:title": publication_literals("distributions", part),
            "dcterms:description": publication_literals("distributions", part),
            "dcatap:availability": link(AVAILABILITY),
            "dcterms:license": link(publication()["licence"]),
            "dcat:accessURL": link(iri),
            "dcat:downloadURL": link(iri),
            "dcterms:format": node(f"formats:{_FORMATS[ending]}"),
            "dcat:mediaType": link(_iana(MEDIA[ending])),
            "dcat:compressFormat": link(_iana(MEDIA["gz"])),
            "dcat:byteSize": ox.Literal(str(entry.size), datatype=ox.NamedNode(XSD + "nonNegativeInteger")),
            "spdx:checksum": link(checksum),
        },
    )
    yield from statements_about(
        checksum,
        {
            "rdf:type": node("spdx:Checksum"),
            "spdx:algorithm": node("spdx:checksumAlgorithm_sha256"),
            "spdx:checksumValue": ox.Literal(entry.sha256, datatype=ox.NamedNode(XSD + "hexBinary")),
        },
    )


def _iana(media: str) -> str:
    return f"https://www.iana.org/assignments/media-types/{media}"
