"""The commands that read texts: ``build`` and ``convert``."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mandata.cli.terminal import DEFAULT_KB, AsJson, print_json
from mandata.ingest import build as building
from mandata.ingest import conversion
from mandata.ingest.folder import REPORT
from mandata.isolation.task_limits import DEFAULT, TaskLimits
from mandata.kb.lock import WAIT
from mandata.progress import ProgressReporter

Jobs = Annotated[int, typer.Option("--jobs", metavar="N", help="The number of processes that read.")]
Wait = Annotated[
    float,
    typer.Option("--wait", metavar="SECONDS", min=0, help="How long to wait while another process changes it."),
]
Texts = Annotated[list[Path] | None, typer.Argument(metavar="PATH...", help="Texts, or folders of texts.")]


Seconds = Annotated[
    float,
    typer.Option("--time-limit", metavar="SECONDS", min=0, help="What reading one text may take; 0: for ever."),
]
Megabytes = Annotated[
    int, typer.Option("--memory-limit", metavar="MB", min=0, help="What reading one text may take; 0: all there is.")
]


class ConvertFormat(StrEnum):
    """The output formats of ``convert``."""

    JSON = "json"
    JSONL = "jsonl"
    TURTLE = "turtle"
    TRIG = "trig"
    NQUADS = "nquads"


def build(  # noqa: PLR0913, PLR0917 - its options
    paths: Texts = None,
    out: Annotated[Path, typer.Option("--out", envvar="MANDATA_KB", help="The folder to build in.")] = DEFAULT_KB,
    jobs: Jobs = 1,
    wait: Wait = WAIT,
    evidence: Annotated[
        bool, typer.Option("--evidence-in-store", help="Put the evidence of each statement into the store too.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Build a knowledge base from texts.

    Without a path, it is built from the five texts that travel with mandata.

    Example: mandata build letters/ --out mandata-kb
    """
    with ProgressReporter() as reporter:
        report = building.build(paths or [], out, reporter.say, jobs, reporter.count, wait, evidence)
    if as_json:
        print_json(report)
        return
    for name, value in report.items():
        if isinstance(value, (str, int, float)):
            typer.echo(f"{name.replace('_', ' ')}: {value}")


def convert(  # noqa: PLR0913, PLR0917 - its options
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Texts, or folders of texts.")],
    form: Annotated[ConvertFormat, typer.Option("--format", help="What to write.")] = ConvertFormat.JSON,
    jobs: Jobs = 1,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write a file for each document.")] = None,
    on: Annotated[str, typer.Option("--on", metavar="SCHEDULER", help="Let the workers of Dask read.")] = "",
    seconds: Seconds = DEFAULT.seconds,
    megabytes: Megabytes = DEFAULT.megabytes,
) -> None:
    """Read documents and write what stands in them.

    This needs no knowledge base. They are written to standard output in the order of the paths; with --out into a
    folder, where an interrupted run continues.

    Example: mandata convert letters/ --format nquads --jobs 4 --out letters-nq

    A cluster reads too: mandata convert letters/ --out letters-json --on tcp://127.0.0.1:8786
    """
    limits = TaskLimits(seconds, megabytes)
    with ProgressReporter() as reporter:
        if out is None:
            for text in conversion.convert(paths, form.value, jobs, on, reporter.count, limits):
                sys.stdout.write(text)
            return
        batch = conversion.convert_into(paths, form.value, out, jobs, on, reporter.count, limits)
    summary = f"{len(batch.entries)} texts, {len(batch.faults)} of them not read: see {out / REPORT}"
    print(summary, file=sys.stderr)
