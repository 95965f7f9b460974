"""A Virtuoso 7 on loopback: a store that is not ours, with a SPARQL engine that is not ours."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

import pytest

PROGRAM = shutil.which("virtuoso-t")
CONFIGURATION = """
[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 2000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = {rows}
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def running(place: Path, rows: int = 1_000_000) -> Iterator[str]:
    """Start one in an empty folder, which cuts its answers behind so many rows; yields its address."""
    if PROGRAM is None:
        pytest.skip("Virtuoso 7 is not here: apt-get install virtuoso-opensource-7-bin")
    port = free_port()
    (place / "v.ini").write_text(CONFIGURATION.format(sql=free_port(), http=port, rows=rows))
    log = (place / "out").open("wb")
    process = subprocess.Popen([PROGRAM, "+configfile", "v.ini", "+foreground"], cwd=place, stdout=log, stderr=log)
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/sparql", timeout=5).close()
            break
        except (URLError, OSError):
            time.sleep(0.2)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()
        log.close()
