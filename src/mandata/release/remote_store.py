"""A remote SPARQL 1.1 store, read and written graph by graph: by its Graph Store Protocol, else by SPARQL Update."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO, Final, cast
from urllib.parse import urlencode

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.query.http_client import HttpClient, HttpReply, is_http_url
from mandata.query.http_credentials import credentials_from_environment

SECONDS: Final = 300
"""How long a store may take for one request, which may write or read a graph of a million triples."""
MOST: Final = 1 << 30
"""Bytes that a graph which is read back may have."""
NTRIPLES: Final = "application/n-triples"
_READABLE: Final = {
    NTRIPLES: ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
}
_ACCEPT: Final = {"Accept": f"{NTRIPLES}, text/turtle;q=0.5"}
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
_UPDATE: Final = {"Content-Type": "application/sparql-update"}
_UNAUTHORIZED: Final = 401
_NOT_FOUND: Final = 404
_UNSUPPORTED: Final = frozenset((400, 404, 405, 406, 415, 501))  # statuses of a server without the protocol here
_BATCH_SIZE: Final = 100  # statements in one update request; some servers compile a request as one program


class RemoteStore:
    """A store at the URL of its Graph Store Protocol or its update endpoint; requests find out which of them it is.

    The credentials are read from ``MANDATA_STORE_USER`` and ``MANDATA_STORE_PASSWORD``, or ``MANDATA_TOKEN``.

    Args:
        url: the address of the store.
        query: the address of its query endpoint, if it is another one.
        seconds: the time limit of a request, to the last byte of its reply.
        most: the number of bytes that a reply may have.

    Raises:
        MandataError: an address is not one of http or https.
    """

    def __init__(self, url: str, query: str = "", seconds: float = SECONDS, most: int = MOST) -> None:
        for address in filter(None, (url, query)):
            if not is_http_url(address):
                raise MandataError("usage", "this is no address of a store", address, "write http://host/graph-store")
        self._url, self._query, self._seconds = url, query or url, seconds
        self._by_update: bool | None = None
        self._refusal_status = 0
        self._client = HttpClient(seconds, most, credentials_from_environment())

    @property
    def protocol(self) -> str:
        """The protocol by which the store was written, known after the first request."""
        return "Update" if self._by_update else "Graph Store Protocol"

    def read(self, graph: str) -> set[ox.Triple]:
        """Return the triples of a graph; none if there is no such graph.

        Raises:
            MandataError: the store refuses, does not answer, or takes too long.
        """
        if self._by_update is not True:
            triples = self._send("GET", self._graph_url(graph), _ACCEPT)
            if triples is not None:
                self._by_update = False
                return triples
            if self._by_update is False:  # the store has the protocol, but not the graph
                return set()
            self._by_update = self._refusal_status != _NOT_FOUND or None  # a 404 may be about the graph alone
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        body = urlencode({"query": query}).encode()
        return self._send("POST", self._query, {**_ACCEPT, **_FORM}, body) or set()

    def write(self, graph: str, triples: Sequence[ox.Triple]) -> None:
        """Replace the content of a graph by ``triples``.

        Raises:
            MandataError: the store refuses, does not answer, or takes too long.
        """
        if self._by_update is not True:
            body = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
            if self._send("PUT", self._graph_url(graph), {"Content-Type": NTRIPLES}, body) is not None:
                self._by_update = False
                return
            self._by_update = True
        self._update(f"DROP SILENT GRAPH <{graph}>")
        for at in range(0, len(triples), _BATCH_SIZE):
            part = (ox.serialize(triples[at : at + _BATCH_SIZE], format=ox.RdfFormat.N_TRIPLES) or b"").decode()
            self._update(f"INSERT DATA {{ GRAPH <{graph}> {{\n{part}}} }}")

    def _update(self, text: str) -> None:
        if self._send("POST", self._url, _UPDATE, text.encode()) is None:
            mend = "give the address of its Graph Store Protocol or of its Update"
            raise MandataError("store", "takes neither graphs nor updates", self._url, mend)

    def _graph_url(self, graph: str) -> str:
        return f"{self._url}{'&' if '?' in self._url else '?'}{urlencode({'graph': graph})}"

    def _send(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> set[ox.Triple] | None:
        """Return the triples in the reply, if any; None if the store does not have the protocol of the request."""
        try:
            with self._client.send(method, url, headers, body) as reply:
                if reply.status in _UNSUPPORTED:
                    self._refusal_status = reply.status
                    return None
                if not reply.is_success:
                    raise self._refusal(reply)
                return set() if method == "PUT" else _read_triples(reply)
        except SyntaxError as error:
            raise MandataError("store", f"sends what is no RDF: {error}", self._url, "check the address") from error
        except TimeoutError as error:
            what = f"has not answered in time, which is {self._seconds:g} s"
            raise MandataError("store", what, self._url, "load again; it goes on") from error
        except ConnectionError as error:
            raise MandataError("store", f"does not answer: {error}", self._url, "load again; it goes on") from error

    def _refusal(self, reply: HttpReply) -> MandataError:
        """Return the fault that the status of a reply stands for."""
        mend = "mend that, and load again; it goes on"
        if reply.status == _UNAUTHORIZED:
            mend = "set MANDATA_STORE_USER and MANDATA_STORE_PASSWORD, or MANDATA_TOKEN"
        if place := reply.header("Location"):
            mend = f"give that address: {place[:200]}"
        words = " ".join(reply.excerpt(500).split())[:200]
        return MandataError("store", f"answers {reply.status}: {words}", self._url, mend)


def _read_triples(reply: HttpReply) -> set[ox.Triple]:
    rdf_format = _READABLE.get(reply.media_type)
    if rdf_format is None:
        return set()
    return {quad.triple for quad in ox.parse(cast("IO[bytes]", reply), format=rdf_format)}
