"""The SPARQL 1.1 Protocol endpoint for queries; without a query it sends its service description."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from mandata.server.answer import Head, PendingAnswer, RefusedError
from mandata.server.description import ServiceDescription
from mandata.server.formats import for_graphs, for_rows
from mandata.server.pool import WorkerPool
from mandata.server.request import QueryRequest, absolute_url, check_method, read_query, takes_gzip
from mandata.server.response import NOT_MODIFIED, Fields, matches_etag, send_problem, send_whole
from mandata.server.settings import Limits

_HTML: Final = "text/html"
_METHODS: Final = ("GET", "HEAD", "POST")
VARY: Final = (b"vary", b"accept, accept-encoding")
QUERY: Final = "query"
"""The key of the scope under which the text of a query is kept for the log."""


class SparqlEndpoint:
    """Answers queries by a pool of workers."""

    def __init__(self, pool: WorkerPool, limits: Limits, description: ServiceDescription) -> None:
        self._pool, self._limits, self._description = pool, limits, description

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer any request."""
        try:
            check_method(scope, _METHODS)
            request = await read_query(scope, receive, self._limits.text)
            if request is None and _HTML in Headers(scope=scope).get("accept", ""):
                await send_whole(send, 303, [(b"location", b"query"), VARY], b"")  # to the page for queries
            elif request is None:
                await self._description.service(scope, receive, send)
            else:
                scope[QUERY] = request.text
                await self._answer(request, scope, receive, send)
        except RefusedError as fault:
            extra = [(b"allow", ", ".join((*_METHODS, "OPTIONS")).encode())] if fault.status == 405 else []
            await send_problem(send, fault, [*extra, VARY])

    async def _answer(self, request: QueryRequest, scope: Scope, receive: Receive, send: Send) -> None:
        await send_answer(self._pool, _job(request, scope, Headers(scope=scope)), scope, receive, send)


async def send_answer(pool: WorkerPool, job: dict[str, Any], scope: Scope, receive: Receive, send: Send) -> None:
    """Send the answer of a worker to a job, or status 304 if the client has it already.

    Args:
        pool: the workers.
        job: the job.
        scope: the request.
        receive: reports that the client has disconnected.
        send: sends messages to the client.

    Raises:
        RefusedError: there is no answer.
    """
    tagged = scope["method"] != "POST" and pool.state() is not None
    sent = Headers(scope=scope).get("if-none-match", "")
    if tagged and sent and matches_etag(sent, _tag(job, pool.state())):
        await send_whole(send, NOT_MODIFIED, [(b"etag", _tag(job, pool.state()).encode()), VARY], b"")
        return
    answer = pool.ask(job)
    tag = (lambda: _tag(job, answer.state)) if tagged else str
    await stream_answer(answer, receive, send, lambda: pool.cancel(answer), tag)


async def stream_answer(
    answer: PendingAnswer, receive: Receive, send: Send, cancel: Callable[[], None], tag: Callable[[], str]
) -> None:
    """Send an answer as it is received.

    Args:
        answer: the answer.
        receive: reports that the client has disconnected.
        send: sends messages to the client.
        cancel: called if the client disconnects before the end.
        tag: returns the entity tag of the answer; empty for none.

    Raises:
        RefusedError: there is no answer.
        CutOffError: the answer was cut off after a part of it was sent.
    """
    watchers: list[asyncio.Task[None]] = []
    answer.on_slow = lambda: watchers.append(asyncio.ensure_future(_watch_disconnect(receive, cancel)))
    try:
        head = await answer.head()
        fields = _fields(head, "" if head.volatile else tag())
        if answer.ended:
            await send_whole(send, head.status, fields, answer.take_received())
            return
        if not watchers:
            answer.on_slow()
        await send({"type": "http.response.start", "status": head.status, "headers": fields})
        try:
            async for chunk in answer.rest():
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        except RefusedError as fault:
            raise CutOffError from fault
        await send({"type": "http.response.body", "body": b""})
    finally:
        answer.on_slow = lambda: None
        for task in watchers:
            task.cancel()
        if not answer.ended:
            cancel()


class CutOffError(Exception):
    """An answer was cut off after its beginning: the connection is closed, so that no client takes it for complete."""


async def _watch_disconnect(receive: Receive, cancel: Callable[[], None]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    cancel()


def _job(request: QueryRequest, scope: Scope, headers: Headers) -> dict[str, Any]:
    accept = ",".join(headers.getlist("accept"))
    return {
        "do": "query",
        "text": request.text,
        "default": request.default,
        "named": request.named,
        "base": absolute_url(scope),
        "rows_as": for_rows(accept),
        "graph_as": for_graphs(accept),
        "gzip": takes_gzip(headers),
    }


def _fields(head: Head, tag: str) -> Fields:
    fields = [(b"content-type", _with_charset(head.kind)), (b"cache-control", b"no-cache"), VARY]
    if head.gzip:
        fields.append((b"content-encoding", b"gzip"))
    if head.truncated:
        fields.append((b"mandata-truncated", b"rows"))
    fields += [(name.encode(), value.encode("latin-1", "replace")) for name, value in head.fields.items()]
    if tag:
        fields.append((b"etag", tag.encode()))
    return fields


def _with_charset(kind: str) -> bytes:
    return f"{kind}; charset=utf-8".encode() if kind.startswith("text/") else kind.encode()


def _tag(job: dict[str, Any], state: object) -> str:
    """Return the entity tag of an answer: a weak one, since the order of rows may differ."""
    with_meanings = f"{state} {json.dumps(job)}".encode()
    return f'W/"{hashlib.sha256(with_meanings).hexdigest()[:32]}"'
