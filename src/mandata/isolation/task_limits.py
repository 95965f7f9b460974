"""What one task may take, in seconds and in memory, so that none stops those after it.

In the main thread of a process the system keeps the limits: a signal ends what takes too long, also within a search by
a pattern, and memory beyond the limit is not given. Among the threads of a Dask worker, or on Windows, what takes too
long is left running, and memory is for whoever runs the process to limit.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final, TypeVar

from mandata.errors import Fault, MandataError, unforeseen
from mandata.isolation.limits import OutOfTimeError, memory_limit, time_limit

Task = TypeVar("Task")
Result = TypeVar("Result")

_MEND: Final = "allow for more, or leave it out"


@dataclass(frozen=True, slots=True)
class TaskLimits:
    """What reading one text may take: seconds, and megabytes beyond what the process has before; 0: no limit."""

    seconds: float = 60.0
    megabytes: int = 2048

    def run(self, function: Callable[[Task], Result], task: Task, own_process: bool = False) -> Result | Fault:
        """Return what a function returns for a task, or the fault that it raises or that it takes too much.

        Args:
            function: what is done, in this process.
            task: what the function is given.
            own_process: the process is there for nothing else, and may be ended if nothing else helps.
        """
        try:
            return self._run(function, task, own_process)
        except MandataError as error:
            return Fault.of(error)
        except OutOfTimeError:
            return Fault("time-limit", f"takes longer than {self.seconds:g} s to read", _MEND)
        except MemoryError:
            return Fault("memory-limit", f"takes more than {self.megabytes} MB of memory to read", _MEND)
        except Exception as error:  # one bad text, or a rule that is wrong, never stops the others
            return Fault.of(unforeseen(error))

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
"""Far more than any document has taken; a report of 500 pages takes 2 s and 100 MB."""


def _run_in_thread(function: Callable[[Task], Result], task: Task, seconds: float) -> Result:
    """Return what a function returns, from a thread of its own, which is left running if it takes too long."""
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
