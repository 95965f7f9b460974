"""Turtle for tests: prefixes stand already, blank nodes are named."""

from __future__ import annotations

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from mandata.rdf.namespaces import PREFIXES, expand
from mandata.reason import Fact, fact_of

_HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in {**PREFIXES, "": "https://example.org/"}.items())


def triples(turtle: str) -> list[Triple]:
    return [Triple(q.subject, q.predicate, q.object) for q in parse(_HEAD + turtle, format=RdfFormat.TURTLE)]


def facts(turtle: str) -> list[Fact]:
    return [fact_of(triple) for triple in triples(turtle)]


def fact(subject: str, predicate: str, value: str) -> Fact:
    return NamedNode(expand(subject)), NamedNode(expand(predicate)), NamedNode(expand(value))
