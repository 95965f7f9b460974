"""The command that serves: ``serve``."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from mandata.commands.terminal import DEFAULT_KB, KnowledgeBase
from mandata.errors import MandataError
from mandata.progress import Teller
from mandata.serve.run import files, knowledge_base, run
from mandata.serve.settings import MEANING, Limits

_DEFAULT = Limits()
_TOKEN = "MANDATA_TOKEN"
_SHORTEST = 8


def serve(  # noqa: PLR0913, PLR0917 - an argument for each option
    kb: KnowledgeBase = DEFAULT_KB,
    rdf: Annotated[
        list[Path] | None, typer.Option("--rdf", metavar="PATH", help="Serve this file or folder of RDF instead.")
    ] = None,
    more: Annotated[list[Path] | None, typer.Argument(metavar="[PATH...]", help="More of them, after --rdf.")] = None,
    host: Annotated[str, typer.Option("--host", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port to listen at.")] = 8000,
    allow_updates: Annotated[
        bool, typer.Option("--allow-updates", help=f"Take changes from whoever bears the token in {_TOKEN}.")
    ] = False,
    seconds: Annotated[float, typer.Option("--seconds", min=0.1, help=MEANING["seconds"])] = _DEFAULT.seconds,
    megabytes: Annotated[int, typer.Option("--megabytes", min=16, help=MEANING["megabytes"])] = _DEFAULT.megabytes,
    rows: Annotated[int, typer.Option("--rows", min=0, help=MEANING["rows"])] = _DEFAULT.rows,
    concurrency: Annotated[
        int, typer.Option("--concurrency", min=1, help=MEANING["concurrency"])
    ] = _DEFAULT.concurrency,
    waiting: Annotated[int, typer.Option("--waiting", min=1, help=MEANING["waiting"])] = _DEFAULT.waiting,
    text: Annotated[int, typer.Option("--text", min=1, help=MEANING["text"])] = _DEFAULT.text,
    nesting: Annotated[int, typer.Option("--nesting", min=1, max=512, help=MEANING["nesting"])] = _DEFAULT.nesting,
    quiet: Annotated[bool, typer.Option("--quiet", help="Log only what goes wrong, and changes.")] = False,
) -> None:
    """Serve a knowledge base, or any files of RDF, as a SPARQL 1.1 endpoint.

    It is at /sparql; /limits tells what a query may take, /health and /metrics how the server is.

    Example: mandata serve --kb mandata-kb --port 8000
    """
    token = token_of(allow_updates)
    long = max(1, concurrency * 3 // 4)
    limits = Limits(text, nesting, seconds, megabytes, rows, concurrency, long, waiting)
    paths = [*(rdf or []), *(more or [])]
    with ExitStack() as stack:
        with Teller() as teller:
            held = files(paths, limits, teller.count) if paths else knowledge_base(kb, limits)
            served = stack.enter_context(held)
        run(served, host, port, token, quiet, lambda line: print(line, file=sys.stderr))


def token_of(allow_updates: bool) -> str:
    """Return the token that a change must bear, empty where none is taken.

    Raises:
        MandataError: changes are to be taken, and there is no token.
    """
    token = os.environ.get(_TOKEN, "") if allow_updates else ""
    if allow_updates and len(token) < _SHORTEST:
        raise MandataError("usage", "the token is missing or short", _TOKEN, f"set it to {_SHORTEST} letters or more")
    return token
