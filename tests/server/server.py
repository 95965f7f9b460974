"""A server in a process of its own, as a user starts it, and requests to it by the standard library alone."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlencode

_SECONDS = 30
_START = "import sys; from mandata.cli.main import main; main(sys.argv[1:])"


@dataclass(frozen=True)
class Reply:
    status: int
    fields: Mapping[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        return self.fields.get("content-type", "").partition(";")[0]

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Server:
    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def send(self, method: str, path: str, body: bytes | str | None = None, **fields: str) -> Reply:
        """Send a request; a field is named with ``_`` for ``-``."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_SECONDS)
        with contextlib.closing(connection):
            body = body.encode() if isinstance(body, str) else body
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in fields.items()})
            answer = connection.getresponse()
            return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())

    def ask(self, query: str, accept: str = "application/json", **more: str) -> Reply:
        return self.send("GET", "/sparql?" + urlencode({"query": query}), accept=accept, **more)

    def rows(self, query: str) -> list[dict[str, str]]:
        found = self.ask(query).json()["results"]["bindings"]
        return [{name: value["value"] for name, value in row.items()} for row in found]

    def processes(self) -> list[int]:
        """Return the processes that the server has started, and those that they have."""
        found, left = [], [self.process.pid]
        while left:
            for children in sorted(Path(f"/proc/{left[0]}/task").glob("*/children")):
                with contextlib.suppress(OSError):
                    left += [int(child) for child in children.read_text(encoding="ascii").split()]
            found.append(left.pop(0))
        return found[1:]


@contextlib.contextmanager
def serving(*arguments: str, ready: bool = True, log: IO[bytes] | None = None, **environment: str) -> Iterator[Server]:
    """Start a server on a free port, which logs into a file if one is given; at the end it must stop when asked to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given: Sequence[str] = ["serve", *arguments, "--port", str(port)]
    process = subprocess.Popen(
        [sys.executable, "-c", _START, *given],
        env={**os.environ, **environment},
        stderr=log or subprocess.DEVNULL,
    )
    server = Server(port, process)
    try:
        if ready:
            _await(server)
        yield server
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()


def _await(server: Server) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and server.process.poll() is None:
        with contextlib.suppress(OSError, HTTPException):
            if server.send("GET", "/ready").status == 200:
                return
        time.sleep(0.05)
    raise AssertionError("the server did not start")
