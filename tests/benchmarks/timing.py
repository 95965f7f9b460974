"""Time and peak memory of one piece of work, each in a process of its own; how a time grows."""

from __future__ import annotations

import math
import multiprocessing
import re
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_WORD = re.compile(rb"\w+")
_MEGABYTE_IN_KILOBYTES = 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What one piece of work costs: the size of its input, seconds, megabytes beyond what the process held before."""

    size: int
    seconds: float
    megabytes: float
    one_pass: float
    """Seconds for one pass over the same bytes with the standard regular-expression engine."""

    @property
    def ratio(self) -> float:
        """How many such passes the work is worth."""
        return self.seconds / self.one_pass


def one_pass(data: bytes) -> float:
    """Return the seconds that finding every word of some bytes takes; the least of five."""
    return max(min(seconds(lambda: sum(1 for _ in _WORD.finditer(data))) for _ in range(5)), 1e-9)


def seconds(work: Callable[[], object]) -> float:
    """Return the seconds of one core that some work takes; what else the machine does meanwhile is not counted."""
    start = time.process_time()
    work()
    return time.process_time() - start


def cost(work: Callable[[], object], data: bytes, times: int) -> Cost:
    """Return what some work costs, measured in a child process: the least time of several, the peak of the first."""
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    child = context.Process(target=_measured, args=(work, times, sending))
    child.start()
    taken, megabytes = receiving.recv()
    child.join()
    return Cost(len(data), taken, megabytes, one_pass(data))


def _measured(work: Callable[[], object], times: int, sending: multiprocessing.connection.Connection) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    first = seconds(work)
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / _MEGABYTE_IN_KILOBYTES
    sending.send((min([first, *(seconds(work) for _ in range(times - 1))]), peak))


def growth(costs: Sequence[Cost]) -> float:
    """Return the exponent with which the time grows: the slope of its logarithm over that of the size."""
    points = [(math.log(c.size), math.log(c.seconds)) for c in costs]
    mean_x, mean_y = (sum(p[i] for p in points) / len(points) for i in (0, 1))
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
