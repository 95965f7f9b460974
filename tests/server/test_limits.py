"""What one query may take is bounded, and the bound is told; nothing that is asked ends the server."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException, IncompleteRead
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from mandata.server.settings import Limits
from server.hostile import KINDS, NOT_TEXT, product_of_numbers, queries
from server.server import Reply, Server, serving

FOREVER = product_of_numbers(6)
NO_ROOM = ("text/csv", "text/tab-separated-values", "application/ld+json")  # for a sign in the text
VALUES = "SELECT * {{ VALUES ?x {{ {} }} }}"


def post(server: Server, query: bytes) -> Reply:
    return server.send("POST", "/sparql", query, content_type="application/sparql-query", accept="*/*")


def until(holds: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.02)
    return holds()


def busy(server: Server) -> int:
    told = server.send("GET", "/health").json()
    return int(told["workers"] - told["idle"])


def test_a_query_that_takes_too_long_is_ended_and_told_why(server: Server) -> None:
    begun = time.monotonic()
    reply = server.ask(FOREVER)
    assert (reply.status, reply.json()["code"]) == (503, "query-time")
    assert time.monotonic() - begun > 1.9


def test_a_query_that_takes_too_much_memory_is_ended_and_told_why(server: Server) -> None:
    doubled = " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(40))
    reply = server.ask(f'SELECT (STRLEN(?a40) AS ?n) {{ BIND("aaaaaaaa" AS ?a0) {doubled} }}')
    assert (reply.status, reply.json()["code"]) == (503, "query-memory")


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("ASK { ?s ?p '" + "a" * 65_536 + "' }", 413, "query-size"),
        ("ASK { " + "{" * 128 + "}" * 128 + " }", 400, "query-depth"),
        ("ASK { " + "{" * 127 + "}" * 127 + " }", 200, ""),
        ("ASK { ?s ?p '" + "a" * 60_000 + "' }", 200, ""),
    ],
)
def test_a_text_is_taken_up_to_its_limits(query: str, status: int, code: str, server: Server) -> None:
    reply = post(server, query.encode())
    assert reply.status == status and reply.json().get("code", "") == code


@pytest.mark.parametrize("number", [999, 1000, 1001, 5000])
@pytest.mark.parametrize(
    "accept", ["application/json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"]
)
def test_an_answer_has_so_many_rows_and_says_when_there_are_more(accept: str, number: int, server: Server) -> None:
    reply = server.send(
        "POST", "/sparql", VALUES.format("'x},{x' " * number), accept=accept, content_type="application/sparql-query"
    )
    more = number > 1000
    assert reply.body.count(b"x},{x") == min(number, 1000)
    if accept in NO_ROOM:
        assert (reply.fields.get("mandata-truncated") == "rows") == more
    else:
        assert (b"truncated" in reply.body) == more
    if accept == "application/json":
        assert ("truncated" in json.loads(reply.body)) == more


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_a_graph_has_so_many_triples_and_says_when_there_are_more(accept: str, server: Server) -> None:
    query = "CONSTRUCT { ?x ?x ?y } { VALUES ?x { <urn:a> } VALUES ?y { " + " ".join(map(str, range(1001))) + " } }"
    reply = server.send("POST", "/sparql", query, accept=accept, content_type="application/sparql-query")
    assert len(list(ox.parse(reply.body, format=ox.RdfFormat.from_media_type(accept)))) == 1000
    assert reply.fields.get("mandata-truncated") == "rows" if accept in NO_ROOM else b"truncated" in reply.body


def test_a_long_answer_comes_as_it_is_found_and_its_end_tells_that_it_was_cut(collection: Path) -> None:
    """No head can tell it: the first of the answer is sent before the last is known."""
    with serving("--rdf", str(collection), "--rows", "50000", "--quiet") as running:
        query = "SELECT * { VALUES ?a { " + "1 " * 300 + "} VALUES ?b { " + "2 " * 300 + "} }"
        reply = running.ask(query)
        assert reply.fields.get("transfer-encoding") == "chunked" and "mandata-truncated" not in reply.fields
        assert len(reply.json()["results"]["bindings"]) == reply.json()["truncated"]["rows"] == 50_000


def test_an_answer_that_is_stopped_midway_is_never_taken_for_whole(collection: Path) -> None:
    """Nor does it fill the server's memory when nobody reads it."""
    with serving("--rdf", str(collection), "--rows", "0", "--seconds", "1", "--quiet") as running:
        with pytest.raises(IncompleteRead):
            running.ask("SELECT * " + FOREVER[FOREVER.index("{") :])
        with socket.create_connection(("127.0.0.1", running.port)) as client:
            text = quote("SELECT * " + FOREVER[FOREVER.index("{") :])
            client.sendall(f"GET /sparql?query={text} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            before = megabytes(running)
            time.sleep(0.8)
            assert megabytes(running) < before + 30


def megabytes(server: Server) -> float:
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


@pytest.fixture(scope="module")
def patient(collection: Path) -> Iterator[Server]:
    """A server that lets a query take a minute, so that whatever ends before ends for another reason."""
    with serving("--rdf", str(collection), "--seconds", "60", "--quiet") as running:
        yield running


def asking(server: Server, query: str) -> socket.socket:
    """Return a client that has asked and waits."""
    client = socket.create_connection(("127.0.0.1", server.port))
    client.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    return client


def test_a_client_that_goes_frees_its_worker(patient: Server) -> None:
    with asking(patient, FOREVER):
        assert until(lambda: busy(patient) > 0, 20)
    assert until(lambda: busy(patient) == 0, 20)


@pytest.mark.timed
def test_a_client_that_goes_frees_its_worker_within_a_second(patient: Server) -> None:
    with asking(patient, FOREVER):
        assert until(lambda: busy(patient) > 0, 1)
        time.sleep(0.5)
    assert until(lambda: busy(patient) == 0, 1)


def test_short_queries_are_answered_beside_many_long_ones(patient: Server) -> None:
    with contextlib.ExitStack() as stack:
        long = [stack.enter_context(asking(patient, FOREVER)) for _ in range(20)]
        assert until(lambda: patient.send("GET", "/health").json()["long"] == Limits().long, 20)
        assert all(patient.ask("ASK {}").status == 200 for _ in range(20))
        assert not select.select(long, [], [], 0)[0]
    assert until(lambda: busy(patient) == 0, 20)


def test_more_than_may_wait_are_turned_away_and_told_when_to_come_again(collection: Path) -> None:
    arguments = ("--concurrency", "2", "--waiting", "1", "--seconds", "3", "--quiet")
    with serving("--rdf", str(collection), *arguments) as running, ThreadPoolExecutor(30) as threads:
        replies = [each.result() for each in [threads.submit(running.ask, FOREVER) for _ in range(30)]]
        turned_away = [reply for reply in replies if reply.json()["code"] == "busy"]
        assert turned_away and all(int(reply.fields["retry-after"]) > 0 for reply in turned_away)
        assert {reply.status for reply in replies} == {503}
        assert running.ask("ASK {}").status == 200


def test_fields_that_are_too_long_are_refused_before_they_are_read(server: Server) -> None:
    assert server.ask("ASK {}", accept="text/x," * 3000).status == 431
    assert server.ask("ASK {}", accept="text/x," * 300 + "*/*").status == 200


def test_clients_that_do_not_read_hold_no_worker_longer_than_a_query_may_take(server: Server) -> None:
    doubled = " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(14))
    rows = VALUES.format(" ".join(map(str, range(200)))).replace("}", f'}} BIND("aaaaaaaa" AS ?a0) {doubled}', 1)
    with contextlib.ExitStack() as stack:
        for _ in range(24):
            stack.enter_context(asking(server, rows.removesuffix("}") + "}"))
        assert until(lambda: busy(server) > 0, 2)
        assert until(lambda: server.ask("ASK {}").status == 200, 8)
        assert until(lambda: busy(server) == 0, 8)


def test_the_limits_are_told(server: Server) -> None:
    told = server.send("GET", "/limits").json()
    assert {name: told[name]["value"] for name in ("text", "nesting", "seconds", "megabytes", "rows")} == {
        "text": 65_536,
        "nesting": 128,
        "seconds": 2.0,
        "megabytes": 256,
        "rows": 1000,
    }
    limits = Limits()
    assert (limits.seconds, limits.megabytes, limits.rows) == (10.0, 1024, 10_000)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_hostile_query_ends_and_harms_nobody(kind: Callable[[int], str], server: Server) -> None:
    assert post(server, kind(2).encode()).status in (200, 400, 413, 503)
    assert server.ask("ASK {}").status == 200


@pytest.mark.parametrize("body", NOT_TEXT)
def test_what_is_no_text_is_refused(body: bytes, server: Server) -> None:
    assert post(server, body).status in (400, 413)


def test_no_worker_is_left_behind_and_the_server_lives_on(server: Server) -> None:
    with ThreadPoolExecutor(8) as threads:
        assert {reply.status for reply in threads.map(lambda query: post(server, query), queries(16))} <= {
            200,
            400,
            413,
            503,
        }
    others = 4  # from which workers are forked, and those that make pages
    assert until(lambda: len(server.processes()) <= others + max(2, server.send("GET", "/health").json()["workers"]), 3)
    assert until(lambda: busy(server) == 0, 3)


def test_workers_end_with_a_server_that_is_killed(collection: Path) -> None:
    with contextlib.suppress(AssertionError), serving("--rdf", str(collection), "--quiet") as running:

        def ask() -> None:
            with contextlib.suppress(OSError, HTTPException):
                running.ask(FOREVER)

        threading.Thread(target=ask, daemon=True).start()
        time.sleep(0.5)
        processes = running.processes()
        assert processes
        running.process.kill()
    assert until(lambda: not any(Path(f"/proc/{process}/exe").exists() for process in processes), 3)


def fork_servers(server: Server) -> list[int]:
    """Return the processes that fork the workers of queries; those of pages have another."""
    found = [(process, Path(f"/proc/{process}/cmdline")) for process in server.processes()]
    name = b"\0mandata.server.worker\0"
    return [process for process, told in found if told.exists() and name in told.read_bytes()]


def test_a_server_whose_fork_server_is_killed_has_another(server: Server) -> None:
    fork_server = fork_servers(server)[0]
    os.kill(fork_server, signal.SIGKILL)
    assert until(lambda: server.ask("ASK {}").status == 200 and fork_servers(server)[:1] not in ([], [fork_server]), 15)
