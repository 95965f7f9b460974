"""The options that several commands share, and their output as JSON and as tables."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer

NO: Final = 1
"""The exit status of a command whose answer is no."""
DEFAULT_KB: Final = Path("mandata-kb")

KbFolder = Annotated[Path, typer.Option("--kb", envvar="MANDATA_KB", help="The folder of the knowledge base.")]
At = Annotated[str, typer.Option("--at", metavar="URL", help="Ask this SPARQL endpoint instead.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Language = Annotated[str, typer.Option("--language", help="The language of names and words: en, fr.")]


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], title: str = "") -> None:
    """Print a table, as wide as the terminal or, in a file or a pipe, as wide as its widest row.

    Args:
        columns: the headings.
        rows: each has a cell for each column.
        title: a line above the table; empty for none.
    """
    from mandata.cli.table import draw

    draw(columns, rows, title)
