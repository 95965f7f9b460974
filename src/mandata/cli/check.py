"""The command that checks a knowledge base: ``check``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from mandata import pipeline
from mandata.cli.terminal import DEFAULT_KB, NO, AsJson, KbFolder, Language, print_json


class ShapesEngine(StrEnum):
    """Where the violations of the shapes come from: the build, or a new validation by pyshacl."""

    KEPT = "kept"
    PYSHACL = "pyshacl"


def check(
    kb: KbFolder = DEFAULT_KB,
    engine: Annotated[
        ShapesEngine,
        typer.Option("--engine", help="Read the violations found at the build, or look anew with pyshacl."),
    ] = ShapesEngine.KEPT,
    as_json: AsJson = False,
    language: Language = "en",
) -> None:
    """Check a knowledge base.

    It is checked for its shapes, its consistency, and documents that are cited but not held; if a check fails, the exit
    status is 1. Shapes and consistency were checked when it was built or changed: the findings of then are reported.

    Example: mandata check --kb mandata-kb
    """
    checked = pipeline.check(kb, language, engine.value)
    if as_json:
        print_json(checked.json)
    else:
        typer.echo("\n".join(checked.lines))
    if not checked.ok:
        raise typer.Exit(NO)
