"""The kinds of frames that the server and a worker send each other."""

from __future__ import annotations

import json
from typing import Any, Final

from mandata.isolation.framing import frame

JOB: Final = b"J"
"""To a worker: what to do."""
READY: Final = b"R"
"""From a worker: it has opened the store."""
HEAD: Final = b"H"
"""From a worker: the answer begins; its media type, and what else the head of the answer says."""
DATA: Final = b"D"
"""From a worker: bytes of the answer."""
END: Final = b"E"
"""From a worker: the answer is whole; how many rows it had."""
FAULT: Final = b"F"
"""From a worker: there is no answer, and why."""


def json_frame(kind: bytes, /, **values: Any) -> bytes:
    """Return a frame that holds values as JSON."""
    return frame(kind, json.dumps(values).encode())
