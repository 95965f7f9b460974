"""The workers that answer queries: one for each core is ready; more run while queries are long or many arrive at once.

A query that computes longer than ``SLOW_AFTER`` is demoted: its worker continues at the lowest priority, and another
takes its place. A limited number of such long queries runs at once; any further one is ended, waits, and is computed
anew when there is room. So short queries are answered at once beside long ones. A worker is killed, and not asked to
stop, since the engine handles no signal while it computes.

While all queries are short, a worker is given several at once, which saves the system most of its work. If one of them
is long after all, the others are given to another worker.
"""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from mandata.errors import MandataError
from mandata.isolation.fork_server_client import ForkServerClient
from mandata.server.answer import PendingAnswer, RefusedError, unavailable
from mandata.server.job_queue import SLOW_AFTER, JobQueue
from mandata.server.settings import ServedStore
from mandata.server.worker_connection import Worker

_CROWDED_AFTER: Final = 0.06  # seconds in which no worker has begun a job: there are too few workers
_RETRY_AFTER: Final = 2  # seconds after which a client may try again
_REPLACEMENT_SECONDS: Final = 1.0  # seconds that the replacement of a store takes at most
_CRASH: Final = "takes more memory than allowed, or ended the engine"
_RETRY_PAUSE: Final = 0.05  # seconds before the next try if a worker could not open the store


class WorkerPool:
    """Workers that read the current store; when the store is replaced, they are replaced too.

    ``ended`` is called with the code of the fault when a worker is ended before its answer was complete.
    """

    def __init__(self, served: ServedStore) -> None:
        self._limits, self._at = served.limits, served.at
        self._current = "" if served.at else str(Path(served.folder, "CURRENT"))
        self.fork_server = ForkServerClient("mandata.server.worker", served.to_json())
        self._base_size = self._target = max(2, os.cpu_count() or 1)
        self._workers: set[Worker] = set()
        self._idle: deque[Worker] = deque()
        self._queue = JobQueue()
        self._state: object = None
        self._is_current = False  # a worker has opened the current store
        self._closed = False
        self._starting: asyncio.Future[None] | None = None  # kept, since the event loop keeps no reference
        self._expiry_timer: asyncio.TimerHandle | None = None
        self.fault: RefusedError | None = None
        self.ended: Callable[[str], None] = lambda _code: None

    async def open(self) -> None:
        """Start the workers; when this returns, one of them is ready.

        Raises:
            MandataError: the store cannot be read.
        """
        self._state = self.state()
        await self._add_workers()
        await self.wait_until_current()

    def close(self) -> None:
        """End all workers."""
        self._closed = True
        self._queue.close(unavailable("stopping", "the server stops", retry_after=_RETRY_AFTER))
        for worker in list(self._workers):
            worker.close()
        self.fork_server.close()

    def state(self) -> object:
        """Return a token (inode, mtime_ns) that changes when the store is replaced; None for a remote store.

        During the replacement it is the last token that was read.
        """
        try:
            status = os.stat(self._current)  # noqa: PTH116 - called for every query, and Path.stat takes ten times as long
        except OSError:
            return self._state
        return (status.st_ino, status.st_mtime_ns)

    def counts(self) -> dict[str, int]:
        """Return the numbers of workers, of idle ones, of those with a long query, and of waiting queries."""
        long, waiting = self._demoted_count(), len(self._queue)
        return {"workers": len(self._workers), "idle": len(self._idle), "long": long, "waiting": waiting}

    def ask(self, job: dict[str, Any]) -> PendingAnswer:
        """Give a job to a worker, now or when one is free.

        Raises:
            RefusedError: too many wait already.
        """
        self._check_state()
        if len(self._queue.short) >= self._limits.waiting:
            raise unavailable("busy", "too many queries wait", retry_after=_RETRY_AFTER)
        answer = PendingAnswer(job, asyncio.get_running_loop().time())
        self._queue.short.append(answer)
        self._assign()
        return answer

    async def wait_until_current(self) -> None:
        """Wait until a worker has opened the current store; one that starts during a replacement may have to try again.

        Raises:
            RefusedError: the store cannot be read.
        """
        self._check_state()
        loop = asyncio.get_running_loop()
        deadline = loop.time() + _REPLACEMENT_SECONDS
        while not self._is_current:
            if self.fault and loop.time() > deadline:
                raise self.fault
            await asyncio.sleep(0.002)

    def cancel(self, answer: PendingAnswer) -> None:
        """End the computation of an answer whose client has disconnected."""
        self._abort(answer, unavailable("left", "the client has gone"))

    def on_ready(self, worker: Worker) -> None:
        """Give a worker that has opened the store its first job; close one if the store was replaced meanwhile."""
        self.fault = None
        self._check_state()
        if worker.state == self._state:
            self._is_current = True
            self._idle.append(worker)
            self._close_outdated()
        else:  # it may have opened either store, and its answers bear the entity tag of the first
            self._workers.discard(worker)
            worker.close()
        self._assign()

    def on_free(self, worker: Worker) -> None:
        """Give a free worker its next jobs; close one that was demoted, is outdated or is not needed."""
        worker.cancel_timer()
        self._queue.record_duration(asyncio.get_running_loop().time() - worker.started, worker.batch_size)
        spare = len(self._idle) >= self._base_size and not self._queue.short
        if worker.is_outpaced:
            self._end_worker(worker)
        elif worker.is_demoted or spare or (worker.state != self._state and self._is_current):
            self._target = max(self._base_size, self._target - spare)
            self._workers.discard(worker)
            worker.close()
        else:
            self._idle.append(worker)
        self._assign()

    def on_exit(self, worker: Worker) -> None:
        """Replace a worker that has ended, and fail the answer that it computed."""
        worker.cancel_timer()
        self._workers.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        fault = worker.startup_fault or unavailable("query-memory", _CRASH, "ask for less at a time")
        self._queue.put_back(worker.take_back_jobs())
        if worker.answer:
            worker.answer.fail(fault)
            self.ended(fault.code)
        elif not worker.is_ready:
            self.fault = fault
            asyncio.get_running_loop().call_later(_RETRY_PAUSE, self._assign)
            return
        self._assign()

    def _assign(self) -> None:
        """Give each idle worker jobs: first long ones, as far as their limit allows, then short ones."""
        if self._closed:
            return
        while self._idle and self._demoted_count() < self._limits.long and (answer := self._queue.next_long()):
            self._assign_batch(worker := self._idle.popleft(), [answer])
            self._demote(worker, answer)
        while self._idle and (answers := self._queue.next_batch(self._base_size)):
            self._assign_batch(self._idle.popleft(), answers)
        if self._queue and self._expiry_timer is None:
            self._expiry_timer = asyncio.get_running_loop().call_later(_CROWDED_AFTER, self._expire_waiting)
        if self._active_count() < self._target:
            self._start_workers()

    def _assign_batch(self, worker: Worker, answers: list[PendingAnswer]) -> None:
        loop = asyncio.get_running_loop()
        worker.assign(*answers)
        worker.started = loop.time()
        worker.timer = loop.call_later(SLOW_AFTER / 2, self._first_check, worker)

    def _first_check(self, worker: Worker) -> None:
        """Measure a worker that has not finished, by its processor time from now on; give its other jobs to others."""
        self._queue.record_slow()
        if taken_back := worker.take_back_jobs():
            self._queue.put_back(taken_back)
            self._assign()
        if (answer := worker.answer) is None or answer.ended:
            self._end_worker(worker)
            return
        if not answer.is_long:
            answer.is_long = True
            answer.on_slow()
        self._schedule_check(worker, answer, SLOW_AFTER / 2, worker.processor_seconds())

    def _schedule_check(self, worker: Worker, answer: PendingAnswer, seconds: float, before: float) -> None:
        """Check a worker when it may have computed for some seconds since its processor time was ``before``."""
        delay = max(seconds - worker.processor_seconds() + before, SLOW_AFTER / 10)
        worker.timer = asyncio.get_running_loop().call_later(delay, self._check_duration, worker, answer, before)

    def _check_duration(self, worker: Worker, answer: PendingAnswer, before: float) -> None:
        """Demote or end a worker that has computed too long; the processor time of other processes does not count."""
        if (
            answer.created + self._limits.seconds < asyncio.get_running_loop().time()
        ):  # its client does not read the answer
            self._abort(answer, self._timeout_fault())
        elif worker.processor_seconds() - before < SLOW_AFTER / 2:
            self._schedule_check(worker, answer, SLOW_AFTER / 2, before)
        elif self._demoted_count() < self._limits.long or answer.begun:
            self._demote(worker, answer)
        else:
            self._queue.long.append(answer)
            self._end_worker(worker)
        self._assign()

    def _demote(self, worker: Worker, answer: PendingAnswer) -> None:
        """Let a long query continue at the lowest priority until its time limit."""
        loop = asyncio.get_running_loop()
        worker.cancel_timer()
        worker.is_demoted = True
        self.fork_server.lower_priority(worker.number)
        remaining = answer.created + self._limits.seconds - loop.time()
        worker.timer = loop.call_later(max(remaining, 0), lambda: self._abort(answer, self._timeout_fault()))

    def _expire_waiting(self) -> None:
        """Fail the answers that have waited as long as a query may run; start a worker if all are busy for too long."""
        self._expiry_timer = None
        now = asyncio.get_running_loop().time()
        fault = unavailable("busy", "no worker was free in time", retry_after=_RETRY_AFTER)
        self._queue.expire(now - self._limits.seconds, fault)
        active = (worker for worker in self._workers if not worker.is_demoted)
        if self._queue.short and all(worker.started < now - _CROWDED_AFTER for worker in active):
            self._target = min(self._target + 1, max(self._base_size, self._limits.concurrency - self._demoted_count()))
        self._assign()

    def _abort(self, answer: PendingAnswer, fault: RefusedError) -> None:
        """Fail an answer and end its worker, if it has one."""
        worker = next((worker for worker in self._workers if worker.answer is answer), None)
        answer.fail(fault)
        if worker:
            self._end_worker(worker)
            self.ended(fault.code)

    def _end_worker(self, worker: Worker) -> None:
        """Kill a worker and drop the job that it computes; its other jobs are given to others."""
        worker.cancel_timer()
        self._workers.discard(worker)
        self._queue.put_back(worker.take_back_jobs())
        worker.answers.clear()
        self.fork_server.end(worker.number)
        worker.close()

    def _check_state(self) -> None:
        """Start new workers if the store was replaced; until one is ready, the old ones answer."""
        if (state := self.state()) == self._state:
            return
        self._state, self._is_current = state, False
        self._start_workers()

    def _close_outdated(self) -> None:
        """Close the idle workers that have opened a store that was replaced."""
        for worker in [worker for worker in self._idle if worker.state != self._state]:
            self._idle.remove(worker)
            self._workers.discard(worker)
            worker.close()

    def _start_workers(self) -> None:
        self._starting = asyncio.ensure_future(self._add_workers())

    async def _add_workers(self) -> None:
        """Start workers until there are as many as needed, besides the demoted ones."""
        while not self._closed and self._active_count() < self._target and len(self._workers) < self._max_workers():
            number, connection = self.fork_server.fork()
            worker = Worker(number, self.state(), self)
            self._workers.add(worker)
            await asyncio.get_running_loop().create_connection(lambda worker=worker: worker, sock=connection)  # type: ignore[misc]

    def _max_workers(self) -> int:
        return self._limits.concurrency + self._base_size

    def _active_count(self) -> int:
        """Return the number of workers of the current store that are not demoted."""
        return sum(not worker.is_demoted and worker.state == self._state for worker in self._workers)

    def _demoted_count(self) -> int:
        return sum(worker.is_demoted for worker in self._workers)

    def _timeout_fault(self) -> RefusedError:
        message, mend = f"takes longer than {self._limits.seconds:g} s", "ask for less at a time"
        if self._at:
            return RefusedError(504, MandataError("endpoint-time", message, self._at, mend))
        return unavailable("query-time", message, mend)
