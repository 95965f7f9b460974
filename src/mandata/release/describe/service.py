"""The endpoint that serves a release, as a SPARQL service description: its language, and the graphs it is asked of."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from mandata.kb.statements import Statements
from mandata.rdf.namespaces import BASE
from mandata.release.describe.counts import count, count_graphs
from mandata.release.describe.terms import link, node, number, stated
from mandata.release.edition import Edition

ENDPOINT = BASE + "sparql"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle")


def service(statements: Statements, edition: Edition) -> Iterator[ox.Quad]:
    """Yield the description; each graph with the number of its triples."""
    default = f"{edition.iri}/default-graph"
    graphs = count_graphs(statements.together)
    yield from stated(
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
    yield from stated(
        edition.iri,
        {
            "rdf:type": node("sd:Dataset"),
            "sd:defaultGraph": link(default),
            "sd:namedGraph": [link(f"{name}#named") for name in graphs],
        },
    )
    union = count(statements.together).triples
    yield from stated(default, {"rdf:type": node("sd:Graph"), "void:triples": number(union)})
    for name, triples in graphs.items():
        yield from stated(
            f"{name}#named", {"rdf:type": node("sd:NamedGraph"), "sd:name": link(name), "sd:graph": link(name)}
        )
        yield from stated(name, {"rdf:type": node("sd:Graph"), "void:triples": number(triples)})
