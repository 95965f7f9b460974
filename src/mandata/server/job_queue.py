"""The jobs that wait for a worker, first in first out: short ones in batches, long ones in a queue of their own."""

from __future__ import annotations

from collections import deque
from typing import Final

from mandata.server.answer import PendingAnswer, RefusedError

SLOW_AFTER: Final = 0.1  # seconds of computation after which a query is a long one
_MAX_BATCH: Final = 4  # jobs that are given to a worker at once
_BATCH_SECONDS: Final = 0.004  # that a batch should take
_SMOOTHING: Final = 8  # the weight of the average against the newest duration


class JobQueue:
    """Answers that no worker computes yet, and the recent average duration of a job."""

    def __init__(self) -> None:
        self.short: deque[PendingAnswer] = deque()
        self.long: deque[PendingAnswer] = deque()
        """Jobs that were found to take long, and wait until fewer long ones run."""
        self._average = SLOW_AFTER

    def __len__(self) -> int:
        return len(self.short) + len(self.long)

    def record_duration(self, seconds: float, answers: int) -> None:
        """Record how long a worker has taken.

        Args:
            seconds: the time that it took.
            answers: the number of answers that it computed in this time.
        """
        self._average += (seconds / answers - self._average) / _SMOOTHING

    def record_slow(self) -> None:
        """Record that a job takes long: until many short ones were recorded, batches have one job."""
        self._average = SLOW_AFTER

    def put_back(self, answers: list[PendingAnswer]) -> None:
        """Put answers that a worker was given and has not begun to compute back to the front, in their order."""
        self.short.extendleft(reversed(answers))

    def next_batch(self, workers: int) -> list[PendingAnswer]:
        """Remove and return the jobs for one of ``workers`` workers: its share of the short ones, at most a batch."""
        size = max(1, min(_MAX_BATCH, int(_BATCH_SECONDS / self._average), -(-len(self.short) // workers)))
        batch: list[PendingAnswer] = []
        while self.short and len(batch) < size:
            if not (answer := self.short.popleft()).ended:
                batch.append(answer)
        return batch

    def next_long(self) -> PendingAnswer | None:
        """Remove and return the next long job; None if there is none."""
        while self.long:
            if not (answer := self.long.popleft()).ended:
                return answer
        return None

    def expire(self, created_before: float, fault: RefusedError) -> None:
        """Fail the answers that have waited too long.

        Args:
            created_before: the time, by the clock of the event loop, before which they were created.
            fault: the error that they fail with.
        """
        for queue in (self.short, self.long):
            while queue and queue[0].created < created_before:
                queue.popleft().fail(fault)

    def close(self, fault: RefusedError) -> None:
        """Fail all answers."""
        for answer in (*self.short, *self.long):
            answer.fail(fault)
