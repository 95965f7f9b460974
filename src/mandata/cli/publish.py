"""The command that publishes a release: ``publish``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mandata import pipeline
from mandata.cli.terminal import DEFAULT_KB, NO, AsJson, KbFolder, Language, print_json
from mandata.progress import ProgressReporter


def publish(  # noqa: PLR0913, PLR0917 - an argument for each option
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the release.")],
    kb: KbFolder = DEFAULT_KB,
    day: Annotated[
        str, typer.Option("--date", metavar="YYYY-MM-DD", help="Its date; else that of the newest document.")
    ] = "",
    version: Annotated[str, typer.Option("--version", metavar="V", help="Its version; else its date.")] = "",
    prior: Annotated[
        Path | None, typer.Option("--prior", metavar="DIR", help="The release before; else what stands in DIR.")
    ] = None,
    expected: Annotated[
        Path | None, typer.Option("--expect", metavar="FILE", help="How many things must come out, as YAML.")
    ] = None,
    as_json: AsJson = False,
    language: Language = "en",
) -> None:
    """Publish a knowledge base: dumps, a file for each document, a static site, and what describes them.

    First it is validated: against the shapes, the rules, the integrity queries and the expected numbers. If a fault is
    found, the exit status is 1, nothing is written, and the last release stays.

    Example: mandata publish site --kb mandata-kb --version 2024.1
    """
    with ProgressReporter() as reporter:
        outcome = pipeline.publish(kb, folder, version, day, prior, expected, reporter.say)
    findings, release = outcome.gate.findings, outcome.release
    identity = release.identity if release else ""
    version_name = release.edition.version if release else ""
    if as_json:
        print_json(
            {"version": version_name, "sha256": identity, "findings": [finding.json(language) for finding in findings]}
        )
    elif release:
        typer.echo(f"version: {version_name}\nsha256: {identity}\nstatements: {len(release.statements.together)}")
    else:
        typer.echo(
            "\n".join([*(finding.line(language) for finding in findings), f"{len(findings)} faults: not published"])
        )
    if not release:
        raise typer.Exit(NO)
