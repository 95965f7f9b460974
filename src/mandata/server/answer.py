"""The answer to a job that a worker computes: it is received in blocks, and may be read while it grows."""

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
    """An error with its HTTP status; ``retry_after``: the seconds after which the client may try again, 0 for never."""

    def __init__(self, status: int, error: MandataError, retry_after: int = 0) -> None:
        super().__init__(error.code, error.what, error.where, error.mend)
        self.status, self.retry_after = status, retry_after


def unavailable(code: str, what: str, mend: str = "try again", retry_after: int = 0) -> RefusedError:
    """Return an error of status 503: the request is right, but the server cannot answer it now.

    Args:
        code: the stable code of the error.
        what: what is wrong.
        mend: what the client can do.
        retry_after: the seconds after which it may try again; 0 for never.
    """
    return RefusedError(503, MandataError(code, what, "query", mend), retry_after)


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of an answer, sent before its first block.

    ``kind``: its media type. ``volatile``: the same query may have another answer. ``gzip``: the blocks are compressed.
    ``truncated``: the answer was cut at the row limit. ``fields``: further header fields.
    """

    kind: str
    volatile: bool
    gzip: bool
    truncated: bool
    status: int = 200
    fields: Mapping[str, str] = field(default_factory=dict)


class PendingAnswer:
    """The answer to a job, and what is known of its progress.

    ``message``: the frame that gives the job to a worker. ``created``: the time by the clock of the event loop.
    ``state``: the state of the queried store. ``on_slow`` is called if the job takes so long that the connection
    of the client must be watched; ``on_taken`` after blocks were taken, so that more can be received.
    """

    def __init__(self, job: dict[str, Any], created: float) -> None:
        self.message = frame(JOB, json.dumps(job).encode())
        self.created = created
        self.ended = self.truncated = self.is_long = False
        self.state: object = None
        self.on_slow: Callable[[], None] = lambda: None
        self.on_taken: Callable[[], None] = lambda: None
        self._head: asyncio.Future[Head] = asyncio.get_running_loop().create_future()
        self._blocks: deque[bytes] = deque()
        self._changed = asyncio.Event()
        self._fault: MandataError | None = None

    async def head(self) -> Head:
        """Wait for the head and return it.

        Raises:
            RefusedError: there is no answer.
        """
        return await self._head

    def take_received(self) -> bytes:
        """Return the bytes that were received and not taken yet, without waiting."""
        received = b"".join(self._blocks)
        self._blocks.clear()
        return received

    async def rest(self) -> AsyncIterator[bytes]:
        """Yield the bytes that were not taken yet, as they are received.

        Raises:
            RefusedError: the answer was cut off, and what was received is incomplete.
        """
        while not self.ended or self._blocks:
            if received := self.take_received():
                self.on_taken()
                yield received
            elif not self.ended:
                self._changed.clear()
                await self._changed.wait()
        if self._fault:
            raise self._fault

    @property
    def begun(self) -> bool:
        """Whether a part of the answer was received, so that the job cannot be given to another worker."""
        return self._head.done()

    @property
    def queued_blocks(self) -> int:
        """The number of blocks that were not taken yet."""
        return len(self._blocks)

    def begin(self, head: Head) -> None:
        """Receive the head from the worker."""
        self.truncated = head.truncated
        if not self._head.done():
            self._head.set_result(head)

    def add(self, block: bytes) -> None:
        """Receive a block from the worker."""
        self._blocks.append(block)
        self._changed.set()

    def end(self, truncated: bool = False) -> None:
        """Receive the end from the worker."""
        self.ended, self.truncated = True, self.truncated or truncated
        self._changed.set()

    def fail(self, fault: RefusedError) -> None:
        """End the answer with an error, which is raised where the answer is awaited; does nothing after its end."""
        if self.ended:
            return
        self._fault = fault
        if not self._head.done():
            self._head.set_exception(fault)
            self._head.exception()  # the client may be gone: asyncio must not log that nobody awaited it
        self.end()
