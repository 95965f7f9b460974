"""Every question has the same answer in Virtuoso 7 as in the embedded store, asked there or through this server."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest

from mandata.cli.main import main
from mandata.errors import MandataError
from mandata.kb.knowledge_base import open_kb
from mandata.kb.statements import axioms
from mandata.query.answer import answer
from mandata.query.queryfile import Question, load
from mandata.query.remote import Endpoint
from mandata.query.source import Embedded, select
from mandata.release import diff as changes
from mandata.release import event_stream as feed
from mandata.release.push import as_stored, push
from mandata.release.remote_store import RemoteStore
from mandata.server.formats import RESULTS
from server.server import Server, serving
from virtuoso import running

QUESTIONS = load()
EVERY = pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MANDATA_STORE_USER", "dba")
    monkeypatch.setenv("MANDATA_STORE_PASSWORD", "dba")
    monkeypatch.delenv("MANDATA_TOKEN", raising=False)


@pytest.fixture(scope="module")
def loaded(virtuoso: str, kb: Path) -> str:
    """The endpoint of a Virtuoso that holds the knowledge base, as ``mandata load`` puts it there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MANDATA_STORE_USER", "dba")
        patch.setenv("MANDATA_STORE_PASSWORD", "dba")
        patch.delenv("MANDATA_TOKEN", raising=False)
        state = as_stored(feed.state_of(changes.read_release(kb)), axioms())
        store = RemoteStore(f"{virtuoso}/sparql-graph-crud-auth")
        assert all(one.same for one in push(state, store, lambda *_: None))
    return f"{virtuoso}/sparql"


@pytest.fixture(scope="module")
def before(loaded: str) -> Iterator[Server]:
    """This server before that store."""
    with serving("--at", loaded, "--rows", "100000") as server:
        yield server


@pytest.fixture(scope="module")
def embedded(kb: Path) -> Embedded:
    return Embedded(open_kb(kb).store)


def settings(question: Question) -> list[Mapping[str, str]]:
    """Return what a question is asked with: nothing, each parameter, all of them."""
    each = [{one.name: one.example} for one in question.parameters]
    return [{}, *each, *([{name: value for one in each for name, value in one.items()}] if len(each) > 1 else [])]


@EVERY
def test_a_question_is_answered_alike(question: Question, loaded: str, embedded: Embedded) -> None:
    for chosen in settings(question):
        assert answer(question, chosen, Endpoint(loaded)).json() == answer(question, chosen, embedded).json(), chosen


@EVERY
def test_a_question_is_answered_alike_through_this_server(
    question: Question, before: Server, embedded: Embedded
) -> None:
    for chosen in (settings(question)[0], settings(question)[-1]):
        found = answer(question, chosen, Endpoint(before.url + "/sparql")).json()
        assert found == answer(question, chosen, embedded).json(), chosen


def test_the_command_asks_there(loaded: str, kb: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for place in (["--at", loaded], ["--kb", str(kb)]):
        with pytest.raises(SystemExit) as left:
            main(["ask", "mandate-status", "--json", *place])
        assert left.value.code == 0
        said.append(json.loads(capsys.readouterr().out))
    assert said[0] == said[1]


def test_each_statement_is_counted_once_there_too(kb: Path, embedded: Embedded, known: None, tmp_path: Path) -> None:
    """Where it was loaded with a graph for that."""
    state = as_stored(feed.state_of(changes.read_release(kb)), axioms(), each_once=True)
    with running(tmp_path) as address:
        store = RemoteStore(f"{address}/sparql-graph-crud-auth")
        assert all(one.same for one in push(state, store, lambda *_: None))
        with serving("--at", f"{address}/sparql") as server:
            for pattern in ("?s ?p ?o", "id:A_RES_75_272 md:symbol ?o", "?s a md:Resolution"):
                (expected,) = select(embedded, f"SELECT (COUNT(*) AS ?all) {{ {pattern} }}")
                for counted in (pattern, f"SELECT DISTINCT * {{ {pattern} }}"):
                    query = f"SELECT (COUNT(*) AS ?all) {{ {counted} }}"
                    there = select(Endpoint(f"{address}/sparql"), query)
                    assert [row["all"].value for row in there] == [expected["all"].value], query
                    assert [row["all"] for row in server.rows(query)] == [expected["all"].value], query


def test_truth_and_graphs_come_through_in_every_form(before: Server) -> None:
    """Virtuoso tells truth as a row."""
    told = [before.ask(f"ASK {{ ?s a {kind} }}").json()["boolean"] for kind in ("md:Centre", "md:None")]
    assert told == [True, False]
    for accept in ("text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"):
        reply = before.ask("CONSTRUCT WHERE { ?s a md:Centre }", accept)
        assert (reply.status, reply.kind) == (200, accept) and reply.body
    assert before.send("GET", "/graph-store?graph=https://w3id.org/mandata/graph/catalogue").status == 200
    assert before.send("GET", "/graph-store?graph=urn:none").status == 404


def test_blank_nodes_bear_names_that_rdf_allows(loaded: str, before: Server, known: None) -> None:
    """Virtuoso names them nodeID://b10001, and a literal may say so too."""
    triple = ox.Triple(ox.BlankNode(), ox.NamedNode("urn:p"), ox.Literal('"bnode" , "value": "nodeID://b1'))
    RemoteStore(loaded.replace("/sparql", "/sparql-graph-crud-auth")).write("urn:blank", [triple])
    for accept in RESULTS:
        reply = before.ask("SELECT ?s ?o { GRAPH <urn:blank> { ?s <urn:p> ?o } }", accept)
        assert reply.status == 200 and b"nodeID://b1" in reply.body
        if form := ox.QueryResultsFormat.from_media_type(accept if accept != "text/csv" else ""):
            rows = ox.parse_query_results(reply.body, format=form)
            assert isinstance(rows, ox.QuerySolutions)
            assert [(type(row["s"]), row["o"]) for row in rows] == [(ox.BlankNode, triple.object)]


def test_what_virtuoso_does_not_take_is_told_with_its_words(before: Server) -> None:
    reply = before.ask("SELECT (BNODE() AS ?b) { }")
    assert (reply.status, reply.json()["code"]) == (400, "endpoint-query")
    assert "not implemented" in reply.json()["title"] and "Virtuoso" in reply.json()["title"]


def test_a_store_that_wants_a_password_has_it_from_the_environment(
    loaded: str,
    known: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = loaded.replace("/sparql", "/sparql-auth")
    with serving("--at", place, MANDATA_TOKEN="") as server:
        assert server.ask("ASK { ?s a md:Centre }").json()["boolean"] is True
    assert Endpoint(place).run("ASK { ?s a md:Centre }") is True
    monkeypatch.delenv("MANDATA_STORE_USER")
    with pytest.raises(MandataError, match=r"401.*MANDATA_STORE_USER"):
        Endpoint(place).run("ASK { ?s a md:Centre }")


def test_an_answer_that_the_store_cut_short_says_so(tmp_path: Path) -> None:
    with running(tmp_path, rows=10) as address, serving("--at", f"{address}/sparql") as server:
        whole, cut = (server.ask(f"SELECT ?s ?p ?o {{ ?s ?p ?o }} LIMIT {most}") for most in (5, 50))
        assert len(whole.json()["results"]["bindings"]) == 5 and "mandata-truncated" not in whole.fields
        assert len(cut.json()["results"]["bindings"]) == 10 and cut.fields["mandata-truncated"] == "rows"
