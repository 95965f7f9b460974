"""The reading half of the Graph Store HTTP Protocol."""

from __future__ import annotations

from urllib.parse import quote

import pyoxigraph as ox
import pytest

from server.server import Server

HERE = "/graph-store"
READ = [  # what follows the address, the status of the answer, how many triples it has
    ("?default", 200, 4),
    ("?graph=https://example.org/g", 200, 1),
    ("?graph=" + quote("https://example.org/g", safe=""), 200, 1),
    ("?graph=urn:none", 404, 0),
    ("/people/1", 404, 0),
    ("", 400, 0),
    ("?graph=", 400, 0),
    ("?graph=relative", 400, 0),
    ("?graph=urn:a&graph=urn:b", 400, 0),
    ("?graph=urn:a&default", 400, 0),
]


@pytest.mark.parametrize(("where", "status", "size"), READ)
def test_a_graph_is_read_by_its_name(where: str, status: int, size: int, server: Server) -> None:
    reply = server.send("GET", HERE + where, accept="application/n-triples")
    assert reply.status == status
    assert reply.body.count(b" .\n") == size
    assert server.send("HEAD", HERE + where, accept="application/n-triples").status == status


def test_head_tells_what_get_would_without_the_body(server: Server) -> None:
    for where in ("?default", "?graph=https://example.org/g"):
        for accept in ("text/turtle", "application/n-triples", "application/ld+json"):
            got, head = (server.send(method, HERE + where, accept=accept) for method in ("GET", "HEAD"))
            assert (head.status, head.kind, head.body) == (got.status, got.kind, b"")
            assert ox.RdfFormat.from_media_type(got.kind)
