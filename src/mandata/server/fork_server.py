"""A small process from which workers are forked, ready within milliseconds; it holds no store and no thread.

It reads commands of five bytes: what to do, and the number by which the server knows the worker. It ends its workers
when the server is gone, however that ended.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Callable, Iterator
from typing import Final, NoReturn

from mandata.server.process_limits import leave_network
from mandata.server.settings import Served, read
from mandata.server.worker import READ, WRITE, work

END: Final = b"e"
LATER: Final = b"l"
"""To end a worker; to let it run only where no other process wants to."""
COMMAND: Final = struct.Struct("!cI")
_NICE: Final = 15
_Do = Callable[[socket.socket, bytes], None]


Work = Callable[[socket.socket, Served, bytes], None]
"""What a worker does till the server hangs up: at its end of the wire, for what is served, in its role."""


def main(work: Work) -> None:
    """Fork workers as told on the wire whose number is the first argument; the second is what they serve."""
    wire = socket.socket(fileno=int(sys.argv[1]))
    served = read(sys.argv[2])
    workers: dict[int, int] = {}  # number -> process
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server to heed
    signal.signal(signal.SIGCHLD, lambda _number, _frame: _bury(workers))
    wire.send(b"1" if not served.reaches_out and leave_network() else b"0")
    while True:
        told, ends, _, _ = socket.recv_fds(wire, COMMAND.size, 1)
        if len(told) < COMMAND.size:
            break
        _heed(told, ends, lambda end, role: work(end, served, role), workers, wire)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for process in workers.values():
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def _heed(told: bytes, ends: list[int], do: _Do, workers: dict[int, int], wire: socket.socket) -> None:
    what, number = COMMAND.unpack(told)
    if what in (READ, WRITE):
        with _undisturbed():
            process = os.fork()
            if process == 0:
                _become_worker(wire, ends[0], do, what)
            workers[number] = process
        os.close(ends[0])
        return
    with _undisturbed():  # no process is buried, so that its number is still its own
        if number in workers:
            if what == END:
                os.kill(workers[number], signal.SIGKILL)
            else:
                os.setpriority(os.PRIO_PROCESS, workers[number], _NICE)


def _become_worker(wire: socket.socket, end: int, do: _Do, role: bytes) -> NoReturn:
    """Be a worker till the end of this process, which runs nothing of what the nursery would run at its own."""
    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        wire.close()
        with contextlib.suppress(ConnectionError), socket.socket(fileno=end) as own:
            do(own, role)
        status = 0
    except Exception:  # a fault of ours: it is told where the server's faults are, and the worker is replaced
        traceback.print_exc()
    finally:
        os._exit(status)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})


def _bury(workers: dict[int, int]) -> None:
    with contextlib.suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG)[0]) != 0:
            for number in [number for number, process in workers.items() if process == ended]:
                del workers[number]


if __name__ == "__main__":
    main(work)
