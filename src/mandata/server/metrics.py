"""The endpoints for operators: health, readiness, limits and metrics."""

from __future__ import annotations

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.types import Receive, Scope, Send

from mandata import __version__
from mandata.server.answer import RefusedError
from mandata.server.description import select_rows
from mandata.server.pool import WorkerPool
from mandata.server.response import send_json, send_problem, send_whole
from mandata.server.settings import Limits

_SECONDS: Final = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)


class Operations:
    """Answers the endpoints for operators; only ``ready`` queries the store, so that the others answer at once."""

    def __init__(self, pool: WorkerPool, limits: Limits) -> None:
        self._pool, self._limits = pool, limits
        self.registry = CollectorRegistry()
        self._counters: dict[tuple[str, int], Counter] = {}
        self._histograms: dict[str, Histogram] = {}
        labels = ("route", "status")
        self._requests = Counter("mandata_requests", "Requests answered.", labels, registry=self.registry)
        self._seconds = Histogram(
            "mandata_seconds", "Seconds to the end of an answer.", ("route",), buckets=_SECONDS, registry=self.registry
        )
        ended = Counter(
            "mandata_ended", "Queries ended before their answer was whole.", ("why",), registry=self.registry
        )
        pool.ended = lambda why: ended.labels(why).inc()
        for name in pool.counts():
            gauge = Gauge(f"mandata_{name}", f"Workers or queries: {name}.", registry=self.registry)
            gauge.set_function(lambda name=name: pool.counts()[name])  # type: ignore[misc]

    def count(self, route: str, status: int, seconds: float) -> None:
        """Count a request.

        Args:
            route: its path, or ``other``.
            status: the status of its answer.
            seconds: the time to the end of the answer.
        """
        if (counter := self._counters.get((route, status))) is None:
            counter = self._counters[route, status] = self._requests.labels(route, str(status))
        counter.inc()
        if (histogram := self._histograms.get(route)) is None:
            histogram = self._histograms[route] = self._seconds.labels(route)
        histogram.observe(seconds)

    async def health(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - as every endpoint
        """Report that the server runs, and whether its workers are cut off from the network."""
        report = {"status": "ok", "version": __version__, "network_closed": self._pool.fork_server.is_isolated}
        await send_json(send, {**report, **self._pool.counts()})

    async def ready(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - as every endpoint
        """Report whether queries are answered, by sending one to a worker."""
        try:
            await select_rows(self._pool, "SELECT ?ready { VALUES ?ready { true } }")
            await send_json(send, {"status": "ready"})
        except RefusedError as fault:
            await send_problem(send, fault)

    async def limits(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - as every endpoint
        """Report what a query may take."""
        limits = self._limits.with_meanings()
        await send_json(send, {name: {"value": value, "meaning": meaning} for name, (value, meaning) in limits.items()})

    async def metrics(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - as every endpoint
        """Report the counts of requests and workers in the format of Prometheus."""
        await send_whole(send, 200, [(b"content-type", CONTENT_TYPE_LATEST.encode())], generate_latest(self.registry))
