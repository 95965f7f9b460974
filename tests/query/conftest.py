"""The small collection in a store, and a real SPARQL endpoint over it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from mandata.kb.store import in_memory
from mandata.query.source import Embedded

FIXTURE = Path(__file__).with_name("fixture.trig")
INFERRED = ox.NamedNode("https://w3id.org/mandata/graph/inferred")


@pytest.fixture(scope="session")
def store() -> ox.Store:
    return in_memory(ox.parse(path=str(FIXTURE)))


@pytest.fixture(scope="session")
def source(store: ox.Store) -> Embedded:
    return Embedded(store)


@pytest.fixture(scope="session")
def asserted() -> Embedded:
    """The collection without what was inferred."""
    return Embedded(in_memory(quad for quad in ox.parse(path=str(FIXTURE)) if quad.graph_name != INFERRED))


@pytest.fixture(scope="session")
def requests() -> list[str]:
    """The queries that the endpoint was asked."""
    return []


@pytest.fixture(scope="session")
def endpoint(store: ox.Store, requests: list[str]) -> Iterator[str]:
    """The address of a SPARQL 1.1 endpoint that speaks HTTP on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            fields = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            if self.path == "/html":
                return self._send(200, "text/html", b"<html>not here</html>")
            if self.path == "/broken":
                return self._send(500, "text/plain", b"out of memory\nat line 7")
            requests.append(fields["query"][0])
            try:
                result = store.query(fields["query"][0])
            except SyntaxError as error:
                return self._send(400, "text/plain", str(error).encode())
            if isinstance(result, ox.QueryTriples):
                return self._send(200, "text/turtle", result.serialize(format=ox.RdfFormat.TURTLE) or b"")
            form = ox.QueryResultsFormat.XML if self.path == "/xml" else ox.QueryResultsFormat.JSON
            return self._send(200, form.media_type, result.serialize(format=form) or b"")

        def _send(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    thread.join()
    server.server_close()
