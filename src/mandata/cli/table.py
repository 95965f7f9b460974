"""A table on the terminal, by rich."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

_WIDTH: Final = 1000  # characters; the width in which a table for a file or a pipe is measured


def draw(columns: Sequence[str], rows: Sequence[Sequence[str]], title: str) -> None:
    """Print a table on standard output; columns, rows and title are those of ``terminal.print_table``."""
    table = Table(show_edge=False, pad_edge=False)
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    console = Console()
    if not sys.stdout.isatty():  # no cell is wrapped, so that ``grep`` finds "announced-and-accepted" on one line
        console = Console(file=sys.stdout, width=_WIDTH, color_system=None)
        console.width = max(1, len(title), Measurement.get(console, console.options, table).maximum)
    if title:
        console.print(title, style="italic", markup=False, highlight=False)
    console.print(table)
    if not rows:
        console.print("(none)")
