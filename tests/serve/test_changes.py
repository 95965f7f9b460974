"""Changes: by whom they may be made, that they are whole, and that readers see the old or the new."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pyoxigraph as ox
import pytest

from mandata.cli.serve import token_of
from mandata.errors import MandataError
from mandata.kb import swap
from mandata.kb.store import create
from mandata.server.update_dataset import using
from serve.server import TOKEN, Reply, Server, serving

BEARER = f"Bearer {TOKEN}"
EX = "https://example.org/"


def put(server: Server, where: str, body: str, method: str = "PUT", kind: str = "text/turtle") -> Reply:
    return server.send(method, f"/graph-store{where}", body, content_type=kind, authorization=BEARER)


def count(server: Server, graph: str = "") -> int:
    pattern = f"GRAPH <{graph}> {{ ?s ?p ?o }}" if graph else "?s ?p ?o"
    return int(server.rows(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")[0]["n"])


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}x"])
def test_a_change_without_the_token_is_refused(token: str, changing: Server) -> None:
    fields = {"authorization": token} if token else {}
    update = changing.send("POST", "/update", "CLEAR ALL", content_type="application/sparql-update", **fields)
    graph = changing.send("DELETE", "/graph-store?default", **fields)
    assert update.status == graph.status == 401
    assert update.fields["www-authenticate"].startswith("Bearer")
    assert count(changing) == 4


def test_a_server_that_takes_changes_needs_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MANDATA_TOKEN", raising=False)
    with pytest.raises(MandataError, match="MANDATA_TOKEN"):
        token_of(True)
    assert token_of(False) == ""


def test_a_graph_is_put_added_to_read_and_deleted(changing: Server) -> None:
    where = f"?graph={EX}new"
    assert put(changing, where, f"<{EX}a> <{EX}b> 1, 2 .").status == 201
    assert put(changing, where, f"<{EX}a> <{EX}b> 3 .").status == 204
    assert put(changing, where, f"<{EX}a> <{EX}b> 4 .", "POST").status == 204
    assert count(changing, f"{EX}new") == 2
    assert changing.send("HEAD", f"/graph-store{where}").status == 200
    assert changing.send("DELETE", f"/graph-store{where}", authorization=BEARER).status == 204
    assert changing.send("DELETE", f"/graph-store{where}", authorization=BEARER).status == 404
    assert changing.send("HEAD", f"/graph-store{where}").status == 404
    assert count(changing) == 4


def test_a_graph_may_be_named_by_its_address_or_by_the_server(changing: Server) -> None:
    assert put(changing, "/people/1", "<> <urn:b> 1 .").status == 201
    assert count(changing, f"{changing.url}/graph-store/people/1") == 1
    made = put(changing, "", "<urn:a> <urn:b> 1 .", "POST")
    assert made.status == 201 and count(changing, made.fields["location"]) == 1


@pytest.mark.parametrize(
    ("where", "body", "kind", "status"),
    [
        ("?default", "<urn:a> <urn:b>", "text/turtle", 400),
        ("?default", "<urn:a> <urn:b> 1 .", "text/html", 415),
        ("?default", "<urn:a> <urn:b> 1 .", "application/trig", 415),
        ("?graph=nonsense", "<urn:a> <urn:b> 1 .", "text/turtle", 400),
        ("", "<urn:a> <urn:b> 1 .", "text/turtle", 400),
        ("?graph=urn:a&graph=urn:b", "<urn:a> <urn:b> 1 .", "text/turtle", 400),
    ],
)
def test_a_graph_that_cannot_be_taken_changes_nothing(
    where: str, body: str, kind: str, status: int, changing: Server
) -> None:
    assert put(changing, where, body, kind=kind).status == status
    assert count(changing) == 4


def test_an_update_is_made_whole_or_not_at_all(changing: Server) -> None:
    text = "INSERT DATA { <urn:a> <urn:b> 1 } ; DROP GRAPH <urn:none>"
    reply = changing.send("POST", "/update", text, content_type="application/sparql-update", authorization=BEARER)
    assert reply.status == 400 and count(changing) == 4


def test_what_was_changed_is_there_when_the_server_is_started_again(tmp_path: Path) -> None:
    kb = tmp_path / "kb"
    create(kb / "store", [ox.Quad(*(ox.NamedNode(f"{EX}{name}") for name in "abc"))])
    with serving("--kb", str(kb), "--quiet", updates=True) as running:
        assert put(running, "?default", "<urn:a> <urn:b> 1, 2, 3 .").status == 204
        assert count(running) == 3
    with serving("--kb", str(kb), "--quiet") as running:
        assert count(running) == 3
    assert sorted(path.name for path in kb.iterdir() if ".writing" not in path.name) == ["store"]


def kb_of(folder: Path, number: int) -> None:
    """Make a knowledge base in which the same number stands in two graphs."""
    graphs = [ox.NamedNode(f"{EX}{name}") for name in ("one", "two")]
    one = ox.NamedNode(f"{EX}is")
    create(folder / "store", [ox.Quad(graph, one, ox.Literal(number), graph) for graph in graphs])
    (folder / "report.json").write_text("{}", encoding="utf-8")


def test_readers_see_the_old_or_the_new_knowledge_base_and_never_a_mix(tmp_path: Path) -> None:
    kb, seen, stop = tmp_path / "kb", list[set[str]](), threading.Event()
    kb_of(kb, 0)
    with serving("--kb", str(kb), "--quiet") as running:

        def read() -> None:
            while not stop.is_set():
                seen.append({row["n"] for row in running.rows("SELECT ?n { ?s <https://example.org/is> ?n }")})

        threads = [threading.Thread(target=read) for _ in range(3)]
        for thread in threads:
            thread.start()
        for number in (1, 2, 3):
            with swap.changing(kb) as folder:
                kb_of(folder, number)
            for _ in range(200):
                if running.rows("SELECT ?n { ?s <https://example.org/is> ?n }")[0]["n"] == str(number):
                    break
            else:
                pytest.fail("the new knowledge base is not served")
        stop.set()
        for thread in threads:
            thread.join()
    assert seen and all(len(numbers) == 1 for numbers in seen)
    shutil.rmtree(kb)


@pytest.mark.parametrize(
    ("update", "changed"),
    [
        ("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "DELETE { ?s ?p ?o } USING <urn:g> WHERE { ?s ?p ?o }"),
        (
            "INSERT { <a> <b> 'WHERE' } # WHERE\nwhere { }",
            "INSERT { <a> <b> 'WHERE' } # WHERE\nUSING <urn:g> where { }",
        ),
        ("DELETE WHERE { ?s ?p ?o }", "DELETE WHERE { ?s ?p ?o }"),
        ("INSERT DATA { <a> <b> 1 }", "INSERT DATA { <a> <b> 1 }"),
        (
            "DELETE {} INSERT {} WHERE { { SELECT * WHERE { } } } ; DELETE WHERE { }",
            "DELETE {} INSERT {} USING <urn:g> WHERE { { SELECT * WHERE { } } } ; DELETE WHERE { }",
        ),
    ],
)
def test_an_update_is_over_the_graphs_that_its_request_names(update: str, changed: str) -> None:
    assert using(update, ["urn:g"], []) == changed
    assert using(update, [], []) == update


@pytest.mark.parametrize(
    "update",
    ["WITH <a> DELETE {} WHERE {}", "DELETE {} USING <a> WHERE {}", "DELETE {} WHERE { FILTER((?a<(?b))&&?c>?d) }"],
)
def test_where_two_name_graphs_or_it_is_not_sure_what_does_the_update_is_refused(update: str) -> None:
    with pytest.raises(MandataError):
        using(update, ["urn:g"], [])
    with pytest.raises(MandataError):
        using("DELETE {} WHERE {}", ["urn:g> WHERE {} ; CLEAR ALL #"], [])
