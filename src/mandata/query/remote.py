"""A SPARQL endpoint elsewhere; the only file that imports SPARQLWrapper."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any, Final, cast

import pyoxigraph as ox
from SPARQLWrapper import ASK, CONSTRUCT, DESCRIBE, POST, SPARQLWrapper

from mandata.errors import MandataError
from mandata.query.guard import check_query, keywords, refuse_hidden_service
from mandata.query.http_client import HttpClient, HttpReply, is_http_url
from mandata.query.http_credentials import credentials_from_environment
from mandata.query.reply_body import ReplyBody
from mandata.query.source import Result, solutions
from mandata.rdf.namespaces import DEFAULT_GRAPH, PREFIXES

SECONDS: Final = 60
"""How long an endpoint may take for one answer, from the request to the last byte."""
MOST: Final = 1 << 28
"""Bytes that one answer may have."""

RemoteResult = ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]
"""What an endpoint answers, read as it comes."""

_ROWS: Final = "application/sparql-results+json, application/sparql-results+xml;q=0.5"
_TRIPLES: Final = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"
_BASE: Final = re.compile(r"(?:\s|#[^\n]*\n)*BASE\s*<[^<>]*>", re.IGNORECASE)
_QUERY: Final = "endpoint-query"
_FAULTS: Final = {  # status -> code, what it means, how to mend it
    **dict.fromkeys((400, 413, 414), (_QUERY, "the endpoint does not take the query", "mend the query")),
    **dict.fromkeys(
        (401, 403),
        (
            "endpoint",
            "the endpoint wants to know who asks",
            "set MANDATA_STORE_USER and MANDATA_STORE_PASSWORD, or MANDATA_TOKEN",
        ),
    ),
    **dict.fromkeys((408, 504), ("endpoint-time", "no answer in time", "ask for less, or later")),
    **dict.fromkeys((429, 503), ("endpoint-busy", "the endpoint is busy", "ask later")),
}
_ELSE: Final = ("endpoint", "the endpoint does not answer", "check the address")


class Endpoint:
    """A remote endpoint as a source.

    A query that names no graph is asked of the graph that ``mandata load`` wrote with each statement once, if the store
    has it; else of the store's default graph, which must be the union of its graphs.
    The name and password that it asks for are in ``MANDATA_STORE_USER`` and ``MANDATA_STORE_PASSWORD``, a token in
    ``MANDATA_TOKEN``.

    Args:
        url: the address of the endpoint.
        seconds: how long it may take for one answer, from the request to the last byte.
        most: bytes that one answer may have.

    Attributes:
        row_limit: the number of rows after which it says that it cut its last answer; empty if it does not say so.
        keeps_each_once: whether it has the graph with each statement once; None until that is known.

    Raises:
        MandataError: the address is not one of http or https.
    """

    def __init__(self, url: str, seconds: float = SECONDS, most: int = MOST) -> None:
        if not is_http_url(url):
            raise MandataError("endpoint", "is no address of an endpoint", url, "write http://host/sparql")
        self._url, self._seconds = url, seconds
        self._client = HttpClient(seconds, most, credentials_from_environment())
        self.row_limit = ""
        self.keeps_each_once: bool | None = None

    def run(self, query: str) -> Result:
        """Ask; raises MandataError if the query is refused, or the endpoint fails or takes too long."""
        form = check_query(query)
        if not form:
            raise self._fault("this is no query", "write SELECT, ASK, CONSTRUCT or DESCRIBE")
        found = self.ask(query, form)
        if self.row_limit and "LIMIT" not in keywords(query):
            raise self._fault("the endpoint cuts answers", "ask for less at a time", f"after {self.row_limit} rows")
        try:
            if isinstance(found, ox.QueryBoolean):
                return bool(found)
            return solutions(found) if isinstance(found, ox.QuerySolutions) else list(found)
        except SyntaxError as error:
            raise self.unreadable(error) from error

    def ask(self, query: str, form: str, default: Sequence[str] = (), named: Sequence[str] = ()) -> RemoteResult:
        """Send a query by POST; what is wrong with the answer may show only as it is read.

        Args:
            query: what is asked; prefixes of the house need not be declared.
            form: ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``.
            default: the graphs that make up the default graph; none: the endpoint's own.
            named: the graphs that GRAPH may name; none: the endpoint's own.

        Raises:
            MandataError: the query is refused, or the endpoint fails or takes too long.
        """
        if not default and not named and not _names_graphs(query) and self._has_each_once():
            default = [DEFAULT_GRAPH]
        request = self._request(query, form, default, named)
        if form in (CONSTRUCT, DESCRIBE):
            return self._triples(request)
        request.addCustomHttpHeader("Accept", _ROWS)
        body = self._send(request)
        try:
            return _rows(body, form)
        except (SyntaxError, ValueError) as error:
            raise self.unreadable(error) from error

    def _has_each_once(self) -> bool:
        """Return whether the store has the graph in which each statement stands once; it is asked once at most."""
        if self.keeps_each_once is None:
            query = f"ASK {{ GRAPH <{DEFAULT_GRAPH}> {{ ?s ?p ?o }} }}"
            self.keeps_each_once = bool(self.ask(query, ASK))
        return self.keeps_each_once

    def triples(self, query: str) -> Iterable[ox.Triple]:
        """Send a CONSTRUCT; raises MandataError as ``ask``."""
        return self._triples(self._request(query, CONSTRUCT))

    def unreadable(self, error: Exception) -> MandataError:
        """Return the fault of an answer that is not what its media type says."""
        return self._fault("the answer is no result of SPARQL", "check the address", _words(error))

    def _request(
        self, query: str, form: str, default: Sequence[str] = (), named: Sequence[str] = ()
    ) -> _EndpointRequest:
        refuse_hidden_service(query)
        request = _EndpointRequest(self._url, self._client, _with_prefixes(query), form)
        for name, graphs in (("default-graph-uri", default), ("named-graph-uri", named)):
            for graph in graphs:
                request.addParameter(name, graph)
        return request

    def _triples(self, request: _EndpointRequest) -> Iterable[ox.Triple]:
        request.addCustomHttpHeader("Accept", _TRIPLES)
        body = self._send(request)
        rdf_format = ox.RdfFormat.from_media_type(body.media_type)
        if rdf_format is None:
            raise self.unreadable(ValueError(body.media_type))
        return (quad.triple for quad in ox.parse(body.as_file(), format=rdf_format))

    def _send(self, request: _EndpointRequest) -> ReplyBody:
        try:
            reply = cast("HttpReply", request.query().response)
        except OSError as error:
            raise self._no_answer(error) from error
        if not reply.is_success:
            with reply:
                raise self._refusal(reply)
        self.row_limit = reply.header("X-SPARQL-MaxRows")  # as Virtuoso says it
        return ReplyBody(reply, self._no_answer)

    def _refusal(self, reply: HttpReply) -> MandataError:
        """Return the fault that the status of a reply stands for."""
        if place := reply.header("Location"):
            return self._fault("the endpoint sends to another address", f"give that one: {place[:200]}")
        code, what, mend = _FAULTS.get(reply.status, _ELSE)
        words = _short(reply.excerpt(2000))
        return self._fault(what, mend, f"{reply.status} {words}".strip(), code)

    def _no_answer(self, error: OSError) -> MandataError:
        """Return the fault of an endpoint that sends nothing, or no more."""
        if isinstance(error, TimeoutError):
            after = f"none after {self._seconds:g} s"
            return self._fault("no answer in time", "ask for less, or later", after, "endpoint-time")
        return self._fault("the endpoint does not answer", "check the address", _words(error))

    def _fault(self, what: str, mend: str, said: str = "", code: str = "endpoint") -> MandataError:
        return MandataError(code, f"{what}: {said}" if said else what, self._url, mend)


class _EndpointRequest(SPARQLWrapper):
    """A query written as the SPARQL 1.1 Protocol has it by SPARQLWrapper, and sent by our HTTP client."""

    def __init__(self, url: str, client: HttpClient, query: str, form: str) -> None:
        self._client, self._form = client, form  # before what asks for the form
        super().__init__(url)
        self.setMethod(POST)
        self.setOnlyConneg(True)
        self.setQuery(query)

    def _parseQueryType(self, query: str) -> str:  # noqa: ARG002, N802 - the name and parameters of SPARQLWrapper
        """Return the form, which is known: SPARQLWrapper takes the word "addressed" of a comment for ADD."""
        return self._form

    def _query(self) -> tuple[Any, str]:
        request = self._createRequest()
        body = cast("bytes", request.data)
        return self._client.send(POST, request.full_url, dict(request.header_items()), body), self.returnFormat


def _names_graphs(query: str) -> bool:
    return not {"FROM", "GRAPH"}.isdisjoint(keywords(query, sys.maxsize, sys.maxsize))


def _rows(body: ReplyBody, form: str) -> ox.QuerySolutions | ox.QueryBoolean:
    results_format = ox.QueryResultsFormat.from_media_type(body.media_type)
    if results_format is None:
        raise ValueError(body.media_type)
    results = ox.parse_query_results(body.as_results_file(), format=results_format)
    if form == ASK and isinstance(results, ox.QuerySolutions):  # Virtuoso 7: a row that holds 1, or none
        answer = b"true" if any(row[0] for row in results) else b"false"
        return ox.parse_query_results(b'{"head":{},"boolean":%s}' % answer, format=ox.QueryResultsFormat.JSON)
    return results


def _with_prefixes(query: str) -> str:
    """Declare the prefixes of the house that the query uses and does not declare; its lines keep their numbers.

    They stand after BASE, since Virtuoso 7 takes no BASE after PREFIX.
    """
    used = [prefix for prefix in PREFIXES if re.search(rf"\b{prefix}:", query)]
    wanting = [prefix for prefix in used if not re.search(rf"\bPREFIX\s+{prefix}\s*:", query, re.IGNORECASE)]
    place = base.end() if (base := _BASE.match(query)) else 0
    declared = "".join(f" PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in wanting)
    return query[:place] + declared + query[place:]


def _words(error: object) -> str:
    return _short(str(error) or type(error).__name__)


def _short(said: str) -> str:
    """Return what a server says in a line, without the tags of a page."""
    return " ".join(re.sub(r"<[^<>]*>", " ", said).split())[:200]
