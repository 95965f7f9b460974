"""Who does the work: this process, others on this machine, or those of a Dask scheduler.

Each way yields the same results, in whatever order they come; a few tasks for each worker are made ready at a time.
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
from typing import Any, Protocol, TypeVar

from mandata.errors import MandataError
from mandata.ingest.files import Fault
from mandata.ingest.limits import DEFAULT, Limits

Task = TypeVar("Task")
Result = TypeVar("Result")
_AHEAD = 4  # tasks in flight for each worker: enough that none waits, few enough that their bytes are small
_CRASHED = Fault("reader-crashed", "ended the process that read it", "report this text")


class Workers(Protocol):
    """Some workers; ``each`` yields the result of each task, or why there is none."""

    def each(
        self, function: Callable[[Task], Result], tasks: Iterable[tuple[str, Task]]
    ) -> Iterator[tuple[str, Result | Fault]]:
        """Yield by its key what the function returns for each task."""


@dataclass(frozen=True, slots=True)
class Here:
    """The work is done in this process, in order."""

    limits: Limits = DEFAULT

    def each(
        self, function: Callable[[Task], Result], tasks: Iterable[tuple[str, Task]]
    ) -> Iterator[tuple[str, Result | Fault]]:
        """Yield by its key what the function returns for each task."""
        for key, task in tasks:
            yield key, self.limits.answer(function, task)


@dataclass(frozen=True, slots=True)
class Processes:
    """The work is done by several processes of this machine; one that is killed takes its own text with it alone."""

    jobs: int
    limits: Limits = DEFAULT

    def each(
        self, function: Callable[[Task], Result], tasks: Iterable[tuple[str, Task]]
    ) -> Iterator[tuple[str, Result | Fault]]:
        """Yield by its key what the function returns for each task."""
        queue = iter(tasks)
        while True:
            flying: dict[Future[Result | Fault], tuple[str, Task]] = {}
            try:
                yield from self._until_broken(function, queue, flying)
            except BrokenProcessPool:
                for key, task in flying.values():
                    yield key, self._on_its_own(function, task)
                continue
            return

    def _pool(self, jobs: int) -> ProcessPoolExecutor:
        fresh = multiprocessing.get_context("spawn")  # the same on every system; nothing of this process is inherited
        return ProcessPoolExecutor(jobs, mp_context=fresh, initializer=_end_with_parent)

    def _until_broken(
        self,
        function: Callable[[Task], Result],
        queue: Iterator[tuple[str, Task]],
        flying: dict[Future[Result | Fault], tuple[str, Task]],
    ) -> Iterator[tuple[str, Result | Fault]]:
        """Yield results; what was not done when a process was killed is left in ``flying``."""
        pool = self._pool(self.jobs)
        try:
            while True:
                for key, task in itertools.islice(queue, self.jobs * _AHEAD - len(flying)):
                    flying[self._submitted(pool, function, task)] = key, task
                if not flying:
                    return
                for future in wait(flying, return_when=FIRST_COMPLETED).done:
                    result = future.result()
                    key, _ = flying.pop(future)
                    yield key, result
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _on_its_own(self, function: Callable[[Task], Result], task: Task) -> Result | Fault:
        with self._pool(1) as pool:
            try:
                return self._submitted(pool, function, task).result()
            except BrokenProcessPool:
                return _CRASHED

    def _submitted(
        self, pool: ProcessPoolExecutor, function: Callable[[Task], Result], task: Task
    ) -> Future[Result | Fault]:
        try:
            return pool.submit(self.limits.answer, function, task, own=True)
        except BrokenProcessPool as error:  # as if it had been taken on, so that it is done again with the others
            broken: Future[Result | Fault] = Future()
            broken.set_exception(error)
            return broken


def _end_with_parent() -> None:
    """Let a worker end when the process that started it is killed, and leave Ctrl-C to that process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(1)


@dataclass(frozen=True, slots=True)
class Cluster:
    """The work is done by the workers of a Dask scheduler; bytes are sent there and text comes back."""

    address: str
    limits: Limits = DEFAULT

    def each(
        self, function: Callable[[Task], Result], tasks: Iterable[tuple[str, Task]]
    ) -> Iterator[tuple[str, Result | Fault]]:
        """Yield by its key what the function returns for each task.

        Raises:
            MandataError: Dask is not installed, or no scheduler answers at the address.
        """
        queue = iter(tasks)
        with self._client() as client:
            done: Any = _dask().as_completed(loop=client.loop)
            flying: dict[str, str] = {}
            while True:
                ahead = _AHEAD * max(2, sum(client.nthreads().values()))
                for key, task in itertools.islice(queue, ahead - len(flying)):
                    future = client.submit(self.limits.answer, function, task, pure=False)
                    flying[future.key] = key
                    done.add(future)
                if not flying:
                    return
                future = next(done)
                yield flying.pop(future.key), _CRASHED if future.status != "finished" else future.result()

    def _client(self) -> Any:
        try:
            return _dask().Client(self.address, timeout=10, set_as_default=False)
        except (OSError, ValueError, TypeError, AssertionError) as error:
            # AssertionError: Dask's own loop has not started within its 10 s, as on a machine that is very busy
            said = "no Dask scheduler answers"
            raise MandataError("scheduler", said, self.address, "start one with: dask scheduler") from error


def _dask() -> Any:
    try:
        import distributed
    except ImportError as error:
        what, mend = "Dask is not installed", "install mandata[scale]"
        raise MandataError("extra-missing", what, "--on", mend) from error
    return distributed


def workers(jobs: int, on: str = "", limits: Limits = DEFAULT) -> Workers:
    """Return the workers that a command names: those of a scheduler, else so many processes, else this one.

    No text may take more than the limits; one that does is answered by a fault.

    Raises:
        MandataError: the number is less than one.
    """
    if jobs < 1:
        raise MandataError("usage", f"{jobs} processes can do no work", "--jobs", "give 1 or more")
    return Cluster(on, limits) if on else Here(limits) if jobs == 1 else Processes(jobs, limits)
