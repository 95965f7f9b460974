"""The read operations of the SPARQL 1.1 Graph Store HTTP Protocol, at ``/graph-store``."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from mandata.errors import MandataError
from mandata.server.answer import RefusedError
from mandata.server.formats import for_graphs
from mandata.server.pool import WorkerPool
from mandata.server.request import absolute_url, check_method, parameters, takes_gzip
from mandata.server.response import send_problem
from mandata.server.sparql import VARY, stream_answer

_METHODS: Final = ("GET", "HEAD")


class GraphStore:
    """Sends a graph: ``?graph=`` names it, ``?default`` the default graph; a path below the endpoint names itself."""

    def __init__(self, pool: WorkerPool) -> None:
        self._pool = pool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer any request."""
        try:
            check_method(scope, _METHODS)
            headers = Headers(scope=scope)
            kind = for_graphs(",".join(headers.getlist("accept")))
            job = {"do": "graph", "graph": _graph_name(scope), "graph_as": kind, "gzip": takes_gzip(headers)}
            answer = self._pool.ask(job)
            await stream_answer(answer, receive, send, lambda: self._pool.cancel(answer), lambda: "")
        except RefusedError as fault:
            extra = [(b"allow", ", ".join((*_METHODS, "OPTIONS")).encode())] if fault.status == 405 else []
            await send_problem(send, fault, [*extra, VARY])


def _graph_name(scope: Scope) -> str:
    """Return the name of the requested graph, empty for the default graph."""
    fields = parameters(scope)
    named = [(name, value) for name, value in fields if name in ("graph", "default")]
    if len(named) == 1 and (named[0][0] == "default" or named[0][1]):
        return "" if named[0][0] == "default" else named[0][1]
    if not fields and scope["path"].rstrip("/") != "/graph-store":
        return absolute_url(scope)
    error = MandataError("graph-name", "the request names no graph", "the request", "add ?graph=IRI or ?default")
    raise RefusedError(400, error)
