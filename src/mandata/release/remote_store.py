"""A remote SPARQL 1.1 store, read and written graph by graph: by its Graph Store Protocol, else by SPARQL Update."""

from __future__ import annotations

from collections.abc import Sequence
from http.client import HTTPException
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.query.http_call import call, from_environment, is_address

NTRIPLES: Final = "application/n-triples"
_READABLE: Final = {
    NTRIPLES: ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
}
_UPDATE: Final = "application/sparql-update"
_NOT_FOUND: Final = 404
_UNSUPPORTED: Final = frozenset(
    (400, 404, 405, 406, 415, 501)
)  # the statuses of a server that has no such protocol at this address
_BATCH_SIZE: Final = 100  # statements in one update request; some servers compile a request as one program


class RemoteStore:
    """A store at the URL of its Graph Store Protocol or its update endpoint; requests find out which of them it is.

    The credentials are read from ``MANDATA_STORE_USER`` and ``MANDATA_STORE_PASSWORD``, or ``MANDATA_TOKEN``.

    Args:
        url: the address of the store.
        query: the address of its query endpoint, if it is another one.
        seconds: the time limit of a request.

    Raises:
        MandataError: an address is not one of http or https.
    """

    def __init__(self, url: str, query: str = "", seconds: float = 300) -> None:
        for address in filter(None, (url, query)):
            if not is_address(address):
                raise MandataError("usage", "this is no address of a store", address, "write http://host/graph-store")
        self._url, self._query, self._seconds = url, query or url, seconds
        self._by_update: bool | None = None
        self._refusal_status = 0
        self._credentials = from_environment()

    @property
    def protocol(self) -> str:
        """The protocol by which the store was written, known after the first request."""
        return "Update" if self._by_update else "Graph Store Protocol"

    def read(self, graph: str) -> set[ox.Triple]:
        """Return the triples of a graph; none if there is no such graph.

        Raises:
            MandataError: the store refuses, or does not answer.
        """
        if self._by_update is not True:
            answer = self._send(Request(self._graph_url(graph), headers={"Accept": f"{NTRIPLES}, text/turtle;q=0.5"}))
            if answer is not None:
                self._by_update = False
                return answer
            if self._by_update is False:  # the store has the protocol, but not the graph
                return set()
            self._by_update = self._refusal_status != _NOT_FOUND or None  # a 404 may be about the graph alone
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        body = urlencode({"query": query}).encode()
        return self._send(Request(self._query, body, {"Accept": f"{NTRIPLES}, text/turtle;q=0.5"})) or set()

    def write(self, graph: str, triples: Sequence[ox.Triple]) -> None:
        """Replace the content of a graph by ``triples``.

        Raises:
            MandataError: the store refuses, or does not answer.
        """
        if self._by_update is not True:
            body = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
            if self._send(Request(self._graph_url(graph), body, {"Content-Type": NTRIPLES}, method="PUT")) is not None:
                self._by_update = False
                return
            self._by_update = True
        self._update(f"DROP SILENT GRAPH <{graph}>")
        for at in range(0, len(triples), _BATCH_SIZE):
            part = (ox.serialize(triples[at : at + _BATCH_SIZE], format=ox.RdfFormat.N_TRIPLES) or b"").decode()
            self._update(f"INSERT DATA {{ GRAPH <{graph}> {{\n{part}}} }}")

    def _update(self, text: str) -> None:
        if self._send(Request(self._url, text.encode(), {"Content-Type": _UPDATE}, method="POST")) is None:
            mend = "give the address of its Graph Store Protocol or of its Update"
            raise MandataError("store", "takes neither graphs nor updates", self._url, mend)

    def _graph_url(self, graph: str) -> str:
        return f"{self._url}{'&' if '?' in self._url else '?'}{urlencode({'graph': graph})}"

    def _send(self, request: Request) -> set[ox.Triple] | None:
        """Return the triples in the response, if any; None if the store does not have the protocol of the request."""
        try:
            self._credentials.authorise(request, self._seconds)
            with call(request, self._seconds) as answer:
                kind = answer.headers.get_content_type()
                return _triples(answer.read(), kind) if request.get_method() in ("GET", "POST") else set()
        except HTTPError as error:
            if error.code in _UNSUPPORTED:
                self._refusal_status = error.code
                return None
            message = f"answers {error.code}: {' '.join(error.read(500).decode('utf-8', 'replace').split())[:200]}"
            mend = "set MANDATA_STORE_USER and MANDATA_STORE_PASSWORD, or MANDATA_TOKEN" if error.code == 401 else ""
            if place := error.headers.get("Location"):
                mend = f"give that address: {place[:200]}"
            raise MandataError("store", message, self._url, mend) from error
        except SyntaxError as error:
            raise MandataError("store", f"sends what is no RDF: {error}", self._url, "check the address") from error
        except (URLError, HTTPException, OSError) as error:
            reason = getattr(error, "reason", None) or error
            raise MandataError("store", f"does not answer: {reason}", self._url, "load again; it goes on") from error


def _triples(data: bytes, kind: str) -> set[ox.Triple]:
    form = _READABLE.get(kind)
    return {quad.triple for quad in ox.parse(data, format=form)} if form else set()
