"""Whatever a store elsewhere does, this server answers in time, in the client's form, and says what went wrong."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from mandata.cli.main import main
from mandata.errors import MandataError
from mandata.query.guard import refuse_hidden_service
from mandata.query.remote import Endpoint
from mandata.rdf.namespaces import DEFAULT_GRAPH
from mandata.server.formats import RESULTS
from server.server import Reply, Server, serving

JSON = "application/sparql-results+json"
NT = "application/n-triples"
SECONDS, MOST = 2, 1000
ROWS = 600_000


@dataclass
class Far:
    """A store elsewhere that does what the query's comment says; it keeps what it was asked."""

    port: int
    asked: list[tuple[dict[str, list[str]], dict[str, str]]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/sparql"


def results(number: int) -> Iterator[bytes]:
    yield b'{"head":{"vars":["n"]},"results":{"bindings":['
    for block in range(number // 1000):
        rows = (f'{{"n":{{"type":"literal","value":"{block * 1000 + at}"}}}}' for at in range(1000))
        yield (b"," if block else b"") + ",".join(rows).encode()
    yield b"]}}"


ANSWERS: dict[str, tuple[int, str, bytes]] = {
    "rows": (200, JSON, b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"uri","value":"urn:a"}}]}}'),
    "truth": (200, JSON, b'{"head":{},"boolean":true}'),
    "xml": (
        200,
        "application/sparql-results+xml",
        b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></head>'
        b'<results><result><binding name="x"><uri>urn:a</uri></binding></result></results></sparql>',
    ),
    "triples": (200, "text/turtle", b"<urn:a> <urn:b> <urn:c> ."),
    "doctype": (
        200,
        "application/sparql-results+xml",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "urn:a">]><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
        b'<head><variable name="x"/></head><results><result><binding name="x"><uri>&e;</uri></binding></result>'
        b"</results></sparql>",
    ),
    "page": (200, "text/html", b"<html>welcome</html>"),
    "garbage": (200, JSON, b"{]"),
    "bad-triples": (200, NT, b"<urn:a> <urn:b> "),
    "taken-amiss": (400, "text/plain", b"line 3: I know no such thing"),
    "broken": (500, "text/html", b"<html><b>out of memory</b></html>"),
    "closed": (401, "text/plain", b"who are you?"),
    "busy": (503, "text/plain", b"later"),
    "late": (504, "text/plain", b"too long"),
}


@pytest.fixture(scope="module")
def far() -> Iterator[Far]:
    held: list[Far] = []

    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            held[0].asked.append(({"redirected": [self.path]}, dict(self.headers)))
            self.send(*ANSWERS["truth"])

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            if form["query"][0] == f"ASK {{ GRAPH <{DEFAULT_GRAPH}> {{ ?s ?p ?o }} }}":
                return self.send(200, JSON, b'{"head":{},"boolean":false}')
            held[0].asked.append((form, {name.lower(): value for name, value in self.headers.items()}))
            what = form["query"][0].rpartition("# ")[2].strip()
            if what in ANSWERS:
                self.send(*ANSWERS[what])
            else:
                getattr(self, what.replace("-", "_"))()
            return None

        def send(self, status: int, kind: str, body: bytes) -> None:
            self.begin(status, kind, len(body))
            self.wfile.write(body)

        def begin(self, status: int, kind: str, size: int) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(size))
            self.end_headers()

        def elsewhere(self) -> None:
            self.send_response(302)
            self.send_header("Location", f"http://localhost:{held[0].port}/other")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def hang(self) -> None:
            time.sleep(SECONDS + 3)

        def drip(self) -> None:
            self.begin(200, JSON, 100_000)
            for _ in range(30):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.2)

        def cut_off(self) -> None:
            self.begin(200, NT, 100_000)
            self.wfile.write(b"<urn:a> <urn:b> <urn:c> .\n" * 10)
            self.close_connection = True

        def many(self) -> None:
            self.begin(200, JSON, sum(map(len, results(ROWS))))
            for piece in results(ROWS):
                self.wfile.write(piece)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client may go
    held.append(Far(server.server_port))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield held[0]
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def before(far: Far) -> Iterator[Server]:
    options = ("--seconds", str(SECONDS), "--rows", str(MOST), "--megabytes", "128")
    with serving("--at", far.url, *options, ready=False, MANDATA_TOKEN="a token of the store") as server:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                server.send("GET", "/health")
                break
            except OSError:
                time.sleep(0.05)
        yield server


def ask(server: Server, what: str, query: str = "SELECT ?x { }", accept: str = "*/*") -> Reply:
    return server.ask(f"{query} # {what}", accept)


@pytest.mark.parametrize("accept", RESULTS)
@pytest.mark.parametrize("what", ["rows", "xml"])
def test_rows_come_in_the_form_that_the_client_takes(what: str, accept: str, before: Server) -> None:
    reply = ask(before, what, accept=accept)
    assert (reply.status, reply.kind) == (200, accept)
    assert b"urn:a" in reply.body
    assert "etag" not in reply.fields  # nobody here knows whether the store has changed
    assert ask(before, what, accept="image/png").status == 406


def test_triples_come_in_the_form_that_the_client_takes(before: Server) -> None:
    for accept in ("text/turtle", NT, "application/rdf+xml", "application/ld+json"):
        reply = ask(before, "triples", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", accept)
        assert (reply.status, reply.kind) == (200, accept)
        found = [quad.triple for quad in ox.parse(reply.body, format=ox.RdfFormat.from_media_type(accept))]
        assert [triple.subject for triple in found] == [ox.NamedNode("urn:a")]


@pytest.mark.parametrize(
    ("what", "status", "code", "says"),
    [
        ("page", 502, "endpoint", "no result of SPARQL: text/html"),
        ("doctype", 502, "xml-doctype", "declares a document type"),
        ("garbage", 502, "endpoint", "no result of SPARQL"),
        ("taken-amiss", 400, "endpoint-query", "400 line 3: I know no such thing"),
        ("broken", 502, "endpoint", "500 out of memory"),
        ("closed", 502, "endpoint", "wants to know who asks"),
        ("busy", 503, "endpoint-busy", "busy"),
        ("late", 504, "endpoint-time", "in time"),
        ("elsewhere", 502, "endpoint", "sends to another address"),
        ("hang", 504, "endpoint-time", "2 s"),
        ("drip", 504, "endpoint-time", "2 s"),
    ],
)
def test_each_fault_is_told_with_what_where_and_how_to_mend(  # noqa: PLR0917 - a column of the table each
    what: str, status: int, code: str, says: str, far: Far, before: Server
) -> None:
    begun = time.monotonic()
    reply = ask(before, what)
    told = reply.json()
    assert (reply.status, reply.kind, told["code"]) == (status, "application/problem+json", code), told
    assert says in told["title"] and told["where"] == far.url and told["mend"]
    assert time.monotonic() - begun < SECONDS + 5
    assert ask(before, "truth", "ASK { }").json()["boolean"] is True


def test_no_redirection_is_followed_nor_the_token_told_elsewhere(far: Far, before: Server) -> None:
    far.asked.clear()
    assert f"localhost:{far.port}/other" in ask(before, "elsewhere").json()["mend"]
    assert [fields["authorization"] for _, fields in far.asked] == ["Bearer a token of the store"]
    with pytest.raises(MandataError, match="sends to another address"):
        Endpoint(far.url).run("SELECT * { } # elsewhere")
    assert not [form for form, _ in far.asked if "redirected" in form]


def test_an_answer_that_is_cut_off_is_never_taken_for_whole(far: Far, before: Server) -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    assert ask(before, "cut-off", query, NT).status == 502
    assert ask(before, "bad-triples", query, NT).status == 502
    with pytest.raises(MandataError, match="cut off"):
        Endpoint(far.url).run(f"{query} # cut-off")


def test_rows_beyond_the_limit_are_cut_and_it_is_told(before: Server) -> None:
    found = ask(before, "many", accept=JSON).json()
    assert len(found["results"]["bindings"]) == MOST and found["truncated"]["rows"] == MOST


def test_a_large_answer_passes_through_in_little_memory(far: Far) -> None:
    size = sum(map(len, results(ROWS)))
    with serving("--at", far.url, "--rows", "0", "--seconds", "60", "--megabytes", "16", ready=False) as server:
        until = time.monotonic() + 30
        while (reply := _tried(server)) is None and time.monotonic() < until:
            time.sleep(0.05)
        assert reply is not None and reply.status == 200
        assert reply.body.count(b"\n") == ROWS + 1
    assert size > 20 << 20


def _tried(server: Server) -> Reply | None:
    try:
        return server.ask("SELECT ?n { } # many", "text/tab-separated-values")
    except OSError:
        return None


def test_an_answer_of_more_bytes_than_allowed_is_refused(far: Far) -> None:
    with pytest.raises(MandataError, match="sends more than 100000 bytes"):
        Endpoint(far.url, most=100_000).run("SELECT ?n { } # many")


HIDDEN = [
    "SELECT * { \\u0053ERVICE <urn:x> { } }",
    "SELECT * { S\\U00000045RVICE <urn:x> { } }",
    "SELECT * { BIND('\\u0027 AS ?x) SERVICE <urn:x> { } BIND('\\u0027 AS ?y) }",
    "SELECT * { BIND('x\\u0027) SERVICE <urn:x> { } #' AS ?x) }",
]


@pytest.mark.parametrize("query", HIDDEN)
def test_no_service_reaches_the_store_not_even_in_escapes(query: str, far: Far, before: Server) -> None:
    """Another engine may read an escape as the letter it stands for, before it looks for quotes."""
    far.asked.clear()
    for text in (query, "SELECT * { SERVICE <urn:x> { } }", "SELECT * { service silent ?x { } }"):
        assert before.ask(text).status in (400, 403)
        with pytest.raises(MandataError):
            Endpoint(far.url).run(text)
    assert not far.asked
    refuse_hidden_service("SELECT * { ?s ?p '\u0041 service' }")


def test_what_is_sent_is_standard_and_names_the_graphs(far: Far, before: Server) -> None:
    far.asked.clear()
    before.send(
        "GET",
        "/sparql?default-graph-uri=urn:g&named-graph-uri=urn:h&query=ASK%20%7B%20%3Cx%3E%20a%20md:Centre%20%7D%20%23%20truth",
    )
    form, fields = far.asked[0]
    assert form["default-graph-uri"] == ["urn:g"] and form["named-graph-uri"] == ["urn:h"]
    assert form["query"][0].startswith(f"BASE <{before.url}/sparql> PREFIX md:")
    assert fields["accept"].startswith(JSON)


def test_a_query_that_no_engine_reads_is_not_sent(far: Far, before: Server) -> None:
    far.asked.clear()
    reply = before.ask("SELECT * {\n ?s ?p }")
    assert reply.status == 400 and "line 2" in reply.json()["where"]
    assert not far.asked


def test_this_server_says_what_it_is_and_what_it_is_not(before: Server) -> None:
    assert before.send("GET", "/health").json()["network_closed"] is False
    told = before.send("GET", "/sparql", accept="text/turtle").body
    assert b"SPARQL11Query" in told and b"UnionDefaultGraph" not in told and b"SPARQL11Update" not in told
    assert b"triples" not in before.send("GET", "/.well-known/void").body  # it counts nothing there
    assert "answer" in json.loads(before.send("GET", "/limits").body)
    assert before.send("POST", "/update", "CLEAR ALL", content_type="application/sparql-update").status == 403
    assert before.send("GET", "/sparql?query=ASK%7B%7D%23%20truth", if_none_match="*").status == 200


@pytest.mark.parametrize("given", [["--rdf", "x.ttl"], ["--allow-service", "http://x/"], ["--at", "ftp://x/"]])
def test_another_store_is_served_alone(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["serve", "--at", "http://127.0.0.1:9/sparql", *given])
    assert left.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
