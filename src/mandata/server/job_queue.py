"""What waits for a worker, in the order of its turns: short queries several at once, long ones apart from them."""

from __future__ import annotations

from collections import deque
from typing import Final

from mandata.server.answer import Answer, RefusedError

MOMENT: Final = 0.1  # seconds of computing after which a query takes long
_MOST_AT_ONCE: Final = 4
_BRIEF: Final = 0.004  # seconds that what is given to a worker at once shall take together
_WEIGHT: Final = 8  # of what is known against what is new


class Turns:
    """Answers that nobody works at yet, and how long a query has taken of late."""

    def __init__(self) -> None:
        self.short: deque[Answer] = deque()
        self.long: deque[Answer] = deque()
        """What has been found to take long, and waits for room among its like."""
        self._usual = MOMENT

    def __len__(self) -> int:
        return len(self.short) + len(self.long)

    def took(self, seconds: float, answers: int) -> None:
        """Learn in how many seconds a worker has done so many."""
        self._usual += (seconds / answers - self._usual) / _WEIGHT

    def lingers(self) -> None:
        """Learn that a query takes long: till many short ones have come, each is given alone."""
        self._usual = MOMENT

    def put_back(self, answers: list[Answer]) -> None:
        """Let answers that were given to a worker, who has not come to them, be the next."""
        self.short.extendleft(reversed(answers))

    def next(self, workers: int) -> list[Answer]:
        """Take what one of so many workers shall do: a fair share of what waits, no more than is done soon."""
        most = max(1, min(_MOST_AT_ONCE, int(_BRIEF / self._usual), -(-len(self.short) // workers)))
        taken: list[Answer] = []
        while self.short and len(taken) < most:
            if not (answer := self.short.popleft()).ended:
                taken.append(answer)
        return taken

    def next_long(self) -> Answer | None:
        """Take the next that takes long."""
        while self.long:
            if not (answer := self.long.popleft()).ended:
                return answer
        return None

    def expire(self, born_before: float, why: RefusedError) -> None:
        """Turn away what has waited too long."""
        for queue in (self.short, self.long):
            while queue and queue[0].born < born_before:
                queue.popleft().fail(why)

    def close(self, why: RefusedError) -> None:
        """Turn all away."""
        for answer in (*self.short, *self.long):
            answer.fail(why)
