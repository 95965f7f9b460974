"""A release comes into a store elsewhere to the letter, or it is said that it did not."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

from mandata.cli.main import main
from mandata.errors import MandataError
from mandata.kb.statements import axioms
from mandata.rdf.canonical import nquads
from mandata.rdf.namespaces import DEFAULT_GRAPH, GRAPH
from mandata.release import diff as changes
from mandata.release import event_stream as feed
from mandata.release.push import as_stored, canonical_hash, push
from mandata.release.remote_store import RemoteStore

NT = ox.RdfFormat.N_TRIPLES


class Toy(BaseHTTPRequestHandler):
    """A store that keeps graphs in a dictionary; ``protocols`` says what it speaks."""

    graphs: dict[str, bytes]
    protocols: set[str]
    writes: list[str]
    loses: bytes

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def answer(self, code: int, body: bytes = b"") -> None:
        self.send_response(code)
        self.send_header("Content-Type", "application/n-triples")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        graph = parse_qs(urlsplit(self.path).query).get("graph", [""])[0]
        known = "graph-store" in self.protocols and graph in self.graphs
        self.answer(200, self.graphs[graph]) if known else self.answer(404)

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if "graph-store" not in self.protocols:
            return self.answer(405)
        graph = parse_qs(urlsplit(self.path).query)["graph"][0]
        self.writes.append(graph)
        self.graphs[graph] = body.replace(self.loses, b"lost") if self.loses else body
        return self.answer(201)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if "update" not in self.protocols:
            return self.answer(405)
        if self.headers["Content-Type"] == "application/sparql-update":
            return self._update(body)
        graph = parse_qs(body)["query"][0].partition("GRAPH <")[2].partition(">")[0]
        return self.answer(200, self.graphs.get(graph, b""))

    def _update(self, body: str) -> None:
        graph = body.partition("GRAPH <")[2].partition(">")[0]
        if body.startswith("DROP"):
            self.writes.append(graph)
            self.graphs.pop(graph, None)
        else:
            triples = body[body.index("{\n") + 2 : body.rindex("} }")]
            self.graphs[graph] = self.graphs.get(graph, b"") + triples.encode()
        self.answer(204)


@pytest.fixture
def toy() -> Iterator[type[Toy]]:
    """A store on loopback; its address is ``toy.address``."""
    kind = type("Fresh", (Toy,), {"graphs": {}, "protocols": {"graph-store", "update"}, "writes": [], "loses": b""})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    kind.address = f"http://127.0.0.1:{server.server_port}/store"  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield kind
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def state(kb: Path) -> feed.State:
    return feed.state_of(changes.read_release(kb))


def pushed(state: feed.State, store: Any) -> list[Any]:
    return list(push(state, RemoteStore(store.address), lambda *_: None))


@pytest.mark.parametrize("protocols", [{"graph-store"}, {"update"}, {"graph-store", "update"}])
def test_each_graph_is_held_to_the_letter_by_either_protocol(
    protocols: set[str], toy: type[Toy], state: feed.State
) -> None:
    toy.protocols = protocols
    done = pushed(state, toy)
    assert all(one.same and not one.before for one in done)
    assert {one.graph for one in done} == state.keys() == toy.graphs.keys()
    held = {name: frozenset(q.triple for q in ox.parse(body, format=NT)) for name, body in toy.graphs.items()}
    assert held == dict(state)


@pytest.mark.parametrize("protocols", [{"graph-store"}, {"update"}])
def test_a_load_that_was_cut_short_goes_on(protocols: set[str], toy: type[Toy], state: feed.State) -> None:
    toy.protocols = protocols
    store = RemoteStore(toy.address)  # type: ignore[attr-defined]
    started = push(state, store, lambda *_: None)
    first = [next(started).graph for _ in range(4)]
    toy.graphs[first[3]] = b"\n".join(toy.graphs[first[3]].split(b"\n")[:2]) + b"\n"  # half of it came
    toy.writes.clear()
    done = pushed(state, toy)
    assert [one.graph for one in done if one.before] == first[:3]
    assert toy.writes == [one.graph for one in done if not one.before]
    assert all(one.same for one in done)


def test_what_a_store_alters_is_told_and_fails_the_command(
    toy: type[Toy], kb: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    toy.loses = b"Turkm"
    with pytest.raises(SystemExit) as left:
        main(["load", "--to", toy.address, "--kb", str(kb)])  # type: ignore[attr-defined]
    assert left.value.code == 1
    assert f"{GRAPH}entities" in capsys.readouterr().out
    toy.loses = b""
    with pytest.raises(SystemExit) as left:
        main(["load", "--to", toy.address, "--kb", str(kb)])  # type: ignore[attr-defined]
    assert left.value.code == 0
    assert "over Graph Store Protocol" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("ftp://127.0.0.1/x", "no address of a store"),
        ("nowhere", "no address of a store"),
        ("http://127.0.0.1:9/x", "does not answer"),
    ],
)
def test_no_store_is_one_line(address: str, fault: str, state: feed.State) -> None:
    with pytest.raises(MandataError, match=fault):
        list(push(state, RemoteStore(address), lambda *_: None))


def test_a_store_that_takes_neither_is_one_line(toy: type[Toy], state: feed.State) -> None:
    toy.protocols = set()
    with pytest.raises(MandataError, match="takes neither graphs nor updates"):
        pushed(state, toy)


def test_a_blank_node_is_refused() -> None:
    triple = ox.Triple(ox.BlankNode(), ox.NamedNode("http://x/p"), ox.Literal("a"))
    with pytest.raises(MandataError, match="cannot be verified"):
        list(push({"http://x/g": frozenset({triple})}, RemoteStore("http://127.0.0.1:9/"), lambda *_: None))


def test_the_ontology_goes_along_with_a_name_for_each_blank_node(state: feed.State) -> None:
    whole = as_stored(state, axioms(), each_once=True)
    assert whole == as_stored(state, axioms(), each_once=True)
    assert as_stored(state, axioms()) == {name: each for name, each in whole.items() if name != DEFAULT_GRAPH}
    assert whole.keys() - state.keys() == {f"{GRAPH}ontology", f"{GRAPH}alignments", DEFAULT_GRAPH}
    named = [triples for name, triples in whole.items() if name != DEFAULT_GRAPH]
    assert whole[DEFAULT_GRAPH] == frozenset().union(*named)
    assert sum(map(len, named)) - sum(map(len, state.values())) == len({*axioms()})
    nodes = [node for triples in whole.values() for triple in triples for node in (triple.subject, triple.object)]
    assert not any(isinstance(node, ox.BlankNode) for node in nodes)


def test_no_redirection_takes_the_token_to_another_server(
    toy: type[Toy], state: feed.State, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def elsewhere(self: Toy) -> None:
        asked.append(self.path)
        self.send_response(302)
        self.send_header("Location", "/other")
        self.send_header("Content-Length", "0")
        self.end_headers()

    toy.do_GET = elsewhere  # type: ignore[method-assign]
    monkeypatch.setenv("MANDATA_TOKEN", "secret")
    with pytest.raises(MandataError, match="give that address: /other"):
        pushed(state, toy)
    assert len(asked) == 1


def test_the_hash_of_a_graph_is_that_of_its_canonical_triples(state: feed.State) -> None:
    for triples in state.values():
        canonical = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
        canonical.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        assert canonical_hash({quad.triple for quad in canonical}) == canonical_hash(triples)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANDATA_STORE_USER", "dba")
    monkeypatch.setenv("MANDATA_STORE_PASSWORD", "dba")
    monkeypatch.delenv("MANDATA_TOKEN", raising=False)


@pytest.mark.usefixtures("known")
def test_a_server_that_is_not_ours_takes_a_release_over_the_graph_store_protocol(
    virtuoso: str, kb: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for again in (False, True):
        with pytest.raises(SystemExit) as left:
            main(["load", "--to", f"{virtuoso}/sparql-graph-crud-auth", "--kb", str(kb)])
        lines = capsys.readouterr().out.splitlines()
        assert left.value.code == 0
        assert lines[-1].endswith("over Graph Store Protocol")
        assert all(line.endswith("there already" if again else "loaded") for line in lines[:-1])


@pytest.mark.usefixtures("known")
def test_a_server_that_is_not_ours_takes_a_graph_over_update(virtuoso: str, kb: Path, tmp_path: Path) -> None:
    place = ox.NamedNode("https://example.org/by-update")
    quads = [q for q in changes.read_release(kb) if str(q.graph_name.value).endswith("A_RES_72_7")]  # type: ignore[union-attr]
    file = tmp_path / "one.nq"
    file.write_text(nquads(ox.Quad(q.subject, q.predicate, q.object, place) for q in quads), encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        main(["load", "--to", f"{virtuoso}/sparql-auth", "--query", f"{virtuoso}/sparql", "--kb", str(file)])
    assert left.value.code == 0


def test_a_server_that_wants_a_password_and_gets_none_is_one_line(
    virtuoso: str, state: feed.State, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("MANDATA_STORE_USER", "MANDATA_STORE_PASSWORD", "MANDATA_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    assert "MANDATA_STORE_USER" not in os.environ
    with pytest.raises(MandataError, match=r"answers 401.*MANDATA_STORE_USER"):
        list(push(state, RemoteStore(f"{virtuoso}/sparql-graph-crud-auth"), lambda *_: None))
