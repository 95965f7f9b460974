"""The SPARQL service description of the endpoint of a release: its language, result formats and graphs."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from mandata.kb.statements import Statements
from mandata.rdf.namespaces import BASE
from mandata.release.describe.counts import count, count_graphs
from mandata.release.describe.terms import link, node, number, statements_about
from mandata.release.edition import Edition

ENDPOINT = BASE + "sparql"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle")


def service(statements: Statements, edition: Edition) -> Iterator[ox.Quad]:
    """Yield the description of the endpoint for the ``statements`` of an ``edition``, with the sizes of the graphs."""
    default = f"{edition.iri}/default-graph"
    graphs = count_graphs(statements.together)
    yield from statements_about(
        ENDPOINT,
        {
            "rdf:type": node("sd:Service"),
            "sd:endpoint": link(ENDPOINT),
            "sd:supportedLanguage": node("sd:SPARQL11Query"),
            "sd:feature": node("sd:UnionDefaultGraph"),
            "sd:resultFormat": [node(f"formats:{name}") for name in _RESULTS],
            "sd:defaultDataset": link(edition.iri),
        },
    )
    yield from statements_about(
        edition.iri,
        {
            "rdf:type": node("sd:Dataset"),
            "sd:defaultGraph": link(default),
            "sd:namedGraph": [link(f"{name}#named") for name in graphs],
        },
    )
    union = count(statements.together).triples
    yield from statements_about(default, {"rdf:type": node("sd:Graph"), "void:triples": number(union)})
    for name, triples in graphs.items():
        yield from statements_about(
            f"{name}#named", {"rdf:type": node("sd:NamedGraph"), "sd:name": link(name), "sd:graph": link(name)}
        )
        yield from statements_about(name, {"rdf:type": node("sd:Graph"), "void:triples": number(triples)})
