"""Building blocks of the descriptions: prefixes, terms, and the publisher's texts in ``data/publication.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final

import pyoxigraph as ox

from mandata.package_data import read_yaml, shipped_path
from mandata.rdf.local_names import thing
from mandata.rdf.namespaces import PREFIXES, XSD
from mandata.rdf.turtle import turtle
from mandata.un.symbol import parse

Term = ox.NamedNode | ox.Literal

NAMESPACES: Final[dict[str, str]] = {
    **PREFIXES,
    "as": "https://www.w3.org/ns/activitystreams#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "formats": "http://www.w3.org/ns/formats/",
    "ldes": "https://w3id.org/ldes#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "spdx": "http://spdx.org/rdf/terms#",
    "tree": "https://w3id.org/tree#",
    "void": "http://rdfs.org/ns/void#",
}
"""The namespace of each prefix of the descriptions."""

MEDIA: Final = {
    "ttl": "text/turtle",
    "trig": "application/trig",
    "nq": "application/n-quads",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "json": "application/json",
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "xml": "application/xml",
    "gz": "application/gzip",
}
"""The media type of each file name extension."""


def statements_about(subject: str, properties: Mapping[str, Term | Iterable[Term]]) -> Iterator[ox.Quad]:
    """Yield a statement about ``subject`` for each value of ``properties``, which are given by prefixed names."""
    for name, values in properties.items():
        for value in [values] if isinstance(values, ox.NamedNode | ox.Literal) else values:
            yield ox.Quad(ox.NamedNode(subject), node(name), value)


def node(name: str) -> ox.NamedNode:
    """Return the IRI of a prefixed name such as ``void:Dataset``."""
    prefix, _, local = name.partition(":")
    return ox.NamedNode(NAMESPACES[prefix] + local)


def link(iri: str) -> ox.NamedNode:
    """Return a full IRI as a node."""
    return ox.NamedNode(iri)


def number(value: int) -> ox.Literal:
    """Return an integer as a literal."""
    return ox.Literal(str(value), datatype=ox.NamedNode(XSD + "integer"))


def day(value: str) -> ox.Literal:
    """Return a date as a literal."""
    return ox.Literal(value, datatype=ox.NamedNode(XSD + "date"))


def publication_literals(*keys: str) -> list[ox.Literal]:
    """Return the text of the publication file under these keys, as a literal in each language."""
    text: Any = publication()
    for key in keys:
        text = text[key]
    return [ox.Literal(text[language], language=language) for language in LANGUAGES]


def rights() -> str:
    """Return the IRI of the document on the rights in documents of the United Nations."""
    return thing(parse(publication()["rights"]["symbol"]).local_name)


@cache
def publication() -> dict[str, Any]:
    """Return the publisher's metadata and texts."""
    found: dict[str, Any] = read_yaml(shipped_path("data/publication.yaml"))
    return found


LANGUAGES: Final = ("en", "fr")
_AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
LANGUAGE_NAMES: Final = {"en": f"{_AUTHORITY}language/ENG", "fr": f"{_AUTHORITY}language/FRA"}
THEME_TAXONOMY: Final = f"{_AUTHORITY}data-theme"
THEMES: Final = (f"{THEME_TAXONOMY}/INTR", f"{THEME_TAXONOMY}/JUST")
AVAILABILITY: Final = f"{_AUTHORITY}planned-availability/STABLE"
"""Languages, themes and availability as DCAT-AP requires them, from the authority tables of the European Union."""


def to_turtle(quads: Iterable[ox.Quad]) -> bytes:
    """Return statements as Turtle with the prefixes of the descriptions."""
    return turtle(quads, NAMESPACES).encode()
