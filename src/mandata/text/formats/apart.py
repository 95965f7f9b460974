"""Files that may be hostile are read apart: in a process of their own, which is stopped when it takes too much.

A small file may unfold to gigabytes, keep a reader busy for ever, or end the process by a fault of a native library.
Where the system has no limits for a process (Windows), only the wall clock stops it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any, Final

from mandata.errors import MandataError
from mandata.text.formats.extracted import Extracted

_MB: Final = 1 << 20
_SECONDS, _SECONDS_A_MB = 1.2, 1.0  # of the processor; readers grant more for what they have read
_WALL, _WALL_A_MB = (8, 8) if sys.platform == "win32" else (60, 60)  # a busy machine gives a share of its time
_MEMORY, _MEMORY_A_BYTE = 200 * _MB, 3
_LARGEST: Final = 200 * _MB

_TOO_COSTLY = ("too-costly", "takes more time or memory to read than a document of its size may", "check the file")


def extract(reader: str, data: bytes, shown: str) -> Extracted:
    """Return what a module with ``serve`` under it draws from a file.

    Raises:
        MandataError: the reader refuses the file, or it takes more time or memory than its size allows for.
    """
    if len(data) > _LARGEST:
        raise MandataError("too-large", f"is larger than {_LARGEST // _MB} MB", shown, "split it")
    megabytes = len(data) // _MB
    seconds, patience = _SECONDS + _SECONDS_A_MB * megabytes, _WALL + _WALL_A_MB * megabytes
    limits = [str(seconds), str(_MEMORY + _MEMORY_A_BYTE * len(data))]
    path = os.pathsep.join(folder for folder in sys.path if folder)
    command = [sys.executable, "-P", "-m", reader, *limits]
    environment = {**os.environ, "PYTHONPATH": path}
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=patience, env=environment, check=False)
    except subprocess.TimeoutExpired as error:
        raise _refused(_TOO_COSTLY, shown) from error
    try:
        said = json.loads(done.stdout)
    except ValueError as error:  # it was stopped, or fell
        raise _refused(_TOO_COSTLY, shown) from error
    if "refused" in said:
        raise _refused(said["refused"], shown)
    return Extracted.of_json(said)


def _refused(said: tuple[str, str, str] | list[str], shown: str) -> MandataError:
    code, what, mend = said
    return MandataError(code, what, shown, mend)


def serve(read: Callable[[bytes], Extracted]) -> None:
    """Be the process apart: read a file from standard input within the limits of the command line, and say the text."""
    _limit(float(sys.argv[1]), int(sys.argv[2]))
    try:
        said: dict[str, Any] = read(sys.stdin.buffer.read()).as_json()
    except MandataError as error:
        said = {"refused": [error.code, error.what, error.mend]}
    except (MemoryError, RecursionError):
        said = {"refused": _TOO_COSTLY}
    sys.stdout.write(json.dumps(said))


if sys.platform == "win32":

    def _limit(seconds: float, memory: int) -> None:
        """Leave it to the wall clock: the system sets no such limits."""

    def grant(seconds: float) -> None:
        """Leave it to the wall clock."""

else:
    import resource

    def grant(seconds: float) -> None:
        """Let the process apart work some seconds longer, for what it has drawn in good measure so far."""
        left, _ = signal.getitimer(signal.ITIMER_PROF)
        if left:
            signal.setitimer(signal.ITIMER_PROF, left + seconds)

    def _limit(seconds: float, memory: int) -> None:
        """Let the system end this process after some seconds of work, and give it no more memory than that."""
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
        signal.setitimer(signal.ITIMER_PROF, seconds)
