"""Reading of possibly hostile files, each in a process of its own, which is ended if it exceeds its limits.

A small file may decompress to gigabytes, keep a reader busy for ever, or crash the process in a native library.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Final

from mandata.errors import MandataError, internal_error
from mandata.isolation.call import CallLimits, call
from mandata.isolation.call import serve as serve_calls
from mandata.text.extracted import ExtractedText

_MB: Final = 1 << 20
_SECONDS, _SECONDS_PER_MB = 1.2, 1.0  # of processor time; readers add more for what they have read
_WALL, _WALL_PER_MB = (
    (8, 8) if sys.platform == "win32" else (60, 60)
)  # elapsed time: a busy machine gives a share of its processor
_MEMORY, _MEMORY_PER_BYTE = 180 * _MB, 2
_MAX_SIZE: Final = 200 * _MB

_TOO_COSTLY = (
    "too-costly",
    "takes more time or memory to read than a document of its size may, or made its reader fail",
    "give it in another format, or report it",
)
_NOT_STARTED = "could not be read, since the process that reads it does not start"


def extract(reader: str, data: bytes, display_path: str) -> ExtractedText:
    """Return the text that a reader extracts from a file.

    Args:
        reader: the name of a module that calls ``serve`` when run.
        data: the bytes of the file.
        display_path: the path of the file, for messages.

    Raises:
        MandataError: the reader refuses the file, or takes more time or memory than a file of this size may.
    """
    if len(data) > _MAX_SIZE:
        raise MandataError("too-large", f"is larger than {_MAX_SIZE // _MB} MB", display_path, "split it")
    size = len(data) // _MB
    limits = CallLimits(
        processor_seconds=_SECONDS + _SECONDS_PER_MB * size,
        wall_seconds=_WALL + _WALL_PER_MB * size,
        memory=_MEMORY + _MEMORY_PER_BYTE * len(data),
    )
    try:
        answer = call(reader, data, limits)
    except OSError as error:
        raise MandataError(
            "reader-not-started", _NOT_STARTED, display_path, "free memory, or install mandata anew"
        ) from error
    reply = {"refused": _TOO_COSTLY} if answer is None else json.loads(answer)
    if "refused" in reply:
        code, what, mend = reply["refused"]
        raise MandataError(code, what, display_path, mend)
    return ExtractedText.from_json(reply)


def serve(read: Callable[[bytes], ExtractedText]) -> None:
    """Reply to each file that ``extract`` sends with its text, or with the reason why it is refused."""
    serve_calls(lambda data: json.dumps(_answer(read, data)).encode())


def _answer(read: Callable[[bytes], ExtractedText], data: bytes) -> dict[str, object]:
    try:
        return read(data).as_json()
    except MandataError as error:
        refused = error
    except (MemoryError, RecursionError):
        return {"refused": _TOO_COSTLY}
    except Exception as error:  # a fault of the reader is never shown as a traceback
        refused = internal_error(error)
    return {"refused": [refused.code, refused.what, refused.mend]}
