"""The connection of the server to one worker, which the event loop reads."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Protocol, cast

from mandata.errors import MandataError
from mandata.isolation.framing import FrameDecoder
from mandata.server.answer import Head, PendingAnswer, RefusedError
from mandata.server.frame_kinds import DATA, END, FAULT, HEAD, READY

_MAX_QUEUED_BLOCKS: Final = 16  # blocks that a slow client has not taken before reading from the worker is paused


class WorkerOwner(Protocol):
    """The pool that gives a worker its jobs."""

    def on_ready(self, worker: Worker) -> None:
        """Called when a worker has opened the store."""
        ...

    def on_free(self, worker: Worker) -> None:
        """Called when a worker has done all its jobs."""
        ...

    def on_exit(self, worker: Worker) -> None:
        """Called when a worker has ended."""
        ...


class Worker(asyncio.Protocol):
    """A worker as the server sees it: its jobs in their order, and the state of the store that it has opened.

    ``is_demoted``: it computes a long query. ``is_outpaced``: jobs that it still has were given to others. ``started``,
    ``batch_size``: when its last batch was assigned, and the number of jobs in it. ``startup_fault``: why it could not
    open the store.
    """

    def __init__(self, number: int, state: object, owner: WorkerOwner) -> None:
        self.number, self.state = number, state
        self.answers: deque[PendingAnswer] = deque()
        self.timer: asyncio.TimerHandle | None = None
        self.startup_fault: RefusedError | None = None
        self.is_ready = self.is_demoted = self.is_outpaced = False
        self.started, self.batch_size = 0.0, 0
        self._owner, self._decoder = owner, FrameDecoder()
        self._transport: asyncio.Transport | None = None
        self._schedstat = Path("/proc/self/schedstat")

    @property
    def answer(self) -> PendingAnswer | None:
        """The answer that it computes now; None if it is idle."""
        return self.answers[0] if self.answers else None

    def processor_seconds(self) -> float:
        """Return the processor time of the worker in seconds; the wall-clock time if the system does not report it."""
        try:
            return int(self._schedstat.read_bytes().split()[0]) / 1e9
        except OSError:
            return time.monotonic()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport of the connection."""
        self._transport = cast("asyncio.Transport", transport)

    def assign(self, *answers: PendingAnswer) -> None:
        """Send a batch of jobs, which the worker does one after another."""
        self.answers.extend(answers)
        self.batch_size = len(answers)
        for answer in answers:
            answer.on_taken, answer.state = self._resume_reading, self.state
        if self._transport is not None:
            self._transport.write(b"".join([answer.message for answer in answers]))

    def take_back_jobs(self) -> list[PendingAnswer]:
        """Remove and return all jobs but the one it computes now; its answers to them are ignored from now on."""
        taken_back = list(self.answers)[1:]
        self.answers = deque(list(self.answers)[:1])
        self.is_outpaced = self.is_outpaced or bool(taken_back)
        return taken_back

    def cancel_timer(self) -> None:
        """Cancel the next check of how long it computes."""
        if self.timer:
            self.timer.cancel()
            self.timer = None

    def close(self) -> None:
        """Close the connection; the worker then ends by itself if it is idle."""
        if self._transport is not None:
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        """Handle the frames that the worker has sent."""
        for kind, payload in self._decoder.decode(data):
            if kind == READY:
                self.is_ready = True
                self._schedstat = Path(f"/proc/{json.loads(payload)['pid']}/schedstat")
                self._owner.on_ready(self)
            elif self.answers:
                self._handle_frame(kind, payload, self.answers[0])
            elif not self.is_ready:
                self.startup_fault = _refused_error(json.loads(payload))  # it could not open the store

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - of the protocol
        """Report the end of the worker to its owner."""
        self._owner.on_exit(self)

    def _handle_frame(self, kind: bytes, payload: bytes, answer: PendingAnswer) -> None:
        if kind == DATA:
            answer.add(payload)
            if answer.queued_blocks > _MAX_QUEUED_BLOCKS and self._transport is not None:
                self._transport.pause_reading()
            return
        if kind == HEAD:
            answer.begin(_head(payload))
            return
        self.answers.popleft()
        if kind == END:
            answer.end(_is_truncated(payload))
        elif kind == FAULT:
            answer.fail(_refused_error(json.loads(payload)))
        if not self.answers:
            self._owner.on_free(self)

    def _resume_reading(self) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.resume_reading()


@lru_cache(maxsize=64)
def _head(payload: bytes) -> Head:
    """Return the head in a payload; many answers have the same head."""
    return Head(**json.loads(payload))


@lru_cache(maxsize=2)
def _is_truncated(payload: bytes) -> bool:
    return bool(json.loads(payload).get("truncated"))


def _refused_error(values: dict[str, Any]) -> RefusedError:
    return RefusedError(values["status"], MandataError(values["code"], values["what"], values["where"], values["mend"]))
