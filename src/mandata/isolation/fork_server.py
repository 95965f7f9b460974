"""A small process from which workers are forked, ready within milliseconds: it has loaded what they need, and no more.

It runs a module that calls ``serve``, and reads commands of five bytes: the action, and the number by which the client
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
"""Command: fork a worker; its end of a socket comes with the command, as a file descriptor."""
END: Final = b"e"
"""Command: end a worker."""
NICE: Final = b"n"
"""Command: lower the priority of a worker, so that it runs only if no other process needs the processor."""
COMMAND: Final = struct.Struct("!cI")
_LOWEST_PRIORITY: Final = 15
Work = Callable[[socket.socket], None]
"""What a worker does until it is done or the client hangs up, given its end of the socket."""


def serve(work: Work, network: bool = False) -> None:
    """Obey the commands on the socket whose descriptor is the first argument of this process, until it is closed.

    Args:
        work: what each worker does.
        network: whether workers may reach the network; the client is sent ``1`` if they cannot, else ``0``.
    """
    commands = socket.socket(fileno=int(sys.argv[1]))
    workers: dict[int, int] = {}  # number -> process
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the client
    signal.signal(signal.SIGCHLD, lambda _number, _frame: _reap(workers, os.WNOHANG))
    commands.send(b"1" if not network and leave_network() else b"0")
    while command := _receive(commands):
        (action, number), descriptors = COMMAND.unpack(command[0]), command[1]
        if action == FORK:
            workers[number] = os.fork() or _become_worker(work, descriptors[0], commands)
            os.close(descriptors[0])
        elif action == END and number in workers:
            os.kill(workers[number], signal.SIGKILL)
        elif number in workers:
            os.setpriority(os.PRIO_PROCESS, workers[number], _LOWEST_PRIORITY)
    for process in workers.values():
        os.kill(process, signal.SIGKILL)
    _reap(workers)


def _receive(commands: socket.socket) -> tuple[bytes, list[int]] | None:
    """Return a command and the file descriptors that come with it; None if the client is gone.

    Workers that have ended are reaped while this waits, and at no other time, so that no process identifier in
    ``workers`` is given to another process while it is used.
    """
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    command, descriptors, _, _ = socket.recv_fds(commands, COMMAND.size, 1)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    return (command, descriptors) if len(command) == COMMAND.size else None


def _reap(workers: dict[int, int], options: int = 0) -> None:
    with suppress(ChildProcessError):  # there are no more
        while (ended := os.waitpid(-1, options)[0]) != 0:
            for number in [number for number, process in workers.items() if process == ended]:
                del workers[number]


def _become_worker(work: Work, descriptor: int, commands: socket.socket) -> NoReturn:
    """Do the work and end this process, without the clean-up that the fork server does when it ends."""
    status = 1
    try:
        commands.close()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        end_with_parent()
        with suppress(ConnectionError), socket.socket(fileno=descriptor) as connection:
            connection.setblocking(True)
            work(connection)
        status = 0
    except Exception:  # a fault of ours: it is printed to the client's standard error
        traceback.print_exc()
    finally:
        os._exit(status)
