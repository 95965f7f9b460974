"""The client of a fork server: workers are started and ended through it; it starts the server again if it has died."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import socket
import subprocess
import sys
from typing import Final

from mandata.isolation.fork_server import COMMAND, END, FORK, NICE

_START_SECONDS: Final = 60  # in which a fork server reports that it is ready, on a machine under load
_STOP_SECONDS: Final = 2  # in which it ends by itself


def python_path() -> str:
    """Return the PYTHONPATH by which another process finds the modules that this one finds."""
    return os.pathsep.join(folder for folder in sys.path if folder)


class ForkServerClient:
    """A fork server, started with the first worker, and the numbers by which its workers are known.

    ``is_isolated``: whether its workers cannot reach the network.
    """

    def __init__(self, module: str, *arguments: str, quiet: bool = False) -> None:
        """Prepare to start a fork server.

        Args:
            module: the name of a module that calls ``fork_server.serve`` when it is run.
            *arguments: what its command line holds besides the socket.
            quiet: whether its standard error is discarded.
        """
        self._module, self._arguments, self._quiet = module, arguments, quiet
        self._numbers = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._commands: socket.socket | None = None
        self.is_isolated = False

    def fork(self) -> tuple[int, socket.socket]:
        """Return the number of a new worker, and the socket to it.

        Raises:
            OSError: no fork server can be started.
        """
        client_end, worker_end = socket.socketpair()
        number = next(self._numbers)
        with worker_end:
            try:
                self._send_fork(number, worker_end)
            except OSError:  # the fork server has died, and its workers with it
                self.close()
                self._send_fork(number, worker_end)
        return number, client_end

    def end(self, number: int) -> None:
        """Kill a worker at once."""
        self._send(END, number)

    def lower_priority(self, number: int) -> None:
        """Let a worker run only if no other process needs the processor."""
        self._send(NICE, number)

    def close(self) -> None:
        """End the fork server and all its workers."""
        if self._commands is not None:
            self._commands.close()
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(_STOP_SECONDS)
            if self._process.poll() is None:  # it hangs
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._commands = self._process = None

    def _send(self, action: bytes, number: int) -> None:
        with contextlib.suppress(OSError):  # dead, and its workers with it
            if self._commands is not None:
                self._commands.send(COMMAND.pack(action, number))

    def _send_fork(self, number: int, worker_end: socket.socket) -> None:
        commands = self._commands or self._start()
        socket.send_fds(commands, [COMMAND.pack(FORK, number)], [worker_end.fileno()])

    def _start(self) -> socket.socket:
        client_end, server_end = socket.socketpair()
        with server_end:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", self._module, str(server_end.fileno()), *self._arguments],
                pass_fds=[server_end.fileno()],
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL if self._quiet else None,
                env={**os.environ, "PYTHONPATH": python_path(), "RUST_BACKTRACE": "0"},  # one line is enough
                process_group=0,  # to be ended with its workers
            )
        client_end.settimeout(_START_SECONDS)
        self.is_isolated = client_end.recv(1) == b"1"
        self._commands = client_end
        return client_end
