"""Who reads the texts: this process, others on this machine, or those of a Dask scheduler."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mandata.errors import MandataError
from mandata.isolation.pool import (
    CRASHED,
    TASKS_PER_WORKER,
    ProcessWorkers,
    Result,
    Results,
    SerialWorkers,
    Task,
    Tasks,
    Workers,
)
from mandata.isolation.task_limits import DEFAULT, TaskLimits


@dataclass(frozen=True, slots=True)
class DaskWorkers:
    """The work is done by the workers of a Dask scheduler; bytes are sent there and text comes back."""

    address: str
    limits: TaskLimits = DEFAULT

    def each(self, function: Callable[[Task], Result], tasks: Tasks[Task]) -> Results[Result]:
        """Yield by its key what the function returns for each task.

        Raises:
            MandataError: Dask is not installed, or no scheduler answers at the address.
        """
        queue = iter(tasks)
        with self._client() as client:
            done: Any = _dask().as_completed(loop=client.loop)
            flying: dict[str, str] = {}
            while True:
                ahead = TASKS_PER_WORKER * max(2, sum(client.nthreads().values()))
                for key, task in itertools.islice(queue, ahead - len(flying)):
                    future = client.submit(self.limits.run, function, task, pure=False)
                    flying[future.key] = key
                    done.add(future)
                if not flying:
                    return
                future = next(done)
                yield flying.pop(future.key), CRASHED if future.status != "finished" else future.result()

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


def workers(jobs: int, on: str = "", limits: TaskLimits = DEFAULT) -> Workers:
    """Return the workers that a command names: those of a scheduler, else so many processes, else this one.

    Args:
        jobs: how many processes.
        on: the address of a Dask scheduler, if its workers are to do the work.
        limits: what no text may exceed; one that does is answered by a fault.

    Raises:
        MandataError: the number is less than one.
    """
    if jobs < 1:
        raise MandataError("usage", f"{jobs} processes can do no work", "--jobs", "give 1 or more")
    if on:
        return DaskWorkers(on, limits)
    return SerialWorkers(limits) if jobs == 1 else ProcessWorkers(jobs, limits)
