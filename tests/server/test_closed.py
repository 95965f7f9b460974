"""Nothing that is asked reaches out."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest

from server.server import Server

QUERY = "application/sparql-query"


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
    assert len(QUERIES) + 2 >= 40


def test_the_workers_have_no_network(server: Server) -> None:
    told = server.send("GET", "/health").json()["network_closed"]
    ours = namespace(server.process.pid)
    workers = [process for process in server.processes() if parent(process) != server.process.pid]
    assert workers and all((namespace(process) != ours) == told for process in workers)


def parent(process: int) -> int:
    """Return the process that started a process; a worker is started by a fork server, and that by the server."""
    return int(Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[1])


def namespace(process: int) -> str:
    return str(Path(f"/proc/{process}/ns/net").readlink())
