"""The middleware of every request: security headers, CORS, the log and the metrics."""

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
from mandata.server.response import send_problem, send_whole
from mandata.server.sparql import QUERY, CutOffError

LOG: Final = logging.getLogger("mandata.server")
_SECURITY_HEADERS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Link, Location, Mandata-Truncated, Retry-After"),
)
_POLICY: Final = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'")
_MAX_HEADER_BYTES: Final = 16_384  # of a request, since this process spends time on them
_PREFLIGHT: Final = (
    (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
    (b"access-control-allow-headers", b"Accept, Content-Type, If-None-Match"),
    (b"access-control-max-age", b"86400"),
)


class RequestMiddleware:
    """Wraps the application; ``count`` is called with the route, the status and the seconds of each request."""

    def __init__(self, app: ASGIApp, routes: frozenset[str], count: Callable[[str, int, float], None]) -> None:
        self._app, self._routes, self._count = app, routes, count

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request through the application, add headers to the answer, and log and count it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status, size, is_cut_off = time.perf_counter(), 0, 0, False

        async def send_counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                has_policy = any(name == _POLICY[0] for name, _ in message["headers"])
                message["headers"] = [*message["headers"], *_SECURITY_HEADERS, *(() if has_policy else (_POLICY,))]
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            if sum(len(name) + len(value) for name, value in scope["headers"]) > _MAX_HEADER_BYTES:
                fault = MandataError(
                    "headers", f"the fields of the request are longer than {_MAX_HEADER_BYTES} bytes", "", "send fewer"
                )
                await send_problem(send_counted, RefusedError(431, fault))
            elif scope["method"] == "OPTIONS":
                await send_whole(send_counted, 204, [(b"allow", _PREFLIGHT[0][1]), *_PREFLIGHT], b"")
            else:
                await self._app(scope, receive, send_counted)
        except CutOffError:
            is_cut_off = True
            raise
        finally:
            seconds = time.perf_counter() - started
            route = scope["path"] if scope["path"] in self._routes else "other"
            self._count(route, status, seconds)
            fields = {"method": scope["method"], "path": scope["path"], "status": status, "bytes": size}
            fields |= {"milliseconds": round(seconds * 1000, 1), "cut_off": is_cut_off, QUERY: scope.get(QUERY)}
            LOG.info("request", extra={"fields": fields})


class JsonFormatter(logging.Formatter):
    """Formats log records as JSON; ``queries``: with the text of queries, which may be private."""

    def __init__(self, queries: bool) -> None:
        super().__init__()
        self._queries = queries

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as one line of JSON."""
        fields: dict[str, Any] = {"time": self.formatTime(record), "level": record.levelname.lower()}
        fields |= {"logger": record.name, "message": record.getMessage(), **getattr(record, "fields", {})}
        if not self._queries or fields.get(QUERY) is None:
            fields.pop(QUERY, None)
        if record.exc_info and not isinstance(record.exc_info[1], CutOffError):
            fields["fault"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False)


def log_to_standard_error(quiet: bool, queries: bool) -> None:
    """Write the log to standard error, one line of JSON for each request.

    Args:
        quiet: whether only warnings and errors are logged.
        queries: whether the text of queries is logged.
    """
    stream = logging.StreamHandler(sys.stderr)
    stream.setFormatter(JsonFormatter(queries))
    for name in ("mandata", "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [stream], False
        logger.setLevel(logging.WARNING if quiet or name == "uvicorn" else logging.INFO)
