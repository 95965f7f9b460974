"""The namespaces of the ontology, of things and graphs, and of the vocabularies used, each with its prefix."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Final

HOME: Final = "https://w3id.org/mandata/"
"""The base of the IRIs of the ontology and its schemes, whoever publishes."""

BASE: Final = os.environ.get("MANDATA_BASE", HOME)
"""The base of the IRIs of things and graphs; an institution can set its own by ``MANDATA_BASE``."""

MD: Final = HOME + "ontology#"
SCHEME: Final = HOME + "scheme/"
ID: Final = BASE + "id/"
GRAPH: Final = BASE + "graph/"
DEFAULT_GRAPH: Final = GRAPH + "default"
"""In a remote store, the named graph with each statement once, which our own store has as its default graph."""

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCTERMS: Final = "http://purl.org/dc/terms/"
PROV: Final = "http://www.w3.org/ns/prov#"

PREFIXES: Final[dict[str, str]] = {
    "md": MD,
    "id": ID,
    "graph": GRAPH,
    "op": SCHEME + "operators/",
    "force": SCHEME + "forces/",
    "way": SCHEME + "citation-ways/",
    "certainty": SCHEME + "certainties/",
    "verb": SCHEME + "function-verbs/",
    "scheme": SCHEME,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "prov": PROV,
    "sh": "http://www.w3.org/ns/shacl#",
}
"""Prefix to namespace, as every dump, question and message writes them."""


def expand(curie: str) -> str:
    """Return the IRI that a prefixed name such as ``md:cites`` stands for; raises KeyError for an unknown prefix."""
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


@lru_cache(maxsize=100_000)
def prefixed_name(iri: str) -> str:
    """Return an IRI as a prefixed name such as ``md:cites``, by the longest namespace; unchanged if none matches."""
    matches = [(len(space), prefix) for prefix, space in PREFIXES.items() if iri.startswith(space) and iri != space]
    if not matches:
        return iri
    length, prefix = max(matches)
    return f"{prefix}:{iri[length:]}"
