"""The order of jobs: short queries run several at once while all are short; none is lost or done twice."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mandata.server.answer import PendingAnswer, RefusedError, unavailable
from mandata.server.job_queue import JobQueue
from server.hostile import product_of_numbers
from server.server import serving


def queue_of(waiting: int, seconds: float) -> tuple[JobQueue, list[PendingAnswer]]:
    """Return so many that wait, after many queries that took so long."""
    queue, answers = JobQueue(), [PendingAnswer({}, float(number)) for number in range(waiting)]
    for _ in range(100):
        queue.record_duration(seconds, 1)
    queue.short.extend(answers)
    return queue, answers


@pytest.mark.parametrize(
    ("waiting", "seconds", "given"),
    [
        pytest.param(64, 0.0005, 4, id="many short ones"),
        pytest.param(5, 0.0005, 3, id="a fair share of few"),
        pytest.param(1, 0.0005, 1, id="one"),
        pytest.param(0, 0.0005, 0, id="none"),
        pytest.param(64, 0.0019, 2, id="no more than is done soon"),
        pytest.param(64, 0.05, 1, id="long ones go alone"),
    ],
)
def test_a_worker_is_given_what_it_does_soon(waiting: int, seconds: float, given: int) -> None:
    async def check() -> None:
        queue, answers = queue_of(waiting, seconds)
        assert queue.next_batch(2) == answers[:given]

    asyncio.run(check())


def test_one_query_that_lingers_and_each_is_given_alone_again() -> None:
    async def check() -> None:
        queue, answers = queue_of(64, 0.0005)
        queue.record_slow()
        assert queue.next_batch(2) == answers[:1]

    asyncio.run(check())


def test_what_was_put_back_is_next_in_its_order_and_what_has_ended_is_passed_over() -> None:
    async def check() -> None:
        queue, answers = queue_of(8, 0.0005)
        queue.put_back(queue.next_batch(2)[1:])
        answers[2].end()
        assert queue.next_batch(2) == [answers[1], *answers[3:6]]

    asyncio.run(check())


def test_what_has_waited_too_long_is_turned_away() -> None:
    async def check() -> None:
        queue, answers = queue_of(3, 0.0005)
        queue.expire(1.5, unavailable("busy", "no worker was free in time"))
        assert list(queue.short) == answers[2:]
        with pytest.raises(RefusedError):
            await answers[1].head()

    asyncio.run(check())


def test_each_client_has_its_own_answer_while_long_queries_come_between(collection: Path) -> None:
    """So many at once that workers are given several, some of them behind one that is ended."""
    asked = [f"SELECT ({number} AS ?n) {{}}" for number in range(600)]
    with serving("--rdf", str(collection), "--seconds", "1", "--quiet") as running, ThreadPoolExecutor(32) as threads:
        hostile = [threading.Thread(target=running.ask, args=(product_of_numbers(6),)) for _ in range(4)]
        found = threads.map(running.rows, asked)
        for thread in hostile:
            thread.start()
        rows = [row["n"] for (row,) in found]
        for thread in hostile:
            thread.join()
    assert rows == [str(number) for number in range(600)]
