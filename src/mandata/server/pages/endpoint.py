"""The pages over HTTP: each is made by a worker, and kept while the store stays as it is."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from mandata.server.answer import Head
from mandata.server.pages.page_pool import Press
from mandata.server.pages.worker import PAGE
from mandata.server.request import parameters, takes_gzip
from mandata.server.response import NOT_MODIFIED, Fields, has_tag, whole

_VARY: Final = (b"vary", b"accept, accept-encoding, accept-language")
_MOST_KEPT: Final = 16 << 20  # bytes
_LONGEST: Final = 64 << 10  # characters of what a field of the address may hold

_Key = tuple[object, str]


class Pages:
    """Answers with pages, data and where to look instead; what was made last is kept."""

    def __init__(self, press: Press) -> None:
        self._press = press
        self._kept: OrderedDict[_Key, tuple[Head, bytes]] = OrderedDict()
        self._size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - as every endpoint
        """Answer a request.

        Raises:
            RefusedError: there is no answer.
        """
        headers, job = Headers(scope=scope), _job(scope)
        key = (self._press.state(), json.dumps(job))
        tag = _tag(key)
        if key[0] is not None and has_tag(headers.get("if-none-match", ""), tag):
            await whole(send, NOT_MODIFIED, [(b"etag", tag.encode()), _VARY], b"")
            return
        head, body = self._kept.get(key) or await self._made(job, key)
        await whole(send, head.status, _fields(head, tag if key[0] is not None else ""), body)

    async def _made(self, job: dict[str, Any], key: _Key) -> tuple[Head, bytes]:
        answer = self._press.ask(job)
        head = await answer.head()
        body = b"".join([piece async for piece in answer.rest()])
        is_known = key[0] is not None and answer.state == key[0]
        if is_known and key not in self._kept and len(body) < _MOST_KEPT // 4:
            self._keep(key, head, body)
        return head, body

    def _keep(self, key: _Key, head: Head, body: bytes) -> None:
        """Keep an answer; those of another state of the store go, then those not asked for longest."""
        self._kept[key] = head, body
        self._size += len(body) + len(key[1])
        while self._size > _MOST_KEPT or next(iter(self._kept))[0] != key[0]:
            (_, text), (_, gone) = self._kept.popitem(last=False)
            self._size -= len(gone) + len(text)


def _job(scope: Scope) -> dict[str, Any]:
    headers = Headers(scope=scope)
    return {
        "do": PAGE,
        "path": scope["path"].removeprefix("/"),
        "depth": scope.get("raw_path", b"/").count(b"/") - 1,
        "given": [(name, value[:_LONGEST]) for name, value in parameters(scope)],
        "accept": ",".join(headers.getlist("accept")),
        "accept_language": headers.get("accept-language", ""),
        "gzip": takes_gzip(headers),
    }


def _fields(head: Head, tag: str) -> Fields:
    kind = f"{head.kind}; charset=utf-8" if head.kind.startswith("text/") else head.kind
    fields = [(b"content-type", kind.encode())] if kind else []
    fields += [(name.encode(), value.encode("latin-1", "replace")) for name, value in head.fields.items() if value]
    fields += [(b"cache-control", b"no-cache"), _VARY]
    if tag and head.status < 300:
        fields.append((b"etag", tag.encode()))
    return [*fields, *([(b"content-encoding", b"gzip")] if head.gzip else [])]


def _tag(key: _Key) -> str:
    return f'W/"{hashlib.sha256(repr(key).encode()).hexdigest()[:32]}"'
