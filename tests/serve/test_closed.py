"""Nothing that is asked reaches out or changes anything."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from serve.server import TOKEN, Server

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"


@dataclass
class Canary:
    """A server that nobody should call; it counts who does."""

    port: int
    calls: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/canary"


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        watched = Canary(listening.getsockname()[1])
        stop = threading.Event()

        def watch() -> None:
            while not stop.is_set():
                try:
                    connection, address = listening.accept()
                except TimeoutError:
                    continue
                watched.calls.append(str(address))
                connection.close()

        thread = threading.Thread(target=watch)
        thread.start()
        yield watched
        stop.set()
        thread.join()


QUERIES = [
    "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
    "PREFIX e: <e:> SELECT * {{ OPTIONAL {{ ?s ?p e:a\\#b }} SERVICE <{0}> {{ ?a ?b ?c }} }}",
    "SELECT * {{ service silent <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SeRvIcE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ VALUES ?x {{ <{0}> }} SERVICE ?x {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND(IRI('{0}') AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND(<{0}> AS ?x) SERVICE SILENT ?x {{ }} }}",
    "PREFIX c: <{0}> SELECT * {{ SERVICE c: {{ ?s ?p ?o }} }}",
    "BASE <{0}> SELECT * {{ SERVICE <x> {{ ?s ?p ?o }} }}",
    "SELECT * {{ {{ SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }} }}",
    "SELECT * {{ OPTIONAL {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ {{ }} UNION {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "SELECT * {{ {{ }} MINUS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "ASK {{ FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "ASK {{ FILTER NOT EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "DESCRIBE ?s {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ GRAPH ?g {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "SELECT *{{SERVICE<{0}>{{?s ?p ?o}}}}",
    "SELECT * {{ ?s ?p ?o.SERVICE<{0}>{{?a ?b ?c}} }}",
    "SELECT * {{ FILTER(1<2)SERVICE<{0}>{{?a ?b ?c}} }}",
    "SELECT * {{ FILTER(?a<?b)SERVICE ?x{{}} BIND(<{0}> AS ?x) }}",
    "SELECT * {{ # comment\nSERVICE # comment\n<{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{\tSERVICE\t<{0}>\t{{ ?s ?p ?o }} }}",
    "SELECT * {{ ?s ?p '\\'' SERVICE <{0}> {{ ?s ?p '' }} }}",
    'SELECT * {{ ?s ?p """"""  SERVICE <{0}> {{ }} }}',
    "SELECT * {{ SERVICE <{0}?a=<b> {{ ?s ?p ?o }} }}",
    "SELECT * {{ \\u0053ERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ S\\u0045RVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * FROM <{0}> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{0}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT * FROM <file:///etc/passwd> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <file:///etc/passwd> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "CONSTRUCT WHERE {{ GRAPH <{0}> {{ ?s ?p ?o }} }}",
    "ASK FROM <{0}> {{ ?s ?p ?o }}",
    "DESCRIBE <{0}> FROM <{0}>",
    "DESCRIBE <{0}>",
    "SELECT * {{ GRAPH <{0}> {{ ?s ?p ?o }} }}",
    "SELECT (<{0}>(1) AS ?x) {{ }}",
    "SELECT * {{ ?s <{0}> ?o }}",
]
CHANGES = [
    "LOAD <{0}>",
    "LOAD SILENT <{0}>",
    "load <{0}> INTO GRAPH <urn:g>",
    "LOAD SILENT <{0}> INTO GRAPH <urn:g>",
    "CLEAR ALL ; LOAD <{0}>",
    "PREFIX c: <{0}> LOAD c:",
    "BASE <{0}> LOAD <x>",
    "LOAD <file:///etc/passwd>",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
    "DELETE {{ ?s ?p ?o }} USING <{0}> WHERE {{ ?s ?p ?o }}",
    "INSERT {{ ?s ?p ?o }} USING NAMED <{0}> WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "COPY <{0}> TO <urn:g>",
    "ADD SILENT <{0}> TO DEFAULT",
    "# LOAD\nLOAD<{0}>",
]
GRAPHS = [  # form, what is sent to the graph store
    ("application/ld+json", '{{"@context": "{0}", "@id": "urn:a", "a": "b"}}'),
    ("application/ld+json", '{{"@context": ["{0}"], "@id": "urn:a", "a": "b"}}'),
    ("application/ld+json", '{{"@context": {{"@import": "{0}"}}, "@id": "urn:a", "a": "b"}}'),
    ("application/ld+json", '{{"@context": {{"x": {{"@id": "urn:x", "@context": "{0}"}}}}, "x": {{"y": 1}}}}'),
    ("application/ld+json", '{{"@context": "file:///etc/passwd", "@id": "urn:a"}}'),
    ("application/rdf+xml", '<!DOCTYPE r [<!ENTITY e SYSTEM "{0}">]><r xmlns="urn:">&e;</r>'),
    ("application/rdf+xml", '<!DOCTYPE r SYSTEM "{0}"><r xmlns="urn:"/>'),
    ("application/rdf+xml", '<!DOCTYPE r [<!ENTITY % e SYSTEM "{0}"> %e;]><r xmlns="urn:"/>'),
    ("text/turtle", "@base <{0}> . <> <http://www.w3.org/2002/07/owl#imports> <{0}> ."),
    ("text/turtle", "<urn:a> <http://www.w3.org/2002/07/owl#imports> <{0}> ."),
]


def test_no_query_calls_another_server(canary: Canary, server: Server) -> None:
    for query in QUERIES:
        text = query.format(canary.url)
        reply = server.send("POST", "/sparql", text, content_type=QUERY, accept="*/*")
        assert reply.status == (
            403 if "service" in text.lower() and "\\u" not in text and "?a=<b" not in text else reply.status
        )
        assert reply.status in (200, 400, 403), text
    for name in ("default-graph-uri", "named-graph-uri"):
        assert server.send("GET", "/sparql?" + urlencode({"query": "ASK { ?s ?p ?o }", name: canary.url})).status == 200
    assert not canary.calls


def test_no_change_calls_another_server_or_opens_a_file(canary: Canary, changing: Server) -> None:
    bearer = f"Bearer {TOKEN}"
    for change in CHANGES:
        text = change.format(canary.url)
        reply = changing.send("POST", "/update", text, content_type=UPDATE, authorization=bearer)
        assert reply.status in (204, 400, 403), text
    for form, body in GRAPHS:
        where = "/graph-store?graph=urn:new"
        reply = changing.send("PUT", where, body.format(canary.url), content_type=form, authorization=bearer)
        assert reply.status in (201, 204, 400), body
    assert not changing.rows(
        "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } FILTER(CONTAINS(STR(?o), 'root:')) }"
    )
    assert not canary.calls
    assert len(QUERIES) + len(CHANGES) + len(GRAPHS) + 2 >= 60


FORMS = [
    "INSERT DATA { <urn:a> <urn:b> 1 }",
    "DELETE DATA { <https://example.org/b> <https://example.org/size> 7 }",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "CLEAR SILENT DEFAULT",
    "DROP ALL",
    "CREATE GRAPH <urn:g>",
    "COPY DEFAULT TO <urn:g>",
    "MOVE DEFAULT TO <urn:g>",
    "ADD DEFAULT TO <urn:g>",
    "PREFIX x: <urn:> # ASK {}\nCLEAR ALL",
    "LOAD <urn:x>",
]


@pytest.mark.parametrize("change", FORMS)
def test_a_server_that_is_only_read_refuses_every_change_whatever_way_it_comes(change: str, server: Server) -> None:
    before = server.ask("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples").body
    bearer = f"Bearer {TOKEN}"
    for path in ("/sparql", "/update", "/graph-store"):
        for replies in (
            server.send("GET", f"{path}?update={quote(change)}"),
            server.send("POST", path, change, content_type=UPDATE, authorization=bearer),
            server.send("POST", path, urlencode({"update": change}), content_type=FORM, authorization=bearer),
            server.send("POST", path, urlencode({"query": change}), content_type=FORM),
            server.send("POST", path, change, content_type=QUERY),
            server.send("POST", path, change, content_type=QUERY, x_http_method_override="PUT"),
            *(server.send(method, path, change, content_type=UPDATE) for method in ("PUT", "PATCH", "DELETE", "MERGE")),
        ):
            assert 400 <= replies.status < 500
        if path != "/update":
            assert 400 <= server.send("GET", f"{path}?query={quote(change)}").status < 500
    assert server.ask("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples").body == before


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_a_server_that_is_only_read_has_a_graph_store_that_is_only_read(method: str, server: Server) -> None:
    fields = {"content_type": "text/turtle", "authorization": f"Bearer {TOKEN}"}
    for path in ("/graph-store?default", "/graph-store?graph=urn:g", "/graph-store/new"):
        reply = server.send(method, path, "<urn:a> <urn:b> 1 .", **fields)
        assert (reply.status, reply.fields["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_the_workers_have_no_network(server: Server) -> None:
    told = server.send("GET", "/health").json()["network_closed"]
    theirs = {namespace(process) for process in server.processes()}
    assert (namespace(server.process.pid) not in theirs) == told


def namespace(process: int) -> str:
    return str(Path(f"/proc/{process}/ns/net").readlink())
