"""The server: what is served, and uvicorn, by its one door."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import uvicorn

from mandata.errors import MandataError
from mandata.kb import layout
from mandata.kb.knowledge_base import KnowledgeBase
from mandata.kb.store import create
from mandata.query.remote import Endpoint
from mandata.rdf.namespaces import PREFIXES
from mandata.reason.files import Count, read_facts
from mandata.server.app import application
from mandata.server.scratch_folder import scratch
from mandata.server.settings import Limits, Served


@contextmanager
def knowledge_base(kb: Path, limits: Limits) -> Iterator[Served]:
    """Yield what is served of a knowledge base, in which our prefixes are known.

    Raises:
        MandataError: there is none, or an earlier version of mandata built it.
    """
    KnowledgeBase(kb)
    yield Served(str((kb / layout.STORE).resolve()), is_kb=True, prefixes=PREFIXES, limits=limits)


@contextmanager
def elsewhere(url: str, limits: Limits) -> Iterator[Served]:
    """Yield what is served of a store at an endpoint; of what waits for it, all may take long.

    Raises:
        MandataError: the address is none.
    """
    Endpoint(url)
    yield Served("", prefixes=PREFIXES, limits=replace(limits, long=limits.concurrency), at=url)


@contextmanager
def files(paths: Sequence[Path], limits: Limits, count: Count) -> Iterator[Served]:
    """Yield what is served of files of RDF: a store of its own, gone at the end.

    Raises:
        MandataError: a file is not there, or is no RDF.
    """
    _refuse_windows()
    with scratch() as folder:
        create(folder / layout.STORE, read_facts(paths, count))
        yield Served(str((folder / layout.STORE).resolve()), limits=limits)


def run(served: Served, host: str, port: int, say: Callable[[str], None]) -> None:
    """Serve until a signal comes; then what is being answered is answered to its end.

    Raises:
        MandataError: the store cannot be read, or the port is taken.
    """
    _refuse_windows()
    config = uvicorn.Config(
        application(served),
        host=host,
        port=port,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=int(served.limits.seconds) + 1,
    )
    server = uvicorn.Server(config)
    signal.signal(signal.SIGTERM, lambda _number, _frame: None)  # uvicorn heeds it, then sends it again
    say(f"serving http://{host}:{port}/, queries at /sparql")
    try:
        server.run()
    except SystemExit as error:
        raise MandataError("serve", "the server could not start", f"{host}:{port}", "see the line above") from error


def _refuse_windows() -> None:
    if sys.platform == "win32":  # no process is forked there, nor a wire handed to it
        raise MandataError("platform", "serving needs Linux or macOS", "", "use WSL or a container")
