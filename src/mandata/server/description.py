"""The descriptions of the endpoint: SPARQL 1.1 Service Description, and VoID with statistics of the store."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from mandata.errors import MandataError
from mandata.kb import layout
from mandata.query.text_matching import MATCHES
from mandata.rdf.namespaces import RDF, RDFS, XSD
from mandata.server.answer import RefusedError
from mandata.server.editor_metadata import prefixes_and_questions
from mandata.server.formats import GRAPHS, RESULTS, for_graphs
from mandata.server.pool import WorkerPool
from mandata.server.request import absolute_url
from mandata.server.response import send_whole
from mandata.server.settings import ServedStore

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOID: Final = "http://rdfs.org/ns/void#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_NAMES: Final = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads"),
)  # at www.w3.org/ns/formats, in the order of RESULTS and GRAPHS
_PREFIXES: Final = {"sd": _SD, "void": _VOID, "format": _FORMATS, "rdf": RDF, "rdfs": RDFS, "xsd": XSD}
_FIGURES: Final = {
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "distinctObjects": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
    "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    "classes": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
}
_PARTITIONS: Final = {
    ("propertyPartition", "property", "triples"): "SELECT ?part (COUNT(*) AS ?n) { ?s ?part ?o } GROUP BY ?part",
    ("classPartition", "class", "entities"): "SELECT ?part (COUNT(DISTINCT ?s) AS ?n) { ?s a ?part } GROUP BY ?part",
}

Statement = tuple[str, str, ox.NamedNode | ox.Literal]


Row = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class _Figures:
    totals: dict[str, Row]
    parts: dict[tuple[str, str, str], Sequence[Row]]


class ServiceDescription:
    """Answers with the description of the service or of its dataset."""

    def __init__(self, pool: WorkerPool, served: ServedStore) -> None:
        self._pool, self._served = pool, served
        self._counted: tuple[object, _Figures] = (None, _Figures({}, {}))

    async def service(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - as every endpoint
        """Send the service description."""
        await self._send(scope, send, [*self._service(absolute_url(scope, "/sparql"), absolute_url(scope, "/"))])

    async def void(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - as every endpoint
        """Send the VoID description."""
        here, endpoint = absolute_url(scope), absolute_url(scope, "/sparql")
        data = here + "#dataset"
        statements: list[Statement] = [
            (here, RDF + "type", ox.NamedNode(_VOID + "DatasetDescription")),
            (here, "http://xmlns.com/foaf/0.1/primaryTopic", ox.NamedNode(data)),
            (data, RDF + "type", ox.NamedNode(_VOID + "Dataset")),
            (data, _VOID + "sparqlEndpoint", ox.NamedNode(endpoint)),
        ]
        await self._send(scope, send, statements + list(self._partitions(data, await self._figures())))

    def _service(self, endpoint: str, home: str) -> Iterator[Statement]:
        service, data, default = (f"{endpoint}#{name}" for name in ("service", "dataset", "default-graph"))
        yield service, RDF + "type", ox.NamedNode(_SD + "Service")
        yield service, _SD + "endpoint", ox.NamedNode(endpoint)
        yield service, _SD + "supportedLanguage", ox.NamedNode(_SD + "SPARQL11Query")
        for name in _NAMES:
            yield service, _SD + "resultFormat", ox.NamedNode(_FORMATS + name)
        if self._served.is_kb:
            yield service, _SD + "feature", ox.NamedNode(_SD + "UnionDefaultGraph")  # which has each statement once
        if not self._served.at and Path(self._served.folder).with_name(layout.SEARCH).is_file():
            yield service, _SD + "propertyFeature", ox.NamedNode(MATCHES)
            yield MATCHES, RDF + "type", ox.NamedNode(_SD + "Feature")
        yield service, _SD + "defaultDataset", ox.NamedNode(data)
        yield data, RDF + "type", ox.NamedNode(_SD + "Dataset")
        yield data, _SD + "defaultGraph", ox.NamedNode(default)
        yield default, RDF + "type", ox.NamedNode(_SD + "Graph")
        yield from prefixes_and_questions(endpoint, service, self._served.prefixes)
        yield service, RDFS + "seeAlso", ox.NamedNode(f"{home}.well-known/void")
        for name, (value, meaning) in self._served.limits.with_meanings().items():
            limit = f"{home}limits#{name}"
            yield service, RDFS + "seeAlso", ox.NamedNode(limit)
            yield limit, RDFS + "label", ox.Literal(f"limit: {name}", language="en")
            yield limit, RDFS + "comment", ox.Literal(meaning, language="en")
            yield limit, RDF + "value", ox.Literal(value)

    async def _figures(self) -> _Figures:
        """Return the statistics of the store, computed anew when the store was replaced."""
        state = self._pool.state()
        if self._counted[0] != state:
            figures = {name: (await select_rows(self._pool, query))[0] for name, query in _FIGURES.items()}
            parts = {key: await select_rows(self._pool, query) for key, query in _PARTITIONS.items()}
            self._counted = (state, _Figures(figures, parts))
        return self._counted[1]

    @staticmethod
    def _partitions(data: str, figures: _Figures) -> Iterator[Statement]:
        for name, row in figures.totals.items():
            yield data, _VOID + name, _number(row)
        for (kind, of, figure), parts in figures.parts.items():
            for number, row in enumerate(sorted(parts, key=lambda row: row["part"]["value"]), 1):
                part = f"{data}-{of}-{number}"
                yield data, _VOID + kind, ox.NamedNode(part)
                yield part, _VOID + of, ox.NamedNode(row["part"]["value"])
                yield part, _VOID + figure, _number(row)

    @staticmethod
    async def _send(scope: Scope, send: Send, statements: Sequence[Statement]) -> None:
        kind = for_graphs(",".join(Headers(scope=scope).getlist("accept")))
        if kind is None:
            fault = MandataError("not-acceptable", "Accept names no form of RDF", "the request", "ask for text/turtle")
            raise RefusedError(406, fault)
        triples = [ox.Triple(ox.NamedNode(s), ox.NamedNode(p), o) for s, p, o in statements]
        body = ox.serialize(triples, format=GRAPHS[kind], prefixes=_PREFIXES) or b""
        charset = "; charset=utf-8" if kind.startswith("text/") else ""
        fields = [(b"content-type", f"{kind}{charset}".encode()), (b"vary", b"accept")]
        await send_whole(send, 200, fields, body)


async def select_rows(pool: WorkerPool, query: str) -> Sequence[Row]:
    """Return the bindings of a SELECT query of our own, as in SPARQL JSON results.

    Args:
        pool: the workers that answer.
        query: the query.

    Raises:
        RefusedError: there is no answer.
    """
    kinds = {"rows_as": next(iter(RESULTS)), "graph_as": next(iter(GRAPHS))}
    job = {"do": "query", "text": query, "default": (), "named": (), "base": None, "gzip": False, **kinds}
    answer = pool.ask(job)
    await answer.head()
    body = b"".join([piece async for piece in answer.rest()])
    bindings: Sequence[Row] = json.loads(body)["results"]["bindings"]
    return bindings


def _number(row: Row) -> ox.Literal:
    return ox.Literal(int(row["n"]["value"]))
