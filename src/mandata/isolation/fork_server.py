"""A small process from which workers are forked, ready within milliseconds: it has loaded what they need, and no more.

It runs a module that calls ``serve``, and reads commands of five bytes: what to do, and the number by which the client
(``fork_server_client``) knows the worker. It ends its workers when the client is gone, however that ended. Not for
Windows, which cannot fork.
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

from mandata.isolation.limits import end_with_parent, leave_network

END: Final = b"e"
"""Command: end a worker."""
NICE: Final = b"n"
"""Command: let a worker run only if no other process needs the processor."""
FORK: Final = b"f"
"""Command: fork a worker, whose end of a socket comes with it."""
COMMAND: Final = struct.Struct("!cI")
_LOWEST: Final = 15

Work = Callable[[socket.socket], None]
"""What a worker does until it is done or the client hangs up, given its end of the socket."""


def serve(work: Work, network: bool = False) -> None:
    """Fork workers at the commands on the socket whose number is the first argument of this process, until it closes.

    Args:
        work: what each worker does.
        network: whether workers may reach the network; the client is sent whether they cannot.
    """
    commands = socket.socket(fileno=int(sys.argv[1]))
    workers: dict[int, int] = {}  # number -> process
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the client
    signal.signal(signal.SIGCHLD, lambda _number, _frame: _reap(workers))
    commands.send(b"1" if not network and leave_network() else b"0")
    while True:
        command, ends, _, _ = socket.recv_fds(commands, COMMAND.size, 1)
        if len(command) < COMMAND.size:
            break
        what, number = COMMAND.unpack(command)
        if what != FORK:
            _signal(what, number, workers)
            continue
        with _undisturbed():
            process = os.fork()
            if process == 0:
                commands.close()
                _become_worker(work, ends[0])
            workers[number] = process
        os.close(ends[0])
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number in list(workers):
        _signal(END, number, workers)
    with contextlib.suppress(ChildProcessError):  # all have ended
        while True:
            os.waitpid(-1, 0)


def _signal(what: bytes, number: int, workers: dict[int, int]) -> None:
    with _undisturbed(), contextlib.suppress(KeyError, ProcessLookupError):
        process = workers[number]  # not reaped yet, so that its number is still its own
        if what == END:
            os.kill(process, signal.SIGKILL)
        else:
            os.setpriority(os.PRIO_PROCESS, process, _LOWEST)


def _become_worker(work: Work, end: int) -> NoReturn:
    """Work until the end of this process, which does nothing of what the fork server would do at its own."""
    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        end_with_parent()
        with contextlib.suppress(ConnectionError), socket.socket(fileno=end) as own:
            own.setblocking(True)
            work(own)
        status = 0
    except Exception:  # a fault of ours: it is printed to the client's standard error
        traceback.print_exc()
    finally:
        os._exit(status)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Reap no worker meanwhile."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})


def _reap(workers: dict[int, int]) -> None:
    with contextlib.suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG)[0]) != 0:
            for number in [number for number, process in workers.items() if process == ended]:
                del workers[number]
