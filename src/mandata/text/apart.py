"""Files that may be hostile are read apart: each in a process of its own, which is stopped when it takes too much.

A small file may unfold to gigabytes, keep a reader busy for ever, or end the process by a fault of a native library.
A reader is started once and stays ready, since that takes longer than most files; it forks for each file. Where the
system cannot fork or set limits for a process (Windows), it reads one file, and only the wall clock stops it.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import IO, Any, Final, NoReturn

from mandata.errors import MandataError, unforeseen
from mandata.text.extracted import Extracted

_MB: Final = 1 << 20
_SECONDS, _SECONDS_A_MB = 1.2, 1.0  # of the processor; readers grant more for what they have read
_WALL, _WALL_A_MB = (8, 8) if sys.platform == "win32" else (60, 60)  # a busy machine gives a share of its time
_MEMORY, _MEMORY_A_BYTE = 200 * _MB, 3
_LARGEST: Final = 200 * _MB
_LENGTH: Final = 8  # bytes before a message that tell how long it is
_ALONE: Final = sys.platform == "win32"

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
    limits = json.dumps([seconds, _MEMORY + _MEMORY_A_BYTE * len(data)]).encode()
    with _LOCK:
        answer = _ready(reader).answer((limits, data), patience)
    try:
        said = json.loads(answer)
    except ValueError as error:  # it was stopped, or fell
        raise _refused(_TOO_COSTLY, shown) from error
    if "refused" in said:
        raise _refused(said["refused"], shown)
    return Extracted.of_json(said)


def _refused(said: tuple[str, str, str] | list[str], shown: str) -> MandataError:
    code, what, mend = said
    return MandataError(code, what, shown, mend)


class _Reader:
    """A process that reads files, one after the other, each in a fork of its own."""

    def __init__(self, module: str) -> None:
        path = os.pathsep.join(folder for folder in sys.path if folder)
        group: dict[str, Any] = {} if _ALONE else {"process_group": 0}  # to be stopped with what it forks
        self._owner = os.getpid()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
            **group,
        )

    @property
    def is_ready(self) -> bool:
        """Whether it can be asked: it has not ended, and is no other process's, as it is behind a fork of its owner."""
        return self._owner == os.getpid() and self._process.poll() is None

    def answer(self, messages: tuple[bytes, ...], patience: float) -> bytes:
        """Return what it answers to some messages; nothing where it, or its fork, falls or takes too many seconds."""
        assert self._process.stdin and self._process.stdout, "both are pipes"
        watch, said = threading.Timer(patience, self._stop), None
        watch.start()
        try:
            for message in messages:
                _send(self._process.stdin, message)
            said = _received(self._process.stdout)
        except BrokenPipeError:  # it fell before it had read them
            return b""
        finally:
            watch.cancel()
            if said is None:  # it has fallen, or this was interrupted: what it may still say is of another file
                self._stop()
            if said is None or _ALONE:
                self.close()
        return said or b""

    def _stop(self) -> None:
        if _ALONE:
            self._process.kill()
        elif self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        """Let it end, as there are no more files for it."""
        with contextlib.suppress(OSError), self._process:  # closes the pipes, and waits
            pass


_LOCK: Final = threading.Lock()
_READERS: Final[dict[str, _Reader]] = {}


def _ready(module: str) -> _Reader:
    if module not in _READERS or not _READERS[module].is_ready:
        _READERS[module] = _Reader(module)
    return _READERS[module]


@atexit.register
def close() -> None:
    """Let the readers that this process has started end; the next file starts another."""
    for module in list(_READERS):
        if (reader := _READERS.pop(module)).is_ready:
            reader.close()


def _send(stream: IO[bytes], message: bytes) -> None:
    stream.write(len(message).to_bytes(_LENGTH))
    stream.write(message)
    stream.flush()


def _received(stream: IO[bytes]) -> bytes | None:
    """Return the next message; None where the other side has ended."""
    length = stream.read(_LENGTH)
    message = stream.read(int.from_bytes(length)) if len(length) == _LENGTH else b""
    return message if length and len(message) == int.from_bytes(length) else None


def serve(read: Callable[[bytes], Extracted]) -> None:
    """Be the process apart: say the text of each file that is sent, with its limits before it, until no more come."""
    while (limits := _received(sys.stdin.buffer)) and (data := _received(sys.stdin.buffer)) is not None:
        seconds, memory = json.loads(limits)
        _send(sys.stdout.buffer, _within(seconds, memory, lambda data=data: _said(read, data)))  # type: ignore[misc]


def _said(read: Callable[[bytes], Extracted], data: bytes) -> bytes:
    try:
        said = read(data).as_json()
    except MandataError as error:
        said = {"refused": [error.code, error.what, error.mend]}
    except (MemoryError, RecursionError):
        said = {"refused": _TOO_COSTLY}
    except Exception as error:  # a fault of the reader is told, and never shown as a traceback
        failed = unforeseen(error)
        said = {"refused": [failed.code, failed.what, failed.mend]}
    return json.dumps(said).encode()


if sys.platform == "win32":

    def _within(seconds: float, memory: int, work: Callable[[], bytes]) -> bytes:  # noqa: ARG001
        """Return what some work says, and leave it to the wall clock: the system sets no such limits."""
        return work()

    def grant(seconds: float) -> None:
        """Leave it to the wall clock."""

else:
    import resource

    def grant(seconds: float) -> None:
        """Let the process apart work some seconds longer, for what it has drawn in good measure so far."""
        left, _ = signal.getitimer(signal.ITIMER_PROF)
        if left:
            signal.setitimer(signal.ITIMER_PROF, left + seconds)

    def _within(seconds: float, memory: int, work: Callable[[], bytes]) -> bytes:
        """Return what some work says in a fork of this process; nothing, or a part, where the fork falls."""
        receiving, sending = os.pipe()
        fork = os.fork()
        if not fork:
            _work(seconds, memory, work, sending)
        os.close(sending)
        with os.fdopen(receiving, "rb") as stream:
            said = stream.read()
        os.waitpid(fork, 0)
        return said

    def _work(seconds: float, memory: int, work: Callable[[], bytes], sending: int) -> NoReturn:
        """Let the system end this fork after some seconds of work, and give it no more memory than that."""
        try:
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
            signal.setitimer(signal.ITIMER_PROF, seconds)
            with os.fdopen(sending, "wb") as stream:
                stream.write(work())
        finally:  # nothing of the process that forked is left to be done twice
            os._exit(0)
