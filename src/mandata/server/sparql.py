"""The endpoint of queries, by SPARQL 1.1 Protocol; without a query it describes itself."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from mandata.server.answer import Answer, Head, RefusedError
from mandata.server.description import Description
from mandata.server.formats import for_graphs, for_rows
from mandata.server.pool import Pool
from mandata.server.request import Asked, address, allow, query_of, takes_gzip
from mandata.server.response import NOT_MODIFIED, Fields, has_tag, problem, whole
from mandata.server.settings import Limits

_HTML: Final = "text/html"
_METHODS: Final = ("GET", "HEAD", "POST")
VARY: Final = (b"vary", b"accept, accept-encoding")
QUERY: Final = "query"
"""Where a request keeps the text of its query, for a log that was asked to tell it."""


class Sparql:
    """Answers queries through a pool of workers."""

    def __init__(self, pool: Pool, limits: Limits, description: Description) -> None:
        self._pool, self._limits, self._description = pool, limits, description

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, whatever it is."""
        try:
            allow(scope, _METHODS)
            asked = await query_of(scope, receive, self._limits.text)
            if asked is None and _HTML in Headers(scope=scope).get("accept", ""):
                await whole(send, 303, [(b"location", b"query"), VARY], b"")  # to the page for queries
            elif asked is None:
                await self._description.service(scope, receive, send)
            else:
                scope[QUERY] = asked.text
                await self._answer(asked, scope, receive, send)
        except RefusedError as fault:
            extra = [(b"allow", ", ".join((*_METHODS, "OPTIONS")).encode())] if fault.status == 405 else []
            await problem(send, fault, [*extra, VARY])

    async def _answer(self, asked: Asked, scope: Scope, receive: Receive, send: Send) -> None:
        await answered(self._pool, _job(asked, scope, Headers(scope=scope)), scope, receive, send)


async def answered(pool: Pool, job: dict[str, Any], scope: Scope, receive: Receive, send: Send) -> None:
    """Send what a worker answers to a job, or that it is as the client has it.

    Raises:
        RefusedError: there is no answer.
    """
    tagged = scope["method"] != "POST" and pool.state() is not None
    sent = Headers(scope=scope).get("if-none-match", "")
    if tagged and sent and has_tag(sent, _tag(job, pool.state())):
        await whole(send, NOT_MODIFIED, [(b"etag", _tag(job, pool.state()).encode()), VARY], b"")
        return
    answer = pool.ask(job)
    tag = (lambda: _tag(job, answer.state)) if tagged else str
    await passed_on(answer, receive, send, lambda: pool.leave(answer), tag)


async def passed_on(
    answer: Answer, receive: Receive, send: Send, leave: Callable[[], None], tag: Callable[[], str]
) -> None:
    """Send an answer as it comes; ``leave`` is called where the client goes before its end.

    Raises:
        RefusedError: there is none; or, when a part of it is sent, it was cut off, and so must the connection be.
    """
    watch: list[asyncio.Task[None]] = []
    answer.long = lambda: watch.append(asyncio.ensure_future(_gone(receive, leave)))
    try:
        head = await answer.head()
        fields = _fields(head, "" if head.volatile else tag())
        if answer.ended:
            await whole(send, head.status, fields, answer.at_hand())
            return
        if not watch:
            answer.long()
        await send({"type": "http.response.start", "status": head.status, "headers": fields})
        try:
            async for piece in answer.rest():
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        except RefusedError as fault:
            raise CutOffError from fault
        await send({"type": "http.response.body", "body": b""})
    finally:
        answer.long = lambda: None
        for task in watch:
            task.cancel()
        if not answer.ended:
            leave()


class CutOffError(Exception):
    """An answer that has begun and has no end: the connection is broken off, so that nobody takes it for whole."""


async def _gone(receive: Receive, leave: Callable[[], None]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    leave()


def _job(asked: Asked, scope: Scope, headers: Headers) -> dict[str, Any]:
    accept = ",".join(headers.getlist("accept"))
    return {
        "do": "query",
        "text": asked.text,
        "default": asked.default,
        "named": asked.named,
        "base": address(scope),
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
    """Return the tag of an answer: weak, since the order of rows may differ."""
    told = f"{state} {json.dumps(job)}".encode()
    return f'W/"{hashlib.sha256(told).hexdigest()[:32]}"'
