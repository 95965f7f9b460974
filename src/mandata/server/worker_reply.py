"""The reply of a worker to a job: a head, the bytes of the answer in blocks and an end; or a fault."""

from __future__ import annotations

import socket
import zlib
from typing import Any, Final

from mandata.errors import MandataError
from mandata.isolation.framing import frame
from mandata.server.frame_kinds import DATA, END, FAULT, HEAD, json_frame
from mandata.server.row_boundaries import RowLimiter, without_formulas

BLOCK: Final = 65_536  # bytes; a shorter answer is sent together with its head
_GZIP: Final = 16 + zlib.MAX_WBITS
_MIN_GZIP_SIZE: Final = 1_024  # bytes; a shorter answer is not compressed


class RowLimitReachedError(Exception):
    """Raised into the engine, to stop it, when the answer has as many rows as it may have."""


class Reply:
    """The stream into which the engine writes an answer, and which sends it to the server in blocks.

    ``truncated``: the answer was cut at the row limit. ``row_limiter``: cuts it; None for no limit. ``is_csv``: text
    that a spreadsheet may execute is neutralized. ``truncated_by_store``: a remote store had cut its results.
    """

    def __init__(self, connection: socket.socket, head: dict[str, Any], gzip: bool, buffered: bool = False) -> None:
        """Begin a reply.

        Args:
            connection: the connection to the server.
            head: the fields of the head, except those that are known only when it is sent.
            gzip: whether the client accepts gzip.
            buffered: whether nothing is sent before the end, since only the head can state that the answer was cut.
        """
        self.truncated = False
        self.row_limiter: RowLimiter | None = None
        self.is_csv = self.truncated_by_store = False
        self._connection, self._head, self._buffers = connection, head, buffered
        self._gzip = zlib.compressobj(1, zlib.DEFLATED, _GZIP) if gzip else None
        self._blocks: list[bytes] = []
        self._buffered: list[bytes] = []
        self._size, self._head_sent = 0, False

    def write(self, chunk: bytes) -> int:
        """Receive a chunk of the answer from the engine.

        Raises:
            RowLimitReachedError: the answer has as many rows as it may have.
        """
        if self.row_limiter and self.row_limiter.is_full:  # the engine still flushes its buffer when it is stopped
            raise RowLimitReachedError
        self._blocks.append(chunk)
        self._size += len(chunk)
        if self._size >= BLOCK:
            self._send_block()
        return len(chunk)

    def flush(self) -> None:
        """Do nothing: a block is sent when it is full."""

    def end(self) -> None:
        """Send the rest of the answer and the end frame."""
        last = self._limit_rows(b"".join(self._blocks))
        remaining = b"".join((*self._buffered, last, self.row_limiter.rest() if self.row_limiter else b""))
        if self.is_csv:
            remaining = without_formulas(remaining)
        if self._gzip and not self._head_sent and len(remaining) < _MIN_GZIP_SIZE:
            self._gzip = None
        head = b"" if self._head_sent else self._head_frame()
        body = self._gzip.compress(remaining) + self._gzip.flush() if self._gzip else remaining
        end = json_frame(END, truncated=self.truncated or self.truncated_by_store)
        self._connection.sendall(b"".join((head, frame(DATA, body) if body else b"", end)))

    def _send_block(self) -> None:
        block = self._limit_rows(b"".join(self._blocks))
        self._blocks, self._size = [], 0
        if self._buffers:
            self._buffered.append(block)
        else:
            head = b"" if self._head_sent else self._head_frame()
            self._head_sent = True
            body = self._gzip.compress(block) if self._gzip else block
            self._connection.sendall(head + frame(DATA, body) if body else head)
        if self.truncated:
            raise RowLimitReachedError

    def _limit_rows(self, block: bytes) -> bytes:
        if self.row_limiter is None or self.row_limiter.is_full:
            return block
        block = self.row_limiter.feed(block)
        self.truncated = self.row_limiter.is_full
        return block

    def _head_frame(self) -> bytes:
        return json_frame(
            HEAD, **self._head, gzip=self._gzip is not None, truncated=self.truncated or self.truncated_by_store
        )


def fault_frame(error: MandataError, status: int) -> bytes:
    """Return the frame that reports ``error`` with its HTTP ``status``."""
    return json_frame(FAULT, status=status, code=error.code, what=error.what, where=error.where, mend=error.mend)
