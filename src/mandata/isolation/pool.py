"""Workers that do many tasks: this process, or others on this machine.

Each way yields the same results, in whatever order they come; a few tasks for each worker are prepared at a time.
"""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait as wait_for
from typing import Final, Protocol, TypeVar

from mandata.errors import Fault
from mandata.isolation.task_limits import DEFAULT, TaskLimits

Task = TypeVar("Task")
Result = TypeVar("Result")
Tasks = Iterable[tuple[str, Task]]
Results = Iterator[tuple[str, Result | Fault]]

AHEAD: Final = 4
"""Tasks in flight for each worker: enough that none waits, few enough that their bytes are small."""
CRASHED: Final = Fault(
    "reader-crashed", "ended the process that read it", "try it alone with more memory, or report it"
)


class Workers(Protocol):
    """Some workers; ``each`` yields the result of each task, or why there is none."""

    def each(self, function: Callable[[Task], Result], tasks: Tasks[Task]) -> Results[Result]:
        """Yield by its key what the function returns for each task."""


@dataclass(frozen=True, slots=True)
class SerialWorkers:
    """The work is done in this process, in order."""

    limits: TaskLimits = DEFAULT

    def each(self, function: Callable[[Task], Result], tasks: Tasks[Task]) -> Results[Result]:
        """Yield by its key what the function returns for each task."""
        for key, task in tasks:
            yield key, self.limits.run(function, task)


@dataclass(frozen=True, slots=True)
class ProcessWorkers:
    """The work is done by several processes of this machine; one that is killed takes its own text with it alone.

    They are spawned, not forked by a fork server: that is the same on every system, Windows included, and takes
    functions and results as they are. Each lives long, so that it matters little how fast it starts.
    """

    jobs: int
    limits: TaskLimits = DEFAULT

    def each(self, function: Callable[[Task], Result], tasks: Tasks[Task]) -> Results[Result]:
        """Yield by its key what the function returns for each task."""
        queue = iter(tasks)
        while True:
            flying: dict[str, Task] = {}
            try:
                yield from self._until_broken(function, queue, flying)
            except BrokenProcessPool:  # which of them broke it is not known
                for key, task in flying.items():
                    yield key, self._run_alone(function, task)
            else:
                return

    def _until_broken(
        self, function: Callable[[Task], Result], queue: Tasks[Task], flying: dict[str, Task]
    ) -> Results[Result]:
        """Yield results; what was not done when a process was killed is left in ``flying``."""
        pool, keys = _pool(self.jobs), dict[Future[Result | Fault], str]()
        try:
            while True:
                for key, task in itertools.islice(queue, self.jobs * AHEAD - len(flying)):
                    flying[key] = task
                    keys[pool.submit(self.limits.run, function, task, own_process=True)] = key
                if not flying:
                    return
                for future in wait(keys, return_when=FIRST_COMPLETED).done:
                    result, key = future.result(), keys.pop(future)
                    del flying[key]
                    yield key, result
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _run_alone(self, function: Callable[[Task], Result], task: Task) -> Result | Fault:
        with _pool(1) as pool:
            try:
                return pool.submit(self.limits.run, function, task, own_process=True).result()
            except BrokenProcessPool:
                return CRASHED


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_end_with_parent)


def _end_with_parent() -> None:
    """End a worker when the process that started it is killed, and leave Ctrl-C to that process.

    A thread watches: what ``limits.end_with_parent`` asks of Linux happens when the thread that started the worker
    ends, and a pool may be used by a thread that ends before its workers do.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_after, args=(parent.sentinel,), daemon=True).start()


def _exit_after(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(1)
