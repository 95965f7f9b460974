"""The wire between the server and one worker, read by the event loop."""

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
from mandata.server.answer import Answer, Head, RefusedError
from mandata.server.frame_kinds import DATA, END, FAULT, HEAD, READY

_MOST_HELD: Final = 16  # blocks that wait for a slow client before the worker is made to wait


class Owner(Protocol):
    """Whoever gives a worker its work."""

    def ready(self, worker: Worker) -> None:
        """Hear that a worker has opened the store."""
        ...

    def done(self, worker: Worker) -> None:
        """Hear that a worker is free again."""
        ...

    def lost(self, worker: Worker) -> None:
        """Hear that a worker is no more."""
        ...


class Worker(asyncio.Protocol):
    """A worker as the server sees it: what it works at, in that order, and the state of the store that it has opened.

    ``is_late``: it works at what takes long. ``is_spent``: it was given what others work at now.
    """

    def __init__(self, number: int, state: object, owner: Owner) -> None:
        self.number, self.state = number, state
        self.answers: deque[Answer] = deque()
        self.timer: asyncio.TimerHandle | None = None
        self.refusal: RefusedError | None = None
        self.is_ready = self.is_late = self.is_spent = False
        self.since, self.given = 0.0, 0  # when it was given what it works at, and how many those are
        self._owner, self._decoder = owner, FrameDecoder()
        self._wire: asyncio.Transport | None = None
        self._computed = Path("/proc/self/schedstat")

    @property
    def answer(self) -> Answer | None:
        """What it works at now."""
        return self.answers[0] if self.answers else None

    def computed(self) -> float:
        """Return the seconds that the worker has computed; where the system does not tell, those that went by."""
        try:
            return int(self._computed.read_bytes().split()[0]) / 1e9
        except OSError:
            return time.monotonic()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the wire."""
        self._wire = cast("asyncio.Transport", transport)

    def work_at(self, *answers: Answer) -> None:
        """Send jobs, which it does one after another."""
        self.answers.extend(answers)
        self.given = len(answers)
        for answer in answers:
            answer.more, answer.state = self._go_on, self.state
        if self._wire is not None:
            self._wire.write(b"".join([answer.message for answer in answers]))

    def rob(self) -> list[Answer]:
        """Take from it all but what it works at now; its answers to them are of no use any more."""
        robbed = list(self.answers)[1:]
        self.answers = deque(list(self.answers)[:1])
        self.is_spent = self.is_spent or bool(robbed)
        return robbed

    def hang_up(self) -> None:
        """Close the wire, at which the worker ends by itself if it is idle."""
        if self._wire is not None:
            self._wire.close()

    def data_received(self, data: bytes) -> None:
        """Pass on what the worker says."""
        for kind, payload in self._decoder.decode(data):
            if kind == READY:
                self.is_ready = True
                self._computed = Path(f"/proc/{json.loads(payload)['pid']}/schedstat")
                self._owner.ready(self)
            elif self.answers:
                self._hear(kind, payload, self.answers[0])
            elif not self.is_ready:
                self.refusal = _refusal(json.loads(payload))  # it could not open the store

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - of the protocol
        """Let the owner know."""
        self._owner.lost(self)

    def _hear(self, kind: bytes, payload: bytes, answer: Answer) -> None:
        if kind == DATA:
            answer.add(payload)
            if answer.held > _MOST_HELD and self._wire is not None:
                self._wire.pause_reading()
            return
        if kind == HEAD:
            answer.begin(_head(payload))
            return
        self.answers.popleft()
        if kind == END:
            answer.end(_truncated(payload))
        elif kind == FAULT:
            answer.fail(_refusal(json.loads(payload)))
        if not self.answers:
            self._owner.done(self)

    def _go_on(self) -> None:
        if self._wire is not None and not self._wire.is_closing():
            self._wire.resume_reading()


@lru_cache(maxsize=64)
def _head(payload: bytes) -> Head:
    """Return the head of an answer; there are few, and each comes at many answers."""
    return Head(**json.loads(payload))


@lru_cache(maxsize=2)
def _truncated(payload: bytes) -> bool:
    return bool(json.loads(payload).get("truncated"))


def _refusal(told: dict[str, Any]) -> RefusedError:
    return RefusedError(told["status"], MandataError(told["code"], told["what"], told["where"], told["mend"]))
