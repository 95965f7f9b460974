"""One answer to one request, computed in a process of its own, which is ended if it takes too much.

A module that calls ``serve`` when run is started once as a fork server and stays ready, since that takes longer than
most answers; each request has a fork of its own. Windows cannot fork, nor set limits for a process: there the module is
started for each request, and only the wall clock ends it.
"""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Final

from mandata.isolation import fork_server
from mandata.isolation.fork_server_client import ForkServerClient, python_path
from mandata.isolation.framing import frame, read_frames
from mandata.isolation.limits import limit_memory, limit_processor_time

_LIMITS: Final = b"L"
_REQUEST: Final = b"Q"
_ANSWER: Final = b"A"


@dataclass(frozen=True, slots=True)
class CallLimits:
    """What one answer may take: seconds of processor and wall-clock time, bytes of memory beyond the request."""

    processor_seconds: float
    wall_seconds: float
    memory: int


_LOCK: Final = threading.Lock()
_CLIENTS: Final[dict[tuple[int, str], ForkServerClient]] = {}
"""Keyed by process, since a fork of this one must not read the answers of its clients, and by module."""


def call(module: str, request: bytes, limits: CallLimits) -> bytes | None:
    """Return the answer of the function that a module serves; None if the limits or a fault end its process.

    Calls from several threads are made one after another.

    Args:
        module: the name of a module that calls ``serve`` when it is run.
        request: what the function is given.
        limits: what the answer may take.

    Raises:
        OSError: the module cannot be started.
    """
    with _LOCK:
        return _call(module, request, limits)


@atexit.register
def close() -> None:
    """End the fork servers that this process has started; the next call starts another."""
    for process, module in list(_CLIENTS):
        if process == os.getpid():
            _CLIENTS.pop((process, module)).close()


if sys.platform == "win32":

    def _call(module: str, request: bytes, limits: CallLimits) -> bytes | None:
        command, environment = [sys.executable, "-P", "-m", module], {**os.environ, "PYTHONPATH": python_path()}
        with suppress(subprocess.SubprocessError):  # it took too long, or crashed
            return subprocess.run(
                command, check=True, env=environment, input=request, capture_output=True, timeout=limits.wall_seconds
            ).stdout
        return None

    def serve(function: Callable[[bytes], bytes], network: bool = False) -> None:  # noqa: ARG001 - it reaches it
        """Answer the request on standard input."""
        sys.stdout.buffer.write(function(sys.stdin.buffer.read()))

else:

    def _call(module: str, request: bytes, limits: CallLimits) -> bytes | None:
        key = os.getpid(), module
        client = _CLIENTS[key] = _CLIENTS.get(key) or ForkServerClient(module, quiet=True)
        _, connection = client.fork()
        try:
            with connection:
                return _exchange(connection, request, limits)
        except ConnectionError:  # the worker crashed before it had read the request
            return None
        except BaseException as error:  # it takes too long, or this process is interrupted: the fork server may hang
            client.close()
            if isinstance(error, TimeoutError):
                return None
            raise

    def _exchange(connection: socket.socket, request: bytes, limits: CallLimits) -> bytes | None:
        connection.settimeout(limits.wall_seconds)
        connection.sendall(frame(_LIMITS, json.dumps(asdict(limits)).encode()))
        connection.sendall(frame(_REQUEST, request))
        return next((answer for _, answer in read_frames(connection, limits.wall_seconds)), None)

    def serve(function: Callable[[bytes], bytes], network: bool = False) -> None:
        """Run as the fork server whose workers each answer one request.

        Args:
            function: returns the answer to a request.
            network: whether it may reach the network.
        """
        fork_server.serve(lambda connection: _answer_request(connection, function), network)

    def _answer_request(connection: socket.socket, function: Callable[[bytes], bytes]) -> None:
        frames = read_frames(connection)
        limits = CallLimits(**json.loads(next(frames)[1]))
        _, request = next(frames)
        limit_memory(limits.memory)
        limit_processor_time(limits.processor_seconds)
        connection.sendall(frame(_ANSWER, function(request)))
