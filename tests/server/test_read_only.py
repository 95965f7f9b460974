"""A knowledge base is only read over HTTP: every form of a change is refused, and the store stays as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from typer.testing import CliRunner

from mandata.cli.main import app
from mandata.kb.knowledge_base import describe
from mandata.kb.store import create
from server.server import Reply, Server, serving

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
CHANGED_BY = "`mandata add` and `mandata remove`"
UPDATES = [
    "INSERT DATA { <urn:a> <urn:b> 1 }",
    "DELETE DATA { <https://example.org/a> <https://example.org/b> <https://example.org/c> }",
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
    "LOAD SILENT <urn:x> INTO GRAPH <urn:g>",
    "load<urn:x>",
    "INSERT { ?s ?p ?o } USING <urn:x> WHERE { ?s ?p ?o }",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <urn:x> { ?s ?p ?o } }",
]
WAYS: list[tuple[str, str, str, dict[str, str]]] = [  # method, path, body, fields; {0} an update, {1} it quoted
    ("GET", "/sparql?update={1}", "", {}),
    ("GET", "/sparql?query=ASK%7B%7D&update={1}", "", {}),
    ("GET", "/sparql?query={1}", "", {}),
    ("POST", "/sparql", "{0}", {"content_type": UPDATE}),
    ("POST", "/sparql", "{0}", {"content_type": UPDATE + "; charset=utf-8"}),
    ("POST", "/sparql/", "{0}", {"content_type": UPDATE}),
    ("POST", "/sparql?update={1}", "", {"content_type": FORM}),
    ("POST", "/sparql", "update={1}", {"content_type": FORM}),
    ("POST", "/sparql", "update={1}&using-graph-uri=urn:g", {"content_type": FORM}),
    ("POST", "/sparql", "query={1}", {"content_type": FORM}),
    ("POST", "/sparql", "{0}", {"content_type": QUERY}),
    ("POST", "/sparql", "{0}", {"content_type": QUERY, "x_http_method_override": "PUT"}),
    ("GET", "/sparql?query=ASK%7B%7D", "", {"x_http_method_override": "DELETE"}),
    ("PUT", "/sparql", "{0}", {"content_type": UPDATE}),
    ("PATCH", "/sparql", "{0}", {"content_type": UPDATE}),
    ("DELETE", "/sparql", "{0}", {"content_type": UPDATE}),
    ("GET", "/update?update={1}", "", {}),
    ("POST", "/update", "{0}", {"content_type": UPDATE}),
    ("POST", "/update", "update={1}", {"content_type": FORM}),
    ("POST", "/graph-store?default", "{0}", {"content_type": UPDATE}),
    ("PATCH", "/graph-store?default", "{0}", {"content_type": UPDATE}),
    ("PATCH", "/graph-store?graph=urn:g", "{0}", {"content_type": UPDATE}),
]
TURTLE = {"content_type": "text/turtle"}
PARTS = {"content_type": "multipart/form-data; boundary=x"}
GRAPHS: list[tuple[str, str, str, dict[str, str]]] = [
    *(
        (method, f"/graph-store{where}", "<urn:a> <urn:b> 1 .", TURTLE)
        for method in ("PUT", "POST", "DELETE", "PATCH", "MOVE", "MERGE")
        for where in ("", "?default", "?graph=urn:g", "/new")
    ),
    ("POST", "/graph-store?default", "--x\r\ncontent-type: text/turtle\r\n\r\n<urn:a> <urn:b> 1 .\r\n--x--", PARTS),
    *(
        (method, "/graph-store?default", "", {name: override})
        for method in ("GET", "POST")
        for name in ("x_http_method_override", "x_http_method", "x_method_override")
        for override in ("PUT", "delete", "PATCH")
    ),
    *((method, path, "x", {}) for method in ("PUT", "DELETE", "PATCH") for path in ("/", "/id/A_RES_72_7", "/limits")),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A knowledge base of two statements."""
    kb = tmp_path_factory.mktemp("read-only") / "kb"
    a, b, c, g = (ox.NamedNode(f"https://example.org/{name}") for name in "abcg")
    create(kb / "store", [ox.Quad(a, b, c), ox.Quad(a, b, c, g)])
    describe(kb)
    return kb


@pytest.fixture(scope="module")
def reading(folder: Path) -> Iterator[Server]:
    with serving("--kb", str(folder), "--quiet") as running:
        yield running


def checksums(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def judge(reply: Reply, what: Any) -> None:
    assert 400 <= reply.status < 500, what
    told = reply.json() if reply.kind == "application/problem+json" else {"mend": reply.body.decode()}
    assert CHANGED_BY in told["mend"], (what, told)
    assert reply.status != 405 or set(reply.fields["allow"].split(", ")) <= {"GET", "HEAD", "POST", "OPTIONS"}


def test_every_update_is_refused_whatever_way_it_comes(folder: Path, reading: Server) -> None:
    before = checksums(folder)
    for update in UPDATES:
        for method, path, body, fields in WAYS:
            at, sent = (text.replace("{0}", update).replace("{1}", quote(update)) for text in (path, body))
            judge(reading.send(method, at, sent or None, **fields), (update, path))
    assert checksums(folder) == before and len(before) > 1


def test_every_change_of_a_graph_is_refused(folder: Path, reading: Server) -> None:
    before = checksums(folder)
    for method, path, body, fields in GRAPHS:
        reply = reading.send(method, path, body or None, **fields)
        judge(reply, (method, path, fields))
        assert reply.status == 405
    assert checksums(folder) == before
    assert reading.send("GET", "/graph-store?default", accept="application/n-triples").body.count(b"\n") == 1


def test_nothing_promises_a_change(reading: Server) -> None:
    for path, accept in (("/sparql", "text/turtle"), ("/limits", ""), ("/openapi.json", ""), ("/.well-known/void", "")):
        told = reading.send("GET", path, accept=accept or "*/*").body.lower()
        assert told and not [word for word in (b"update", b"upload", b"multipart") if word in told], path
    allowed = reading.send("OPTIONS", "/graph-store").fields["access-control-allow-methods"]
    assert allowed == "GET, HEAD, POST, OPTIONS"


def test_the_command_offers_no_changes() -> None:
    reply = CliRunner().invoke(app, ["serve", "--help"])
    assert reply.exit_code == 0 and "update" not in reply.output and "TOKEN" not in reply.output
