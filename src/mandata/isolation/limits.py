"""The limits of a process: no network, bounded memory and time, and an end when its parent ends.

Linux has all of them. If another system lacks one, the process runs without it.
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
_STATM: Final = Path("/proc/self/statm")  # sizes in pages; the sixth number is the size of the data segment
_OOM_SCORE_ADJUSTMENT: Final = "1000"  # the process is the first to be killed if memory is short
_GRACE: Final = 10.0  # seconds of processor time after which a process that handles no signal is ended


class OutOfTimeError(BaseException):
    """Raised in work that takes too long; not an Exception, so that no handler in that work catches it."""


def leave_network() -> bool:
    """Move this process into a network namespace of its own, without any network; return False if that is refused."""
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare is None:
        return False
    return any(unshare(spaces) == 0 for spaces in (_NEWNET, _NEWUSER | _NEWNET))


def end_with_parent() -> None:
    """Have the system kill this process when its parent ends, even while it computes; let it gain no privileges."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        prctl(_NO_NEW_PRIVS, 1, 0, 0, 0)


def limit_memory(size: int) -> None:
    """Allow this process ``size`` bytes beyond what it has now, and let it be killed first if memory is short.

    The data segment is limited, not the address space, since a store maps its files into that.
    """
    if sys.platform == "win32":
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):  # no such file on other systems
        Path("/proc/self/oom_score_adj").write_text(_OOM_SCORE_ADJUSTMENT, encoding="ascii")
    if limit := _data_limit(size):
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


@contextmanager
def memory_limit(size: int) -> Iterator[None]:
    """Allow the code within ``size`` bytes beyond what this process has now, if the system reports how much that is.

    Raises:
        MemoryError: the code within takes more.
    """
    if sys.platform == "win32" or not (limit := _data_limit(size)):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _data_limit(size: int) -> int:
    """Return the size of data that allows ``size`` bytes more, within the limits already set; 0 if it is not known."""
    if sys.platform == "win32" or not _STATM.exists():
        return 0
    limit = int(_STATM.read_text(encoding="ascii").split()[5]) * resource.getpagesize() + size
    present = resource.getrlimit(resource.RLIMIT_DATA)
    return min([limit, *(size for size in present if size != resource.RLIM_INFINITY)])


@contextmanager
def time_limit(seconds: float, own_process: bool = False) -> Iterator[None]:
    """End the code within if it takes longer; only in the main thread, and not on Windows.

    Args:
        seconds: of wall-clock time.
        own_process: also end the process if a library in it computes on and never checks for signals.

    Raises:
        OutOfTimeError: the code within takes longer.
    """

    def raise_out_of_time(_number: int, _frame: FrameType | None) -> None:
        raise OutOfTimeError

    previous_handler = signal.signal(signal.SIGALRM, raise_out_of_time)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    if own_process:
        limit_processor_time(seconds + _GRACE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if own_process:
            limit_processor_time(0)
        signal.signal(signal.SIGALRM, previous_handler)


def limit_processor_time(seconds: float) -> None:
    """Let the system end this process after some seconds of processor time, 0 for never; does nothing on Windows."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)


def add_processor_time(seconds: float) -> None:
    """Allow this process some more seconds of processor time, if that is limited."""
    if sys.platform != "win32" and (remaining := signal.getitimer(signal.ITIMER_PROF)[0]):
        signal.setitimer(signal.ITIMER_PROF, remaining + seconds)
