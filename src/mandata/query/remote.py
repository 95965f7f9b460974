"""A SPARQL endpoint far away; the one door of SPARQLWrapper."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from functools import cached_property
from http.client import HTTPException, HTTPResponse
from typing import Final
from urllib.error import HTTPError, URLError

import pyoxigraph as ox
from SPARQLWrapper import ASK, CONSTRUCT, DESCRIBE, POST, SPARQLWrapper

from mandata.errors import MandataError
from mandata.query.guard import check_query, keywords, refuse_hidden_service
from mandata.query.http_call import Credentials, call, from_environment, is_address
from mandata.query.remote_results import Body
from mandata.query.source import Result, solutions
from mandata.rdf.namespaces import DEFAULT_GRAPH, PREFIXES

SECONDS: Final = 60
"""How long an endpoint may take to send anything."""
MOST: Final = 1 << 30
"""Bytes that an endpoint may send."""

Sent = ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]
"""What an endpoint sends, read as it comes."""

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
    The name and password that it wants are in ``MANDATA_STORE_USER`` and ``MANDATA_STORE_PASSWORD``, a token in
    ``MANDATA_TOKEN``. ``cut_behind``: the number of rows behind which it says that it cut its last answer.

    Raises:
        MandataError: the address is not one of http or https.
    """

    def __init__(self, url: str, seconds: float = SECONDS, most: int = MOST) -> None:
        if not is_address(url):
            raise MandataError("endpoint", "is no address of an endpoint", url, "write http://host/sparql")
        self._url, self._seconds, self._most = url, seconds, most
        self._credentials = from_environment()
        self.cut_behind = ""

    def run(self, query: str) -> Result:
        """Ask; raises MandataError where the query is refused, or the endpoint fails or takes too long."""
        form = check_query(query)
        if not form:
            raise self._fault("this is no query", "write SELECT, ASK, CONSTRUCT or DESCRIBE")
        found = self.ask(query, form)
        if self.cut_behind and "LIMIT" not in keywords(query):
            raise self._fault("the endpoint cuts answers", "ask for less at a time", f"behind {self.cut_behind} rows")
        try:
            if isinstance(found, ox.QueryBoolean):
                return bool(found)
            return solutions(found) if isinstance(found, ox.QuerySolutions) else list(found)
        except SyntaxError as error:
            raise self.unreadable(error) from error

    def ask(self, query: str, form: str, default: Sequence[str] = (), named: Sequence[str] = ()) -> Sent:
        """Send a query of a form by POST, over the graphs that are named; what is wrong with the answer may show late.

        Raises:
            MandataError: the query is refused, or the endpoint fails or takes too long.
        """
        if not default and not named and not _names_graphs(query) and self._keeps_each_once:
            default = [DEFAULT_GRAPH]
        request = self._request(query, form, default, named)
        if form in (CONSTRUCT, DESCRIBE):
            return self._triples(request)
        request.addCustomHttpHeader("Accept", _ROWS)
        body = self._sent(request)
        try:
            return _rows(body, form)
        except (SyntaxError, ValueError) as error:
            raise self.unreadable(error) from error

    @cached_property
    def _keeps_each_once(self) -> bool:
        """Whether the store has the graph in which each statement stands once; it is asked when that first matters."""
        query = f"ASK {{ GRAPH <{DEFAULT_GRAPH}> {{ ?s ?p ?o }} }}"
        return bool(self.ask(query, ASK))

    def triples(self, query: str) -> Iterable[ox.Triple]:
        """Send a CONSTRUCT; raises MandataError as ``ask``."""
        return self._triples(self._request(query, CONSTRUCT))

    def unreadable(self, error: Exception) -> MandataError:
        """Return the fault of an answer that is not what its media type says."""
        return self._fault("the answer is no result of SPARQL", "check the address", _words(error))

    def _request(self, query: str, form: str, default: Sequence[str] = (), named: Sequence[str] = ()) -> _Request:
        refuse_hidden_service(query)
        request = _Request(self._url, self._credentials, self._seconds)
        request.setQuery(_with_prefixes(query))
        request.queryType = form  # its own guess takes the word "addressed" of a comment for ADD, and sends an update
        for name, graphs in (("default-graph-uri", default), ("named-graph-uri", named)):
            for graph in graphs:
                request.addParameter(name, graph)
        return request

    def _triples(self, request: _Request) -> Iterable[ox.Triple]:
        request.addCustomHttpHeader("Accept", _TRIPLES)
        body = self._sent(request)
        kind = ox.RdfFormat.from_media_type(body.kind)
        if kind is None:
            raise self.unreadable(ValueError(body.kind))
        return (quad.triple for quad in ox.parse(body.as_file(), format=kind))

    def _sent(self, request: _Request) -> Body:
        try:
            body = Body(request.query().response, self._most, self._late)
        except HTTPError as error:
            raise self._status(error) from error
        except (URLError, HTTPException, OSError) as error:
            raise self._late(error) from error
        self.cut_behind = body.cut_behind
        return body

    def _status(self, error: HTTPError) -> MandataError:
        if place := error.headers.get("Location"):
            return self._fault("the endpoint sends to another address", f"give that one: {place[:200]}")
        code, what, mend = _FAULTS.get(error.code, _ELSE)
        try:
            said = error.read(2000).decode("utf-8", "replace")
        except (HTTPException, OSError):
            said = ""
        return self._fault(what, mend, f"{error.code} {_short(said)}".strip(), code)

    def _late(self, error: Exception) -> MandataError:
        """Return the fault of a wire on which nothing comes, or no more."""
        reason = getattr(error, "reason", None) or error
        if isinstance(reason, TimeoutError):
            return self._fault("no answer in time", "ask for less, or later", code="endpoint-time")
        return self._fault("the endpoint does not answer", "check the address", _words(reason))

    def _fault(self, what: str, mend: str, said: str = "", code: str = "endpoint") -> MandataError:
        return MandataError(code, f"{what}: {said}" if said else what, self._url, mend)


class _Request(SPARQLWrapper):
    """A request that tells who asks, and that no server can send on to another."""

    def __init__(self, url: str, credentials: Credentials, seconds: float) -> None:
        super().__init__(url)
        self.setMethod(POST)
        self.setOnlyConneg(True)
        self._credentials, self._seconds = credentials, seconds

    def _query(self) -> tuple[HTTPResponse, str]:
        request = self._createRequest()
        self._credentials.authorise(request, self._seconds)
        return call(request, self._seconds), self.returnFormat


def _names_graphs(query: str) -> bool:
    return not {"FROM", "GRAPH"}.isdisjoint(keywords(query, sys.maxsize, sys.maxsize))


def _rows(body: Body, form: str) -> ox.QuerySolutions | ox.QueryBoolean:
    kind = ox.QueryResultsFormat.from_media_type(body.kind)
    if kind is None:
        raise ValueError(body.kind)
    found = ox.parse_query_results(body.as_named(), format=kind)
    if form == ASK and isinstance(found, ox.QuerySolutions):  # Virtuoso 7: a row that holds 1, or none
        answer = b"true" if any(row[0] for row in found) else b"false"
        return ox.parse_query_results(b'{"head":{},"boolean":%s}' % answer, format=ox.QueryResultsFormat.JSON)
    return found


def _with_prefixes(query: str) -> str:
    """Declare the prefixes of the house that the query uses and does not declare; its lines keep their numbers.

    They stand behind BASE, since Virtuoso 7 takes none behind PREFIX.
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
