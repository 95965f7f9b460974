"""The wire between the server and one worker, read by the event loop."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import Any, Final, Protocol, cast

from mandata.errors import MandataError
from mandata.serve.answer import Answer, Head, RefusedError
from mandata.serve.frames import DATA, END, FAULT, HEAD, READY, Frames

_MOST_HELD: Final = 16  # blocks that wait for a slow client before the worker is made to wait


class Owner(Protocol):
    """Whoever gives a worker its work."""

    def ready(self, worker: Worker) -> None:
        """Hear that a worker has opened the store."""
        ...

    def done(self, worker: Worker, answer: Answer) -> None:
        """Hear that a worker is free again."""
        ...

    def lost(self, worker: Worker) -> None:
        """Hear that a worker is no more."""
        ...


class Worker(asyncio.Protocol):
    """A worker as the server sees it: what it works at, and the state of the store that it has opened."""

    def __init__(self, number: int, state: object, owner: Owner) -> None:
        self.number, self.state = number, state
        self.answer: Answer | None = None
        self.timer: asyncio.TimerHandle | None = None
        self.refusal: RefusedError | None = None
        self.is_ready = self.is_late = False
        self.since = 0.0  # when it began what it works at
        self._owner, self._frames = owner, Frames()
        self._wire: asyncio.Transport | None = None
        self._computed = Path("/proc/self/schedstat")

    def computed(self) -> float:
        """Return the seconds that the worker has computed; where the system does not tell, those that went by."""
        try:
            return int(self._computed.read_bytes().split()[0]) / 1e9
        except OSError:
            return time.monotonic()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the wire."""
        self._wire = cast("asyncio.Transport", transport)

    def work_at(self, answer: Answer) -> None:
        """Send a job."""
        self.answer = answer
        answer.more, answer.state = self._go_on, self.state
        if self._wire is not None:
            self._wire.write(answer.message)

    def hang_up(self) -> None:
        """Close the wire, at which the worker ends by itself if it is idle."""
        if self._wire is not None:
            self._wire.close()

    def data_received(self, data: bytes) -> None:
        """Pass on what the worker says."""
        for kind, payload in self._frames.of(data):
            if kind == READY:
                self.is_ready = True
                self._computed = Path(f"/proc/{json.loads(payload)['pid']}/schedstat")
                self._owner.ready(self)
            elif self.answer is None:
                self.refusal = _refusal(json.loads(payload))  # it could not open the store
            else:
                self._hear(kind, payload, self.answer)

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
            answer.begin(Head(**json.loads(payload)))
            return
        self.answer = None
        if kind == END:
            answer.end(json.loads(payload).get("truncated", False))
        elif kind == FAULT:
            answer.fail(_refusal(json.loads(payload)))
        self._owner.done(self, answer)

    def _go_on(self) -> None:
        if self._wire is not None and not self._wire.is_closing():
            self._wire.resume_reading()


def _refusal(told: dict[str, Any]) -> RefusedError:
    return RefusedError(told["status"], MandataError(told["code"], told["what"], told["where"], told["mend"]))
