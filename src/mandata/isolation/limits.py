"""What a process may do and take: no network, bounded memory and time, no life beyond that of its parent.

Linux has all of it. Where another system lacks a part, the process runs without that part.
"""

from __future__ import annotations

import ctypes
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Final

if sys.platform != "win32":
    import resource

_NEWUSER: Final = 0x1000_0000  # of linux/sched.h
_NEWNET: Final = 0x4000_0000
_PDEATHSIG: Final = 1  # of linux/prctl.h
_NO_NEW_PRIVS: Final = 38
_STATM: Final = Path("/proc/self/statm")  # sizes in pages; the sixth number is that of data
_FIRST_TO_GO: Final = "1000"
_GRACE: Final = 10.0  # seconds of the processor after which a process that heeds no signal is ended


class OutOfTimeError(BaseException):
    """Raised in what takes too long; no error that a reader may catch, so that it comes through."""


def leave_network() -> bool:
    """Put this process into a network namespace of its own, which reaches nothing; False if that is refused."""
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare is None:
        return False
    return any(unshare(spaces) == 0 for spaces in (_NEWNET, _NEWUSER | _NEWNET))


def end_with_parent() -> None:
    """End this process when its parent ends, also while it computes and heeds nothing; gain no privileges."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        prctl(_NO_NEW_PRIVS, 1, 0, 0, 0)


def limit_memory(size: int) -> None:
    """Give this process so many bytes beyond what it has now, and end it before others if memory is short.

    Data is limited, not addresses: a store maps its files.
    """
    if sys.platform == "win32":
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):  # no such file on other systems
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO, encoding="ascii")
    if most := _most_data(size):
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


@contextmanager
def memory_limit(size: int) -> Iterator[None]:
    """Give this process meanwhile so many bytes beyond what it has now, if the system says how much that is.

    Raises:
        MemoryError: what is done within takes more.
    """
    if sys.platform == "win32" or not (most := _most_data(size)):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _most_data(size: int) -> int:
    """Return how much data this process may have to have so many bytes more, within its limits; 0: not known."""
    if sys.platform == "win32" or not _STATM.exists():
        return 0
    most = int(_STATM.read_text(encoding="ascii").split()[5]) * resource.getpagesize() + size
    limits = resource.getrlimit(resource.RLIMIT_DATA)
    return min([most, *(limit for limit in limits if limit != resource.RLIM_INFINITY)])


@contextmanager
def time_limit(seconds: float, own_process: bool = False) -> Iterator[None]:
    """End what takes longer; in the main thread alone, and not on Windows.

    Args:
        seconds: by the wall clock.
        own_process: end the process if a library in it computes on and never looks for signals.

    Raises:
        OutOfTimeError: what is done within takes longer.
    """

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise OutOfTimeError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    if own_process:
        limit_processor_time(seconds + _GRACE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if own_process:
            limit_processor_time(0)
        signal.signal(signal.SIGALRM, before)


def limit_processor_time(seconds: float) -> None:
    """Let the system end this process after some seconds of the processor's time, 0: never; Windows does not."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)


def add_processor_time(seconds: float) -> None:
    """Let this process work some seconds longer if its time is limited."""
    if sys.platform != "win32" and (left := signal.getitimer(signal.ITIMER_PROF)[0]):
        signal.setitimer(signal.ITIMER_PROF, left + seconds)
