"""What is stated of a thing and its parts, in the forms of data that stand beside its page."""

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
"""The ending of each form to its media type."""


@cache
def context() -> Context:
    """Return the keys of the JSON forms."""
    return context_of(axioms())


def written(statements: Sequence[ox.Quad], form: str) -> bytes:
    """Return statements in a form, as a release writes them."""
    if form == "jsonld":
        return as_json_ld(statements, context(), f"../{CONTEXT}")
    if form == "json":
        return as_json(statements, context())
    return (turtle if form == "ttl" else nquads)(statements).encode()


def about(site: Site, lookup: Lookup, iri: str) -> list[ox.Quad]:
    """Return what is stated of a thing and of all its parts."""
    belongs, found, todo = _belonging(site, iri), dict[str, None](), [iri]
    while todo:
        if (one := todo.pop()) not in found:
            found[one] = None
            todo += filter(belongs, _beside(lookup, one))
    subjects = map(ox.NamedNode, found)
    return [
        ox.Quad(subject, prop, value)
        for subject in subjects
        for _, prop, value in lookup(subject, None, None, None)
        if not isinstance(value, ox.BlankNode)
    ]


def _belonging(site: Site, iri: str) -> Callable[[str], bool]:
    """Return what tells of an IRI whether it is a part: of a document by its name, of another thing by its page."""
    if site.is_document(iri):
        name = iri.removeprefix(ID)
        return lambda one: one.startswith(ID) and read_name(one.removeprefix(ID)).document == name
    address = site.addresses.of(iri)
    page = address.page if address else ""
    return lambda one: one.startswith(ID) and (at := site.addresses.of(one)) is not None and at.page == page


def _beside(lookup: Lookup, iri: str) -> Iterator[str]:
    node = ox.NamedNode(iri)
    yield from (value.value for _, _, value in lookup(node, None, None, None) if isinstance(value, ox.NamedNode))
    yield from (one.value for one, _, _ in lookup(None, None, node, None) if isinstance(one, ox.NamedNode))
