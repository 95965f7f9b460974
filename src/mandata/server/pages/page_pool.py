"""The workers that make pages, apart from those that answer queries: neither waits for the other.

There are few, and one is started when there is a page to make and none is free. Each keeps what it has looked up, and
is ended when the store has changed, or when a page takes too long.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, Final
from weakref import WeakSet

from mandata.isolation.fork_server_client import ForkServerClient
from mandata.server.answer import Answer
from mandata.server.pool import refused
from mandata.server.settings import Served
from mandata.server.worker_connection import Worker

_MOST: Final = 2
_AGAIN: Final = 2  # seconds after which another try may go well


class Press:
    """Has pages made of the store as it stands, which ``state`` tells."""

    def __init__(self, served: Served, state: Callable[[], object]) -> None:
        self._limits, self.state = served.limits, state
        self._fork_server = ForkServerClient("mandata.server.pages.worker", served.written())
        self._workers: set[Worker] = set()
        self._idle: list[Worker] = []
        self._waiting: deque[Answer] = deque()
        self._again: WeakSet[Answer] = WeakSet()
        self._hiring: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Lock()

    def open(self) -> None:
        """Start a worker, so that the first page need not wait for one."""
        self._hire(self.state())

    def close(self) -> None:
        """End all workers."""
        for answer in self._waiting:
            answer.fail(refused("stopping", "the server stops", again=_AGAIN))
        for worker in list(self._workers):
            worker.hang_up()
        self._fork_server.close()

    def ask(self, job: dict[str, Any]) -> Answer:
        """Give a job to a worker, now or when one is free.

        Raises:
            RefusedError: too many wait already.
        """
        if len(self._waiting) >= self._limits.waiting:
            raise refused("busy", "too many pages are waited for", again=_AGAIN)
        loop = asyncio.get_running_loop()
        answer = Answer(job, loop.time())
        self._waiting.append(answer)
        loop.call_later(self._limits.seconds, self._end, answer)
        self._assign()
        return answer

    def ready(self, worker: Worker) -> None:
        """Give a worker that has opened the store its first job."""
        self._idle.append(worker)
        self._assign()

    def done(self, worker: Worker) -> None:
        """Give a worker that is free its next job."""
        self._idle.append(worker)
        self._assign()

    def lost(self, worker: Worker) -> None:
        """Hear that a worker is no more; whoever waits for it waits for another, or, the second time, hears why."""
        self._workers.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        why = worker.refusal or refused("page-memory", "takes more memory than allowed", "ask for less at a time")
        if (answer := worker.answer) and not answer.ended:
            if answer.begun or answer in self._again:
                answer.fail(why)
            else:  # it may have died before it heard of it
                self._again.add(answer)
                self._waiting.appendleft(answer)
        elif not worker.is_ready and self._waiting:
            self._waiting.popleft().fail(why)
        self._assign()

    def _assign(self) -> None:
        """Give each idle worker of the store as it stands a job; have another where more wait."""
        state = self.state()
        for worker in [worker for worker in self._idle if worker.state != state]:
            self._let_go(worker)
        while self._waiting and self._waiting[0].ended:
            self._waiting.popleft()
        while self._idle and self._waiting:
            if not (answer := self._waiting.popleft()).ended:
                self._idle.pop().work_at(answer)
        coming = len(self._hiring) + sum(not worker.is_ready for worker in self._workers)
        current = len(self._hiring) + sum(worker.state == state for worker in self._workers)
        if len(self._waiting) > coming and current < _MOST:
            self._hire(state)

    def _hire(self, state: object) -> None:
        hiring = asyncio.ensure_future(self._hired(state))
        self._hiring.add(hiring)
        hiring.add_done_callback(self._hiring.discard)

    async def _hired(self, state: object) -> None:
        """Have another worker; the first waits for the fork server, for which the server must not wait."""
        try:
            async with self._turn:
                number, wire = await asyncio.to_thread(self._fork_server.fork)
        except OSError as error:
            why = refused("page-worker", f"no worker could be started: {error.strerror or error}", again=_AGAIN)
            while self._waiting:
                self._waiting.popleft().fail(why)
            return
        worker = Worker(number, state, self)
        self._workers.add(worker)
        await asyncio.get_running_loop().create_connection(lambda: worker, sock=wire)

    def _end(self, answer: Answer) -> None:
        """End an answer that is not there in time, and the worker that works at it."""
        if answer.ended:
            return
        answer.fail(refused("page-time", f"takes longer than {self._limits.seconds:g} s", "ask for less at a time"))
        for worker in [worker for worker in self._workers if worker.answer is answer]:
            self._fork_server.end(worker.number)
            self._let_go(worker)
        self._assign()

    def _let_go(self, worker: Worker) -> None:
        self._workers.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        worker.hang_up()
