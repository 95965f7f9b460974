"""What several commands take from the terminal and print to it: options, JSON, tables."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

from mandata.kb.store import open_knowledge_base
from mandata.query.remote import Endpoint
from mandata.query.search.find import index_of
from mandata.query.source import Embedded, Source

NO: Final = 1
"""The exit of a command whose answer is no."""
DEFAULT_KB: Final = Path("mandata-kb")
_WIDEST: Final = 1000  # columns of a table that goes to a file or a pipe

KnowledgeBase = Annotated[Path, typer.Option("--kb", envvar="MANDATA_KB", help="The folder of the knowledge base.")]
At = Annotated[str, typer.Option("--at", metavar="URL", help="Ask this SPARQL endpoint instead.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Language = Annotated[str, typer.Option("--language", help="The language of names and words: en, fr.")]


def source_of(kb: Path, at: str) -> Source:
    """Return what is asked: the endpoint at an address, else the knowledge base in a folder."""
    return Endpoint(at) if at else Embedded(open_knowledge_base(kb), index_of(kb))


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(table: Table, title: str = "") -> None:
    """Print a table, as wide as the terminal or, to a file or a pipe, as wide as it needs."""
    console = Console() if sys.stdout.isatty() else _unfolded(table, title)
    if title:
        console.print(title, style="italic", markup=False, highlight=False)
    console.print(table)
    if not table.row_count:
        console.print("(none)")


def _unfolded(table: Table, title: str) -> Console:
    """Return a console on which nothing is folded: ``grep`` finds "announced-and-accepted" on one line."""
    console = Console(file=sys.stdout, width=_WIDEST, color_system=None)
    console.width = max(1, len(title), Measurement.get(console, console.options, table).maximum)
    return console
