"""What a worker cannot do: reach the network, take all memory, outlive its server, or be spared when memory is short.

Linux alone has all of it; where the system refuses a part, the worker runs without it and says so.
"""

from __future__ import annotations

import contextlib
import ctypes
import signal
import sys
from pathlib import Path
from typing import Final

if sys.platform != "win32":
    import resource

_NEWUSER: Final = 0x1000_0000  # of linux/sched.h
_NEWNET: Final = 0x4000_0000
_PDEATHSIG: Final = 1  # of linux/prctl.h
_NO_NEW_PRIVS: Final = 38
_HELD: Final = Path("/proc/self/statm")  # pages; the sixth number is those of data
_FIRST_TO_GO: Final = "1000"


def leave_network() -> bool:
    """Put this process into a network namespace of its own, which reaches nothing; False where that is refused."""
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare is None:
        return False
    return any(unshare(spaces) == 0 for spaces in (_NEWNET, _NEWUSER | _NEWNET))


def end_with_parent() -> None:
    """End this process when its parent ends, also where it computes and heeds nothing; gain no privileges."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        prctl(_NO_NEW_PRIVS, 1, 0, 0, 0)


def bound_memory(megabytes: int) -> None:
    """Let this process have so many megabytes beyond what it holds now, and go before others where memory is short.

    Data is bounded, not addresses: the store maps its files.
    """
    if sys.platform == "win32":
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):  # no such file on other systems
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO, encoding="ascii")
    if not _HELD.exists():
        return
    held = int(_HELD.read_text(encoding="ascii").split()[5]) * resource.getpagesize()
    most = held + (megabytes << 20)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
