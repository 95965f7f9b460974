"""A module whose function does what it is asked to do, in a process that can be ended."""

from __future__ import annotations

import os
import socket

from mandata.isolation.call import serve


def answer(request: bytes) -> bytes:
    what, _, argument = request.decode().partition(" ")
    match what:
        case "compute":
            while True:
                pass
        case "allocate":
            return b"%d" % len(bytearray(int(argument)))
        case "abort":
            os.abort()
        case "connect":
            return b"%d" % socket.socket().connect_ex(("127.0.0.1", int(argument)))
        case "process":
            return b"%d %d" % (os.getppid(), os.getpid())
    return request


if __name__ == "__main__":
    serve(answer)
