"""The kinds of frames that the server and a worker exchange."""

from __future__ import annotations

import json
from typing import Any, Final

from mandata.isolation.framing import frame

JOB: Final = b"J"
"""To a worker: a job."""
READY: Final = b"R"
"""From a worker: it has opened the store."""
HEAD: Final = b"H"
"""From a worker: the head of an answer, as the fields of ``answer.Head``."""
DATA: Final = b"D"
"""From a worker: bytes of the answer."""
END: Final = b"E"
"""From a worker: the answer is complete; whether it was truncated."""
FAULT: Final = b"F"
"""From a worker: there is no answer, with the error."""


def json_frame(kind: bytes, /, **values: Any) -> bytes:
    """Return a frame that holds values as JSON."""
    return frame(kind, json.dumps(values).encode())
