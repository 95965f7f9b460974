"""A small process from which workers are forked, ready within milliseconds: it has loaded what they need, and no more.

It runs a module that calls ``serve``, and reads commands of five bytes: what to do, and the number by which the client
(``fork_server_client``) knows the worker. It ends its workers when the client is gone, however that ended. Not for
Windows, which cannot fork.
"""

from __future__ import annotations

import os
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Final, NoReturn

from mandata.isolation.limits import end_with_parent, leave_network

FORK: Final = b"f"
"""Command: fork a worker, whose end of a socket comes with it."""
END: Final = b"e"
"""Command: end a worker."""
NICE: Final = b"n"
"""Command: let a worker run only if no other process needs the processor."""
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
    signal.signal(signal.SIGCHLD, lambda _number, _frame: _reap(workers, os.WNOHANG))
    commands.send(b"1" if not network and leave_network() else b"0")
    while command := _receive(commands):
        (what, number), ends = COMMAND.unpack(command[0]), command[1]
        if what == FORK:
            workers[number] = os.fork() or _become_worker(work, ends[0], commands)
            os.close(ends[0])
        elif what == END and number in workers:
            os.kill(workers[number], signal.SIGKILL)
        elif number in workers:
            os.setpriority(os.PRIO_PROCESS, workers[number], _LOWEST)
    for process in workers.values():
        os.kill(process, signal.SIGKILL)
    _reap(workers)


def _receive(commands: socket.socket) -> tuple[bytes, list[int]] | None:
    """Return a command and what comes with it; None if the client is gone.

    Workers that have ended are reaped while this waits, and at no other time: so their numbers stay their own.
    """
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    command, ends, _, _ = socket.recv_fds(commands, COMMAND.size, 1)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    return (command, ends) if len(command) == COMMAND.size else None


def _reap(workers: dict[int, int], options: int = 0) -> None:
    with suppress(ChildProcessError):  # there are no more
        while (ended := os.waitpid(-1, options)[0]) != 0:
            for number in [number for number, process in workers.items() if process == ended]:
                del workers[number]


def _become_worker(work: Work, end: int, commands: socket.socket) -> NoReturn:
    """Work until the end of this process, which does nothing of what the fork server would do at its own."""
    status = 1
    try:
        commands.close()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        end_with_parent()
        with suppress(ConnectionError), socket.socket(fileno=end) as own:
            own.setblocking(True)
            work(own)
        status = 0
    except Exception:  # a fault of ours: it is printed to the client's standard error
        traceback.print_exc()
    finally:
        os._exit(status)
