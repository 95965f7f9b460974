"""The workers: one a core stands ready; more are there while queries take long, or many come at once.

A query that computes longer than a moment makes room: its worker runs on, but only where no other process wants to, and
another takes its place. Of such long queries a set number runs at once; one more than that is ended, waits, and is
asked again when there is room. So short queries are answered at once beside long ones. A worker is ended, and not asked
to end, since the engine heeds nothing while it computes.

While all queries are short, a worker is given several at once, which saves the system most of its work. Where one of
them takes long after all, the others are given to another worker.
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
from mandata.server.answer import Answer, RefusedError
from mandata.server.job_queue import MOMENT, Turns
from mandata.server.settings import Served
from mandata.server.worker_connection import Worker

_CROWDED: Final = 0.06  # seconds in which no worker has begun anything: there are too few
_AGAIN: Final = 2  # seconds after which another try may go well
_RENAMES: Final = 1.0  # seconds in which one store takes the place of another, at most
_PAUSE: Final = 0.05  # seconds before the next try, where a worker could not open the store


class Pool:
    """Workers that read the store as it stands; one that another has taken the place of is answered from no longer."""

    def __init__(self, served: Served) -> None:
        self._limits, self._at = served.limits, served.at
        self._current = "" if served.at else str(Path(served.folder, "CURRENT"))
        self.fork_server = ForkServerClient("mandata.server.worker", served.written())
        self._ready = self._wanted = max(2, os.cpu_count() or 1)
        self._workers: set[Worker] = set()
        self._idle: deque[Worker] = deque()
        self._turns = Turns()
        self._state: object = None
        self._fresh = False  # a worker has opened the store as it stands
        self._closed = False
        self._hiring: asyncio.Future[None] | None = None  # kept, since the loop does not
        self._sweeper: asyncio.TimerHandle | None = None
        self.fault: RefusedError | None = None
        self.ended: Callable[[str], None] = lambda _code: None

    async def open(self) -> None:
        """Start the workers; ready when this returns.

        Raises:
            MandataError: the store cannot be read.
        """
        self._state = self.state()
        await self._more()
        await self.renewed()

    def close(self) -> None:
        """End all workers."""
        self._closed = True
        self._turns.close(refused("stopping", "the server stops", again=_AGAIN))
        for worker in list(self._workers):
            worker.hang_up()
        self.fork_server.close()

    def state(self) -> object:
        """Return what is another after each change; the last known while it happens; None of a store elsewhere."""
        try:
            found = os.stat(self._current)  # noqa: PTH116 - at every query, and a path takes ten times as long
        except OSError:
            return self._state
        return (found.st_ino, found.st_mtime_ns)

    def counts(self) -> dict[str, int]:
        """Return how many workers there are, how many are idle or take long, and how many queries wait."""
        late, waiting = self._late(), len(self._turns)
        return {"workers": len(self._workers), "idle": len(self._idle), "long": late, "waiting": waiting}

    def ask(self, job: dict[str, Any]) -> Answer:
        """Give a job to a worker, now or when one is free.

        Raises:
            RefusedError: too many wait already.
        """
        self._renew()
        if len(self._turns.short) >= self._limits.waiting:
            raise refused("busy", "too many queries wait", again=_AGAIN)
        answer = Answer(job, asyncio.get_running_loop().time())
        self._turns.short.append(answer)
        self._assign()
        return answer

    async def renewed(self) -> None:
        """Wait till the store is answered from as it now stands; a worker may come between two renames, and try again.

        Raises:
            RefusedError: it cannot be read.
        """
        self._renew()
        loop = asyncio.get_running_loop()
        until = loop.time() + _RENAMES
        while not self._fresh:
            if self.fault and loop.time() > until:
                raise self.fault
            await asyncio.sleep(0.002)

    def leave(self, answer: Answer) -> None:
        """Free the worker of an answer that nobody waits for any more."""
        self._refuse(answer, refused("left", "the client has gone"))

    def ready(self, worker: Worker) -> None:
        """Give a worker that has opened the store its first job."""
        self.fault = None
        self._idle.append(worker)
        if worker.state == self._state:
            self._fresh = True
            self._retire()
        elif self._fresh:
            self._retire()
        self._assign()

    def done(self, worker: Worker) -> None:
        """Give a worker that is free its next jobs; one that was made to run late is not had back."""
        self._untime(worker)
        self._turns.took(asyncio.get_running_loop().time() - worker.since, worker.given)
        spare = len(self._idle) >= self._ready and not self._turns.short
        if worker.is_spent:
            self._let_go(worker)
        elif worker.is_late or spare or (worker.state != self._state and self._fresh):
            self._wanted = max(self._ready, self._wanted - spare)
            self._workers.discard(worker)
            worker.hang_up()
        else:
            self._idle.append(worker)
        self._assign()

    def lost(self, worker: Worker) -> None:
        """Have another in the place of a worker that is no more; tell its client why there is no answer."""
        self._untime(worker)
        self._workers.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        why = worker.refusal or _died()
        self._turns.put_back(worker.rob())
        if worker.answer:
            worker.answer.fail(why)
            self.ended(why.code)
        elif not worker.is_ready:
            self.fault = why
            asyncio.get_running_loop().call_later(_PAUSE, self._assign)
            return
        self._assign()

    def _assign(self) -> None:
        """Give each idle worker a job: first those that have waited long already, where there is room for one."""
        if self._closed:
            return
        while self._idle and self._late() < self._limits.long and (answer := self._turns.next_long()):
            self._start(worker := self._idle.popleft(), [answer])
            self._make_late(worker, answer)
        while self._idle and (answers := self._turns.next(self._ready)):
            self._start(self._idle.popleft(), answers)
        if self._turns and self._sweeper is None:
            self._sweeper = asyncio.get_running_loop().call_later(_CROWDED, self._sweep)
        if self._short() < self._wanted:
            self._hire()

    def _start(self, worker: Worker, answers: list[Answer]) -> None:
        loop = asyncio.get_running_loop()
        worker.work_at(*answers)
        worker.since = loop.time()
        worker.timer = loop.call_later(MOMENT / 2, self._first_look, worker)

    def _first_look(self, worker: Worker) -> None:
        """Look at what takes a while: what the worker computes from now on counts, and others do what it was to do."""
        self._turns.lingers()
        if robbed := worker.rob():
            self._turns.put_back(robbed)
            self._assign()
        if (answer := worker.answer) is None or answer.ended:
            self._let_go(worker)
            return
        if not answer.is_long:
            answer.is_long = True
            answer.long()
        self._look_again(worker, answer, MOMENT / 2, worker.computed())

    def _look_again(self, worker: Worker, answer: Answer, seconds: float, before: float) -> None:
        later = max(seconds - worker.computed() + before, MOMENT / 10)
        worker.timer = asyncio.get_running_loop().call_later(later, self._look, worker, answer, before)

    def _look(self, worker: Worker, answer: Answer, before: float) -> None:
        """Let what has computed for a moment make room for others; time that other processes had does not count."""
        if answer.born + self._limits.seconds < asyncio.get_running_loop().time():  # its client does not read
            self._refuse(answer, self._too_long())
        elif worker.computed() - before < MOMENT / 2:
            self._look_again(worker, answer, MOMENT / 2, before)
        elif self._late() < self._limits.long or answer.begun:
            self._make_late(worker, answer)
        else:
            self._turns.long.append(answer)
            self._let_go(worker)
        self._assign()

    def _make_late(self, worker: Worker, answer: Answer) -> None:
        """Let a query run beside the others till its time is over."""
        loop = asyncio.get_running_loop()
        self._untime(worker)
        worker.is_late = True
        self.fork_server.lower_priority(worker.number)
        left = answer.born + self._limits.seconds - loop.time()
        worker.timer = loop.call_later(max(left, 0), lambda: self._refuse(answer, self._too_long()))

    def _sweep(self) -> None:
        """Turn away what has waited as long as it may run; have more workers where those there are do not come on."""
        self._sweeper = None
        now = asyncio.get_running_loop().time()
        self._turns.expire(now - self._limits.seconds, refused("busy", "no worker was free in time", again=_AGAIN))
        if self._turns.short and all(worker.since < now - _CROWDED for worker in self._workers if not worker.is_late):
            self._wanted = min(self._wanted + 1, max(self._ready, self._limits.concurrency - self._late()))
        self._assign()

    def _refuse(self, answer: Answer, why: RefusedError) -> None:
        """End the worker of an answer; one that waits is passed over."""
        worker = next((worker for worker in self._workers if worker.answer is answer), None)
        answer.fail(why)
        if worker:
            self._let_go(worker)
            self.ended(why.code)

    def _let_go(self, worker: Worker) -> None:
        """End a worker, and forget what it works at; others do what it was to do behind that."""
        self._untime(worker)
        self._workers.discard(worker)
        self._turns.put_back(worker.rob())
        worker.answers.clear()
        self.fork_server.end(worker.number)
        worker.hang_up()

    def _renew(self) -> None:
        """Let workers open the store where it has changed; till one has, the old one is answered from."""
        if (state := self.state()) == self._state:
            return
        self._state, self._fresh = state, False
        self._hire()

    def _retire(self) -> None:
        """Let those go that have opened what is no longer there."""
        for worker in [worker for worker in self._idle if worker.state != self._state]:
            self._idle.remove(worker)
            self._workers.discard(worker)
            worker.hang_up()

    def _hire(self) -> None:
        self._hiring = asyncio.ensure_future(self._more())

    async def _more(self) -> None:
        """Have as many workers as shall stand ready, beside those that take long."""
        while not self._closed and self._short() < self._wanted and len(self._workers) < self._most():
            number, wire = self.fork_server.fork()
            worker = Worker(number, self.state(), self)
            self._workers.add(worker)
            await asyncio.get_running_loop().create_connection(lambda worker=worker: worker, sock=wire)  # type: ignore[misc]

    def _most(self) -> int:
        return self._limits.concurrency + self._ready

    def _short(self) -> int:
        """Return how many workers of the store as it stands do not take long."""
        return sum(not worker.is_late and worker.state == self._state for worker in self._workers)

    def _late(self) -> int:
        return sum(worker.is_late for worker in self._workers)

    def _too_long(self) -> RefusedError:
        said, mend = f"takes longer than {self._limits.seconds:g} s", "ask for less at a time"
        if self._at:
            return RefusedError(504, MandataError("endpoint-time", said, self._at, mend))
        return refused("query-time", said, mend)

    @staticmethod
    def _untime(worker: Worker) -> None:
        if worker.timer:
            worker.timer.cancel()
            worker.timer = None


def refused(code: str, what: str, mend: str = "try again", again: int = 0) -> RefusedError:
    """Return the fault of what the server could not do, though it was well asked."""
    return RefusedError(503, MandataError(code, what, "query", mend), again)


def _died() -> RefusedError:
    return refused("query-memory", "takes more memory than allowed, or ended the engine", "ask for less at a time")
