"""What an answer says of itself over HTTP: its form, its place in a cache, who may read it, what it is of."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import yaml
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import JSON, SPARQLWrapper

from mandata.kb import swap
from mandata.kb.knowledge_base import describe
from mandata.kb.store import create
from mandata.server.formats import for_graphs, for_rows
from server.server import Server, serving

TABLE = yaml.safe_load((Path(__file__).parents[1] / "tables" / "accept.yaml").read_text(encoding="utf-8"))
SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
ESCAPES = [
    *(
        "/../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "//etc/passwd",
        "/sparql/../../etc/passwd",
    ),
    *("/graph-store/../../../etc/passwd", "/graph-store/%2e%2e/%2e%2e/etc/passwd", "/.git/config", "/..;/etc/passwd"),
    *(
        "/%00",
        "/sparql%00",
        "/graph-store/%00",
        "/%c0%ae%c0%ae/etc/passwd",
        "/....//....//etc/passwd",
        "/\\..\\..\\etc",
    ),
    "/graph-store?graph=file:///etc/passwd",
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["accept"][:60] or "none")
def test_an_accept_header_is_read_as_rfc_9110_says(row: dict[str, str]) -> None:
    assert for_rows(row["accept"]) == row["rows"]
    assert for_graphs(row["accept"]) == row["graphs"]


@pytest.mark.parametrize("row", TABLE[::7], ids=lambda row: row["accept"][:60] or "none")
def test_the_form_of_an_answer_is_the_one_negotiated(row: dict[str, str], server: Server) -> None:
    for query, kind in (("SELECT * { ?s ?p ?o }", row["rows"]), ("CONSTRUCT WHERE { ?s ?p ?o }", row["graphs"])):
        reply = server.ask(query, row["accept"])
        assert (reply.status, reply.kind) == ((200, kind) if kind else (406, "application/problem+json"))
        assert reply.fields["vary"] == "accept, accept-encoding"


def test_every_form_holds_the_same(server: Server) -> None:
    query = "SELECT ?o { ?s <https://example.org/title> ?o } ORDER BY ?o"
    forms = {"text/csv": "CSV", "application/sparql-results+xml": "XML", "text/tab-separated-values": "TSV"}
    for accept in (*forms, "application/sparql-results+json"):
        assert b"first" in server.ask(query, accept).body and b"second" in server.ask(query, accept).body
    wanted = None
    for accept in ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"):
        reply = server.ask("CONSTRUCT WHERE { ?s ?p ?o }", accept)
        found = {str(quad.triple) for quad in ox.parse(reply.body, format=ox.RdfFormat.from_media_type(accept))}
        assert wanted in (None, found) and len(found) == 4
        wanted = found


def test_an_answer_that_a_client_has_is_not_sent_again_till_it_is_another(tmp_path: Path) -> None:
    quads = [ox.Quad(*(ox.NamedNode(f"urn:{name}") for name in "abc"))]
    create(tmp_path / "kb" / "store", quads)
    (tmp_path / "kb" / "report.json").write_text("{}", encoding="utf-8")
    describe(tmp_path / "kb")
    query = "SELECT * { ?s ?p ?o }"
    with serving("--kb", str(tmp_path / "kb"), "--quiet") as running:
        first = running.ask(query)
        again = running.ask(query, if_none_match=first.fields["etag"])
        assert (again.status, again.body, again.fields["etag"]) == (304, b"", first.fields["etag"])
        assert running.ask("ASK {}", if_none_match=first.fields["etag"]).status == 200
        with swap.changing(tmp_path / "kb") as folder:
            create(folder / "store", [])
            (folder / "report.json").write_text("{}", encoding="utf-8")
            describe(folder)
        until = time.monotonic() + 10  # till a worker has opened the other store, the first is answered from
        while (last := running.ask(query)).fields["etag"] == first.fields["etag"]:
            assert last.body == first.body and time.monotonic() < until
        assert last.body != first.body
        assert running.ask(query, if_none_match=first.fields["etag"]).status == 200


@pytest.mark.parametrize(
    "query", ["SELECT (NOW() AS ?x) {}", "SELECT (RAND() AS ?x) {}", "ASK { FILTER(STRLEN(STRUUID()) > 0) }"]
)
def test_an_answer_that_is_another_each_time_has_no_tag(query: str, server: Server) -> None:
    assert "etag" not in server.ask(query).fields


def test_a_large_answer_is_pressed_for_who_takes_it(server: Server) -> None:
    query = "SELECT ?x { VALUES ?x { " + "'the same' " * 900 + "} }"
    pressed = server.ask(query, accept_encoding="br, gzip;q=0.5")
    assert pressed.fields["content-encoding"] == "gzip"
    assert json.loads(gzip.decompress(pressed.body)) == server.ask(query, accept_encoding="gzip;q=0").json()
    assert "content-encoding" not in server.ask("ASK {}", accept_encoding="gzip").fields


def test_a_table_for_a_spreadsheet_holds_no_formula(server: Server) -> None:
    query = "SELECT ?x { VALUES ?x { '=1+1' '@x' '-1' -1 'a' } }"
    assert server.ask(query, "text/csv").body == b"x\r\n'=1+1\r\n'@x\r\n-1\r\n-1\r\na\r\n"


def test_a_head_request_has_the_fields_of_the_answer_and_no_body(server: Server) -> None:
    path = "/sparql?query=" + quote("SELECT * { ?s ?p ?o }")
    head, get = server.send("HEAD", path), server.send("GET", path)
    assert head.body == b"" and {**head.fields, "date": ""} == {**get.fields, "date": ""}


def test_pages_of_other_sites_may_ask(server: Server) -> None:
    reply = server.send("OPTIONS", "/sparql", origin="https://elsewhere.example")
    assert reply.status == 204 and "POST" in reply.fields["access-control-allow-methods"]
    assert server.ask("ASK {}", origin="https://elsewhere.example").fields["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "path", ["/sparql", "/sparql?query=ASK%7B%7D", "/sparql?query=nonsense", "/limits", "/id/nothing.ttl"]
)
def test_no_answer_is_run_or_guessed_at_by_a_browser(path: str, server: Server) -> None:
    reply = server.send("GET", path, accept="text/html, */*;q=0.1")
    assert reply.fields["x-content-type-options"] == "nosniff"
    assert reply.fields["content-security-policy"].startswith("default-src 'none'")
    assert reply.kind != "text/html"


def test_a_fault_says_where_and_how_to_mend_it(server: Server) -> None:
    reply = server.ask("ASK {\n ?s ?p }")
    assert (reply.status, reply.kind) == (400, "application/problem+json")
    assert reply.json()["where"] == "query, line 2, column 9" and reply.json()["mend"]


def test_the_service_describes_itself_as_the_w3c_wants(server: Server) -> None:
    """The three cases of the W3C: it returns RDF, names its endpoint, and keeps to the schema."""
    reply = server.send("GET", "/sparql", accept="application/n-triples")
    assert (reply.status, reply.kind) == (200, "application/n-triples")
    graph = [quad.triple for quad in ox.parse(reply.body, format=ox.RdfFormat.N_TRIPLES)]
    said = {(t.predicate.value, t.object.value) for t in graph}
    assert (SD + "endpoint", f"{server.url}/sparql") in said
    known = {"Service", "Dataset", "Graph", "endpoint", "supportedLanguage", "SPARQL11Query", "resultFormat"}
    known |= {"defaultDataset", "defaultGraph", "feature", "UnionDefaultGraph"}
    used = {term.value for t in graph for term in (t.predicate, t.object) if isinstance(term, ox.NamedNode)}
    assert {term.removeprefix(SD) for term in used if term.startswith(SD)} <= known
    domains = {"endpoint": "Service", "defaultDataset": "Service", "defaultGraph": "Dataset", "resultFormat": "Service"}
    types = {(t.subject, t.object.value) for t in graph if t.predicate.value.endswith("#type")}
    for t in graph:
        if (name := t.predicate.value.removeprefix(SD)) in domains:
            assert (t.subject, SD + domains[name]) in types


def test_every_form_that_the_description_claims_is_given(server: Server) -> None:
    graph = list(ox.parse(server.send("GET", "/sparql").body, format=ox.RdfFormat.TURTLE))
    claimed = [q.object.value.rpartition("/")[2] for q in graph if q.predicate.value == SD + "resultFormat"]
    assert len(claimed) == 10 == len(set(claimed))


def test_the_figures_of_void_are_those_of_the_store(server: Server) -> None:
    graph = list(ox.parse(server.send("GET", "/.well-known/void").body, format=ox.RdfFormat.TURTLE))
    figures = {
        quad.predicate.value.removeprefix(VOID): quad.object.value
        for quad in graph
        if quad.subject.value.endswith("#dataset")
    }
    assert (figures["triples"], figures["distinctSubjects"], figures["properties"]) == ("4", "2", "3")
    parts = {q.subject: q.object.value for q in graph if q.predicate.value == VOID + "property"}
    counts = {
        parts[q.subject]: q.object.value for q in graph if q.subject in parts and q.predicate.value == VOID + "triples"
    }
    assert counts == {
        f"https://example.org/{name}": count for name, count in (("title", "2"), ("next", "1"), ("size", "1"))
    }


def test_a_graph_is_read_by_its_name(server: Server) -> None:
    reply = server.send("GET", "/graph-store?graph=https://example.org/g", accept="application/n-triples")
    assert b"third, in a graph" in reply.body and reply.body.count(b"\n") == 1
    assert server.send("GET", "/graph-store?default", accept="application/n-triples").body.count(b"\n") == 4
    assert server.send("GET", "/graph-store?graph=https://example.org/none").status == 404
    assert server.send("GET", "/graph-store").status == 400


@pytest.mark.parametrize("path", ESCAPES)
def test_no_path_leads_out_of_what_is_served(path: str, server: Server) -> None:
    reply = server.send("GET", path)
    assert reply.status in (400, 404) and b"root:" not in reply.body


def test_clients_that_people_use_are_answered(server: Server) -> None:
    wrapper = SPARQLWrapper(f"{server.url}/sparql", returnFormat=JSON)
    wrapper.setQuery("SELECT * { ?s <https://example.org/size> ?o }")
    found: Any = wrapper.query().convert()
    assert [row["o"]["value"] for row in found["results"]["bindings"]] == ["7"]
    assert len(list(SPARQLStore(f"{server.url}/sparql").query("SELECT * { ?s ?p ?o }"))) == 4


def test_the_default_graph_of_a_knowledge_base_is_the_union_of_its_graphs(kb: Path) -> None:
    with serving("--kb", str(kb), "--quiet") as running:
        assert running.rows("SELECT ?s { ?s a md:FoundingLetter } LIMIT 1")
        assert (SD + "UnionDefaultGraph").encode() in running.send(
            "GET", "/sparql", accept="application/n-triples"
        ).body


@pytest.mark.parametrize(("path", "word"), [("/health", "status"), ("/ready", "status"), ("/limits", "seconds")])
def test_who_runs_the_server_is_told_how_it_is(path: str, word: str, server: Server) -> None:
    assert word in server.send("GET", path).json()


def test_what_was_done_is_counted(server: Server) -> None:
    server.ask("ASK {}")
    body = server.send("GET", "/metrics").body.decode()
    assert 'mandata_requests_total{route="/sparql",status="200"}' in body and "mandata_seconds_bucket" in body
