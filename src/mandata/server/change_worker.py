"""The one worker that changes the store, and those who wait for it in turn."""

from __future__ import annotations

import asyncio
from typing import Any

from mandata.errors import MandataError
from mandata.server.answer import Answer, Head, RefusedError
from mandata.server.pool import Pool, refused
from mandata.server.worker import WRITE
from mandata.server.worker_connection import Worker


class Scribe:
    """Makes one change after the other; a change is done when whoever asks next sees it."""

    def __init__(self, pool: Pool, seconds: float, waiting: int) -> None:
        self._pool, self._seconds, self._most = pool, seconds, waiting
        self._turn, self._waiting = asyncio.Lock(), 0
        self._worker: Worker | None = None
        self._up: asyncio.Future[None] | None = None

    async def change(self, job: dict[str, Any], body: bytes | None = None) -> Head:
        """Make a change.

        Raises:
            RefusedError: nothing has changed.
        """
        if self._waiting >= self._most:
            raise refused("busy", "too many changes wait", again=2)
        self._waiting += 1
        try:
            async with self._turn:
                return await self._made(job, body)
        finally:
            self._waiting -= 1

    def ready(self, worker: Worker) -> None:  # noqa: ARG002 - an owner's promise
        """Hear that the worker may begin."""
        if self._up and not self._up.done():
            self._up.set_result(None)

    def done(self, worker: Worker) -> None:
        """Hear that a change is made: it is waited for itself."""

    def lost(self, worker: Worker) -> None:
        """Hear that the worker is no more."""
        why = worker.refusal or refused("query-memory", "takes more memory than allowed, or ended the engine")
        if worker.answer:
            worker.answer.fail(why)
        if worker is self._worker:
            self._worker = None
            if self._up and not self._up.done():
                self._up.set_exception(why)

    async def _made(self, job: dict[str, Any], body: bytes | None) -> Head:
        loop = asyncio.get_running_loop()
        worker = self._worker or await self._started()
        answer = Answer(job, loop.time(), body)
        worker.work_at(answer)
        timer = loop.call_later(self._seconds, self._end, worker, answer)
        try:
            head = await answer.head()
            _ = [piece async for piece in answer.rest()]
            await self._pool.renewed()
        except RefusedError as fault:
            if fault.status >= 500:  # it may have left its copy half changed
                self._end(worker, answer)
            raise
        finally:
            timer.cancel()
        return head

    def _end(self, worker: Worker, answer: Answer) -> None:
        said = f"takes longer than {self._seconds:g} s, and nothing was changed"
        answer.fail(RefusedError(503, MandataError("query-time", said, "the request", "change less at a time")))
        self._worker = None
        self._pool.fork_server.end(worker.number)
        worker.hang_up()

    async def _started(self) -> Worker:
        loop = asyncio.get_running_loop()
        number, wire = self._pool.fork_server.fork(WRITE)
        self._up = loop.create_future()
        self._worker = worker = Worker(number, None, self)
        await loop.create_connection(lambda: worker, sock=wire)
        await self._up
        return worker
