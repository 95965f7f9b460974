"""Files that may be hostile are each read in a process of their own, which is ended if it takes too much.

A small file may unfold to gigabytes, keep a reader busy for ever, or end the process by a fault of a native library.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Final

from mandata.errors import MandataError, internal_error
from mandata.isolation.call import CallLimits, call
from mandata.isolation.call import serve as serve_calls
from mandata.text.extracted import Extracted

_MB: Final = 1 << 20
_SECONDS, _SECONDS_A_MB = 1.2, 1.0  # of the processor; readers add more for what they have read
_WALL, _WALL_A_MB = (8, 8) if sys.platform == "win32" else (60, 60)  # a busy machine gives a share of its time
_MEMORY, _MEMORY_A_BYTE = 180 * _MB, 2
_LARGEST: Final = 200 * _MB

_TOO_COSTLY = (
    "too-costly",
    "takes more time or memory to read than a document of its size may, or made its reader fail",
    "give it in another format, or report it",
)
_NOT_STARTED = "could not be read, since the process that reads it does not start"


def extract(reader: str, data: bytes, shown: str) -> Extracted:
    """Return what a reader draws from a file.

    Args:
        reader: the name of a module that calls ``serve`` when run.
        data: the bytes of the file.
        shown: the name of the file, for messages.

    Raises:
        MandataError: the reader refuses the file, or it takes more time or memory than its size allows for.
    """
    if len(data) > _LARGEST:
        raise MandataError("too-large", f"is larger than {_LARGEST // _MB} MB", shown, "split it")
    size = len(data) // _MB
    limits = CallLimits(
        processor_seconds=_SECONDS + _SECONDS_A_MB * size,
        wall_seconds=_WALL + _WALL_A_MB * size,
        memory=_MEMORY + _MEMORY_A_BYTE * len(data),
    )
    try:
        answer = call(reader, data, limits)
    except OSError as error:
        raise MandataError("reader-not-started", _NOT_STARTED, shown, "free memory, or install mandata anew") from error
    said = {"refused": _TOO_COSTLY} if answer is None else json.loads(answer)
    if "refused" in said:
        code, what, mend = said["refused"]
        raise MandataError(code, what, shown, mend)
    return Extracted.of_json(said)


def serve(read: Callable[[bytes], Extracted]) -> None:
    """Answer each file that ``extract`` sends with its text, or why there is none."""
    serve_calls(lambda data: json.dumps(_answer(read, data)).encode())


def _answer(read: Callable[[bytes], Extracted], data: bytes) -> dict[str, object]:
    try:
        return read(data).as_json()
    except MandataError as error:
        refused = error
    except (MemoryError, RecursionError):
        return {"refused": _TOO_COSTLY}
    except Exception as error:  # a fault of the reader is never shown as a traceback
        refused = internal_error(error)
    return {"refused": [refused.code, refused.what, refused.mend]}
