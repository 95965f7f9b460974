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

_START: Final = 60  # seconds in which a fork server says that it is there, on a machine under load
_STOP: Final = 2  # seconds in which it ends by itself


def python_path() -> str:
    """Return the PYTHONPATH by which another process finds the modules that this one finds."""
    return os.pathsep.join(folder for folder in sys.path if folder)


class ForkServerClient:
    """A fork server, started when the first worker is, and the numbers by which its workers are known.

    ``is_isolated``: its workers reach no network.
    """

    def __init__(self, module: str, *arguments: str, quiet: bool = False) -> None:
        """Take a module that calls ``fork_server.serve`` when run, and its arguments; ``quiet``: it prints nothing."""
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
        ours, its = socket.socketpair()
        number = next(self._numbers)
        with its:
            try:
                self._send_worker(number, its)
            except OSError:  # the fork server has died, and its workers with it
                self.close()
                self._send_worker(number, its)
        return number, ours

    def end(self, number: int) -> None:
        """End a worker at once."""
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
                self._process.wait(_STOP)
            if self._process.poll() is None:  # it hangs
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._commands = self._process = None

    def _send(self, what: bytes, number: int) -> None:
        with contextlib.suppress(OSError):  # dead, and its workers with it
            if self._commands is not None:
                self._commands.send(COMMAND.pack(what, number))

    def _send_worker(self, number: int, end: socket.socket) -> None:
        commands = self._commands or self._start()
        socket.send_fds(commands, [COMMAND.pack(FORK, number)], [end.fileno()])

    def _start(self) -> socket.socket:
        ours, its = socket.socketpair()
        with its:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", self._module, str(its.fileno()), *self._arguments],
                pass_fds=[its.fileno()],
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL if self._quiet else None,
                env={**os.environ, "PYTHONPATH": python_path(), "RUST_BACKTRACE": "0"},  # one line is enough
                process_group=0,  # to be ended with its workers
            )
        ours.settimeout(_START)
        self.is_isolated = ours.recv(1) == b"1"
        self._commands = ours
        return ours
