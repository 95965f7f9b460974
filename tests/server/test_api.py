"""The JSON API: what it answers is what questions, index and proofs answer, in pages, by the rules of HTTP."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from mandata.kb.knowledge_base import open_kb
from mandata.kb.statements import axioms
from mandata.query import queryfile as header
from mandata.query.answer import answer
from mandata.query.source import Embedded
from mandata.rdf.json_ld import context_of
from mandata.release.files import documents
from server.server import Server
from server.test_api_requests import get

LETTER = "https://w3id.org/mandata/id/S_2007_279"
RESOLUTION = "https://w3id.org/mandata/id/A_RES_72_7"


# Each resource, and the question and parameters that it stands for.
ASKED = [
    ("citations", {"by": "72/7"}, "citations-of", {"document": "72/7"}),
    ("citations", {"of": "S/2007/279"}, "cited-by", {"document": "S/2007/279"}),
    ("citations", {}, "citations-of", {}),
    (
        "mandates",
        {"centre": "UNRCCA", "date": "2008-01-01"},
        "mandate-status",
        {"centre": "UNRCCA", "date": "2008-01-01"},
    ),
    ("mandates", {}, "mandate-status", {}),
    ("functions", {"centre": "UNRCCA"}, "mandate-functions", {"centre": "UNRCCA"}),
    ("provisions", {"document": "72/7"}, "provisions", {"document": "72/7"}),
    ("provisions", {"addressee": "UNRCCA"}, "provisions-addressed-to", {"addressee": "UNRCCA"}),
    ("questions/cited-by", {"document": "résolution 60/288"}, "cited-by", {"document": "A/RES/60/288"}),
    ("questions/founding-letter-citers", {}, "founding-letter-citers", {}),
]


@pytest.mark.parametrize(("path", "fields", "question", "parameters"), ASKED)
def test_a_resource_is_the_answer_to_a_question(  # noqa: PLR0917 - a column each
    path: str, fields: dict[str, str], question: str, parameters: dict[str, str], api: Server, kb: Path
) -> None:
    source = Embedded(open_kb(kb).store)
    expected = answer(header.load()[question], parameters, source).json()
    found = get(api, path, limit=1000, **fields).json()
    assert found == {**expected, "total": len(found["rows"])} and found["rows"]


@pytest.mark.parametrize("name", sorted(header.load()))
def test_every_question_is_answered(name: str, api: Server) -> None:
    reply = get(api, f"questions/{name}", language="fr", limit=5)
    assert reply.status == 200 and len(reply.json()["rows"]) <= 5


def test_a_document_is_the_twin_of_its_page(api: Server, kb: Path) -> None:
    twins = dict(documents(open_kb(kb).statements, context_of(axioms())))
    names = [path.removeprefix("id/").removesuffix(".json") for path in twins if path.endswith(".json")]
    assert len(names) > 50
    for name in names:
        assert get(api, f"documents/{quote(name)}").body == twins[f"id/{name}.json"]


@pytest.mark.parametrize(
    "spelling", ["72/7", "A/RES/72/7", "A%2FRES%2F72%2F7", "a res 72 7", "résolution 72/7", "A_RES_72_7"]
)
def test_a_document_is_named_in_any_spelling(spelling: str, api: Server) -> None:
    reply = get(api, f"documents/{quote(spelling, safe='/%')}")
    assert reply.json()[0]["id"] == "A_RES_72_7"


def test_the_documents_are_those_of_the_search(api: Server) -> None:
    listed = get(api, "documents", kind="Letter", organ=["S"], limit=1000).json()
    found = get(api, "search", sort="documents", kind="Letter", organ=["S"], limit=1000).json()
    assert [hit["thing"] for hit in found["items"]] == listed["items"]
    assert LETTER in [item["iri"] for item in listed["items"]]
    assert listed["total"] == len(listed["items"])


def test_a_statement_is_proved_and_what_does_not_follow_does_not_hold(api: Server) -> None:
    told = get(api, "why", s="A/RES/72/7", p="md:restsOn", o="S/2007/279").json()
    assert told["holds"] and told["subject"] == f"<{RESOLUTION}>" and "founding letter" in " ".join(told["sentences"])
    told = get(api, "why", s="S/2007/279", p="md:restsOn", o="A/RES/72/7").json()
    assert not told["holds"] and "rests on" in told["words"]


def test_a_search_says_where_the_words_are(api: Server) -> None:
    hit = get(api, "search", q='"diplomatie preventive"', sort="paragraphs", language="fr").json()["items"][0]
    piece = hit["snippet"]["text"]
    marked = {piece[mark["start"] : mark["end"]] for mark in hit["snippet"]["marks"]}
    assert marked == {"diplomatie préventive"} and "<" not in piece
    assert hit["document"]["symbol"] in hit["thing"]["label"]


@pytest.mark.parametrize(("path", "fields"), [("search", {"q": "centre"}), ("documents", {}), ("citations", {})])
def test_pages_follow_each_other(path: str, fields: dict[str, str], api: Server) -> None:
    """The links lead from the first page to the last and back, and no row is lost or doubled."""
    whole = get(api, path, limit=1000, **fields).json()
    rows = "rows" if "rows" in whole else "items"
    seen, address, back = list[Any](), f"?{urlencode({**fields, 'limit': 7})}", 0
    while address:
        reply = api.send("GET", f"/api/{path}{address}")
        seen += reply.json()[rows]
        links = {rel: target for target, rel in re.findall(r'<([^>]*)>; rel="(\w+)"', reply.fields.get("link", ""))}
        address, back = links.get("next", ""), back + ("prev" in links)
    assert seen == whole[rows] and len(seen) == whole["total"] and back == (len(seen) - 1) // 7


def test_an_answer_that_stands_is_not_sent_again(api: Server) -> None:
    for path in ("documents/72/7", "search?q=centre", "mandates", "questions"):
        first = api.send("GET", f"/api/{path}")
        again = api.send("GET", f"/api/{path}", if_none_match=first.fields["etag"])
        assert (again.status, again.body) == (304, b"")
        head = api.send("HEAD", f"/api/{path}")
        assert (head.status, head.body, head.fields["etag"]) == (200, b"", first.fields["etag"])
        assert first.fields["access-control-allow-origin"] == "*" and "accept" in first.fields["vary"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_is_changed_by_the_api(method: str, api: Server) -> None:
    reply = get(api, "documents", method)
    assert reply.status == 405 and reply.fields["allow"] == "GET, HEAD, OPTIONS"


def test_the_description_is_openapi_and_every_operation_has_examples(api: Server) -> None:
    reply = api.send("GET", "/openapi.json")
    described = reply.json()
    OpenAPIV31SpecValidator(described).validate()
    assert described["openapi"].startswith("3.1")
    for path, item in described["paths"].items():
        operation = item["get"]
        for parameter in operation.get("parameters", ()):
            shown = _resolved(described, parameter)
            assert shown["examples"] and shown["description"], path
        fault = _resolved(described, operation["responses"]["default"])
        assert "application/problem+json" in fault["content"]


def _resolved(described: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    found: Any = described
    for name in told.get("$ref", "").removeprefix("#/").split("/") if "$ref" in told else ():
        found = found[name]
    return found if "$ref" in told else told


def test_every_example_of_a_parameter_is_answered(api: Server) -> None:
    described = api.send("GET", "/openapi.json").json()
    for path, item in described["paths"].items():
        parameters = [_resolved(described, one) for one in item["get"].get("parameters", ())]
        required = {one["name"]: _first(one) for one in parameters if one.get("required")}
        for one in parameters:
            for example in one["examples"].values():
                is_free = one["schema"].get("type") == "object"
                fields = required | (example["value"] if is_free else {one["name"]: example["value"]})
                place = path.format(**{name: quote(str(value)) for name, value in fields.items()})
                query = {name: value for name, value in fields.items() if f"{{{name}}}" not in path}
                reply = api.send("GET", f"{place}?{urlencode(query, doseq=True)}")
                assert reply.status == 200, (place, query, reply.body)


def _first(parameter: dict[str, Any]) -> Any:
    return next(iter(parameter["examples"].values()))["value"]


def test_files_of_rdf_without_an_index_are_asked_too(server: Server) -> None:
    assert get(server, "questions").status == 200
    assert get(server, "search", q="first").json()["code"] == "no-index"
    statement = {"s": "https://example.org/a", "p": "https://example.org/next", "o": "https://example.org/b"}
    assert get(server, "why", **statement).json()["code"] == "steps"
    assert json.loads(get(server, "questions/cited-by").body)["rows"] == []


def test_each_statement_is_counted_once_over_http_and_graphs_keep_their_meaning(api: Server) -> None:
    def count(query: str) -> int:
        (row,) = api.rows(f"SELECT (COUNT(*) AS ?n) {query}")
        return int(row["n"])

    assert count("{ ?s ?p ?o }") == count("{ SELECT DISTINCT * { ?s ?p ?o } }")
    assert count("{ id:A_RES_75_272 md:symbol ?s }") == 1 < count("{ GRAPH ?g { id:A_RES_75_272 md:symbol ?s } }")
    own = "graph:A_RES_72_7"
    assert count(f"FROM {own} {{ ?s ?p ?o }}") == count(f"{{ GRAPH {own} {{ ?s ?p ?o }} }}") > 0
    assert count(f"FROM NAMED {own} {{ ?s ?p ?o }}") == 0
    assert count(f"FROM NAMED {own} {{ GRAPH ?g {{ ?s ?p ?o }} }}") == count(f"FROM {own} {{ ?s ?p ?o }}")
