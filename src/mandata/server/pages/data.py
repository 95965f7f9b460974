"""The statements of a thing and its parts, in the RDF and JSON serializations that are linked from its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final

import pyoxigraph as ox

from mandata.kb.statements import axioms
from mandata.rdf.canonical import nquads
from mandata.rdf.json_ld import CONTEXT, Context, as_json, as_json_ld, context_of
from mandata.rdf.local_names import read_name
from mandata.rdf.namespaces import ID
from mandata.rdf.turtle import turtle
from mandata.site import Site
from mandata.site.stored_resources import Lookup

KINDS: Final = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "json": "application/json",
}
"""The media type of each serialization, by its file ending."""


@cache
def context() -> Context:
    """Return the JSON-LD context of the JSON serializations."""
    return context_of(axioms())


def serialize(statements: Sequence[ox.Quad], form: str) -> bytes:
    """Return statements in a serialization, as a release writes them.

    Args:
        statements: the statements of one thing.
        form: the file ending of the serialization, a key of ``KINDS``.
    """
    if form == "jsonld":
        return as_json_ld(statements, context(), f"../{CONTEXT}")
    if form == "json":
        return as_json(statements, context())
    return (turtle if form == "ttl" else nquads)(statements).encode()


def statements_about(site: Site, lookup: Lookup, iri: str) -> list[ox.Quad]:
    """Return the statements whose subject is a thing or one of its parts.

    Args:
        site: knows which things are shown on which page.
        lookup: returns the statements of the store that match a pattern.
        iri: the thing.
    """
    is_part, parts, queue = _membership(site, iri), dict[str, None](), [iri]
    while queue:
        if (part := queue.pop()) not in parts:
            parts[part] = None
            queue += filter(is_part, _neighbours(lookup, part))
    subjects = map(ox.NamedNode, parts)
    return [
        ox.Quad(subject, prop, value)
        for subject in subjects
        for _, prop, value in lookup(subject, None, None, None)
        if not isinstance(value, ox.BlankNode)
    ]


def _membership(site: Site, iri: str) -> Callable[[str], bool]:
    """Return a test of whether an IRI is a part of a thing: of a document by its name, of others by their page."""
    if site.is_document(iri):
        name = iri.removeprefix(ID)
        return lambda other: other.startswith(ID) and read_name(other.removeprefix(ID)).document == name
    address = site.addresses.of(iri)
    page = address.page if address else ""
    return lambda other: other.startswith(ID) and (at := site.addresses.of(other)) is not None and at.page == page


def _neighbours(lookup: Lookup, iri: str) -> Iterator[str]:
    node = ox.NamedNode(iri)
    yield from (value.value for _, _, value in lookup(node, None, None, None) if isinstance(value, ox.NamedNode))
    yield from (subject.value for subject, _, _ in lookup(None, None, node, None) if isinstance(subject, ox.NamedNode))
