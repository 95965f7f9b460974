"""SPARQL 1.1 Protocol: the W3C's cases, and what they leave open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import URIRef
from rdflib.term import Node

from server.server import Reply, Server, serving
from server.w3c import CNT, HT, MF, RDF_TYPE, ROOT, Case, cases, needs_cases

TABLES = ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"]
KINDS = {
    "boolean": TABLES[:2],
    "tabular": TABLES,
    "RDF": ["text/turtle", "application/n-triples", "application/rdf+xml"],
}
CASES = cases("protocol")
CHANGES = {case.name for case in CASES if case.name.startswith("update_")}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graphs that the cases name, as the manifest says."""
    quads = []
    for number in (1, 2, 3):
        name = f"http://kasei.us/2009/09/sparql/data/data{number}.rdf"
        lines = (ROOT / "protocol" / f"data{number}.nt").read_text(encoding="utf-8").splitlines()
        quads += [f"{line.rstrip().removesuffix('.')} <{name}> ." for line in lines if line.strip()]
    path = tmp_path_factory.mktemp("protocol") / "data.nq"
    path.write_text("\n".join(quads), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def read_only(data: Path) -> Iterator[Server]:
    with serving("--rdf", str(data)) as running:
        yield running


def sent(case: Case, request: Node, server: Server) -> Reply:
    """Send a request of a case."""
    graph = case.graph
    path = str(graph.value(request, HT.absolutePath)).replace("/sparql/", "/sparql", 1)
    chars = case.along(request, HT.body, CNT.chars)
    encoding = str(case.along(request, HT.body, CNT.characterEncoding) or "UTF-8")
    fields = {}
    for listed in case.listed(graph.value(request, HT.headers)):
        fields[str(graph.value(listed, HT.fieldName)).replace("-", "_")] = str(graph.value(listed, HT.fieldValue))
    method = str(graph.value(request, HT.methodName))
    return server.send(method, path, str(chars).encode(encoding) if chars is not None else None, **fields)


def judge(case: Case, server: Server) -> None:
    requests = case.of(MF.action, HT.requests)
    assert requests is not None
    for request in case.listed(requests):
        reply = sent(case, request, server)
        response = case.graph.value(request, HT.resp)
        allowed = [str(status)[-3] for status in case.graph.objects(response, MF.expectedStatus)]
        assert str(reply.status)[0] in allowed, reply.body
        form = case.graph.value(response, MF.expectedFormat)
        if form is not None:
            assert reply.kind in KINDS[str(form)]
        truth = case.graph.value(response, MF.expectedBoolean)
        if truth is not None:
            assert reply.json()["boolean"] is (str(truth) == "true")


@needs_cases
@pytest.mark.parametrize("case", [case for case in CASES if case.name not in CHANGES], ids=lambda case: case.name)
def test_every_case_that_changes_nothing_passes(case: Case, read_only: Server) -> None:
    judge(case, read_only)


@needs_cases
def test_there_are_as_many_cases_as_the_w3c_has() -> None:
    assert (len(CASES), len(CHANGES)) == (34, 7)
    assert all(case.graph.value(case.node, RDF_TYPE) == URIRef(MF.ProtocolTest) for case in CASES)
