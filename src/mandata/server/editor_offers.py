"""What the service offers an editor: prefixes as SHACL declares them, the questions as SHACL-SPARQL has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from mandata.query.queryfile import load
from mandata.rdf.namespaces import PREFIXES, RDF, RDFS, XSD

_SH: Final = PREFIXES["sh"]
_TARGET: Final = "https://schema.org/target"


def offers(
    endpoint: str, service: str, prefixes: Mapping[str, str]
) -> Iterator[tuple[str, str, ox.NamedNode | ox.Literal]]:
    """Yield the prefixes that queries may use without declaring them, and the questions; no blank nodes.

    Where nothing is declared, a store of others' statements is served, to which the questions mean nothing.
    """
    for prefix, namespace in sorted(prefixes.items()):
        declared = f"{endpoint}#prefix-{prefix}"
        yield service, _SH + "declare", ox.NamedNode(declared)
        yield declared, _SH + "prefix", ox.Literal(prefix)
        yield declared, _SH + "namespace", ox.Literal(namespace, datatype=ox.NamedNode(XSD + "anyURI"))
    for question in load().values() if prefixes else ():
        example = f"{endpoint}#example-{question.name}"
        for kind in ("SPARQLExecutable", "SPARQLSelectExecutable"):
            yield example, RDF + "type", ox.NamedNode(_SH + kind)
        for language, words in sorted(question.words.items()):
            yield example, RDFS + "comment", ox.Literal(words, language=language)
        yield example, _SH + "select", ox.Literal(question.query)
        yield example, _SH + "prefixes", ox.NamedNode(service)
        yield example, _TARGET, ox.NamedNode(endpoint)
