"""The API over HTTP: a request becomes a job for a worker, whose answer is sent to the client."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from mandata.errors import MandataError
from mandata.server.answer import RefusedError
from mandata.server.api.openapi import Operation, description, operations
from mandata.server.formats import for_json
from mandata.server.pool import WorkerPool
from mandata.server.request import check_method, parameters, takes_gzip
from mandata.server.response import send_problem, send_whole
from mandata.server.sparql import VARY, send_answer

_METHODS: Final = ("GET", "HEAD")
DESCRIPTION: Final = "/openapi.json"
"""The path of the description of the API."""


class ApiDescription:
    """Sends the OpenAPI description of the API."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - as every endpoint
        """Answer a request."""
        try:
            check_method(scope, _METHODS)
            value = description() | {"servers": [{"url": scope.get("root_path") or "/"}]}
            body = json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"
            await send_whole(send, 200, [(b"content-type", b"application/json")], body)
        except RefusedError as fault:
            await send_problem(send, fault, [(b"allow", b"GET, HEAD, OPTIONS")])


class ApiEndpoint:
    """Answers the requests of one operation by a pool of workers."""

    def __init__(self, operation: Operation, pool: WorkerPool) -> None:
        self._operation, self._pool = operation, pool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer any request."""
        try:
            check_method(scope, _METHODS)
            await send_answer(self._pool, self._job(scope), scope, receive, send)
        except RefusedError as fault:
            extra = [(b"allow", b"GET, HEAD, OPTIONS")] if fault.status == 405 else []
            await send_problem(send, fault, [*extra, VARY])

    def _job(self, scope: Scope) -> dict[str, Any]:
        headers = Headers(scope=scope)
        if for_json(",".join(headers.getlist("accept"))) is None:
            fault = MandataError("not-acceptable", "Accept names no JSON", "the request", "ask for application/json")
            raise RefusedError(406, fault)
        fields = parameters(scope)
        try:
            values, free = self._operation.read(fields, scope["path_params"])
            questions = self._operation.questions
            question, own = self._operation.question(values) if questions else (values.get("name", ""), free)
        except MandataError as error:
            raise RefusedError(400, error) from error
        request = {
            "operation": "question" if questions else self._operation.name,
            "given": values,
            "question": question,
            "parameters": own,
        }
        return {"do": "api", **request, "fields": fields, "gzip": takes_gzip(headers)}


def endpoints(pool: WorkerPool) -> Iterator[tuple[str, ApiEndpoint | ApiDescription]]:
    """Yield each path of the API, as a Starlette route, with its endpoint."""
    yield DESCRIPTION, ApiDescription()
    for operation in operations():
        yield operation.path.replace("{symbol}", "{symbol:path}"), ApiEndpoint(operation, pool)
