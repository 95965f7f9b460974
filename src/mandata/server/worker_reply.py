"""What a worker sends back: a head, the bytes of the answer in blocks, an end; or a fault."""

from __future__ import annotations

import socket
import zlib
from typing import Any, Final

from mandata.errors import MandataError
from mandata.isolation.framing import frame
from mandata.server.frame_kinds import DATA, END, FAULT, HEAD, json_frame
from mandata.server.row_boundaries import Cutter, without_formulas

BLOCK: Final = 65_536  # bytes; an answer that is shorter goes out with its head, in one piece
_GZIP: Final = 16 + zlib.MAX_WBITS
_WORTH: Final = 1_024  # bytes of an answer that is worth pressing


class EnoughError(Exception):
    """Raised into the engine when the answer has all the rows that it may have."""


class Reply:
    """The stream into which the engine writes an answer, which goes to the server as it comes.

    ``gzip``: the client takes it. ``whole``: nothing is sent before the end, since the head alone can tell that the
    answer was cut. ``plain``: it is a table for which a spreadsheet may be started. ``cut_before``: the
    store had cut it.
    """

    def __init__(self, wire: socket.socket, head: dict[str, Any], gzip: bool, whole: bool = False) -> None:
        self.truncated, self.rows = False, 0
        self.cutter: Cutter | None = None
        self.plain = self.cut_before = False
        self._wire, self._head, self._whole = wire, head, whole
        self._gzip = zlib.compressobj(1, zlib.DEFLATED, _GZIP) if gzip else None
        self._blocks: list[bytes] = []
        self._kept: list[bytes] = []
        self._size, self._begun = 0, False

    def write(self, piece: bytes) -> int:
        """Take a piece of the answer from the engine.

        Raises:
            EnoughError: the answer has all its rows.
        """
        if self.cutter and self.cutter.full:  # the engine empties what it holds when it is stopped
            raise EnoughError
        self._blocks.append(piece)
        self._size += len(piece)
        if self._size >= BLOCK:
            self._pass_on()
        return len(piece)

    def flush(self) -> None:
        """Do nothing: blocks are sent when they are full."""

    def end(self) -> None:
        """Send what is left, and the end."""
        last = self._judged(b"".join(self._blocks))
        left = b"".join((*self._kept, last, self.cutter.rest() if self.cutter else b""))
        if self.plain:
            left = without_formulas(left)
        if self._gzip and not self._begun and len(left) < _WORTH:
            self._gzip = None
        head = b"" if self._begun else self._told_head()
        body = self._gzip.compress(left) + self._gzip.flush() if self._gzip else left
        end = json_frame(END, truncated=self.truncated or self.cut_before)
        self._wire.sendall(b"".join((head, frame(DATA, body) if body else b"", end)))

    def _pass_on(self) -> None:
        block = self._judged(b"".join(self._blocks))
        self._blocks, self._size = [], 0
        if self._whole:
            self._kept.append(block)
        else:
            head = b"" if self._begun else self._told_head()
            self._begun = True
            body = self._gzip.compress(block) if self._gzip else block
            self._wire.sendall(head + frame(DATA, body) if body else head)
        if self.truncated:
            raise EnoughError

    def _judged(self, block: bytes) -> bytes:
        if self.cutter is None or self.cutter.full:
            return block
        block = self.cutter.take(block)
        self.truncated = self.cutter.full
        return block

    def _told_head(self) -> bytes:
        return json_frame(HEAD, **self._head, gzip=self._gzip is not None, truncated=self.truncated or self.cut_before)


def fault(error: MandataError, status: int) -> bytes:
    """Return the frame that tells a fault and the status of HTTP that it has."""
    return json_frame(FAULT, status=status, code=error.code, what=error.what, where=error.where, mend=error.mend)
