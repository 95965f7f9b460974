"""The pages over HTTP: each is rendered by a worker, and cached until the store is replaced."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from mandata.server.answer import Head
from mandata.server.pages.page_pool import PagePool
from mandata.server.pages.worker import PAGE
from mandata.server.request import parameters, takes_gzip
from mandata.server.response import NOT_MODIFIED, Fields, matches_etag, send_whole

_VARY: Final = (b"vary", b"accept, accept-encoding, accept-language")
_MAX_CACHED_BYTES: Final = 16 << 20  # bytes
_MAX_FIELD_LENGTH: Final = 64 << 10  # characters of a field in the query string

_Key = tuple[object, str]


class Pages:
    """Answers with pages, data and redirections, and caches the latest answers."""

    def __init__(self, page_pool: PagePool) -> None:
        self._page_pool = page_pool
        self._cache: OrderedDict[_Key, tuple[Head, bytes]] = OrderedDict()
        self._size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - as every endpoint
        """Answer any request.

        Raises:
            RefusedError: there is no answer.
        """
        headers, job = Headers(scope=scope), _job(scope)
        key = (self._page_pool.state(), json.dumps(job))
        tag = _tag(key)
        if key[0] is not None and matches_etag(headers.get("if-none-match", ""), tag):
            await send_whole(send, NOT_MODIFIED, [(b"etag", tag.encode()), _VARY], b"")
            return
        head, body = self._cache.get(key) or await self._make(job, key)
        await send_whole(send, head.status, _fields(head, tag if key[0] is not None else ""), body)

    async def _make(self, job: dict[str, Any], key: _Key) -> tuple[Head, bytes]:
        answer = self._page_pool.ask(job)
        head = await answer.head()
        body = b"".join([piece async for piece in answer.rest()])
        is_known = key[0] is not None and answer.state == key[0]
        if is_known and key not in self._cache and len(body) < _MAX_CACHED_BYTES // 4:
            self._store_in_cache(key, head, body)
        return head, body

    def _store_in_cache(self, key: _Key, head: Head, body: bytes) -> None:
        """Cache an answer; remove those of another state of the store, then the least recently stored ones."""
        self._cache[key] = head, body
        self._size += len(body) + len(key[1])
        while self._size > _MAX_CACHED_BYTES or next(iter(self._cache))[0] != key[0]:
            (_, text), (_, removed) = self._cache.popitem(last=False)
            self._size -= len(removed) + len(text)


def _job(scope: Scope) -> dict[str, Any]:
    headers = Headers(scope=scope)
    return {
        "do": PAGE,
        "path": scope["path"].removeprefix("/"),
        "depth": scope.get("raw_path", b"/").count(b"/") - 1,
        "given": [(name, value[:_MAX_FIELD_LENGTH]) for name, value in parameters(scope)],
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
