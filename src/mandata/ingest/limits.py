"""What one text may take, in seconds and in memory, so that none stops those behind it.

Where work is done in the main thread of a process, the system keeps the limits: a signal ends what takes too long, also
within a search by a pattern, and memory beyond the limit is not given. Elsewhere, as among the threads of a Dask worker
or on Windows, what takes too long is left behind, and memory is for whoever runs the process to limit.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Final, TypeVar

from mandata.errors import MandataError, unforeseen
from mandata.ingest.files import Fault

Task = TypeVar("Task")
Result = TypeVar("Result")

_MB: Final = 1 << 20
_MEND: Final = "allow for more, or leave it out"
_GRACE: Final = 10.0  # seconds of the processor after which a process that heeds no signal is ended
_HELD: Final = Path("/proc/self/statm")  # pages; the sixth number is those of data


class OutOfTimeError(BaseException):
    """Raised in what takes too long; no error that a reader may catch, so that it comes through."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one text may take: seconds, and megabytes beyond what the process holds before; 0: no limit."""

    seconds: float = 60.0
    megabytes: int = 2048

    def answer(self, function: Callable[[Task], Result], task: Task, own: bool = False) -> Result | Fault:
        """Return what a function returns for a task, or the fault that it raises or that it takes too much.

        ``own``: the process is there for nothing else, and may be ended where nothing else helps.
        """
        try:
            return self._within(function, task, own)
        except MandataError as error:
            return Fault.of(error)
        except OutOfTimeError:
            return Fault("time-limit", f"takes longer than {self.seconds:g} s to read", _MEND)
        except MemoryError:
            said = f"takes more than {self.megabytes} MB of memory to read"
            return Fault("memory-limit", said, _MEND)
        except Exception as error:  # one bad text, or a rule that is wrong, never stops the others
            return Fault.of(unforeseen(error))

    def _within(self, function: Callable[[Task], Result], task: Task, own: bool) -> Result:
        if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
            return _beside(function, task, self.seconds)
        with ExitStack() as stack:
            if self.seconds:
                stack.enter_context(_alarm(self.seconds, own))
            if self.megabytes:
                stack.enter_context(_memory(self.megabytes * _MB))
            return function(task)


DEFAULT: Final = Limits()
"""Far more than any document has taken; a report of 500 pages takes 2 s and 100 MB."""


def _beside(function: Callable[[Task], Result], task: Task, seconds: float) -> Result:
    """Return what a function returns, from a thread of its own, which is left alone where it takes too long."""
    done: Future[Result] = Future()

    def work() -> None:
        try:
            done.set_result(function(task))
        except BaseException as error:  # it is raised again where the result is asked for
            done.set_exception(error)

    threading.Thread(target=work, daemon=True).start()
    if not wait([done], timeout=seconds or None).done:
        raise OutOfTimeError
    return done.result()


if sys.platform != "win32":
    import resource

    @contextmanager
    def _alarm(seconds: float, own: bool) -> Iterator[None]:
        """Raise OutOfTimeError in what takes longer; end the process where a library never looks for signals."""

        def ring(_number: int, _frame: FrameType | None) -> None:
            raise OutOfTimeError

        before = signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        if own:
            signal.setitimer(signal.ITIMER_PROF, seconds + _GRACE)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            if own:
                signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGALRM, before)

    @contextmanager
    def _memory(size: int) -> Iterator[None]:
        """Let this process have so many bytes more than it holds, where the system tells what that is."""
        if not _HELD.exists():
            yield
            return
        soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        held = int(_HELD.read_text(encoding="ascii").split()[5]) * resource.getpagesize()
        most = min([held + size, *(limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY)])
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
