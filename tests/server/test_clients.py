"""The clients that people have, before this server: SPARQLWrapper, rdflib's stores, curl."""

from __future__ import annotations

import json
import shutil
import subprocess
import warnings
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import EndPointNotFound, QueryBadFormed

from server.server import Server

EX = "https://example.org/"
TITLES = f"SELECT ?t {{ ?s <{EX}title> ?t }} ORDER BY ?t"
NEXT = f"CONSTRUCT {{ ?s <{EX}next> ?o }} WHERE {{ ?s <{EX}next> ?o }}"
WAYS = [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]


def wrapper(address: str, way: tuple[str, str], form: str, query: str) -> Any:
    """Return what SPARQLWrapper makes of an answer; a form that it does not know how to read is a fault here."""
    client = SPARQLWrapper(address)
    client.setMethod(way[0])
    client.setRequestMethod(way[1])
    client.setReturnFormat(form)
    client.setQuery(query)
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        return client.queryAndConvert()


@pytest.mark.parametrize("way", WAYS, ids="-".join)
def test_sparqlwrapper_reads_rows_in_every_form(way: tuple[str, str], server: Server) -> None:
    address = server.url + "/sparql"
    rows = wrapper(address, way, JSON, TITLES)["results"]["bindings"]
    assert [row["t"]["value"] for row in rows] == ["first", "second"]
    assert [node.firstChild.data for node in wrapper(address, way, XML, TITLES).getElementsByTagName("literal")] == [
        "first",
        "second",
    ]
    assert wrapper(address, way, CSV, TITLES).decode().split() == ["t", "first", "second"]
    assert wrapper(address, way, TSV, TITLES).decode().split() == ["?t", '"first"', '"second"@en']
    assert wrapper(address, way, JSON, "ASK { ?s ?p ?o }")["boolean"] is True


@pytest.mark.parametrize("way", WAYS, ids="-".join)
@pytest.mark.parametrize("form", [TURTLE, N3, RDFXML, XML, JSONLD])
def test_sparqlwrapper_reads_graphs_in_every_form(form: str, way: tuple[str, str], server: Server) -> None:
    for query in (NEXT, f"DESCRIBE <{EX}a>"):
        found = wrapper(server.url + "/sparql", way, form, query)
        graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
        assert (URIRef(EX + "a"), URIRef(EX + "next"), URIRef(EX + "b")) in graph


def test_sparqlwrapper_names_each_fault_by_its_class(server: Server) -> None:
    with pytest.raises(QueryBadFormed, match="line 1, column"):
        wrapper(server.url + "/sparql", WAYS[0], JSON, "SELECT ?x { ?x ")
    with pytest.raises(EndPointNotFound):
        wrapper(server.url + "/nowhere.nothing", WAYS[0], JSON, TITLES)
    update = SPARQLWrapper(server.url + "/sparql", server.url + "/update")
    update.setMethod(POST)
    update.setQuery(f"INSERT DATA {{ <{EX}x> <{EX}title> 'by SPARQLWrapper' }}")
    with pytest.raises(HTTPError, match="403"):
        update.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["json", "xml"])
def test_the_store_of_rdflib_reads_as_a_graph_of_its_own(form: str, method: str, server: Server) -> None:
    graph = Graph(SPARQLStore(server.url + "/sparql", returnFormat=form, method=method))
    a, b = URIRef(EX + "a"), URIRef(EX + "b")
    assert (a, URIRef(EX + "next"), b) in graph and (b, URIRef(EX + "next"), a) not in graph
    assert str(graph.value(a, URIRef(EX + "title"))) == "first"
    assert len(graph) == 4
    assert {str(row[0]) for row in graph.query(TITLES)} == {"first", "second"}  # type: ignore[index]


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_the_store_of_rdflib_reads_tables(form: str, server: Server) -> None:
    """Of rows alone: a truth value has no form in CSV and TSV."""
    graph = Graph(SPARQLStore(server.url + "/sparql", returnFormat=form))
    assert {str(row[0]) for row in graph.query(TITLES)} == {"first", "second"}  # type: ignore[index]


def test_the_store_of_rdflib_writes_nothing(server: Server) -> None:
    store = SPARQLUpdateStore(server.url + "/sparql", server.url + "/update")
    with pytest.raises(OSError, match="403"):
        Graph(store, identifier=URIRef("urn:none")).add((URIRef("urn:a"), URIRef("urn:b"), Literal("c")))


CURL = [  # what is typed behind "curl", and what is printed
    (["{0}/sparql", "--data-urlencode", "query={1}", "-H", "Accept: text/csv"], "t\r\nfirst\r\nsecond\r\n"),
    (["-G", "{0}/sparql", "--data-urlencode", "query={1}", "-H", "Accept: text/csv"], "t\r\nfirst\r\nsecond\r\n"),
    (
        ["{0}/sparql", "-H", "Content-Type: application/sparql-query", "-H", "Accept: text/csv", "--data", "{1}"],
        "t\r\nfirst\r\nsecond\r\n",
    ),
    (["--compressed", "{0}/sparql", "--data-urlencode", "query=ASK {{}}"], '{{"head":{{}},"boolean":true}}'),
    (
        ["-o", "/dev/null", "-w", "%{{http_code}} %{{content_type}}", "{0}/graph-store?default"],
        "200 text/turtle; charset=utf-8",
    ),
    (["-I", "-o", "/dev/null", "-w", "%{{http_code}}", "{0}/sparql?query=ASK%7B%7D"], "200"),
    (["-F", "query=ASK {{}}", "-o", "/dev/null", "-w", "%{{http_code}}", "{0}/sparql"], "415"),
]


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not here: apt-get install curl")
@pytest.mark.parametrize(("typed", "printed"), CURL, ids=[str(number) for number in range(len(CURL))])
def test_curl_as_people_type_it(typed: list[str], printed: str, server: Server) -> None:
    arguments = [word.format(server.url, TITLES) for word in typed]
    done = subprocess.run(["curl", "-s", *arguments], capture_output=True, check=True, timeout=30)
    assert done.stdout.decode() == printed.format()


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not here: apt-get install curl")
def test_curl_reads_a_graph_and_asks_again_with_its_tag(server: Server, tmp_path: Path) -> None:
    def curl(*arguments: str) -> str:
        return subprocess.run(["curl", "-s", *arguments], capture_output=True, check=True, timeout=30).stdout.decode()

    place = f"{server.url}/graph-store?graph={EX}g"
    assert next(iter(ox.parse(curl(place), format=ox.RdfFormat.TURTLE))).object == ox.Literal("third, in a graph")
    (tmp_path / "one.ttl").write_text("<urn:a> <urn:b> 'by curl' .", encoding="utf-8")
    put = ["-T", str(tmp_path / "one.ttl"), "-H", "Content-Type: text/turtle", place]
    assert "`mandata add`" in json.loads(curl(*put))["mend"]
    tag = tmp_path / "tag"
    asked = f"{server.url}/sparql?query=ASK%7B%7D"
    assert curl("--etag-save", str(tag), asked) and "W/" in tag.read_text()
    assert curl("--etag-compare", str(tag), "-w", "%{http_code}", asked) == "304"
