"""The command that compares two releases: ``diff``."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mandata.cli.terminal import AsJson, Language, print_json
from mandata.release import diff as changes


class DiffFormat(StrEnum):
    """The output formats of ``diff``."""

    TEXT = "text"
    TRIG = "trig"


def diff(  # noqa: PLR0913, PLR0917 - an argument for each option
    old: Annotated[Path, typer.Argument(help="A release, a knowledge base, or a file of RDF.")],
    new: Annotated[Path, typer.Argument(help="The one that came after it.")],
    form: Annotated[DiffFormat, typer.Option("--format", help="How to write the changes.")] = DiffFormat.TEXT,
    statements: Annotated[bool, typer.Option("--statements", help="Print each statement too.")] = False,
    as_json: AsJson = False,
    language: Language = "en",
) -> None:
    """Say what came, went and changed between two releases, by document and by statement.

    Example: mandata diff last-year/ this-year/ --statements
    """
    difference = changes.compare(changes.read_release(old), changes.read_release(new))
    if as_json:
        print_json(changes.as_json(difference))
    elif form is DiffFormat.TRIG:
        sys.stdout.write(changes.as_trig(difference))
    else:
        sys.stdout.writelines(f"{line}\n" for line in changes.as_lines(difference, statements, language))
