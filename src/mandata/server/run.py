"""Runs the server by uvicorn, which only this module imports, and opens the store that it serves."""

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
from mandata.server.settings import Limits, ServedStore


@contextmanager
def knowledge_base(kb: Path, limits: Limits) -> Iterator[ServedStore]:
    """Yield the settings that serve a knowledge base, in whose queries our prefixes need no declaration.

    Args:
        kb: the folder of the knowledge base.
        limits: what a query may take.

    Raises:
        MandataError: there is none, or an earlier version of mandata built it.
    """
    KnowledgeBase(kb)
    yield ServedStore(str((kb / layout.STORE).resolve()), is_kb=True, prefixes=PREFIXES, limits=limits)


@contextmanager
def remote_store(url: str, limits: Limits) -> Iterator[ServedStore]:
    """Yield the settings that serve a remote endpoint; all queries may take long, since they only wait for it.

    Args:
        url: the address of the endpoint.
        limits: what a query may take.

    Raises:
        MandataError: the address is malformed.
    """
    Endpoint(url)
    yield ServedStore("", prefixes=PREFIXES, limits=replace(limits, long=limits.concurrency), at=url)


@contextmanager
def rdf_files(paths: Sequence[Path], limits: Limits, count: Count) -> Iterator[ServedStore]:
    """Yield the settings that serve RDF files from a temporary store, which is removed at the end.

    Args:
        paths: files, or folders of files.
        limits: what a query may take.
        count: called with the progress of reading.

    Raises:
        MandataError: a file does not exist, or is no RDF.
    """
    _refuse_windows()
    with scratch() as folder:
        create(folder / layout.STORE, read_facts(paths, count))
        yield ServedStore(str((folder / layout.STORE).resolve()), limits=limits)


def run(served: ServedStore, host: str, port: int, report: Callable[[str], None]) -> None:
    """Serve until a signal is received; queries that are being answered are completed first.

    Args:
        served: the store.
        host: the address to listen at.
        port: the port to listen at.
        report: called with the address when the server starts.

    Raises:
        MandataError: the store cannot be read, or the port is in use.
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
    signal.signal(signal.SIGTERM, lambda _number, _frame: None)  # uvicorn handles it, then raises it again
    report(f"serving http://{host}:{port}/, queries at /sparql")
    try:
        server.run()
    except SystemExit as error:
        raise MandataError("serve", "the server could not start", f"{host}:{port}", "see the line above") from error


def _refuse_windows() -> None:
    if sys.platform == "win32":  # it has no fork, and passes no sockets to processes
        raise MandataError("platform", "serving needs Linux or macOS", "", "use WSL or a container")
