"""The command ``mandata``: it exits with 0 when done, 1 when the answer is no, 2 on wrong use."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pkgutil import resolve_name
from typing import Annotated, Any, Final

import typer
import typer.core

from mandata import __version__
from mandata.cli.terminal import NO
from mandata.errors import MandataError, internal_error

COMMANDS: Final = {  # name -> its module and the first line of its help, so that neither has to be loaded to list them
    "build": ("build", "Build a knowledge base from texts."),
    "add": ("change", "Add texts to a knowledge base."),
    "remove": ("change", "Remove all texts of a document from a knowledge base."),
    "convert": ("build", "Read documents and write what stands in them."),
    "ask": ("ask", "Ask a competency question."),
    "query": ("query", "Ask any SPARQL query of all the graphs."),
    "search": ("search", "Find documents, things and paragraphs by a symbol in any spelling, or by words."),
    "why": ("explain", "Print the proof of a statement."),
    "without": ("explain", "Say what falls if a paragraph is withdrawn."),
    "reason": ("reason", "Print what follows from ontologies and data by the rules of OWL 2 RL."),
    "check": ("check", "Check a knowledge base."),
    "publish": (
        "publish",
        "Publish a knowledge base: dumps, a file for each document, a static site, and what describes them.",
    ),
    "diff": ("diff", "Say what came, went and changed between two releases, by document and by statement."),
    "load": ("load", "Load a knowledge base, or a release, and its ontology into a SPARQL 1.1 store."),
    "serve": ("serve", "Serve a knowledge base, any files of RDF, or another store, as a SPARQL 1.1 endpoint."),
}
_WRONG_USE = 2
_EXIT_STATUS = {"not-found": NO}  # the code of a fault -> its exit status, if that is not _WRONG_USE
_UsageError: type[Exception] = typer.BadParameter.__bases__[
    0
]  # the parser's own error; the name of its module differs between versions


class _LazyCommand(typer.core.TyperCommand):
    """A command whose module, with all its imports, is loaded when the command is called."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Load the command and return its context."""
        module, _ = COMMANDS[str(self.name)]
        loaded = _typer()
        loaded.command(self.name)(resolve_name(f"mandata.cli.{module}:{self.name}"))
        return typer.main.get_command(loaded).make_context(info_name, args, parent, **extra)


def _typer(**settings: Any) -> typer.Typer:
    return typer.Typer(
        name="mandata",
        add_completion=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
        **settings,
    )


app = _typer(
    help="United Nations mandates as linked data: read texts, reason, ask, and see the proof.",
    invoke_without_command=True,
)
for _name, (_, _line) in COMMANDS.items():
    app.command(_name, cls=_LazyCommand, help=_line)(lambda: None)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and exit; every error becomes one line on standard error, never a traceback."""
    sys.exit(_status(list(sys.argv[1:] if arguments is None else arguments)))


def _status(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = typer.main.get_command(app).main(arguments, prog_name="mandata", standalone_mode=False)
        sys.stdout.flush()
    except MandataError as error:
        return _report(str(error), _EXIT_STATUS.get(error.code, _WRONG_USE))
    except _UsageError as error:
        message = getattr(error, "format_message", error.__str__)()
        return _report(f"{' '.join(message.split())} - mandata --help shows how [usage]", _WRONG_USE)
    except BrokenPipeError:  # the reader, such as ``head``, has closed the pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, typer.Abort):
        return _report("stopped", 130)
    except Exception as error:  # a fault of ours: one line for the user, the traceback for a developer
        if os.environ.get("MANDATA_TRACEBACK"):
            raise
        fault = internal_error(error)
        mend = f"{fault.mend}; MANDATA_TRACEBACK=1 shows more"
        return _report(str(MandataError(fault.code, fault.what, "", mend)), _WRONG_USE)
    return status if isinstance(status, int) else 0


def _report(line: str, status: int) -> int:
    """Print a line on standard error and return the exit status."""
    if line:
        print(f"mandata: {line}", file=sys.stderr)
    return status


def _print_version(requested: bool) -> None:
    if requested:
        typer.echo(f"mandata {__version__}")
        raise typer.Exit


@app.callback()
def _mandata(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback prints it
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
