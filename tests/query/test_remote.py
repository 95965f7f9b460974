"""A real endpoint over HTTP: rows, truth values and triples come back; every fault is one line."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from mandata.errors import MandataError
from mandata.query.isolated_endpoint import IsolatedEndpoint
from mandata.query.remote import Endpoint
from mandata.query.source import Embedded, Result, Solutions
from mandata.query.sparql import as_json
from mandata.rdf.namespaces import DEFAULT_GRAPH

QUERIES = [
    "SELECT ?s ?l { ?s a md:MemberState ; rdfs:label ?l } ORDER BY ?s ?l",
    "SELECT ?d ?o { ?d md:adoptedOn ?o } ORDER BY ?o",
    "ASK { ?s a md:FoundingLetter }",
    "ASK { ?s a md:Treaty }",
    "PREFIX md: <http://elsewhere/> ASK { ?s a md:FoundingLetter }",
    "CONSTRUCT { ?s a ?t } WHERE { ?s a md:MemberState , ?t }",
    "# addressed to add\nSELECT ?s { ?s a md:Centre }",
]


def plain(result: Result) -> object:
    return sorted(map(str, result)) if isinstance(result, list) else result


@pytest.mark.parametrize("query", QUERIES)
def test_an_endpoint_answers_as_the_embedded_store_does(query: str, endpoint: str, source: Embedded) -> None:
    assert plain(Endpoint(endpoint).run(query)) == plain(source.run(query))
    assert plain(IsolatedEndpoint(endpoint).run(query)) == plain(source.run(query))


def test_blank_nodes_come_back(endpoint: str) -> None:
    result = Endpoint(endpoint).run("SELECT ?b { BIND(BNODE() AS ?b) }")
    assert isinstance(result, Solutions)
    assert isinstance(result.rows[0]["b"], ox.BlankNode)


@pytest.mark.parametrize("path", ["/sparql", "/xml"])
@pytest.mark.parametrize("words", ["the tag <bnode>a b</bnode> here", '"bnode", "value": "a b"'])
def test_words_that_look_like_a_blank_node_come_back_as_they_are(words: str, path: str, endpoint: str) -> None:
    """JSON does not escape ``<``, nor XML the quotes."""
    result = Endpoint(endpoint.replace("/sparql", path)).run(f"SELECT ?l {{ BIND({ox.Literal(words)} AS ?l) }}")
    assert isinstance(result, Solutions)
    assert result.rows[0]["l"] == ox.Literal(words)


@pytest.mark.parametrize(
    ("path", "query", "says"),
    [
        ("/sparql", "SELECT ?s {", "does not take the query"),
        ("/sparql", "hello", "this is no query"),
        ("/sparql", "SELECT * { SERVICE <http://x/> { } }", "SERVICE"),
        ("/html", "ASK {}", "the answer is no result of SPARQL: text/html"),
        ("/html", "CONSTRUCT WHERE { ?s ?p ?o }", "the answer is no result of SPARQL"),
        ("/broken", "ASK {}", "does not answer"),
    ],
)
def test_every_fault_of_an_endpoint_is_one_line(path: str, query: str, says: str, endpoint: str) -> None:
    with pytest.raises(MandataError, match=says) as caught:
        Endpoint(endpoint.replace("/sparql", path)).run(query)
    with pytest.raises(MandataError) as isolated:
        IsolatedEndpoint(endpoint.replace("/sparql", path)).run(query)
    assert str(isolated.value) == str(caught.value)
    assert "\n" not in str(caught.value) and "Traceback" not in str(caught.value)


def test_a_closed_port_and_a_strange_address_are_told() -> None:
    with pytest.raises(MandataError, match="does not answer"):
        Endpoint("http://127.0.0.1:9/sparql", seconds=5).run("ASK {}")
    for url in ("file:///etc/passwd", "ftp://x/y", "sparql", ""):
        with pytest.raises(MandataError, match="is no address"):
            Endpoint(url)
        with pytest.raises(MandataError, match="is no address"):
            IsolatedEndpoint(url).run("ASK {}")


def test_rows_in_json_follow_the_norm(source: Embedded) -> None:
    query = 'SELECT ?i ?l ?n ?t { VALUES (?i ?l ?n ?t) { (<a:b> "x"@fr 1 "y") (UNDEF "x" UNDEF UNDEF) } }'
    found = json.loads(as_json(source.run(query)))
    assert found["head"]["vars"] == ["i", "l", "n", "t"]
    assert found["results"]["bindings"] == [
        {
            "i": {"type": "uri", "value": "a:b"},
            "l": {"type": "literal", "value": "x", "xml:lang": "fr"},
            "n": {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
            "t": {"type": "literal", "value": "y"},
        },
        {"l": {"type": "literal", "value": "x"}},
    ]
    assert json.loads(as_json(source.run("ASK {}"))) == {"head": {}, "boolean": True}
    assert "MemberState" in as_json(source.run("CONSTRUCT WHERE { ?s a md:MemberState }"))


def test_what_an_endpoint_has_is_asked_once(endpoint: str, requests: list[str]) -> None:
    isolated = IsolatedEndpoint(endpoint)
    requests.clear()
    for _ in range(3):
        assert isolated.run("ASK {}") is True
    assert len(requests) == 4 and sum(DEFAULT_GRAPH in query for query in requests) == 1
