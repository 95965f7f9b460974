"""What two processes send each other over a socket: frames of a kind (one byte), a length and that many bytes."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Iterator
from typing import Final

_PREFIX: Final = struct.Struct("!cI")
_PIECE: Final = 1 << 18


def frame(kind: bytes, payload: bytes = b"") -> bytes:
    """Return a frame."""
    return _PREFIX.pack(kind, len(payload)) + payload


class Frames:
    """The frames in bytes that come in pieces."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def of(self, piece: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Yield the kind and the payload of each frame that is whole once this piece is there."""
        self._buffer += piece
        while len(self._buffer) >= _PREFIX.size:
            kind, size = _PREFIX.unpack_from(self._buffer)
            end = _PREFIX.size + size
            if len(self._buffer) < end:
                return
            with memoryview(self._buffer) as view:  # so that a large payload is copied once
                payload = bytes(view[_PREFIX.size : end])
            del self._buffer[:end]
            yield kind, payload


def read_frames(connection: socket.socket, seconds: float | None = None) -> Iterator[tuple[bytes, bytes]]:
    """Yield the kind and the payload of each frame until the other side closes the connection.

    Args:
        connection: a socket that blocks.
        seconds: how long all of them together may take; no limit without.

    Raises:
        TimeoutError: they take longer.
    """
    frames, end = Frames(), None if seconds is None else time.monotonic() + seconds
    while True:
        if end is not None:
            connection.settimeout(max(end - time.monotonic(), 0.001))  # 0 would mean: do not block
        if not (piece := connection.recv(_PIECE)):
            return
        yield from frames.of(piece)
