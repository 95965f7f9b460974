"""Search over HTTP: in SPARQL by its property, and always of the state that is served."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
import rdflib

from mandata.ingest import build as building
from mandata.query.text_matching import MATCHES
from server.server import Server, serving

LATER = """United Nations A/RES/80/999
General Assembly
Distr.: General
3 December 2025

Resolution adopted by the General Assembly on 3 December 2025

80/999. Wells of the high valleys

The General Assembly,

1. Encourages the herders to dig deeper wells;

2. Takes note of the report of the Advisory Committee, A/72/7;

3. Decides to remain seized of the matter.

70th plenary meeting
3 December 2025
"""
ASKED = "SELECT ?p ?n { ?p md:matches 'diplomatie préventive' ; a md:OperativeParagraph ; md:number ?n } ORDER BY ?n"


def test_sparql_finds_words(api: Server) -> None:
    assert [row["n"] for row in api.rows(ASKED)] == ["1", "3"]
    graph = api.ask("CONSTRUCT { ?p a ?c } { ?p md:matches 'centre' . ?p a ?c }", accept="text/turtle")
    assert graph.status == 200 and b"centre-UNRCCA" in graph.body
    assert api.ask("ASK { ?p md:matches 'no such words at all' }").json()["boolean"] is False


@pytest.mark.parametrize(
    ("query", "code"),
    [("SELECT ?p { ?p a md:Document ; md:matches 'a' }", "matches"), ("SELECT ?p { ?p md:matches ?w }", "matches")],
)
def test_a_misuse_teaches(query: str, code: str, api: Server) -> None:
    reply = api.ask(query)
    assert (reply.status, reply.json()["code"]) == (400, code) and "md:matches" in reply.json()["mend"]


def test_the_property_is_described_where_it_is_answered(api: Server, server: Server) -> None:
    feature = rdflib.URIRef("http://www.w3.org/ns/sparql-service-description#propertyFeature")
    for running, expected in ((api, {rdflib.URIRef(MATCHES)}), (server, set())):
        told = rdflib.Graph().parse(data=running.send("GET", "/sparql", accept="text/turtle").body, format="turtle")
        assert set(told.objects(None, feature)) == expected
    assert server.ask(f"SELECT ?p {{ ?p <{MATCHES}> 'a' }}").json()["code"] == "no-index"


def test_what_was_added_is_found_and_what_was_removed_is_not(kb: Path, tmp_path: Path) -> None:
    """The store and the index are those of one state: what a search finds, the store knows."""
    served = Path(shutil.copytree(kb, tmp_path / "kb"))
    text = tmp_path / "later.txt"
    text.write_text(LATER, encoding="utf-8")
    with serving("--kb", str(served)) as running:
        assert _found(running) == []
        building.add([text], served)
        _await(running, ["A/RES/80/999", "A/RES/80/999 op1"])
        assert running.rows("SELECT ?t { ?p md:matches 'deeper wells' ; md:text ?t }")
        _judge_two_meanings(running)
        building.remove("80/999", served)
        _await(running, [])


def _judge_two_meanings(server: Server) -> None:
    """The new text cites A/72/7: what is typed may now be that or the resolution, and nobody guesses."""
    reply = server.send("GET", "/api/documents/72/7")
    assert reply.status == 300
    assert {one["symbol"] for one in reply.json()["candidates"]} == {"A/RES/72/7", "A/72/7"}
    fault = server.send("GET", "/api/citations?by=72/7").json()
    assert fault["code"] == "ambiguous" and "A_72_7" in fault["mend"] and "A_RES_72_7" in fault["mend"]
    assert server.send("GET", "/api/citations?by=res+72/7").status == 200


def _found(server: Server) -> list[str]:
    items = server.send("GET", "/api/search?" + urlencode({"q": "wells"})).json()["items"]
    things = (item["thing"] for item in items)
    return sorted(thing["symbol"] or thing["label"] for thing in things if "A_RES_80_999" in thing["iri"])


def _await(server: Server, expected: list[str]) -> None:
    until = time.monotonic() + 20
    while (found := _found(server)) != expected and time.monotonic() < until:
        time.sleep(0.05)
    assert found == expected


def _page(server: Server, language: str = "", **fields: str) -> str:
    reply = server.send("GET", f"/{language}search.html?{urlencode(fields)}", accept="text/html")
    assert (reply.status, reply.kind) == (200, "text/html")
    assert "script-src 'self'" in reply.fields["content-security-policy"]
    return reply.body.decode()


def test_the_page_of_a_search_needs_no_script(api: Server) -> None:
    page = _page(api, q='"diplomatie preventive"', operator="encourages")
    assert "<mark>diplomatie préventive</mark>" in page and 'href="id/A_RES_72_7.html#op1"' in page
    assert 'value="&#34;diplomatie preventive&#34;"' in page and "search.js" not in page
    assert "?q=%22diplomatie+preventive%22&amp;operator=encourages&amp;kind=OperativeParagraph" in page
    assert 'href="?q=%22diplomatie+preventive%22" aria-current="true"' in page
    assert "Verbe introductif" in _page(api, "fr/", q="centre")


def test_the_page_of_a_search_is_turned(api: Server) -> None:
    first, second = _page(api, q="nations"), _page(api, q="nations", page="2")
    assert 'href="?q=nations&amp;page=2" rel="next"' in first and 'href="?q=nations" rel="prev"' in second
    assert 'rel="prev"' not in first and first != second


@pytest.mark.parametrize("field", ["q", "organ", "page", "colour"])
@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'\"`{{7*7}}", "\x00", "9" * 99]
)
def test_what_is_typed_is_shown_as_words(field: str, text: str, api: Server) -> None:
    page = _page(api, **{"q": "centre", field: text})
    assert "<script>alert" not in page and "<img src=x" not in page and ">49<" not in page


def test_the_way_to_the_page_keeps_what_was_typed(api: Server) -> None:
    reply = api.send("GET", "/search?q=72%2F7", accept="text/html")
    assert (reply.status, reply.fields["location"]) == (303, "search.html?q=72%2F7")


def test_a_symbol_leads_to_its_document(api: Server) -> None:
    page = _page(api, q="résolution 72/7")
    assert page.index('href="id/A_RES_72_7.html"') < page.index("</ol>")
