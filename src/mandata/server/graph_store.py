"""Changes over HTTP: SPARQL 1.1 Update, and the Graph Store HTTP Protocol, which also reads."""

from __future__ import annotations

import hmac
import logging
import uuid
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from mandata.errors import MandataError
from mandata.server.answer import RefusedError
from mandata.server.change_worker import Scribe
from mandata.server.formats import for_graphs
from mandata.server.multipart import boundary_of
from mandata.server.pool import Pool
from mandata.server.request import address, allow, body_of, kind_of, parameters, takes_gzip, update_of
from mandata.server.response import problem, whole
from mandata.server.settings import Limits
from mandata.server.sparql import VARY, passed_on

_READS: Final = ("GET", "HEAD")
_CHANGES: Final = ("PUT", "POST", "DELETE")
_CREATED: Final = 201
AUDIT: Final = logging.getLogger("mandata.audit")


class Gate:
    """Lets changes pass that bear the token; without a token nothing passes."""

    def __init__(self, token: str) -> None:
        self._token = token.encode()

    @property
    def is_open(self) -> bool:
        """Whether any change may pass."""
        return bool(self._token)

    def admit(self, scope: Scope) -> None:
        """Let a request pass.

        Raises:
            RefusedError: it bears no token, or another.
        """
        scheme, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(token.strip().encode(), self._token):
            raise RefusedError(401, MandataError("token", "a change needs the token", "", "send Authorization: Bearer"))


class Updates:
    """SPARQL 1.1 Update at ``/update``, where there is a token."""

    def __init__(self, scribe: Scribe, gate: Gate, limits: Limits) -> None:
        self._scribe, self._gate, self._limits = scribe, gate, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Make the changes of a request, whole or not at all."""
        try:
            self._gate.admit(scope)
            asked = await update_of(scope, receive, self._limits.text)
            here = address(scope)
            job = {"do": "update", "text": asked.text, "default": asked.default, "named": asked.named, "base": here}
            await _changed(self._scribe, job, None, send, [])
            _note("update", here, scope, len(asked.text))
        except RefusedError as fault:
            await _refuse(fault, ("POST",), send)


class GraphStore:
    """The Graph Store HTTP Protocol at ``/graph-store``; without a token it only reads.

    A graph is named by ``?graph=``, the default graph by ``?default``; a path below the address names itself.
    """

    def __init__(self, pool: Pool, scribe: Scribe | None, gate: Gate, limits: Limits) -> None:
        self._pool, self._scribe, self._gate, self._limits = pool, scribe, gate, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read, replace, add to, or remove a graph."""
        methods = _READS + (_CHANGES if self._scribe else ())
        try:
            allow(scope, methods)
            if scope["method"] in _READS:
                await self._read(scope, receive, send)
            else:
                await self._change(scope, receive, send)
        except RefusedError as fault:
            await _refuse(fault, methods, send)

    async def _read(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        kind = for_graphs(",".join(headers.getlist("accept")))
        job = {"do": "graph", "graph": _named(scope), "graph_as": kind, "gzip": takes_gzip(headers)}
        answer = self._pool.ask(job)
        await passed_on(answer, receive, send, lambda: self._pool.leave(answer), lambda: "")

    async def _change(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._gate.admit(scope)
        fields = []
        if scope["method"] == "POST" and not _names(scope):
            graph = f"{address(scope, '/graph-store')}/{uuid.uuid4()}"
            fields = [(b"location", graph.encode())]
        else:
            graph = _named(scope)
        job = {"do": scope["method"].lower(), "graph": graph, "base": address(scope), "kind": kind_of(scope)}
        job["boundary"] = boundary_of(Headers(scope=scope).get("content-type", ""))
        body = await body_of(receive, self._limits.upload)
        if self._scribe:
            await _changed(self._scribe, job, body, send, fields)
        _note(scope["method"], graph, scope, len(body))


async def _changed(
    scribe: Scribe, job: dict[str, Any], body: bytes | None, send: Send, fields: list[tuple[bytes, bytes]]
) -> None:
    head = await scribe.change(job, body)
    await whole(send, head.status, fields if head.status == _CREATED else [], b"")


async def _refuse(fault: RefusedError, methods: tuple[str, ...], send: Send) -> None:
    extra = [(b"allow", ", ".join((*methods, "OPTIONS")).encode())] if fault.status == 405 else []
    if fault.status == 401:
        extra.append((b"www-authenticate", b'Bearer realm="mandata"'))
    await problem(send, fault, [*extra, VARY])


def _names(scope: Scope) -> bool:
    names = [name for name, _ in parameters(scope)]
    return "graph" in names or "default" in names or scope["path"].rstrip("/") != "/graph-store"


def _named(scope: Scope) -> str:
    """Return the name of the graph that a request is about, empty for the default graph."""
    fields = parameters(scope)
    named = [(name, value) for name, value in fields if name in ("graph", "default")]
    if len(named) == 1 and (named[0][0] == "default" or named[0][1]):
        return "" if named[0][0] == "default" else named[0][1]
    if not fields and scope["path"].rstrip("/") != "/graph-store":
        return address(scope)
    error = MandataError("graph-name", "the request names no graph", "the request", "add ?graph=IRI or ?default")
    raise RefusedError(400, error)


def _note(what: str, about: str, scope: Scope, size: int) -> None:
    """Write a line that tells who changed what; never the text or the token."""
    client = (scope.get("client") or ("",))[0]
    AUDIT.warning("change", extra={"told": {"what": what, "about": about, "client": client, "bytes": size}})
