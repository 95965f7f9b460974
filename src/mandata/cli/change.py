"""The commands that change a knowledge base in place: ``add`` and ``remove``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from mandata.cli.build import Jobs, Wait
from mandata.cli.terminal import DEFAULT_KB, AsJson, KbFolder, print_json
from mandata.ingest import build as building
from mandata.ingest.build import Change, ChangeOptions
from mandata.kb.lock import WAIT
from mandata.progress import ProgressReporter


def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Texts, or folders of texts.")],
    kb: KbFolder = DEFAULT_KB,
    jobs: Jobs = 1,
    wait: Wait = WAIT,
    as_json: AsJson = False,
) -> None:
    """Add texts to a knowledge base.

    The result is the same as building it anew with them. Who reads it meanwhile sees the old state or the new.

    Example: mandata add A_RES_75_272.xml --kb mandata-kb
    """
    with ProgressReporter() as reporter:
        change = building.add(files, kb, ChangeOptions(reporter.say, jobs, reporter.count, wait))
    _print(change, as_json)


def remove(
    document: Annotated[str, typer.Argument(metavar="SYMBOL", help="The symbol of the document, in any spelling.")],
    kb: KbFolder = DEFAULT_KB,
    wait: Wait = WAIT,
    as_json: AsJson = False,
) -> None:
    """Remove all texts of a document from a knowledge base.

    The result is the same as building it anew without them.

    Example: mandata remove A/RES/75/272 --kb mandata-kb
    """
    with ProgressReporter() as reporter:
        change = building.remove(document, kb, ChangeOptions(reporter.say, count=reporter.count, wait=wait))
    _print(change, as_json)


def _print(change: Change, as_json: bool) -> None:
    summary: dict[str, Any] = {"added": change.added, "removed": change.removed}
    summary |= {name: value for name, value in change.report.items() if isinstance(value, int)}
    if as_json:
        print_json(summary)
        return
    for action, texts in (("added", change.added), ("removed", change.removed)):
        for text in texts:
            typer.echo(f"{action}: {text['symbol'] or 'a document of unknown symbol'} ({text['file']})")
    if not change.added and not change.removed:
        typer.echo("nothing changed: these texts are held already")
    for name, value in summary.items():
        if isinstance(value, int):
            typer.echo(f"{name.replace('_', ' ')}: {value}")
