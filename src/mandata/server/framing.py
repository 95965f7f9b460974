"""What the server and a worker say to each other: frames of a kind, a length and bytes."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from typing import Any, Final

JOB: Final = b"J"
"""To a worker: what to do."""
BODY: Final = b"B"
"""To a worker: the bytes that belong to the job before."""
READY: Final = b"R"
"""From a worker: it has opened the store."""
HEAD: Final = b"H"
"""From a worker: the answer begins; its media type, and what else the head of the answer tells."""
DATA: Final = b"D"
"""From a worker: bytes of the answer."""
END: Final = b"E"
"""From a worker: the answer is whole; how many rows it had."""
FAULT: Final = b"F"
"""From a worker: there is no answer, and why."""

_PREFIX: Final = struct.Struct("!cI")


def frame(kind: bytes, payload: bytes = b"") -> bytes:
    """Return a frame."""
    return _PREFIX.pack(kind, len(payload)) + payload


def told(kind: bytes, /, **values: Any) -> bytes:
    """Return a frame that holds values as JSON."""
    return frame(kind, json.dumps(values).encode())


class Frames:
    """The frames in bytes that come in pieces."""

    def __init__(self) -> None:
        self._held = bytearray()

    def of(self, piece: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Yield the kind and the payload of each frame that is whole once this piece is there."""
        self._held += piece
        while len(self._held) >= _PREFIX.size:
            kind, size = _PREFIX.unpack_from(self._held)
            end = _PREFIX.size + size
            if len(self._held) < end:
                return
            payload = bytes(self._held[_PREFIX.size : end])
            del self._held[:end]
            yield kind, payload
