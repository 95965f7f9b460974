"""The process from which the workers that answer queries are forked; it holds no store and no thread."""

from __future__ import annotations

import sys
from collections.abc import Callable
from socket import socket

from mandata.isolation import fork_server
from mandata.server.settings import Served, read
from mandata.server.worker import work


def serve(work: Callable[[socket, Served], None]) -> None:
    """Fork workers of what the second argument of this process says is served."""
    served = read(sys.argv[2])
    fork_server.serve(lambda connection: work(connection, served), network=served.reaches_out)


if __name__ == "__main__":
    serve(work)
