"""A SPARQL 1.1 store elsewhere, graph by graph: over the Graph Store Protocol where it has it, else over Update."""

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
_NOT_THERE: Final = 404
_WITHOUT: Final = frozenset((400, 404, 405, 406, 415, 501))  # what a server answers that has no such protocol here
_AT_ONCE: Final = 100  # statements of one request of Update, which some servers compile as one program


class RemoteStore:
    """A store at an address, which is of its Graph Store Protocol or of its Update; it is asked which.

    ``query`` is where it answers queries, when that is another address. The name and password that it wants are in
    ``MANDATA_STORE_USER`` and ``MANDATA_STORE_PASSWORD``, a token in ``MANDATA_TOKEN``.

    Raises:
        MandataError: the address is not one of http or https.
    """

    def __init__(self, url: str, query: str = "", seconds: float = 300) -> None:
        for one in filter(None, (url, query)):
            if not is_address(one):
                raise MandataError("usage", "this is no address of a store", one, "write http://host/graph-store")
        self._url, self._query, self._seconds = url, query or url, seconds
        self._by_update: bool | None = None
        self._refused = 0
        self._credentials = from_environment()

    @property
    def protocol(self) -> str:
        """By what the store was written to, once it was."""
        return "Update" if self._by_update else "Graph Store Protocol"

    def read(self, graph: str) -> set[ox.Triple]:
        """Return the triples of a graph; none where there is none."""
        if self._by_update is not True:
            answer = self._sent(Request(self._of(graph), headers={"Accept": f"{NTRIPLES}, text/turtle;q=0.5"}))
            if answer is not None:
                self._by_update = False
                return answer
            if self._by_update is False:  # a graph that is not there, in a store that has the protocol
                return set()
            self._by_update = self._refused != _NOT_THERE or None  # such a graph is not there, or all such are not
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        body = urlencode({"query": query}).encode()
        return self._sent(Request(self._query, body, {"Accept": f"{NTRIPLES}, text/turtle;q=0.5"})) or set()

    def write(self, graph: str, triples: Sequence[ox.Triple]) -> None:
        """Let a graph hold these triples and no others.

        Raises:
            MandataError: the store refuses, or does not answer.
        """
        if self._by_update is not True:
            body = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
            if self._sent(Request(self._of(graph), body, {"Content-Type": NTRIPLES}, method="PUT")) is not None:
                self._by_update = False
                return
            self._by_update = True
        self._update(f"DROP SILENT GRAPH <{graph}>")
        for at in range(0, len(triples), _AT_ONCE):
            part = (ox.serialize(triples[at : at + _AT_ONCE], format=ox.RdfFormat.N_TRIPLES) or b"").decode()
            self._update(f"INSERT DATA {{ GRAPH <{graph}> {{\n{part}}} }}")

    def _update(self, text: str) -> None:
        if self._sent(Request(self._url, text.encode(), {"Content-Type": _UPDATE}, method="POST")) is None:
            mend = "give the address of its Graph Store Protocol or of its Update"
            raise MandataError("store", "takes neither graphs nor updates", self._url, mend)

    def _of(self, graph: str) -> str:
        return f"{self._url}{'&' if '?' in self._url else '?'}{urlencode({'graph': graph})}"

    def _sent(self, request: Request) -> set[ox.Triple] | None:
        """Return the triples of the answer, where it has any; None where the store has no such protocol here."""
        try:
            self._credentials.authorise(request, self._seconds)
            with call(request, self._seconds) as answer:
                kind = answer.headers.get_content_type()
                return _triples(answer.read(), kind) if request.get_method() in ("GET", "POST") else set()
        except HTTPError as error:
            if error.code in _WITHOUT:
                self._refused = error.code
                return None
            words = f"answers {error.code}: {' '.join(error.read(500).decode('utf-8', 'replace').split())[:200]}"
            mend = "set MANDATA_STORE_USER and MANDATA_STORE_PASSWORD, or MANDATA_TOKEN" if error.code == 401 else ""
            if place := error.headers.get("Location"):
                mend = f"give that address: {place[:200]}"
            raise MandataError("store", words, self._url, mend) from error
        except SyntaxError as error:
            raise MandataError("store", f"sends what is no RDF: {error}", self._url, "check the address") from error
        except (URLError, HTTPException, OSError) as error:
            reason = getattr(error, "reason", None) or error
            raise MandataError("store", f"does not answer: {reason}", self._url, "load again; it goes on") from error


def _triples(data: bytes, kind: str) -> set[ox.Triple]:
    form = _READABLE.get(kind)
    return {quad.triple for quad in ox.parse(data, format=form)} if form else set()
