"""The application: which path is answered by whom."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from mandata.server.answer import RefusedError
from mandata.server.api.endpoint import endpoints as api
from mandata.server.description import Description
from mandata.server.graph_store import GraphStore
from mandata.server.metrics import Operations
from mandata.server.middleware import Door
from mandata.server.pages.assets import assets
from mandata.server.pages.endpoint import Pages
from mandata.server.pages.page_pool import Press
from mandata.server.pool import Pool
from mandata.server.request import allow, refuse_update
from mandata.server.response import problem
from mandata.server.settings import Served
from mandata.server.sparql import Sparql

Endpoint = Callable[[Scope, Receive, Send], Awaitable[None]]


def application(served: Served) -> ASGIApp:
    """Return the application that serves a store, which it only reads."""
    pool, limits = Pool(served), served.limits
    description, operations = Description(pool, served), Operations(pool, limits)
    press = Press(served, pool.state)
    sparql, graphs = Sparql(pool, limits, description), GraphStore(pool)
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
        "/{path:path}": _read_only(Pages(press)),  # whatever none of these is for
    }

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await pool.open()
        press.open()
        try:
            yield
        finally:
            press.close()
            pool.close()

    routes = [Route(path, _Raw(endpoint)) for path, endpoint in paths.items()]
    inner = Starlette(routes=routes, lifespan=lifespan)
    return Door(_Short(sparql, inner), frozenset(paths), operations.count)


class _Short:
    """Takes queries straight to their endpoint: finding the way to it takes as long as a short query."""

    def __init__(self, sparql: Sparql, others: ASGIApp) -> None:
        self._sparql, self._others = sparql, others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/sparql":
            await self._sparql(scope, receive, send)
        else:
            await self._others(scope, receive, send)


class _Raw:
    """An endpoint that speaks ASGI itself: starlette takes an object for one, and a function for another kind."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._endpoint(scope, receive, send)


async def _update(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - as every endpoint
    """Refuse, where many stores take SPARQL Update, and say how a knowledge base is changed."""
    await problem(send, refuse_update())


def _read_only(endpoint: Endpoint) -> Endpoint:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            allow(scope, ("GET", "HEAD"))
            await endpoint(scope, receive, send)
        except RefusedError as fault:
            await problem(send, fault, [(b"allow", b"GET, HEAD, OPTIONS")] if fault.status == 405 else [])

    return answer
