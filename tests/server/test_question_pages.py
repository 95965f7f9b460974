"""The pages of the questions: narrowed by a form, kept as a link, each inferred row with its reasons."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from mandata.query.queryfile import load
from mandata.rdf.namespaces import PREFIXES
from server.server import Reply, Server
from site_pages.markup import Written, read

HTML = "text/html"


def ask(server: Server, name: str, language: str = "", **given: str) -> Reply:
    folder = f"{language}/" if language else ""
    return server.send("GET", f"/{folder}question/{name}.html?{urlencode(given)}", accept=HTML)


def words(page: Written) -> str:
    return " ".join(" ".join(text for text, _, _ in page.words).split())


def rows(page: Written) -> int:
    return sum(tag == "tr" for tag, _ in page.elements) - 1


@pytest.mark.parametrize("name", sorted(load()))
def test_every_question_is_answered_and_has_a_field_for_each_parameter(name: str, site: Server) -> None:
    """Each field with a label in the language of the page, and with an example."""
    for language in ("", "fr"):
        reply = ask(site, name, language)
        page = read(reply.body)
        assert (reply.status, page.unclosed) == (200, [])
        fields = {values["name"]: values for tag, values in page.elements if tag == "input" and values["name"] != "q"}
        assert list(fields) == [one.name for one in load()[name].parameters]
        labels = {values["for"] for tag, values in page.elements if tag == "label"}
        assert {values["id"] for values in fields.values()} <= labels
        for one in load()[name].parameters:
            assert fields[one.name]["placeholder"] == one.example
            assert one.meaning[language or "en"] in words(page)


def test_a_parameter_narrows_the_answer_and_stays_in_its_field(site: Server) -> None:
    every = read(ask(site, "mandate-beneficiaries").body)
    one = read(ask(site, "mandate-beneficiaries", state="Kazakhstan").body)
    assert (rows(every), rows(one)) == (5, 1)
    fields = {
        values["name"]: values["value"] for tag, values in one.elements if tag == "input" and values["name"] != "q"
    }
    assert fields == {"centre": "", "state": "Kazakhstan"}
    assert read(ask(site, "mandate-beneficiaries", state=" ", centre="").body).ids == every.ids


def test_what_may_be_written_is_offered_where_it_is_a_short_list(site: Server) -> None:
    page = read(ask(site, "mandate-beneficiaries").body)
    lists = {values["id"] for tag, values in page.elements if tag == "datalist"}
    offered = {values["value"] for tag, values in page.elements if tag == "option"}
    assert {values["list"] for tag, values in page.elements if tag == "input" and "list" in values} == lists != set()
    assert "Kazakhstan" in offered


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"state": "Kazakstan"}, "did you mean"),
        ({"nothing": "x"}, "is no parameter"),
        ({"state": '"><script>alert(1)</script>'}, "nothing is known"),
        ({"centre": "x" * 5000}, "nothing is known"),
    ],
)
def test_what_cannot_be_asked_is_said_on_the_page(given: dict[str, str], said: str, site: Server) -> None:
    reply = ask(site, "mandate-beneficiaries", "", **given)
    page = read(reply.body)
    assert (reply.status, page.unclosed) == (400, [])
    assert said in words(page)
    assert rows(page) < 1


def test_each_inferred_row_tells_why_down_to_the_words(site: Server) -> None:
    """That the mandate serves Kazakhstan follows from a proposal of Central Asian States, of which it is a member."""
    page = read(ask(site, "mandate-beneficiaries", state="Kazakhstan").body)
    (link,) = [link for link in page.links if "why=" in link]
    assert link == "mandate-beneficiaries.html?state=Kazakhstan&why=1#why"
    why = read(site.send("GET", f"/question/{link.partition('#')[0]}", accept=HTML).body)
    assert "why" in why.ids
    said = words(why)
    assert "Mandate of UNRCCA serves Kazakhstan" in said
    assert "Kazakhstan is a member of Central Asian States" in said
    quoted = [tag for tag, _ in why.elements if tag == "q"]
    assert quoted, "the proof rests on no words"


def test_a_row_that_is_stated_has_no_reasons_to_tell(site: Server) -> None:
    page = read(ask(site, "states-mentioned").body)
    assert not [link for link in page.links if "why=" in link]


@pytest.mark.parametrize("why", ["0", "99", "-1", "x", "1e3", "²"])
def test_a_row_that_is_not_there_has_no_reasons(why: str, site: Server) -> None:
    reply = ask(site, "mandate-beneficiaries", why=why)
    assert reply.status == 200
    assert "why" not in read(reply.body).ids


@pytest.mark.parametrize("given", [{}, {"state": "Kazakhstan"}, {"centre": "UNRCCA"}])
def test_the_json_of_a_question_is_what_the_command_prints(given: dict[str, str], site: Server, kb: Path) -> None:
    reply = site.send("GET", f"/question/mandate-beneficiaries.json?{urlencode(given)}")
    assert (reply.status, reply.kind) == (200, "application/json")
    narrowed = [word for name, value in given.items() for word in ("--set", f"{name}={value}")]
    command = ["ask", "mandate-beneficiaries", *narrowed, "--json", "--kb", str(kb)]
    start = [sys.executable, "-c", "import sys; from mandata.cli.main import main; main(sys.argv[1:])"]
    printed = subprocess.run([*start, *command], check=True, capture_output=True).stdout
    assert reply.json() == json.loads(printed)


def test_a_fault_of_the_json_is_one_that_a_program_can_read(site: Server) -> None:
    reply = site.send("GET", "/question/mandate-beneficiaries.json?state=nowhere", accept=HTML)
    assert (reply.status, reply.kind) == (400, "application/problem+json")
    assert reply.json()["code"] == "not-found"


def test_the_service_offers_its_prefixes_and_the_questions_to_any_editor(site: Server, server: Server) -> None:
    """As SHACL-SPARQL has them, each as it is answered; a store of others' statements has none of them."""
    told = ox.Store()
    told.load(site.send("GET", "/sparql", accept="application/n-triples").body, format=ox.RdfFormat.N_TRIPLES)
    declared = "SELECT ?prefix ?namespace { ?service sh:declare [ sh:prefix ?prefix ; sh:namespace ?namespace ] }"
    examples = "SELECT ?example ?text { ?example a sh:SPARQLExecutable ; sh:select ?text ; rdfs:comment ?words }"
    prefixes = {row["prefix"].value: row["namespace"].value for row in rows_of(told, declared)}
    assert prefixes == PREFIXES
    texts = {row["example"].value.rpartition("#example-")[2]: row["text"].value for row in rows_of(told, examples)}
    assert texts == {name: question.query for name, question in load().items()}
    assert site.ask(texts["mandate-beneficiaries"]).status == 200
    assert b"shacl" not in server.send("GET", "/sparql", accept="application/n-triples").body


def rows_of(store: ox.Store, query: str) -> list[ox.QuerySolution]:
    found = store.query(query, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    return list(found)
