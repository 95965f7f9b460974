"""The reading half of the SPARQL 1.1 Graph Store HTTP Protocol: one graph, whole, at ``/graph-store``."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from mandata.errors import MandataError
from mandata.server.answer import RefusedError
from mandata.server.formats import for_graphs
from mandata.server.pool import Pool
from mandata.server.request import address, allow, parameters, takes_gzip
from mandata.server.response import problem
from mandata.server.sparql import VARY, passed_on

_METHODS: Final = ("GET", "HEAD")


class GraphStore:
    """Sends a graph: ``?graph=`` names it, ``?default`` the default graph; a path below the address names itself."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, whatever it is."""
        try:
            allow(scope, _METHODS)
            headers = Headers(scope=scope)
            kind = for_graphs(",".join(headers.getlist("accept")))
            job = {"do": "graph", "graph": _graph_name(scope), "graph_as": kind, "gzip": takes_gzip(headers)}
            answer = self._pool.ask(job)
            await passed_on(answer, receive, send, lambda: self._pool.leave(answer), lambda: "")
        except RefusedError as fault:
            extra = [(b"allow", ", ".join((*_METHODS, "OPTIONS")).encode())] if fault.status == 405 else []
            await problem(send, fault, [*extra, VARY])


def _graph_name(scope: Scope) -> str:
    """Return the name of the graph that a request is about, empty for the default graph."""
    fields = parameters(scope)
    named = [(name, value) for name, value in fields if name in ("graph", "default")]
    if len(named) == 1 and (named[0][0] == "default" or named[0][1]):
        return "" if named[0][0] == "default" else named[0][1]
    if not fields and scope["path"].rstrip("/") != "/graph-store":
        return address(scope)
    error = MandataError("graph-name", "the request names no graph", "the request", "add ?graph=IRI or ?default")
    raise RefusedError(400, error)
