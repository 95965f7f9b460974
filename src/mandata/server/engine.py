"""The query engine of a worker: it answers jobs from a store into a reply; only this module uses the engine."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from typing import IO, Any, Final, cast

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.query.guard import form_of, keywords, refuse_service, syntax_error
from mandata.query.search.find import SearchIndex
from mandata.query.text_matching import expand_matches
from mandata.server.formats import GRAPHS, RESULTS
from mandata.server.graph_names import graph, graph_or_default
from mandata.server.row_boundaries import (
    JsonRowBoundaries,
    LineRowBoundaries,
    RowBoundaries,
    RowLimiter,
    TabRowBoundaries,
    XmlRowBoundaries,
    truncation_notice,
)
from mandata.server.settings import ServedStore
from mandata.server.worker_reply import Reply, RowLimitReachedError

_ROW_BOUNDARIES: Final[dict[ox.QueryResultsFormat, type[RowBoundaries]]] = {
    ox.QueryResultsFormat.JSON: JsonRowBoundaries,
    ox.QueryResultsFormat.XML: XmlRowBoundaries,
    ox.QueryResultsFormat.CSV: LineRowBoundaries,
    ox.QueryResultsFormat.TSV: TabRowBoundaries,
}
_WITHOUT_COMMENTS: Final = (
    ox.QueryResultsFormat.CSV,
    ox.QueryResultsFormat.TSV,
    ox.RdfFormat.JSON_LD,
)  # for the notice of truncation
Result = ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]
_VOLATILE: Final = {"SERVICE", "NOW", "RAND", "UUID", "STRUUID", "BNODE"}  # functions with another result each time


class Engine:
    """An open store with its settings, its search index, and the connection to the server."""

    is_cut = False
    """Whether the store itself has cut its last result."""

    def __init__(
        self, store: ox.Store, served: ServedStore, connection: socket.socket, index: SearchIndex | None = None
    ) -> None:
        self._store, self._served, self._connection, self._index = store, served, connection, index

    def query(self, job: dict[str, Any]) -> None:
        """Answer a query of any form.

        Raises:
            MandataError: it is malformed, unavailable, or its answer has no form that the client takes.
        """
        limits = self._served.limits
        words = keywords(job["text"], limits.text, limits.nesting)
        form = form_of(words)
        refuse_service(job["text"], words, self._served.services)
        head = {"volatile": not _VOLATILE.isdisjoint(words)}
        result = self.result(job, form)
        if isinstance(result, ox.QuerySolutions | ox.QueryBoolean):
            self._send_table(result, job, head)
        else:
            self._send_graph(result, job, head)

    def graph(self, job: dict[str, Any]) -> None:
        """Answer with all the triples of a graph.

        Raises:
            MandataError: there is no such graph, or the client accepts no media type of it.
        """
        triples = self.triples(graph_or_default(job["graph"]))
        self._send_graph(triples, {**job, "all": True}, {"volatile": False})

    def triples(self, name: ox.NamedNode | ox.DefaultGraph) -> Iterable[ox.Triple]:
        """Return the triples of a graph.

        Raises:
            MandataError: there is no such graph.
        """
        if isinstance(name, ox.NamedNode) and not self._store.contains_named_graph(name):
            raise unknown_graph(name)
        return (quad.triple for quad in self._store.quads_for_pattern(None, None, None, name))

    def result(self, job: dict[str, Any], form: str) -> Result:  # noqa: ARG002 - for other stores
        """Return the result of a query.

        Args:
            job: its text, base IRI and dataset.
            form: the form of the query, such as ``SELECT``.

        Raises:
            MandataError: it is malformed.
        """
        default, named = job["default"], job["named"]
        options: dict[str, Any] = {"base_iri": job["base"], "prefixes": self._served.prefixes}
        if default or named:  # SPARQL 1.1 Protocol 2.1.4: the dataset of the request replaces that of the query
            options["default_graph"] = [graph(iri) for iri in default]
            options["named_graphs"] = [graph(iri) for iri in named]
        text = expand_matches(job["text"], self._served.prefixes, self._index)
        try:
            return self._store.query(text, **options)
        except SyntaxError as error:
            raise syntax_error(str(error)) from error

    def _send_table(
        self, result: ox.QuerySolutions | ox.QueryBoolean, job: dict[str, Any], head: dict[str, Any]
    ) -> None:
        kind, limit = _acceptable(job["rows_as"], RESULTS), self._served.limits.rows
        form = RESULTS[kind]
        head |= {"kind": kind}
        is_csv = form == ox.QueryResultsFormat.CSV  # neutralized as a whole, since a field may begin anywhere
        reply = Reply(
            self._connection, head, job["gzip"], buffered=is_csv or (bool(limit) and form in _WITHOUT_COMMENTS)
        )
        reply.truncated_by_store = self.is_cut
        if isinstance(result, ox.QuerySolutions):
            reply.row_limiter = RowLimiter(_ROW_BOUNDARIES[form](), limit) if limit else None
            reply.is_csv = is_csv
        with suppress(RowLimitReachedError):  # the row limiter has ended the answer
            result.serialize(cast("IO[bytes]", reply), form)
        reply.end()

    def _send_graph(self, triples: Iterable[ox.Triple], job: dict[str, Any], head: dict[str, Any]) -> None:
        kind, limit = _acceptable(job["graph_as"], GRAPHS), self._served.limits.rows
        form = GRAPHS[kind]
        limit = 0 if job.get("all") else limit
        head |= {"kind": kind}
        reply = Reply(self._connection, head, job["gzip"], buffered=bool(limit) and form in _WITHOUT_COMMENTS)
        remaining = iter(triples)
        selected, stream = islice(remaining, limit) if limit else remaining, cast("IO[bytes]", reply)
        ox.serialize(selected, stream, format=form, prefixes=self._served.prefixes)
        if limit and next(remaining, None) is not None:
            reply.truncated = True
            reply.write(_comment(form, truncation_notice(limit)))
        reply.end()


def unknown_graph(name: ox.NamedNode) -> MandataError:
    """Return the error for a graph that does not exist."""
    return MandataError("graph-unknown", "there is no such graph", name.value, "see the list of graphs")


def _comment(form: ox.RdfFormat, words: bytes) -> bytes:
    if form == ox.RdfFormat.JSON_LD:
        return b""
    return b"\n<!-- %s -->\n" % words if form == ox.RdfFormat.RDF_XML else b"\n# %s\n" % words


def _acceptable(kind: str | None, offered: Iterable[str]) -> str:
    if kind is None:
        raise MandataError("not-acceptable", "Accept names no form of this answer", "", f"ask for {', '.join(offered)}")
    return kind
