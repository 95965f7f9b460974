"""Statements of a description: their prefixes, and the words that the publisher chose."""

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
"""Prefix to namespace, as the descriptions write them."""

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
"""The media type of each ending of a file."""


def stated(subject: str, properties: Mapping[str, Term | Iterable[Term]]) -> Iterator[ox.Quad]:
    """Yield a statement for each value of each property, whose names are prefixed ones."""
    for name, values in properties.items():
        for value in [values] if isinstance(values, ox.NamedNode | ox.Literal) else values:
            yield ox.Quad(ox.NamedNode(subject), node(name), value)


def node(name: str) -> ox.NamedNode:
    """Return the term of a prefixed name such as ``void:Dataset``."""
    prefix, _, local = name.partition(":")
    return ox.NamedNode(NAMESPACES[prefix] + local)


def link(iri: str) -> ox.NamedNode:
    """Return a thing by its whole IRI."""
    return ox.NamedNode(iri)


def number(value: int) -> ox.Literal:
    """Return a whole number."""
    return ox.Literal(str(value), datatype=ox.NamedNode(XSD + "integer"))


def day(value: str) -> ox.Literal:
    """Return a day."""
    return ox.Literal(value, datatype=ox.NamedNode(XSD + "date"))


def said(*keys: str) -> list[ox.Literal]:
    """Return the words that the publisher chose, in each of their languages."""
    words: Any = publication()
    for key in keys:
        words = words[key]
    return [ox.Literal(words[language], language=language) for language in LANGUAGES]


def rights() -> str:
    """Return the IRI of the document that says what rights there are in documents of the United Nations."""
    return thing(parse(publication()["rights"]["symbol"]).local_name)


@cache
def publication() -> dict[str, Any]:
    """Return what the publisher says of a release."""
    found: dict[str, Any] = read_yaml(shipped_path("data/publication.yaml"))
    return found


LANGUAGES: Final = ("en", "fr")
_AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
LANGUAGE_NAMES: Final = {"en": f"{_AUTHORITY}language/ENG", "fr": f"{_AUTHORITY}language/FRA"}
THEME_TAXONOMY: Final = f"{_AUTHORITY}data-theme"
THEMES: Final = (f"{THEME_TAXONOMY}/INTR", f"{THEME_TAXONOMY}/JUST")
AVAILABILITY: Final = f"{_AUTHORITY}planned-availability/STABLE"
"""What DCAT-AP wants named by the authority tables of the European Union: languages, themes, availability."""


def written(quads: Iterable[ox.Quad]) -> bytes:
    """Return statements as Turtle with these prefixes."""
    return turtle(quads, NAMESPACES).encode()
