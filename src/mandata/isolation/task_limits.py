"""What one task may take, in seconds and in memory, so that none stops those after it.

In the main thread of a process the system enforces the limits: a signal ends a task that takes too long, even within a
regular expression, and memory beyond the limit is refused. In a thread of a Dask worker, or on Windows, a task that
takes too long is left running, and memory is not limited here.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final, TypeVar

from mandata.errors import Fault, MandataError, internal_error
from mandata.isolation.limits import OutOfTimeError, memory_limit, time_limit

Task = TypeVar("Task")
Result = TypeVar("Result")

_MEND: Final = "allow for more, or leave it out"


@dataclass(frozen=True, slots=True)
class TaskLimits:
    """What reading one text may take: seconds, and megabytes beyond what the process had before; 0 for no limit."""

    seconds: float = 60.0
    megabytes: int = 2048

    def run(self, function: Callable[[Task], Result], task: Task, own_process: bool = False) -> Result | Fault:
        """Return the result of a function, or a fault if it raises an error or exceeds a limit.

        Args:
            function: called in this process.
            task: its argument.
            own_process: whether this process does nothing else, so that it may be ended if nothing else helps.
        """
        try:
            return self._run(function, task, own_process)
        except MandataError as error:
            return Fault.of(error)
        except OutOfTimeError:
            return Fault("time-limit", f"takes longer than {self.seconds:g} s to read", _MEND)
        except MemoryError:
            return Fault("memory-limit", f"takes more than {self.megabytes} MB of memory to read", _MEND)
        except Exception as error:  # one bad text, or one wrong rule, never stops the others
            return Fault.of(internal_error(error))

    def _run(self, function: Callable[[Task], Result], task: Task, own_process: bool) -> Result:
        if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
            return _run_in_thread(function, task, self.seconds)
        with ExitStack() as stack:
            if self.seconds:
                stack.enter_context(time_limit(self.seconds, own_process))
            if self.megabytes:
                stack.enter_context(memory_limit(self.megabytes << 20))
            return function(task)


DEFAULT: Final = TaskLimits()
"""Far more than any document has needed; a report of 500 pages takes 2 s and 100 MB."""


def _run_in_thread(function: Callable[[Task], Result], task: Task, seconds: float) -> Result:
    """Return the result of a function, run in a thread of its own, which is left running if it takes too long."""
    done: Future[Result] = Future()

    def work() -> None:
        try:
            done.set_result(function(task))
        except BaseException as error:  # ``done.result()`` raises it again
            done.set_exception(error)

    threading.Thread(target=work, daemon=True).start()
    if not wait([done], timeout=seconds or None).done:
        raise OutOfTimeError
    return done.result()
