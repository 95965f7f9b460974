"""A store that answers what it is asked, into a reply; the one place of the server that knows the engine."""

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
from mandata.server.row_boundaries import Cutter, JsonParting, LineParting, Parting, TabParting, XmlParting, sign
from mandata.server.settings import Served
from mandata.server.worker_reply import EnoughError, Reply

_PARTINGS: Final[dict[ox.QueryResultsFormat, type[Parting]]] = {
    ox.QueryResultsFormat.JSON: JsonParting,
    ox.QueryResultsFormat.XML: XmlParting,
    ox.QueryResultsFormat.CSV: LineParting,
    ox.QueryResultsFormat.TSV: TabParting,
}
_NO_ROOM: Final = (ox.QueryResultsFormat.CSV, ox.QueryResultsFormat.TSV, ox.RdfFormat.JSON_LD)  # for a sign in the text
Result = ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]
_VOLATILE: Final = {"SERVICE", "NOW", "RAND", "UUID", "STRUUID", "BNODE"}  # another answer each time


class Engine:
    """An open store, what it serves, the wire to the server, and the index of its words."""

    is_cut = False
    """Whether the store itself cut what it found last."""

    def __init__(self, store: ox.Store, served: Served, wire: socket.socket, index: SearchIndex | None = None) -> None:
        self._store, self._served, self._wire, self._index = store, served, wire, index

    def query(self, job: dict[str, Any]) -> None:
        """Answer a query of any form.

        Raises:
            MandataError: it is malformed, refused, or its answer has no form that the client takes.
        """
        limits = self._served.limits
        words = keywords(job["text"], limits.text, limits.nesting)
        form = form_of(words)
        refuse_service(job["text"], words, self._served.services)
        head = {"volatile": not _VOLATILE.isdisjoint(words)}
        result = self.result(job, form)
        if isinstance(result, ox.QuerySolutions | ox.QueryBoolean):
            self._table(result, job, head)
        else:
            self._graph(result, job, head)

    def graph(self, job: dict[str, Any]) -> None:
        """Answer with all the triples of a graph.

        Raises:
            MandataError: there is no such graph, or the client takes no form of it.
        """
        found = self.triples(graph_or_default(job["graph"]))
        self._graph(found, {**job, "all": True}, {"volatile": False})

    def triples(self, name: ox.NamedNode | ox.DefaultGraph) -> Iterable[ox.Triple]:
        """Return the triples of a graph.

        Raises:
            MandataError: there is no such graph.
        """
        if isinstance(name, ox.NamedNode) and not self._store.contains_named_graph(name):
            raise unknown(name)
        return (quad.triple for quad in self._store.quads_for_pattern(None, None, None, name))

    def result(self, job: dict[str, Any], form: str) -> Result:  # noqa: ARG002 - for other stores
        """Return what the query finds; its form is known.

        Raises:
            MandataError: it is malformed.
        """
        default, named = job["default"], job["named"]
        options: dict[str, Any] = {"base_iri": job["base"], "prefixes": self._served.prefixes}
        if default or named:  # SPARQL 1.1 Protocol 2.1.4: it takes the place of what the query says
            options["default_graph"] = [graph(iri) for iri in default]
            options["named_graphs"] = [graph(iri) for iri in named]
        text = expand_matches(job["text"], self._served.prefixes, self._index)
        try:
            return self._store.query(text, **options)
        except SyntaxError as error:
            raise syntax_error(str(error)) from error

    def _table(self, result: ox.QuerySolutions | ox.QueryBoolean, job: dict[str, Any], head: dict[str, Any]) -> None:
        kind, most = _taken(job["rows_as"], RESULTS), self._served.limits.rows
        form = RESULTS[kind]
        head |= {"kind": kind}
        is_csv = form == ox.QueryResultsFormat.CSV  # looked at as a whole, since a field may begin anywhere
        reply = Reply(self._wire, head, job["gzip"], whole=is_csv or (bool(most) and form in _NO_ROOM))
        reply.cut_before = self.is_cut
        if isinstance(result, ox.QuerySolutions):
            reply.cutter = Cutter(_PARTINGS[form](), most) if most else None
            reply.plain = is_csv
        with suppress(EnoughError):  # then the cutter has ended the answer
            result.serialize(cast("IO[bytes]", reply), form)
        reply.end()

    def _graph(self, triples: Iterable[ox.Triple], job: dict[str, Any], head: dict[str, Any]) -> None:
        kind, most = _taken(job["graph_as"], GRAPHS), self._served.limits.rows
        form = GRAPHS[kind]
        most = 0 if job.get("all") else most
        head |= {"kind": kind}
        reply = Reply(self._wire, head, job["gzip"], whole=bool(most) and form in _NO_ROOM)
        taken = iter(triples)
        some, stream = islice(taken, most) if most else taken, cast("IO[bytes]", reply)
        ox.serialize(some, stream, format=form, prefixes=self._served.prefixes)
        if most and next(taken, None) is not None:
            reply.truncated = True
            reply.write(_remark(form, sign(most)))
        reply.end()


def unknown(name: ox.NamedNode) -> MandataError:
    """Return the fault of a graph that is not there."""
    return MandataError("graph-unknown", "there is no such graph", name.value, "see the list of graphs")


def _remark(form: ox.RdfFormat, words: bytes) -> bytes:
    if form == ox.RdfFormat.JSON_LD:
        return b""
    return b"\n<!-- %s -->\n" % words if form == ox.RdfFormat.RDF_XML else b"\n# %s\n" % words


def _taken(kind: str | None, offered: Iterable[str]) -> str:
    if kind is None:
        raise MandataError("not-acceptable", "Accept names no form of this answer", "", f"ask for {', '.join(offered)}")
    return kind
