"""The messages that two processes send each other over a socket: frames of a kind, a length and a payload."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Iterator
from typing import Final

_HEADER: Final = struct.Struct("!cI")
_CHUNK_SIZE: Final = 1 << 18  # bytes that are read at a time


def frame(kind: bytes, payload: bytes = b"") -> bytes:
    """Return a frame.

    Args:
        kind: one byte.
        payload: the content, whose length precedes it as four bytes.
    """
    return _HEADER.pack(kind, len(payload)) + payload


class FrameDecoder:
    """Splits a stream of bytes, which comes in chunks of any size, into frames."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def decode(self, chunk: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Yield the kind and the payload of each frame that is complete with this chunk."""
        self._buffer += chunk
        while len(self._buffer) >= _HEADER.size:
            kind, size = _HEADER.unpack_from(self._buffer)
            end = _HEADER.size + size
            if len(self._buffer) < end:
                return
            with memoryview(self._buffer) as view:  # so that a large payload is copied once
                payload = bytes(view[_HEADER.size : end])
            del self._buffer[:end]
            yield kind, payload


def read_frames(connection: socket.socket, seconds: float | None = None) -> Iterator[tuple[bytes, bytes]]:
    """Yield the kind and the payload of each frame until the other side closes the connection.

    Args:
        connection: a blocking socket.
        seconds: how long all frames together may take; None for no limit.

    Raises:
        TimeoutError: they take longer.
    """
    decoder, deadline = FrameDecoder(), None if seconds is None else time.monotonic() + seconds
    while True:
        if deadline is not None:
            connection.settimeout(max(deadline - time.monotonic(), 0.001))  # 0 would mean: do not block
        if not (chunk := connection.recv(_CHUNK_SIZE)):
            return
        yield from decoder.decode(chunk)
