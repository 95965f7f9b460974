"""The server's end of the nursery: workers are had and ended through it; it is started again where it has died."""

from __future__ import annotations

import contextlib
import itertools
import os
import socket
import subprocess
import sys
from typing import Final

from mandata.server.fork_server import COMMAND, END, LATER
from mandata.server.settings import Served

_SECONDS: Final = 10  # in which a nursery says that it is there, on a machine under load


class Cradle:
    """A nursery, and the numbers by which its workers are known."""

    def __init__(self, served: Served, nursery: str = "mandata.server.fork_server") -> None:
        self._served, self._nursery, self._numbers = served, nursery, itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._wire: socket.socket | None = None
        self.isolated = False

    def worker(self, role: bytes) -> tuple[int, socket.socket]:
        """Return the number of a new worker, and the wire to it."""
        ours, its = socket.socketpair()
        number = next(self._numbers)
        with its:
            try:
                self._send(role, number, its)
            except OSError:  # the nursery has died, and its workers with it
                self.close()
                self._send(role, number, its)
        ours.setblocking(False)
        return number, ours

    def end(self, number: int) -> None:
        """End a worker at once."""
        self._say(END, number)

    def later(self, number: int) -> None:
        """Let a worker run only where no other process wants to."""
        self._say(LATER, number)

    def close(self) -> None:
        """End the nursery and all its workers."""
        if self._wire is not None:
            self._wire.close()
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(2)
            self._process.kill()
            self._process.wait()
        self._wire = self._process = None

    def _say(self, what: bytes, number: int) -> None:
        with contextlib.suppress(OSError):  # dead, and its workers with it
            if self._wire is not None:
                self._wire.send(COMMAND.pack(what, number))

    def _send(self, role: bytes, number: int, end: socket.socket) -> None:
        wire = self._wire or self._started()
        socket.send_fds(wire, [COMMAND.pack(role, number)], [end.fileno()])

    def _started(self) -> socket.socket:
        ours, its = socket.socketpair()
        with its:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", self._nursery, str(its.fileno()), self._served.written()],
                pass_fds=[its.fileno()],
                stdin=subprocess.DEVNULL,
                env={**os.environ, "RUST_BACKTRACE": "0"},  # a query that takes too much memory is worth a line
            )
        ours.settimeout(_SECONDS)
        self.isolated = ours.recv(1) == b"1"
        self._wire = ours
        return ours
