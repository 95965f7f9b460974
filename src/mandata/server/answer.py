"""One question on its way: sent to a worker, its answer passed on as it comes."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mandata.errors import MandataError
from mandata.isolation.framing import frame
from mandata.server.frame_kinds import JOB


class RefusedError(MandataError):
    """A fault with the status that HTTP has for it; ``again``: after how many seconds another try may go well."""

    def __init__(self, status: int, error: MandataError, again: int = 0) -> None:
        super().__init__(error.code, error.what, error.where, error.mend)
        self.status, self.again = status, again


@dataclass(frozen=True, slots=True)
class Head:
    """What the beginning of an answer tells."""

    kind: str
    volatile: bool
    gzip: bool
    truncated: bool
    status: int = 200
    fields: Mapping[str, str] = field(default_factory=dict)


class Answer:
    """The answer to a job. ``long``: called when it takes so long that one should look whether the client is there."""

    def __init__(self, job: dict[str, Any], born: float) -> None:
        self.message = frame(JOB, json.dumps(job).encode())
        self.born = born
        self.ended = self.truncated = self.is_long = False
        self.state: object = None  # of the store that is asked
        self.long: Callable[[], None] = lambda: None
        self.more: Callable[[], None] = lambda: None
        self._head: asyncio.Future[Head] = asyncio.get_running_loop().create_future()
        self._pieces: deque[bytes] = deque()
        self._news = asyncio.Event()
        self._fault: MandataError | None = None

    async def head(self) -> Head:
        """Wait for the beginning.

        Raises:
            RefusedError: there is no answer.
        """
        return await self._head

    def at_hand(self) -> bytes:
        """Return what has come of the answer and is not taken yet."""
        pieces = b"".join(self._pieces)
        self._pieces.clear()
        return pieces

    async def rest(self) -> AsyncIterator[bytes]:
        """Yield the answer as it comes.

        Raises:
            RefusedError: it was cut off: what came is not the whole.
        """
        while not self.ended or self._pieces:
            if piece := self.at_hand():
                self.more()
                yield piece
            elif not self.ended:
                self._news.clear()
                await self._news.wait()
        if self._fault:
            raise self._fault

    @property
    def begun(self) -> bool:
        """Whether a part of the answer has come, so that it cannot be asked again."""
        return self._head.done()

    @property
    def held(self) -> int:
        """The number of pieces that nobody has taken yet."""
        return len(self._pieces)

    def begin(self, head: Head) -> None:
        """Take the head from the worker."""
        self.truncated = head.truncated
        if not self._head.done():
            self._head.set_result(head)

    def add(self, piece: bytes) -> None:
        """Take a piece from the worker."""
        self._pieces.append(piece)
        self._news.set()

    def end(self, truncated: bool = False) -> None:
        """Take the end from the worker."""
        self.ended, self.truncated = True, self.truncated or truncated
        self._news.set()

    def fail(self, fault: RefusedError) -> None:
        """Let whoever waits for the answer know that there is none."""
        if self.ended:
            return
        self._fault = fault
        if not self._head.done():
            self._head.set_exception(fault)
            self._head.exception()  # the client may have gone, and nobody asks
        self.end()
