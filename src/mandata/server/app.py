"""The ASGI application: the routes, and the endpoint that answers each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from mandata.server.answer import RefusedError
from mandata.server.api.endpoint import endpoints as api
from mandata.server.description import ServiceDescription
from mandata.server.graph_store import GraphStore
from mandata.server.metrics import Operations
from mandata.server.middleware import RequestMiddleware
from mandata.server.pages.assets import assets
from mandata.server.pages.endpoint import Pages
from mandata.server.pages.page_pool import PagePool
from mandata.server.pool import WorkerPool
from mandata.server.request import check_method, update_refusal
from mandata.server.response import send_problem
from mandata.server.settings import ServedStore
from mandata.server.sparql import SparqlEndpoint

Endpoint = Callable[[Scope, Receive, Send], Awaitable[None]]


def application(served: ServedStore) -> ASGIApp:
    """Return the application that serves a store read-only."""
    pool, limits = WorkerPool(served), served.limits
    description, operations = ServiceDescription(pool, served), Operations(pool, limits)
    page_pool = PagePool(served, pool.state)
    sparql, graphs = SparqlEndpoint(pool, limits, description), GraphStore(pool)
    paths: dict[str, Endpoint] = {
        "/sparql": sparql,
        "/sparql/": sparql,
        "/graph-store": graphs,
        "/graph-store/{path:path}": graphs,
        "/update": _update,
        "/.well-known/void": _read_only(description.void),
        "/limits": _read_only(operations.limits),
        "/health": _read_only(operations.health),
        "/ready": _read_only(operations.ready),
        "/metrics": _read_only(operations.metrics),
        **dict(api(pool)),
        "/assets/{name}": _read_only(assets),
        "/{path:path}": _read_only(Pages(page_pool)),  # every other path
    }

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await pool.open()
        page_pool.open()
        try:
            yield
        finally:
            page_pool.close()
            pool.close()

    routes = [Route(path, _AsgiEndpoint(endpoint)) for path, endpoint in paths.items()]
    inner = Starlette(routes=routes, lifespan=lifespan)
    return RequestMiddleware(_SparqlShortcut(sparql, inner), frozenset(paths), operations.count)


class _SparqlShortcut:
    """Passes queries to their endpoint without routing, which takes as long as a short query."""

    def __init__(self, sparql: SparqlEndpoint, others: ASGIApp) -> None:
        self._sparql, self._others = sparql, others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/sparql":
            await self._sparql(scope, receive, send)
        else:
            await self._others(scope, receive, send)


class _AsgiEndpoint:
    """Wraps an ASGI endpoint in an object, since Starlette calls a plain function with another signature."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._endpoint(scope, receive, send)


async def _update(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - as every endpoint
    """Refuse at the path where many stores accept SPARQL Update, and state how a knowledge base is changed."""
    await send_problem(send, update_refusal())


def _read_only(endpoint: Endpoint) -> Endpoint:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            check_method(scope, ("GET", "HEAD"))
            await endpoint(scope, receive, send)
        except RefusedError as fault:
            await send_problem(send, fault, [(b"allow", b"GET, HEAD, OPTIONS")] if fault.status == 405 else [])

    return answer
