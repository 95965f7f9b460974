"""Statements as JSON, for programs that read no RDF, and as JSON-LD; both have the terms' local names as keys.

The JSON-LD of a document, read with its context, gives the same triples as its Turtle.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from mandata.rdf.namespaces import ID, MD, OWL, PREFIXES, RDF, RDFS, SKOS, XSD, prefixed_name
from mandata.rdf.natural_order import natural_sort_key

_TYPE: Final = RDF + "type"
_OBJECT_PROPERTY: Final = OWL + "ObjectProperty"
_OTHER_VOCABULARIES: Final = {RDFS + "label": "label", SKOS + "altLabel": "altLabel", SKOS + "prefLabel": "prefLabel"}
CONTEXT: Final = "context.jsonld"


@dataclass(frozen=True, slots=True)
class Context:
    """The JSON key of each property by IRI; the values of the properties in ``links`` are IRIs."""

    keys: Mapping[str, str]
    links: frozenset[str]

    def json(self) -> dict[str, Any]:
        """Return the context in the form of JSON-LD 1.1."""
        named = {
            key: {"@id": iri, "@type": "@id"} if iri in self.links else {"@id": iri}
            for iri, key in sorted(self.keys.items(), key=lambda pair: pair[1])
        }
        return {"@context": {"@version": 1.1, **dict(sorted(PREFIXES.items())), **named}}


def context_of(axioms: Iterable[ox.Quad]) -> Context:
    """Return the context for the terms of the ontology, each property under its local name."""
    keys, links = dict(_OTHER_VOCABULARIES), set()
    for quad in axioms:
        subject = quad.subject
        if quad.predicate.value == _TYPE and isinstance(subject, ox.NamedNode) and subject.value.startswith(MD):
            local = subject.value.removeprefix(MD)
            if local[0].islower() and local not in PREFIXES:
                keys[subject.value] = local
                links |= {subject.value} if quad.object == ox.NamedNode(_OBJECT_PROPERTY) else set()
    return Context(keys, frozenset(links))


def as_json_ld(quads: Iterable[ox.Quad], context: Context, address: str) -> bytes:
    """Return statements as JSON-LD that refers to ``context`` by its ``address``.

    Args:
        quads: the statements.
        context: the keys of the properties.
        address: the IRI, relative or absolute, of the context.
    """
    nodes = []
    for subject, properties in _by_subject(quads):
        node: dict[str, Any] = {"@id": _short(subject)}
        if types := properties.pop(_TYPE, None):
            node["@type"] = [_short(one.value) for one in types]
        nodes.append(node | _by_key(properties, context, _json_ld_value))
    return json_bytes({"@context": address, "@graph": nodes})


def as_json(quads: Iterable[ox.Quad], context: Context) -> bytes:
    """Return statements as plain JSON: a list of things, words by language, names of things without their base.

    Args:
        quads: the statements.
        context: the keys of the properties.
    """
    nodes = []
    for subject, properties in _by_subject(quads):
        node: dict[str, Any] = {"id": _local(subject)}
        if types := properties.pop(_TYPE, None):
            node["type"] = [_local(one.value) for one in types]
        nodes.append(node | _by_key(properties, context, _json_value))
    return json_bytes(nodes)


def json_bytes(value: Any) -> bytes:
    """Return a value as JSON that a person can read."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _by_subject(quads: Iterable[ox.Quad]) -> list[tuple[str, dict[str, list[Any]]]]:
    subjects: dict[str, dict[str, set[Any]]] = {}
    for quad in quads:
        properties = subjects.setdefault(quad.subject.value, {})  # type: ignore[union-attr] # none of them is a triple
        properties.setdefault(quad.predicate.value, set()).add(quad.object)
    return [
        (subject, {name: _sort_values(values) for name, values in sorted(properties.items())})
        for subject, properties in sorted(subjects.items(), key=lambda pair: natural_sort_key(pair[0]))
    ]


def _sort_values(values: Iterable[Any]) -> list[Any]:
    listed = list(values)
    return sorted(listed, key=_natural) if len(listed) > 1 else listed


def _natural(value: Any) -> tuple[bytes, str]:
    return natural_sort_key(str(value).removeprefix("<").removesuffix(">"))


def _by_key(
    properties: Mapping[str, Sequence[Any]], context: Context, write: Callable[[Any, bool], Any]
) -> dict[str, Any]:
    return {
        context.keys.get(name) or _short(name): [write(value, name in context.links) for value in values]
        for name, values in properties.items()
    }


def _json_ld_value(value: Any, coerced: bool) -> Any:
    """Return a value as JSON-LD; the context declares that the string of a ``coerced`` one is an IRI."""
    if isinstance(value, ox.NamedNode):
        return _short(value.value) if coerced else {"@id": _short(value.value)}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    datatype = value.datatype.value
    if datatype == XSD + "string":
        return {"@value": value.value} if coerced else value.value
    return {"@value": value.value, "@type": _short(datatype)}


def _json_value(value: Any, _: bool) -> Any:
    if isinstance(value, ox.NamedNode):
        return _local(value.value)
    if value.language:
        return {value.language: value.value}
    return value.value


def _local(iri: str) -> str:
    return iri.removeprefix(ID) if iri.startswith(ID) else iri.removeprefix(MD) if iri.startswith(MD) else _short(iri)


def _short(iri: str) -> str:
    """Return an IRI as a prefixed name, or unchanged if the prefixed name would read as a URL, such as ``a://b``."""
    name = prefixed_name(iri)
    return iri if name.partition(":")[2].startswith("//") else name
