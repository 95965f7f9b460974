"""The Graph Store HTTP Protocol: the W3C's cases, forms with files, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.term import Node

from mandata.errors import MandataError
from mandata.server.multipart import boundary_of, documents
from serve.server import TOKEN, Reply, Server, serving
from serve.w3c import CNT, HT, MF, ROOT, Case, needs_cases

BEARER = f"Bearer {TOKEN}"
CODES = {"OK": 200, "Created": 201, "NoContent": 204, "BadRequest": 400, "NotFound": 404, "UnsupportedMediaType": 415}
HERE = "/graph-store"


def gsp(name: str) -> list[Case]:
    path = ROOT / "graph-store-protocol" / f"manifest-{name}.ttl"
    if not path.is_file():
        return []
    graph = Graph().parse(path, format="turtle", publicID=path.as_uri())
    return [Case(graph, node) for listed in graph.objects(None, MF.entries) for node in Collection(graph, listed)]


CASES = [*gsp("direct"), *gsp("indirect")]


@pytest.fixture(scope="module")
def held(collection: Path) -> Iterator[Server]:
    with serving("--rdf", str(collection), updates=True) as running:
        yield running


@pytest.fixture
def empty(held: Server) -> Server:
    fields = {"content_type": "application/sparql-update", "authorization": BEARER}
    assert held.send("POST", "/update", "DROP ALL", **fields).status == 204
    return held


@needs_cases
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_of_the_w3c_passes(case: Case, empty: Server) -> None:
    location = ""
    requests = case.of(MF.action, HT.requests)
    assert requests is not None
    for request in case.listed(requests):
        reply = sent(case, request, empty, location)
        response = case.graph.value(request, HT.resp)
        wanted = [CODES[str(status).rpartition("#")[2]] for status in case.graph.objects(response, MF.expectedStatus)]
        assert reply.status in wanted, reply.body
        location = reply.fields.get("location", location)
        assert location or not case.graph.value(response, MF.expectedLocation)
        body = case.along(response, HT.body, CNT.chars)
        if body is not None:
            found, right = (Graph().parse(data=text, format="turtle") for text in (reply.body, str(body)))
            assert isomorphic(found, right)


def sent(case: Case, request: Node, server: Server, location: str) -> Reply:
    graph = case.graph
    headers = case.listed(graph.value(request, HT.headers))
    fields = {str(graph.value(one, HT.fieldName)): str(graph.value(one, HT.fieldValue)) for one in headers}
    fields |= {"host": str(case.of(MF.action, HT.connectionAuthority)), "authorization": BEARER}
    path = str(graph.value(request, HT.absolutePath)).replace("$LOCATION$", quote(location, safe=""))
    body = case.along(request, HT.body, CNT.chars)
    method = str(graph.value(request, HT.methodName))
    return server.send(method, path.replace("/gsp", HERE, 1), str(body) if body is not None else None, **fields)


@needs_cases
def test_there_are_as_many_cases_as_the_w3c_has() -> None:
    assert len(CASES) == 13


def form(*parts: tuple[str, str, str], end: str = "--") -> str:
    """Return a form with files: name, media type, text."""
    written = [
        f'--x\r\nContent-Disposition: form-data; name="data"; filename="{name}"\r\n'
        + (f"Content-Type: {kind}\r\n" if kind else "")
        + f"\r\n{text}\r\n"
        for name, kind, text in parts
    ]
    return "".join([*written, f"--x{end}\r\n"])


ONE = ("a.ttl", "text/turtle", "[] <urn:p> 1 .")
FORMS = [  # a form, the status, the number of triples that the graph then holds
    (form(ONE), 201, 1),
    (form(ONE, ("b.nt", "application/n-triples", "<urn:b> <urn:p> <urn:c> .")), 201, 2),
    (form(ONE, ONE), 201, 2),  # a blank node is another in each document
    (form(("a.ttl", "application/octet-stream", "<urn:a> <urn:p> 1 .")), 201, 1),
    (form(("a.rdf", "", '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>')), 201, 0),
    ("preamble\r\n" + form(ONE) + "epilogue", 201, 1),
    (form(("a.pdf", "", "<urn:a> <urn:p> 1 .")), 415, None),
    (form(ONE, ("b.ttl", "text/turtle", "<urn:a> <urn:p>")), 400, None),
    (form(ONE, ("b.trig", "application/trig", "<urn:a> <urn:p> 1 .")), 415, None),
    (form(ONE, end=""), 400, None),
    (form(), 400, None),
    ("", 400, None),
]


def test_a_form_with_files_is_taken_whole_or_not_at_all(empty: Server) -> None:
    fields = {"content_type": 'multipart/form-data; boundary="x"', "authorization": BEARER}
    for number, (body, status, size) in enumerate(FORMS):
        where = f"{HERE}?graph=urn:form:{number}"
        assert empty.send("POST", where, body, **fields).status == status, body
        reply = empty.send("GET", where, accept="application/n-triples")
        assert (reply.status, reply.body.count(b"\n")) == ((404, 1) if size is None else (200, size)), body
    kind = "multipart/form-data"
    assert empty.send("POST", f"{HERE}?default", form(ONE), content_type=kind, authorization=BEARER).status == 400
    assert empty.send("PUT", f"{HERE}?default", form(ONE), **fields).status == 204


@pytest.mark.parametrize("boundary", ["x", "-", "a b", "x" * 70])
def test_parts_are_parted_at_the_boundary_alone(boundary: str) -> None:
    data = b"--y\n--x\n" + b"y" * 100 + b"\r\n--\r\n--z"
    body = b"--%s\r\ncontent-type: text/turtle\r\n\r\n%s\r\n--%s--" % (boundary.encode(), data, boundary.encode())
    if boundary != "-":
        assert documents(body, boundary_of(f'multipart/form-data; boundary="{boundary}"')) == [("text/turtle", data)]
    with pytest.raises(MandataError, match="not whole"):
        documents(body[:-2], boundary)
    with pytest.raises(MandataError, match="more than"):
        documents(b"--q\r\n\r\n" * 2000 + b"\r\n" + b"--q\r\n\r\n\r\n" * 1001 + b"--q--", "q")


REFUSED = [
    ("PATCH", "?graph=urn:g", "text/turtle", 405),
    ("PATCH", "?graph=urn:g", "application/sparql-update", 405),
    ("MOVE", "?graph=urn:g", "text/turtle", 405),
    ("PUT", "", "text/turtle", 400),
    ("DELETE", "", "text/turtle", 400),
    ("PUT", "?graph=relative", "text/turtle", 400),
    ("PUT", "?graph=urn:a&graph=urn:b", "text/turtle", 400),
    ("PUT", "?graph=urn:a&default", "text/turtle", 400),
    ("PUT", "?graph=", "text/turtle", 400),
    ("PUT", "?graph=urn:g", "application/trig", 415),
    ("PUT", "?graph=urn:g", "text/html", 415),
    ("PUT", "?graph=urn:g", "", 415),
    ("PUT", "?graph=urn:g", "text/turtle; charset=utf-16", 415),
    ("DELETE", "?graph=urn:none", "", 404),
    ("HEAD", "?graph=urn:none", "", 404),
]


def test_what_the_protocol_does_not_have_is_refused_and_changes_nothing(empty: Server) -> None:
    def all_graphs() -> list[dict[str, str]]:
        return empty.rows("SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } ORDER BY ?g ?s ?p ?o")

    empty.send("PUT", f"{HERE}?graph=urn:g", "<urn:a> <urn:b> 7 .", content_type="text/turtle", authorization=BEARER)
    before = all_graphs()
    for method, where, kind, status in REFUSED:
        reply = empty.send(method, HERE + where, "<urn:a> <urn:b> 1 .", content_type=kind, authorization=BEARER)
        assert reply.status == status, (method, where, kind, reply.body)
        assert status != 405 or reply.fields["allow"] == "GET, HEAD, PUT, POST, DELETE, OPTIONS"
    assert all_graphs() == before


def test_head_tells_what_get_would_without_the_body(empty: Server) -> None:
    for where in ("?default", "?graph=urn:g"):
        empty.send("PUT", HERE + where, "<urn:a> <urn:b> 1 .", content_type="text/turtle", authorization=BEARER)
        for accept in ("text/turtle", "application/n-triples", "application/ld+json"):
            got, head = (empty.send(method, HERE + where, accept=accept) for method in ("GET", "HEAD"))
            assert (head.status, head.kind, head.body) == (got.status, got.kind, b"")
            assert ox.RdfFormat.from_media_type(got.kind)
