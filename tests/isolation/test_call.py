"""A request is answered within its limits or not at all, and the next one is answered whatever the last one did."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from mandata.isolation import call as calls
from mandata.isolation.call import CallLimits, call

MODULE = "isolation.served"
MB = 1 << 20
LIMITS = CallLimits(processor_seconds=0.5, wall_seconds=60, memory=100 * MB)
LINUX = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not limit data")


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """No process is left."""
    yield
    calls.close()


@pytest.mark.parametrize("size", [0, 1, 5 * MB])
def test_the_answer_comes_whole(size: int) -> None:
    assert call(MODULE, bytes(size), LIMITS) == bytes(size)


@pytest.mark.parametrize(
    "request_",
    [b"compute", b"abort", pytest.param(b"allocate %d" % (200 * MB), marks=LINUX)],
    ids=["processor time", "a fault of a native library", "memory"],
)
def test_what_breaks_a_limit_or_falls_has_no_answer_and_the_next_has(request_: bytes) -> None:
    assert call(MODULE, request_, LIMITS) is None
    assert call(MODULE, b"allocate %d" % (50 * MB), LIMITS) == b"%d" % (50 * MB)


def test_what_breaks_the_wall_clock_is_ended_with_its_fork_server() -> None:
    first = call(MODULE, b"process", LIMITS)
    assert first
    assert call(MODULE, b"compute", CallLimits(60, 0.3, MB)) is None
    with pytest.raises(ProcessLookupError):
        os.kill(int(first.split()[0]), 0)


def test_each_request_has_a_process_of_one_fork_server() -> None:
    found = [(call(MODULE, b"process", LIMITS) or b"").split() for _ in range(3)]
    assert len({parent for parent, _ in found}) == 1
    assert len({own for _, own in found}) == 3


def test_the_process_reaches_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as canary:
        reached = call(MODULE, b"connect %d" % canary.getsockname()[1], LIMITS)
    (client,) = calls._CLIENTS.values()
    assert (reached != b"0") == client.is_isolated


def test_close_leaves_no_process() -> None:
    assert call(MODULE, b"", LIMITS) == b""
    (client,) = calls._CLIENTS.values()
    number, connection = client.fork()
    with connection:
        calls.close()
        assert connection.recv(1) == b""
    assert number == 2 and not calls._CLIENTS


def test_a_worker_ends_with_its_fork_server_however_that_ends() -> None:
    said = (call(MODULE, b"process", LIMITS) or b"").split()
    (client,) = calls._CLIENTS.values()
    _, connection = client.fork()
    with connection:
        os.kill(int(said[0]), 9)
        connection.settimeout(20)
        with contextlib.suppress(ConnectionError):
            assert connection.recv(1) == b""
    assert call(MODULE, b"again", LIMITS) == b"again"
