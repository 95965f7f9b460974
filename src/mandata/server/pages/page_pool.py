"""The workers that render pages, separate from those that answer queries, so that neither waits for the other.

There are few; one is started if a page is requested and none is free. Each caches what it has read from the store, and
is ended when the store is replaced, or when a page takes too long.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, Final
from weakref import WeakSet

from mandata.isolation.fork_server_client import ForkServerClient
from mandata.server.answer import PendingAnswer, unavailable
from mandata.server.settings import ServedStore
from mandata.server.worker_connection import Worker

_MAX_WORKERS: Final = 2
_RETRY_AFTER: Final = 2  # seconds after which a client may try again


class PagePool:
    """Workers that render pages of the current store.

    ``state`` returns a token that changes when the store is replaced, as ``WorkerPool.state``.
    """

    def __init__(self, served: ServedStore, state: Callable[[], object]) -> None:
        self._limits, self.state = served.limits, state
        self._fork_server = ForkServerClient("mandata.server.pages.worker", served.to_json())
        self._workers: set[Worker] = set()
        self._idle: list[Worker] = []
        self._waiting: deque[PendingAnswer] = deque()
        self._retried: WeakSet[PendingAnswer] = WeakSet()
        self._starting: set[asyncio.Task[None]] = set()
        self._fork_lock = asyncio.Lock()

    def open(self) -> None:
        """Start a worker, so that the first page does not wait for one."""
        self._start_worker(self.state())

    def close(self) -> None:
        """End all workers."""
        for answer in self._waiting:
            answer.fail(unavailable("stopping", "the server stops", retry_after=_RETRY_AFTER))
        for worker in list(self._workers):
            worker.close()
        self._fork_server.close()

    def ask(self, job: dict[str, Any]) -> PendingAnswer:
        """Give a job to a worker, now or when one is free.

        Raises:
            RefusedError: too many wait already.
        """
        if len(self._waiting) >= self._limits.waiting:
            raise unavailable("busy", "too many pages are waited for", retry_after=_RETRY_AFTER)
        loop = asyncio.get_running_loop()
        answer = PendingAnswer(job, loop.time())
        self._waiting.append(answer)
        loop.call_later(self._limits.seconds, self._time_out, answer)
        self._assign()
        return answer

    def on_ready(self, worker: Worker) -> None:
        """Give a worker that has opened the store its first job."""
        self._idle.append(worker)
        self._assign()

    def on_free(self, worker: Worker) -> None:
        """Give a worker that is free its next job."""
        self._idle.append(worker)
        self._assign()

    def on_exit(self, worker: Worker) -> None:
        """Give the job of a worker that has ended to another; the second time, fail its answer."""
        self._workers.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        fault = worker.startup_fault or unavailable(
            "page-memory", "takes more memory than allowed", "ask for less at a time"
        )
        if (answer := worker.answer) and not answer.ended:
            if answer.begun or answer in self._retried:
                answer.fail(fault)
            else:  # the worker may have died before it received the job
                self._retried.add(answer)
                self._waiting.appendleft(answer)
        elif not worker.is_ready and self._waiting:
            self._waiting.popleft().fail(fault)
        self._assign()

    def _assign(self) -> None:
        """Give each idle worker of the current store a job; start another worker if more jobs wait."""
        state = self.state()
        for worker in [worker for worker in self._idle if worker.state != state]:
            self._drop(worker)
        while self._waiting and self._waiting[0].ended:
            self._waiting.popleft()
        while self._idle and self._waiting:
            if not (answer := self._waiting.popleft()).ended:
                self._idle.pop().assign(answer)
        starting = len(self._starting) + sum(not worker.is_ready for worker in self._workers)
        current = len(self._starting) + sum(worker.state == state for worker in self._workers)
        if len(self._waiting) > starting and current < _MAX_WORKERS:
            self._start_worker(state)

    def _start_worker(self, state: object) -> None:
        starting = asyncio.ensure_future(self._connect_worker(state))
        self._starting.add(starting)
        starting.add_done_callback(self._starting.discard)

    async def _connect_worker(self, state: object) -> None:
        """Start a worker, in a thread, since the first one waits until the fork server is ready."""
        try:
            async with self._fork_lock:
                number, connection = await asyncio.to_thread(self._fork_server.fork)
        except OSError as error:
            fault = unavailable(
                "page-worker", f"no worker could be started: {error.strerror or error}", retry_after=_RETRY_AFTER
            )
            while self._waiting:
                self._waiting.popleft().fail(fault)
            return
        worker = Worker(number, state, self)
        self._workers.add(worker)
        await asyncio.get_running_loop().create_connection(lambda: worker, sock=connection)

    def _time_out(self, answer: PendingAnswer) -> None:
        """Fail an answer that is not complete in time, and kill the worker that computes it."""
        if answer.ended:
            return
        answer.fail(unavailable("page-time", f"takes longer than {self._limits.seconds:g} s", "ask for less at a time"))
        for worker in [worker for worker in self._workers if worker.answer is answer]:
            self._fork_server.end(worker.number)
            self._drop(worker)
        self._assign()

    def _drop(self, worker: Worker) -> None:
        self._workers.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        worker.close()
