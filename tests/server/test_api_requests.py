"""The JSON API and requests that it cannot answer, or that mean harm."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

import pytest

from server.server import Reply, Server


def get(server: Server, path: str, method: str = "GET", accept: str = "", **fields: Any) -> Reply:
    query = "?" + urlencode(fields, doseq=True) if fields else ""
    return server.send(method, f"/api/{path}{query}", **({"accept": accept} if accept else {}))


FAULTS = [
    ("documents/no such thing", {}, 404, "not-found"),
    ("documents/99%2F999", {}, 404, "not-found"),
    ("documents/", {}, 400, "parameter"),
    ("questions/mandats", {}, 404, "unknown-question"),
    ("questions/cited-by", {"centre": "UNRCCA"}, 400, "unknown-parameter"),
    ("questions/cited-by", {"document": "99/999"}, 404, "not-found"),
    ("questions/mandate-status", {"date": "yesterday"}, 400, "date"),
    ("citations", {"of": "72/7", "by": "72/7"}, 400, "parameter"),
    ("citations", {"of": ["72/7", "76/299"]}, 400, "parameter"),
    ("citations", {"document": "72/7"}, 400, "unknown-parameter"),
    ("citations", {"limit": "0"}, 400, "parameter"),
    ("citations", {"limit": "1001"}, 400, "parameter"),
    ("citations", {"offset": "-1"}, 400, "parameter"),
    ("citations", {"offset": "9" * 400}, 400, "parameter"),
    ("citations", {"limit": "٧"}, 400, "parameter"),
    ("citations", {"language": "de"}, 400, "parameter"),
    ("search", {"organ": "Z"}, 400, "unknown-value"),
    ("search", {"organ": ["A"] * 21}, 400, "parameter"),
    ("search", {"sort": "all"}, 400, "parameter"),
    ("why", {"s": "72/7", "p": "md:cites"}, 400, "parameter"),
    ("why", {"s": "72/7", "p": "", "o": "72/7"}, 400, "parameter"),
    ("why", {"s": '"text"', "p": "md:cites", "o": "72/7"}, 400, "usage"),
    ("nothing", {}, 404, "not-found"),
]


@pytest.mark.parametrize(("path", "fields", "status", "code"), FAULTS)
def test_a_fault_teaches(path: str, fields: dict[str, Any], status: int, code: str, api: Server) -> None:
    reply = get(api, quote(path, safe="/%"), **fields)
    assert (reply.status, reply.kind) == (status, "application/problem+json")
    told = reply.json()
    assert told["status"] == status and told["code"] == code and told["detail"] and told["title"]


HOSTILE = [
    *(
        "'",
        '"',
        "\\",
        "`",
        ";",
        "{}",
        "?x",
        "<>",
        "<http://a b>",
        "_:b",
        "md:",
        ":",
        "a:b:c",
        "\x00",
        "\n",
        "\u202e",
        "\ud7ff",
    ),
    *(
        "72/7' OR 1=1",
        '72/7" } UNION { ?s ?p ?o',
        "<x> . ?s ?p ?o } #",
        "SERVICE <http://localhost/>",
        "${7*7}",
        "{{7*7}}",
    ),
    *(
        "<script>alert(1)</script>",
        "javascript:alert(1)",
        "../../etc/passwd",
        "%00",
        "%",
        "%zz",
        "\\u0000",
        '"x"^^xsd:',
        '"a"@',
    ),
    *(
        "72/7 pp2",
        "72/7 " + "op1." * 200,
        "/" * 1500,
        "(" * 1500,
        "A" * 2000,
        "A" * 2001,
        '"' * 1999,
        "é" * 900,
        "💥" * 400,
    ),
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_values_are_values(text: str, api: Server) -> None:
    paths = (
        f"documents/{quote(text, safe='')}",
        f"questions/{quote(text, safe='')}",
        f"search?{urlencode({'q': text})}",
        f"search?{urlencode({'organ': text})}",
        f"citations?{urlencode({'of': text})}",
        f"mandates?{urlencode({'date': text})}",
        f"mandates?{urlencode({text: 'x'})}",
        f"why?{urlencode({'s': text, 'p': text, 'o': text})}",
        f"why?{urlencode({'s': '72/7', 'p': 'md:cites', 'o': text})}",
    )
    for path in paths:
        reply = api.send("GET", f"/api/{path}")
        assert reply.status in (200, 300, 400, 404), (path, reply.body)
        assert reply.kind in ("application/json", "application/problem+json"), path
        assert b"Traceback" not in reply.body


TRAVERSAL = [
    *("..", "../", "../../", "..%2f", "%2e%2e/", "%2e%2e%2f", "....//", "..;/", "..%5c", "..\\", "%252e%252e%252f"),
    *("/etc/passwd", "//etc/passwd", "file:///etc/passwd", "%00", "..%00/", "%c0%ae%c0%ae/", "~root", ".git/config"),
]


@pytest.mark.parametrize("path", TRAVERSAL)
@pytest.mark.parametrize("before", ["documents/", "questions/", "", "documents/A_RES_72_7/"])
def test_no_path_leads_out(path: str, before: str, api: Server) -> None:
    for end in ("", "etc/passwd", "report.json", "../search.sqlite"):
        reply = api.send("GET", f"/api/{before}{path}{end}")
        assert reply.status in (200, 300, 303, 307, 400, 404), reply.body
        assert not [secret for secret in (b"root:x", b"SQLite format", b'"texts"') if secret in reply.body]


def test_what_is_not_utf8_is_refused(api: Server) -> None:
    reply = api.send("GET", "/api/search?q=%ff%fe")
    assert reply.status == 400 and reply.json()["code"] == "encoding"


def test_what_is_typed_may_be_long(api: Server) -> None:
    reply = api.send("GET", "/api/search?q=" + "%22" * 20_000)
    assert reply.status == 200 and reply.json()["truncated"] and not reply.json()["items"]


TAKEN = """
    application/json|*/*|application/*|application/json, text/html;q=0.9|text/html, */*;q=0.1
    text/html, application/json;q=0.2|application/json;charset=utf-8|application/JSON|APPLICATION/JSON
    application/json;q=1.0|application/json;q=0.001|application/json; q=0.5|*/*;q=0.1|application/*;q=0.5
    text/plain, application/json|text/turtle, application/json|application/ld+json, */*|nonsense, application/json
    text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8|nonsense|,|;|, ,|application/json, */*;q=0
    */*, text/html;q=0|application/json;indent=4|application/json,,,|image/avif,image/webp,*/*;q=0.8
    application/json, application/problem+json|*/*; q=0.01
"""
REFUSED = """
    text/html|text/turtle|application/ld+json|application/xml|application/rdf+xml|text/*|image/*|text/csv|text/plain
    application/json;q=0|*/*;q=0|application/*;q=0|application/json;q=0.0|application/xhtml+xml|application/yaml
    application/jsonp|application/json-seq|application/problem+json|application/vnd.api+json|application/geo+json
    text/html;q=0.9, text/plain;q=0.1|text/html, application/xhtml+xml|audio/*|video/mp4|application/octet-stream
    application/sparql-results+json|application/n-triples|multipart/form-data|text/json|font/woff2|application/x-json
"""


def listed(table: str) -> list[str]:
    return [one.strip() for line in table.strip().splitlines() for one in line.strip().split("|")]


@pytest.mark.parametrize("accept", listed(TAKEN))
def test_who_takes_json_gets_it(accept: str, api: Server) -> None:
    reply = get(api, "questions", accept=accept)
    assert (reply.status, reply.kind) == (200, "application/json")


@pytest.mark.parametrize("accept", listed(REFUSED))
def test_who_takes_none_is_told(accept: str, api: Server) -> None:
    reply = get(api, "questions", accept=accept)
    assert (reply.status, reply.kind) == (406, "application/problem+json")


def test_the_table_of_accept_is_long() -> None:
    assert len({*listed(TAKEN), *listed(REFUSED)}) >= 60
