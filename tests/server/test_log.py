"""The log: a line of JSON for each request, and the words of no query unless that is asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from server.server import serving

ASKED = 'SELECT ?private { VALUES ?private { "a name that nobody should read" } }'
WORDS = "nobody should read"


def logged(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("{")]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        pytest.param([], False, id="requests without queries"),
        pytest.param(["--log-queries"], True, id="queries where asked"),
        pytest.param(["--quiet"], None, id="no requests where quiet"),
    ],
)
def test_a_request_is_a_line_that_tells_its_query_only_where_asked(
    options: list[str], told: bool | None, collection: Path, tmp_path: Path
) -> None:
    with (tmp_path / "log").open("wb") as log, serving("--rdf", str(collection), *options, log=log) as running:
        assert running.ask(ASKED).status == 200
        assert running.send("POST", "/sparql", ASKED, content_type="application/sparql-query").status == 200
        assert running.send("POST", "/sparql", ASKED + "}", content_type="application/sparql-query").status == 400
    text = (tmp_path / "log").read_text(encoding="utf-8")
    found = [line for line in logged(tmp_path / "log") if line.get("path") == "/sparql"]
    assert [(line["method"], line["status"]) for line in found] == (
        [] if told is None else [("GET", 200), ("POST", 200), ("POST", 400)]
    )
    assert (WORDS in text) is bool(told)
    assert all(line.keys() >= {"time", "level", "milliseconds", "bytes"} for line in found)
