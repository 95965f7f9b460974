"""What every request passes: security headers, CORS, a line in the log, a count."""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mandata.errors import MandataError
from mandata.server.answer import RefusedError
from mandata.server.response import problem, whole
from mandata.server.sparql import QUERY, CutOffError

LOG: Final = logging.getLogger("mandata.server")
_CLOSED: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Link, Location, Mandata-Truncated, Retry-After"),
)
_POLICY: Final = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'")
_MOST: Final = 16_384  # bytes of the fields of a request: what is read of them costs this process its time
_PREFLIGHT: Final = (
    (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
    (b"access-control-allow-headers", b"Accept, Content-Type, If-None-Match"),
    (b"access-control-max-age", b"86400"),
)


class Door:
    """Stands before the application; ``count`` is told the route, the status and the seconds of each request."""

    def __init__(self, app: ASGIApp, routes: frozenset[str], count: Callable[[str, int, float], None]) -> None:
        self._app, self._routes, self._count = app, routes, count

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, and its answer out."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status, size, cut = time.perf_counter(), 0, 0, False

        async def out(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                has_policy = any(name == _POLICY[0] for name, _ in message["headers"])
                message["headers"] = [*message["headers"], *_CLOSED, *(() if has_policy else (_POLICY,))]
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            if sum(len(name) + len(value) for name, value in scope["headers"]) > _MOST:
                said = MandataError(
                    "headers", f"the fields of the request are longer than {_MOST} bytes", "", "send fewer"
                )
                await problem(out, RefusedError(431, said))
            elif scope["method"] == "OPTIONS":
                await whole(out, 204, [(b"allow", _PREFLIGHT[0][1]), *_PREFLIGHT], b"")
            else:
                await self._app(scope, receive, out)
        except CutOffError:
            cut = True
            raise
        finally:
            seconds = time.perf_counter() - begun
            route = scope["path"] if scope["path"] in self._routes else "other"
            self._count(route, status, seconds)
            told = {"method": scope["method"], "path": scope["path"], "status": status, "bytes": size}
            told |= {"milliseconds": round(seconds * 1000, 1), "cut_off": cut, QUERY: scope.get(QUERY)}
            LOG.info("request", extra={"told": told})


class Lines(logging.Formatter):
    """Log lines as JSON; with the text of a query, which may be private, only where that is asked for."""

    def __init__(self, queries: bool) -> None:
        super().__init__()
        self._queries = queries

    def format(self, record: logging.LogRecord) -> str:
        """Return a line."""
        told: dict[str, Any] = {"time": self.formatTime(record), "level": record.levelname.lower()}
        told |= {"logger": record.name, "message": record.getMessage(), **getattr(record, "told", {})}
        if not self._queries or told.get(QUERY) is None:
            told.pop(QUERY, None)
        if record.exc_info and not isinstance(record.exc_info[1], CutOffError):
            told["fault"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def log_to_standard_error(quiet: bool, queries: bool) -> None:
    """Write the log to standard error, a line of JSON for each request, with the text of each query if asked.

    ``quiet``: only what goes wrong.
    """
    stream = logging.StreamHandler(sys.stderr)
    stream.setFormatter(Lines(queries))
    for name in ("mandata", "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [stream], False
        logger.setLevel(logging.WARNING if quiet or name == "uvicorn" else logging.INFO)
