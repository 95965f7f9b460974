"""A SERVICE that is allowed, letter for letter, is called; no other is, in whatever form."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from mandata.errors import MandataError
from mandata.query.guard import keywords, refuse_service
from server.server import Server, serving
from server.test_closed import QUERIES, QUERY, Canary, canary

__all__ = ["canary"]
THERE = "http://there.example/sparql"


@pytest.fixture(scope="module")
def calling(collection: Path, server: Server) -> Iterator[Server]:
    """A server that may call another one, and nobody else."""
    given = ("--rdf", str(collection), "--allow-service", server.url + "/sparql", "--seconds", "3")
    with serving(*given) as running:
        yield running


def test_an_allowed_service_answers(calling: Server, server: Server) -> None:
    for form in ("SERVICE <{0}>", "service silent <{0}>", "SERVICE # why\n <{0}>", "OPTIONAL {{ SERVICE <{0}>"):
        named = form.format(server.url + "/sparql")
        query = f"SELECT ?t {{ {named} {{ ?s <https://example.org/title> ?t }} {'}' if '{' in named else ''} }}"
        reply = calling.ask(query)
        found = reply.json()["results"]["bindings"]
        assert sorted(row["t"]["value"] for row in found) == ["first", "second"]
        assert "etag" not in reply.fields
    assert calling.send("GET", "/health").json()["network_closed"] is False


def test_no_other_service_is_called(calling: Server, canary: Canary, server: Server) -> None:
    allowed = f"SERVICE <{server.url}/sparql> {{ ?x ?y ?z }} "
    for query in QUERIES:
        text = query.format(canary.url)
        for asked in (text, text.replace("{ ", "{ " + allowed, 1), text.replace(" }", allowed + " }", 1)):
            status = calling.send("POST", "/sparql", asked, content_type=QUERY, accept="*/*").status
            assert status in (200, 400, 403), asked
    assert not canary.calls


def test_a_service_that_hangs_is_ended(collection: Path) -> None:
    """It computes nothing, so that the time that goes by counts."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        there = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with serving("--rdf", str(collection), "--allow-service", there, "--seconds", "1") as running:
            reply = running.ask(f"SELECT * {{ SERVICE <{there}> {{ ?s ?p ?o }} }}")
            assert (reply.status, reply.json()["code"]) == (503, "query-time")


FORMS = [  # a query, whether it may pass
    (f"SELECT * {{ SERVICE <{THERE}> {{ }} }}", True),
    (f"SELECT * {{ SERVICE SILENT<{THERE}>{{ }} }}", True),
    ("SELECT * { ?service <urn:service> 'SERVICE ?x' }", True),
    (f"SELECT * {{ SERVICE <{THERE}/> {{ }} }}", False),
    (f"SELECT * {{ SERVICE <{THERE.upper()}> {{ }} }}", False),
    (f"SELECT * {{ SERVICE <{THERE}> {{ SERVICE ?x {{ }} }} }}", False),
    (f"SELECT * {{ SERVICE <{THERE}> {{ }} SERVICE <http://there.example/sparql@evil> {{ }} }}", False),
    (f"SELECT * {{ VALUES ?x {{ <{THERE}> }} SERVICE ?x {{ }} }}", False),
    (f"PREFIX t: <{THERE}> SELECT * {{ SERVICE t: {{ }} }}", False),
    (f"BASE <{THERE}> SELECT * {{ SERVICE <> {{ }} }}", False),
    ("SELECT * { SERVICE <http://there.example/\\u0073parql> { } }", False),
    (f"SELECT * {{ FILTER(?a<?b)SERVICE ?x{{}} FILTER(?c>?d) SERVICE <{THERE}> {{ }} }}", False),
    (f"SELECT * {{ SERVICE # <{THERE}>\n <http://evil/> {{ }} }}", False),
    (f"SELECT * {{ SERVICE '<{THERE}>' <http://evil/> {{ }} }}", False),
]


@pytest.mark.parametrize(("query", "passes"), FORMS)
def test_an_address_is_allowed_letter_for_letter(query: str, passes: bool) -> None:
    def judge() -> None:
        refuse_service(query, keywords(query), [THERE])

    if passes:
        judge()
    else:
        with pytest.raises(MandataError, match="SERVICE reaches out"):
            judge()
