"""Metadata for query editors: prefixes as SHACL declarations, and the questions as SHACL-SPARQL executables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from mandata.query.queryfile import load
from mandata.rdf.namespaces import PREFIXES, RDF, RDFS, XSD

_SH: Final = PREFIXES["sh"]
_TARGET: Final = "https://schema.org/target"


def prefixes_and_questions(
    endpoint: str, service: str, prefixes: Mapping[str, str]
) -> Iterator[tuple[str, str, ox.NamedNode | ox.Literal]]:
    """Yield the statements that declare the prefixes of a service and its example queries, without blank nodes.

    Args:
        endpoint: the address of the endpoint.
        service: the IRI of the service.
        prefixes: those that queries may use without declaring them. If there are none, the store is not one of ours,
            and the questions are left out.
    """
    for prefix, namespace in sorted(prefixes.items()):
        declaration = f"{endpoint}#prefix-{prefix}"
        yield service, _SH + "declare", ox.NamedNode(declaration)
        yield declaration, _SH + "prefix", ox.Literal(prefix)
        yield declaration, _SH + "namespace", ox.Literal(namespace, datatype=ox.NamedNode(XSD + "anyURI"))
    for question in load().values() if prefixes else ():
        example = f"{endpoint}#example-{question.name}"
        for kind in ("SPARQLExecutable", "SPARQLSelectExecutable"):
            yield example, RDF + "type", ox.NamedNode(_SH + kind)
        for language, words in sorted(question.words.items()):
            yield example, RDFS + "comment", ox.Literal(words, language=language)
        yield example, _SH + "select", ox.Literal(question.query)
        yield example, _SH + "prefixes", ox.NamedNode(service)
        yield example, _TARGET, ox.NamedNode(endpoint)
