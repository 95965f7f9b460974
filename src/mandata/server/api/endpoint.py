"""The API over HTTP: a request becomes a job for a worker, whose answer is passed on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from mandata.errors import MandataError
from mandata.server.answer import RefusedError
from mandata.server.api.offered import Operation, description, operations
from mandata.server.formats import for_json
from mandata.server.pool import Pool
from mandata.server.request import allow, parameters, takes_gzip
from mandata.server.response import problem, whole
from mandata.server.sparql import VARY, answered

_METHODS: Final = ("GET", "HEAD")
DESCRIPTION: Final = "/openapi.json"
"""Where the API is described."""


class Described:
    """Sends the description of the API."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - as every endpoint
        """Answer a request."""
        try:
            allow(scope, _METHODS)
            told = description() | {"servers": [{"url": scope.get("root_path") or "/"}]}
            body = json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"
            await whole(send, 200, [(b"content-type", b"application/json")], body)
        except RefusedError as fault:
            await problem(send, fault, [(b"allow", b"GET, HEAD, OPTIONS")])


class Api:
    """Answers the requests of one operation through a pool of workers."""

    def __init__(self, operation: Operation, pool: Pool) -> None:
        self._operation, self._pool = operation, pool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, whatever it is."""
        try:
            allow(scope, _METHODS)
            await answered(self._pool, self._job(scope), scope, receive, send)
        except RefusedError as fault:
            extra = [(b"allow", b"GET, HEAD, OPTIONS")] if fault.status == 405 else []
            await problem(send, fault, [*extra, VARY])

    def _job(self, scope: Scope) -> dict[str, Any]:
        headers = Headers(scope=scope)
        if for_json(",".join(headers.getlist("accept"))) is None:
            said = MandataError("not-acceptable", "Accept names no JSON", "the request", "ask for application/json")
            raise RefusedError(406, said)
        fields = parameters(scope)
        try:
            given, free = self._operation.read(fields, scope["path_params"])
            named = (given.get("name", ""), free)
            questions = self._operation.questions
            question, own = self._operation.question(given) if questions else named
        except MandataError as error:
            raise RefusedError(400, error) from error
        asked = {
            "operation": "question" if questions else self._operation.name,
            "given": given,
            "question": question,
            "parameters": own,
        }
        return {"do": "api", **asked, "fields": fields, "gzip": takes_gzip(headers)}


def endpoints(pool: Pool) -> Iterator[tuple[str, Api | Described]]:
    """Yield each path of the API, as routes are written, with what answers there."""
    yield DESCRIPTION, Described()
    for operation in operations():
        yield operation.path.replace("{symbol}", "{symbol:path}"), Api(operation, pool)
