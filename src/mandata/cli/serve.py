"""The command that serves: ``serve``."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from mandata.cli.terminal import DEFAULT_KB, KbFolder
from mandata.errors import MandataError
from mandata.progress import ProgressReporter
from mandata.server.middleware import log_to_standard_error
from mandata.server.run import knowledge_base, rdf_files, remote_store, run
from mandata.server.settings import MEANINGS, Limits, ServedStore

_DEFAULT = Limits()

Files = Annotated[
    list[Path] | None, typer.Option("--rdf", metavar="PATH", help="Serve this file or folder of RDF instead.")
]
Services = Annotated[
    list[str] | None, typer.Option("--allow-service", metavar="URL", help="Let SERVICE name this endpoint.")
]
Queries = Annotated[bool, typer.Option("--log-queries", help="Log the text of queries, which may be private.")]


def serve(  # noqa: PLR0913, PLR0917 - an argument for each option
    kb: KbFolder = DEFAULT_KB,
    rdf: Files = None,
    at: Annotated[str, typer.Option("--at", metavar="URL", help="Serve what this SPARQL endpoint holds instead.")] = "",
    more: Annotated[list[Path] | None, typer.Argument(metavar="[PATH...]", help="More of them, after --rdf.")] = None,
    host: Annotated[str, typer.Option("--host", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port to listen at.")] = 8000,
    seconds: Annotated[float, typer.Option("--seconds", min=0.1, help=MEANINGS["seconds"])] = _DEFAULT.seconds,
    megabytes: Annotated[int, typer.Option("--megabytes", min=16, help=MEANINGS["megabytes"])] = _DEFAULT.megabytes,
    rows: Annotated[int, typer.Option("--rows", min=0, help=MEANINGS["rows"])] = _DEFAULT.rows,
    concurrency: Annotated[
        int, typer.Option("--concurrency", min=1, help=MEANINGS["concurrency"])
    ] = _DEFAULT.concurrency,
    waiting: Annotated[int, typer.Option("--waiting", min=1, help=MEANINGS["waiting"])] = _DEFAULT.waiting,
    text: Annotated[int, typer.Option("--text", min=1, help=MEANINGS["text"])] = _DEFAULT.text,
    nesting: Annotated[int, typer.Option("--nesting", min=1, max=512, help=MEANINGS["nesting"])] = _DEFAULT.nesting,
    allow_service: Services = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Log only what goes wrong.")] = False,
    log_queries: Queries = False,
) -> None:
    """Serve a knowledge base, any files of RDF, or another store, as a SPARQL 1.1 endpoint.

    It is at /sparql; /limits lists what a query may take, /health and /metrics report the state of the server.

    Example: mandata serve --kb mandata-kb --port 8000
    """
    long = max(1, concurrency * 3 // 4)
    limits = Limits(text, nesting, seconds, megabytes, rows, concurrency, long, waiting)
    paths = [*(rdf or []), *(more or [])]
    with ExitStack() as stack:
        with ProgressReporter() as reporter:
            local = rdf_files(paths, limits, reporter.count) if paths else knowledge_base(kb, limits)
            remote = at and _remote(at, limits, bool(paths or allow_service))
            served = replace(stack.enter_context(remote or local), services=tuple(allow_service or ()))
        log_to_standard_error(quiet, log_queries)
        run(served, host, port, lambda line: print(line, file=sys.stderr))


def _remote(at: str, limits: Limits, has_other_options: bool) -> AbstractContextManager[ServedStore]:
    if has_other_options:
        raise MandataError("usage", "another store is served alone", "--at", "leave the other options out")
    return remote_store(at, limits)
