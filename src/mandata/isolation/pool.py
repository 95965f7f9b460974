"""Workers that do many tasks: this process, or a pool of processes on this machine.

Both yield the same results, in any order; only a few tasks for each worker are prepared at a time.
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

TASKS_PER_WORKER: Final = 4
"""Tasks in flight for each worker: enough that none waits, few enough that their bytes are small."""
CRASHED: Final = Fault(
    "reader-crashed", "ended the process that read it", "try it alone with more memory, or report it"
)


class Workers(Protocol):
    """Workers of any kind; ``each`` yields the result of each task, or the fault that prevented it."""

    def each(self, function: Callable[[Task], Result], tasks: Tasks[Task]) -> Results[Result]:
        """Yield the key of each task with its result, or with the fault that ended it.

        Args:
            function: what is done with a task.
            tasks: the tasks with their keys.
        """


@dataclass(frozen=True, slots=True)
class SerialWorkers:
    """Does the tasks in this process, in order."""

    limits: TaskLimits = DEFAULT

    def each(self, function: Callable[[Task], Result], tasks: Tasks[Task]) -> Results[Result]:
        """Yield the key of each task with its result, or with the fault that ended it; arguments as in ``Workers``."""
        for key, task in tasks:
            yield key, self.limits.run(function, task)


@dataclass(frozen=True, slots=True)
class ProcessWorkers:
    """Does the tasks in several processes of this machine; if one is killed, only its own task is lost.

    The processes are spawned, not forked by a fork server: that works on every system, Windows included, and takes
    functions and results as they are. Each lives long, so that it matters little how fast it starts.
    """

    jobs: int
    limits: TaskLimits = DEFAULT

    def each(self, function: Callable[[Task], Result], tasks: Tasks[Task]) -> Results[Result]:
        """Yield the key of each task with its result, or with the fault that ended it; arguments as in ``Workers``."""
        queue = iter(tasks)
        while True:
            in_flight: dict[str, Task] = {}
            try:
                yield from self._until_broken(function, queue, in_flight)
            except BrokenProcessPool:  # which of them broke it is not known
                for key, task in in_flight.items():
                    yield key, self._run_alone(function, task)
            else:
                return

    def _until_broken(
        self, function: Callable[[Task], Result], queue: Tasks[Task], in_flight: dict[str, Task]
    ) -> Results[Result]:
        """Yield results; the tasks that were not done when a process was killed are left in ``in_flight``."""
        pool, keys = _pool(self.jobs), dict[Future[Result | Fault], str]()
        try:
            while True:
                for key, task in itertools.islice(queue, self.jobs * TASKS_PER_WORKER - len(in_flight)):
                    in_flight[key] = task
                    keys[pool.submit(self.limits.run, function, task, own_process=True)] = key
                if not in_flight:
                    return
                for future in wait(keys, return_when=FIRST_COMPLETED).done:
                    result, key = future.result(), keys.pop(future)
                    del in_flight[key]
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
    """End this worker when the process that started it is killed, and leave Ctrl-C to that process.

    A thread watches for that, since ``limits.end_with_parent`` takes effect when the thread that started the worker
    ends, and a pool may be used by a thread that ends before its workers do.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_after, args=(parent.sentinel,), daemon=True).start()


def _exit_after(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(1)
