"""Whatever a server does, a request ends within its time, within its bytes, and in one line that helps."""

from __future__ import annotations

import gc
import os
import re
import subprocess
import sys
import time
import tracemalloc
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mandata.errors import MandataError
from mandata.query.http_client import HttpClient, is_http_url
from mandata.query.http_credentials import Credentials
from mandata.query.isolated_endpoint import IsolatedEndpoint
from mandata.query.remote import Endpoint
from mandata.release.remote_store import RemoteStore
from query.hostile_server import BEHAVIOURS, HostileServer, hostile_server

SECONDS, MOST = 1.0, 200_000
GRACE = 5.0  # seconds that a busy machine may add; what trickles would go on for an hour

TOO_LATE = "in time.*1 s"
CUT_OFF = "cut off"
ENDPOINT = {  # behaviour -> the code of the fault, and its words
    "silent": ("endpoint-time", TOO_LATE),
    "trickled-header": ("endpoint-time", TOO_LATE),
    "trickled-body": ("endpoint-time", TOO_LATE),
    "trickled-chunks": ("endpoint-time", TOO_LATE),
    "trickled-refusal": ("endpoint", "500"),
    "endless-continue": ("endpoint-time", TOO_LATE),
    "endless-header": ("endpoint", "does not answer"),
    "endless-body": ("endpoint-size", f"more than {MOST} bytes"),
    "endless-triples": ("endpoint", "no result of SPARQL: application/n-triples"),
    "endless-refusal": ("endpoint", "404 no no"),
    "gzip-bomb": ("endpoint", "compressed"),
    "redirection": ("endpoint", "another address.*/redirection"),
    "web-page": ("endpoint", "no result of SPARQL: text/html"),
    "cut-off": ("endpoint", CUT_OFF),
    "cut-off-chunk": ("endpoint", CUT_OFF),
    "closed": ("endpoint", "does not answer"),
    "no-http": ("endpoint", "does not answer"),
    "doctype": ("endpoint", "no result of SPARQL: application/rdf"),
    "many-rows": ("endpoint-size", f"more than {MOST} bytes"),
    "nested-terms": ("endpoint", "no result of SPARQL: application/n-triples"),
    "nested-rdf": ("endpoint", "no result of SPARQL: application/rdf"),
    "strange-digest": ("endpoint", "wants to know who asks"),
}
ISOLATED = {  # what must be parsed in a process that can be ended
    "nested-terms": ("endpoint-memory", "makes the parser fail"),
    "nested-rdf": ("endpoint-time", "in time.*3 s"),
    "trickled-header": ("endpoint-time", "in time.*3 s"),
    "closed": ("endpoint", "does not answer"),
    "doctype": ("xml-doctype", "document type"),
}
GRAPH = {  # the same, if triples are asked for
    "endless-triples": ("endpoint-size", f"more than {MOST} bytes"),
    "doctype": ("xml-doctype", "document type"),
}
STORE = {
    "silent": ("store", TOO_LATE),
    "trickled-header": ("store", TOO_LATE),
    "trickled-refusal": ("store", "answers 500"),
    "endless-header": ("store", "does not answer"),
    "endless-triples": ("endpoint-size", f"more than {MOST} bytes"),
    "gzip-bomb": ("store", "compressed"),
    "redirection": ("store", "give that address.*/redirection"),
    "closed": ("store", "does not answer"),
    "no-http": ("store", "does not answer"),
    "strange-digest": ("store", "answers 401"),
}


@pytest.fixture(scope="module")
def hostile() -> Iterator[HostileServer]:
    with hostile_server() as server:
        yield server


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MANDATA_TOKEN", "MANDATA_STORE_USER", "MANDATA_STORE_PASSWORD"):
        monkeypatch.delenv(name, raising=False)


def assert_ends(act: Callable[[], object], code: str, words: str, server: HostileServer) -> None:
    begun = time.monotonic()
    with pytest.raises(MandataError, match=words) as caught:
        act()
    assert time.monotonic() - begun < SECONDS + GRACE
    assert caught.value.code == code
    assert "\n" not in str(caught.value) and server.url("") in str(caught.value) and caught.value.mend
    del caught
    gc.collect()
    while server.open and time.monotonic() - begun < SECONDS + GRACE:
        time.sleep(0.01)
    assert not server.open  # no connection is left


def test_every_behaviour_is_in_the_table() -> None:
    assert ENDPOINT.keys() == BEHAVIOURS.keys()


@pytest.mark.parametrize("behaviour", ENDPOINT)
def test_an_endpoint_ends_in_one_line_within_its_limits(behaviour: str, hostile: HostileServer) -> None:
    endpoint = Endpoint(hostile.url(behaviour), SECONDS, MOST)
    assert_ends(lambda: endpoint.run("SELECT * { GRAPH ?g { ?s ?p ?o } }"), *ENDPOINT[behaviour], hostile)


@pytest.mark.parametrize("behaviour", GRAPH)
def test_triples_end_in_one_line_within_their_limits(behaviour: str, hostile: HostileServer) -> None:
    endpoint = Endpoint(hostile.url(behaviour), SECONDS, MOST)
    query = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert_ends(lambda: endpoint.run(query), *GRAPH[behaviour], hostile)


@pytest.mark.parametrize("behaviour", ISOLATED)
def test_what_is_hard_to_parse_ends_in_one_line_within_its_limits(behaviour: str, hostile: HostileServer) -> None:
    endpoint = IsolatedEndpoint(hostile.url(behaviour), 3)
    begun = time.monotonic()
    with pytest.raises(MandataError, match=ISOLATED[behaviour][1]) as caught:
        endpoint.run("CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert time.monotonic() - begun < 3 + GRACE
    assert caught.value.code == ISOLATED[behaviour][0]


def test_rows_that_take_more_memory_than_allowed_end_in_one_line(hostile: HostileServer) -> None:
    with pytest.raises(MandataError, match="too much memory") as caught:
        IsolatedEndpoint(hostile.url("many-rows"), 30, 64 << 20).run("SELECT * { GRAPH ?g { ?s ?p ?o } }")
    assert caught.value.code == "endpoint-memory"


def test_more_rows_than_allowed_end_in_one_line(hostile: HostileServer) -> None:
    with pytest.raises(MandataError, match="more than 1000000 rows") as caught:
        IsolatedEndpoint(hostile.url("many-rows")).run("SELECT * { GRAPH ?g { ?s ?p ?o } }")
    assert caught.value.code == "endpoint-size"


@pytest.mark.parametrize("behaviour", STORE)
def test_a_store_ends_in_one_line_within_its_limits(behaviour: str, hostile: HostileServer) -> None:
    store = RemoteStore(hostile.url(behaviour), "", SECONDS, MOST)
    assert_ends(lambda: store.read("urn:g"), *STORE[behaviour], hostile)


def test_a_body_that_nobody_takes_ends_within_its_time(hostile: HostileServer) -> None:
    """The server reads the header of a request of 64 MB, and no more."""
    client = HttpClient(SECONDS, MOST, Credentials())
    begun = time.monotonic()
    with pytest.raises(TimeoutError):
        client.send("PUT", hostile.url("trickled-header"), {}, bytes(64 << 20))
    assert time.monotonic() - begun < SECONDS + GRACE


@pytest.mark.parametrize("behaviour", ["silent", "trickled-header", "endless-continue"])
def test_the_time_of_a_challenge_is_within_that_of_its_request(behaviour: str, hostile: HostileServer) -> None:
    client = HttpClient(SECONDS, MOST, Credentials(user="u", password="p"))
    begun = time.monotonic()
    with pytest.raises(TimeoutError):
        client.send("PUT", hostile.url(behaviour), {}, b"body")
    assert time.monotonic() - begun < SECONDS + GRACE


def test_an_unknown_kind_of_digest_is_one_line(hostile: HostileServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANDATA_STORE_USER", "u")
    with pytest.raises(MandataError, match="a kind of Digest that is unknown"):
        Endpoint(hostile.url("strange-digest"), SECONDS).run("ASK { GRAPH ?g { } }")


def test_a_redirection_is_not_followed_once(hostile: HostileServer) -> None:
    hostile.headers.clear()
    with pytest.raises(MandataError):
        Endpoint(hostile.url("redirection"), SECONDS).run("ASK { GRAPH ?g { } }")
    assert len(hostile.headers) == 1


@pytest.mark.parametrize("behaviour", ["endless-body", "endless-header", "endless-refusal", "gzip-bomb"])
def test_no_more_memory_is_taken_than_the_bound(behaviour: str, hostile: HostileServer) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(MandataError):
            Endpoint(hostile.url(behaviour), SECONDS, MOST).run("SELECT * { GRAPH ?g { ?s ?p ?o } }")
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()


def test_a_reply_that_is_dropped_closes_its_connection_without_a_warning(hostile: HostileServer) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        reply = HttpClient(60, MOST, Credentials()).send("GET", hostile.url("trickled-body"), {})
        assert reply.read(1) == b" " and hostile.open == 1
        del reply
        gc.collect()
    until = time.monotonic() + GRACE
    while hostile.open and time.monotonic() < until:
        time.sleep(0.01)
    assert not hostile.open


def test_no_proxy_and_no_password_of_the_environment_is_used(
    hostile: HostileServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A proxy that is not there would refuse the connection."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret", encoding="ascii")
    monkeypatch.setenv("NETRC", str(netrc))
    hostile.headers.clear()
    with pytest.raises(MandataError, match="no result of SPARQL: text/html"):
        Endpoint(hostile.url("web-page"), SECONDS).run("ASK { GRAPH ?g { } }")
    assert len(hostile.headers) == 1 and b"authorization" not in hostile.headers[0].lower()


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("http://x", True),
        ("https://x:1/y?z", True),
        ("http://[::1]:80/", True),
        ("http://[::1", False),
        ("http://", False),
        ("http:///sparql", False),
        ("http://x:99999/", False),
        ("http://x:y/", False),
        ("http://x/\udc80", False),
        ("file:///etc/passwd", False),
        ("x", False),
        ("", False),
    ],
)
def test_a_url_of_http_is_told_from_what_is_none(url: str, is_one: bool) -> None:
    assert is_http_url(url) is is_one


@pytest.mark.parametrize("host", ["a..b", "a" * 70, "nowhere.invalid"])
def test_a_host_that_cannot_be_is_one_line(host: str) -> None:
    with pytest.raises(MandataError, match="does not answer"):
        Endpoint(f"http://{host}/", seconds=20).run("ASK { GRAPH ?g { } }")


def test_a_token_with_a_line_break_is_refused_and_not_printed() -> None:
    with pytest.raises(MandataError, match="MANDATA_TOKEN") as caught:
        Credentials("secret\n")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("command", "behaviour"),
    [
        (("query", "ASK {}", "--at"), "cut-off"),
        (("ask", "founding-letter-citers", "--at"), "gzip-bomb"),
        (("load", "--to"), "endless-header"),
    ],
)
def test_a_command_ends_in_one_line(command: tuple[str, ...], behaviour: str, hostile: HostileServer, kb: Path) -> None:
    arguments = [sys.executable, "-m", "mandata", *command, hostile.url(behaviour)]
    environment = {**os.environ, "MANDATA_KB": str(kb)}
    run = subprocess.run(arguments, check=False, capture_output=True, text=True, env=environment)
    assert run.returncode == 2 and not run.stdout
    assert re.fullmatch(rf"mandata: {re.escape(hostile.url(behaviour))}: .* \[(endpoint|store)\]\n", run.stderr)
