"""The command ``mandata``: it exits with 0 when done, 1 when the answer is no, 2 on wrong use."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Annotated

import typer

from mandata import __version__
from mandata.cli.ask import ask, query
from mandata.cli.build import build, convert
from mandata.cli.change import add, remove
from mandata.cli.explain import check, why, without
from mandata.cli.publish import diff, load, publish
from mandata.cli.reason import reason
from mandata.cli.search import search
from mandata.cli.serve import serve
from mandata.cli.terminal import NO
from mandata.errors import MandataError

_COMMANDS = (build, add, remove, convert, ask, query, search, why, without, reason, check, publish, diff, load, serve)
_WRONG = 2
_EXIT = {"not-found": NO}  # the code of a fault -> the exit that is not "wrong use"
_WrongUse: type[Exception] = typer.BadParameter.__bases__[0]  # the parser's own fault; its module's name changes

app = typer.Typer(
    name="mandata",
    help="United Nations mandates as linked data: read texts, reason, ask, and see the proof.",
    add_completion=False,
    invoke_without_command=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _command in _COMMANDS:
    app.command()(_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; every fault becomes one line on standard error, never a traceback."""
    sys.exit(_status(list(sys.argv[1:] if arguments is None else arguments)))


def _status(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = typer.main.get_command(app).main(arguments, prog_name="mandata", standalone_mode=False)
        sys.stdout.flush()
    except MandataError as error:
        return _say(str(error), _EXIT.get(error.code, _WRONG))
    except _WrongUse as error:
        said = getattr(error, "format_message", error.__str__)()
        return _say(f"{' '.join(said.split())} - mandata --help shows how [usage]", _WRONG)
    except BrokenPipeError:  # the reader, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, typer.Abort):
        return _say("stopped", 130)
    return status if isinstance(status, int) else 0


def _say(line: str, status: int) -> int:
    if line:
        print(f"mandata: {line}", file=sys.stderr)
    return status


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mandata {__version__}")
        raise typer.Exit


@app.callback()
def _mandata(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback has seen to it
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
