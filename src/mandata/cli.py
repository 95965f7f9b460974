"""The command ``mandata``: arguments only; each verb calls one function.

It exits with 0 when done, 1 when the answer is no, 2 on wrong use.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import pyoxigraph as ox
import typer
from rich.console import Console
from rich.table import Table

from mandata import __version__, pipeline
from mandata.batch.folder import REPORT
from mandata.errors import MandataError
from mandata.progress import Teller
from mandata.publish import dump
from mandata.question import header, query, show, terms
from mandata.question.answer import answer
from mandata.question.remote import Endpoint
from mandata.question.source import Embedded, Solutions, Source
from mandata.store.embedded import open_knowledge_base

_WIDE = 160  # columns of a table that goes to a file or a pipe
_NO = 1
_WRONG = 2
_EXIT = {"not-found": _NO}  # the code of a fault -> the exit that is not "wrong use"
_WrongUse: type[Exception] = typer.BadParameter.__bases__[0]  # the parser's own fault; its module's name changes

app = typer.Typer(
    name="mandata",
    help="United Nations mandates as linked data: read texts, reason, ask, and see the proof.",
    add_completion=False,
    invoke_without_command=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Form(StrEnum):
    """What ``convert`` writes."""

    JSON = "json"
    JSONL = "jsonl"
    TURTLE = "turtle"
    TRIG = "trig"
    NQUADS = "nquads"


KnowledgeBase = Annotated[Path, typer.Option("--kb", envvar="MANDATA_KB", help="The folder of the knowledge base.")]
At = Annotated[str, typer.Option("--at", metavar="URL", help="Ask this SPARQL endpoint instead.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Language = Annotated[str, typer.Option("--language", help="The language of names and words: en, fr.")]
Jobs = Annotated[int, typer.Option("--jobs", metavar="N", help="The number of processes that read.")]
Texts = Annotated[list[Path] | None, typer.Argument(metavar="PATH...", help="Texts, or folders of texts.")]
DEFAULT_KB = Path("mandata-kb")


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


@app.command()
def build(
    paths: Texts = None,
    out: Annotated[Path, typer.Option("--out", envvar="MANDATA_KB", help="The folder to build in.")] = DEFAULT_KB,
    jobs: Jobs = 1,
    as_json: AsJson = False,
) -> None:
    """Build a knowledge base from texts.

    Without a path, it is built from the five texts that travel with mandata.

    Example: mandata build letters/ --out mandata-kb
    """
    with Teller() as teller:
        report = pipeline.build(paths or [], out, teller.say, jobs, teller.count)
    if as_json:
        _print_json(report)
        return
    for name, value in report.items():
        if isinstance(value, (str, int, float)):
            typer.echo(f"{name.replace('_', ' ')}: {value}")


@app.command()
def convert(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Texts, or folders of texts.")],
    form: Annotated[Form, typer.Option("--format", help="What to write.")] = Form.JSON,
    jobs: Jobs = 1,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write a file for each document.")] = None,
    on: Annotated[str, typer.Option("--on", metavar="SCHEDULER", help="Let the workers of Dask read.")] = "",
) -> None:
    """Read documents and write what stands in them.

    This needs no knowledge base. They are written to standard output in the order of the paths; with --out into a
    folder, where a run that was cut short goes on.

    Example: mandata convert letters/ --format nquads --jobs 4 --out letters-nq

    A cluster reads too: mandata convert letters/ --out letters-json --on tcp://127.0.0.1:8786
    """
    with Teller() as teller:
        if out is None:
            for piece in pipeline.convert(paths, form.value, jobs, on, teller.count):
                sys.stdout.write(piece)
            return
        done = pipeline.convert_into(paths, form.value, out, jobs, on, teller.count)
    said = f"{len(done.held)} texts, {len(done.faults)} of them not read: see {out / REPORT}"
    print(said, file=sys.stderr)


@app.command()
def ask(  # noqa: PLR0913, PLR0917 - an argument for each option
    name: Annotated[str, typer.Argument(metavar="NAME", help="The question; without it, all are listed.")] = "",
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="Narrow the question.")
    ] = None,
    kb: KnowledgeBase = DEFAULT_KB,
    at: At = "",
    as_json: AsJson = False,
    language: Language = "en",
) -> None:
    """Ask a competency question.

    Example: mandata ask mandate-status --set date=2008-01-01
    """
    questions = header.load()
    if not name:
        _list_questions(questions, as_json, language)
        return
    found = answer(header.find(name, questions), _pairs(settings or []), _source(kb, at), language)
    _print_json(found.json()) if as_json else _print_table(show.of_answer(found), found.words)


@app.command(name="query")
def query_(
    text_or_file: Annotated[str, typer.Argument(metavar="TEXT_OR_FILE", help="SPARQL, or a file that holds it.")],
    kb: KnowledgeBase = DEFAULT_KB,
    at: At = "",
    as_json: AsJson = False,
) -> None:
    """Ask any SPARQL query of all the graphs.

    The forms are SELECT, ASK, CONSTRUCT and DESCRIBE; where ASK says no, the exit is 1.

    Example: mandata query "SELECT ?letter WHERE { ?letter a md:FoundingLetter }"
    """
    result = _source(kb, at).run(query.read(text_or_file))
    if as_json:
        typer.echo(query.as_json(result))
    elif isinstance(result, Solutions):
        _print_table(show.of_solutions(result))
    elif isinstance(result, bool):
        typer.echo("yes" if result else "no")
    else:
        sys.stdout.write(dump.written(result))
    if result is False:
        raise typer.Exit(_NO)


@app.command()
def why(  # noqa: PLR0913, PLR0917 - an argument for each option
    subject: Annotated[str, typer.Argument(help="A symbol, prefixed name, IRI or local name.")],
    predicate: Annotated[str, typer.Argument(help="A property, such as md:cites or cites.")],
    object_: Annotated[str, typer.Argument(metavar="OBJECT", help="As the subject, or a literal in quotes.")],
    kb: KnowledgeBase = DEFAULT_KB,
    as_json: AsJson = False,
    language: Language = "en",
) -> None:
    """Print the proof of a statement.

    The proof goes down to the quotation in a text, its file and its place.

    Example: mandata why 76/299 md:restsOn S/2007/279
    """
    source = _source(kb, "")
    said, of, what = (_written(terms.term(part, source)) for part in (subject, predicate, object_))
    explanation = pipeline.why(kb, said, of, what, language)
    _print_json(explanation.json) if as_json else typer.echo(explanation.text)


@app.command()
def check(kb: KnowledgeBase = DEFAULT_KB, as_json: AsJson = False) -> None:
    """Check a knowledge base.

    It is checked for its shapes, its consistency, and what is cited but not held; where a check fails, the exit is 1.

    Example: mandata check --kb mandata-kb
    """
    checked = pipeline.check(kb)
    if as_json:
        _print_json(checked.json)
    else:
        typer.echo("\n".join(checked.lines))
    if not checked.ok:
        raise typer.Exit(_NO)


def _source(kb: Path, at: str) -> Source:
    return Endpoint(at) if at else Embedded(open_knowledge_base(kb))


def _pairs(settings: Sequence[str]) -> dict[str, str]:
    pairs = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not value.strip():
            raise MandataError("usage", f'"{setting}" is no setting', "--set", "write --set document=72/7")
        if name.strip() in pairs:
            raise MandataError("usage", f'"{name.strip()}" is set twice', "--set", "set it once")
        pairs[name.strip()] = value
    return pairs


def _written(term: ox.NamedNode | ox.Literal) -> str:
    return str(term.value) if isinstance(term, ox.NamedNode) else str(term)


def _list_questions(questions: dict[str, header.Question], as_json: bool, language: str) -> None:
    if as_json:
        _print_json([question.json() for question in questions.values()])
    else:
        _print_table(show.of_questions(questions, language))


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _print_table(table: Table, title: str = "") -> None:
    console = Console() if sys.stdout.isatty() else Console(file=sys.stdout, width=_WIDE, color_system=None)
    if title:
        console.print(title, style="italic", markup=False, highlight=False)
    console.print(table)
    if not table.row_count:
        console.print("(none)")
