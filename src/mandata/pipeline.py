"""The stages in order: texts are read, identified, stated, closed, stored; what is stored is explained and checked.

bytes -> SourceText -> Document -> citations, mentions, mandates (each text alone) -> identities (of all) -> asserted
graphs -> inferred graph -> knowledge base. What is done for each text is done by ``batch``, in any process.
Only in ``batch``, ``building`` and here do the writing wing and the reading wing meet.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mandata.batch import output
from mandata.batch.files import contents
from mandata.batch.folder import Folder
from mandata.batch.limits import DEFAULT, Limits
from mandata.batch.run import Count, Done, run, uncounted
from mandata.batch.workers import Workers, workers
from mandata.building import report_of
from mandata.proof.conflict import conflict_lines, conflicts_json
from mandata.proof.knowledge import Knowledge
from mandata.proof.telling import teller
from mandata.publish.describe import schema_org
from mandata.publish.expectations import from_report, read_expected
from mandata.publish.gate import Examined, examine
from mandata.publish.release import Release, files, following, put
from mandata.publish.site import Settings, pages
from mandata.publish.statements import read_statements
from mandata.question.answer import answer
from mandata.question.header import load as load_questions
from mandata.question.source import Embedded
from mandata.question.things import shorten
from mandata.reason.shapes import find_violations
from mandata.resources import shipped

Progress = Callable[[str], object]


def convert(  # noqa: PLR0913, PLR0917 - what the command takes
    paths: Sequence[Path], form: str, jobs: int = 1, on: str = "", count: Count = uncounted, limits: Limits = DEFAULT
) -> Iterator[str]:
    """Yield what stands in some texts: ``json``, ``jsonl``, ``turtle``, ``trig`` or ``nquads``, in their order.

    Raises:
        MandataError: a path is missing, or none of the files can be read.
    """
    with _spooled(paths, output.SPOOLED[form], workers(jobs, on, limits), count) as done:
        yield from output.stream(done, form)


def convert_into(  # noqa: PLR0913, PLR0917 - what the command takes
    paths: Sequence[Path],
    form: str,
    out: Path,
    jobs: int = 1,
    on: str = "",
    count: Count = uncounted,
    limits: Limits = DEFAULT,
) -> Done:
    """Write what stands in some texts into a folder, a shard for each document; goes on where a run was cut short.

    Raises:
        MandataError: as ``convert``; the folder holds other things or cannot be written.
    """
    done = run(contents(paths), form, Folder(out, form), workers(jobs, on, limits), count)
    done.folder.put_report(output.report(done))
    return done


@contextmanager
def _spooled(paths: Sequence[Path], form: str, by: Workers, count: Count) -> Iterator[Done]:
    found = contents(paths)
    with TemporaryDirectory(prefix="mandata-", ignore_cleanup_errors=True) as folder:
        yield run(found, form, Folder(Path(folder), form, lasting=False), by, count)


def records(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Return the record of each text, in the order given."""
    return [json.loads(line) for line in convert(paths, "jsonl")]


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a release: what the gate found, and the release itself, which there is only where it passed."""

    examined: Examined
    release: Release | None


_TWINS = ("ttl", "jsonld", "nt", "json")  # what `publish.files` puts beside the page of each document


def publish(  # noqa: PLR0913, PLR0917 - what the command takes
    kb: Path, out: Path, version: str, day: str, prior: Path | None, expected: Path | None, progress: Progress
) -> Published:
    """Publish a knowledge base in a folder, whole or not at all; where the gate finds a fault, nothing is written.

    The day is that of the newest document, and the version is the day, where they are not given. Without ``prior``,
    the release that stands in the folder is the one before.

    Raises:
        MandataError: there is no knowledge base; the folder holds something else; the version or the day is none.
    """
    knowledge, statements = Knowledge(kb, progress), read_statements(kb)
    day = day or statements.newest_date
    release = following(prior or out, statements, version or day, day)
    bounds = [from_report(report_of(kb)), *([read_expected(expected)] if expected else [])]
    examined = examine(release.statements, knowledge.closure, bounds)
    if not examined.passed:
        return Published(examined, None)
    progress("writing")
    release = replace(release, gate=examined.figures)
    settings = Settings(twins=_TWINS, dataset=schema_org.announced(release.edition))
    site = pages(release.statements, Embedded(knowledge.store), teller(knowledge), settings)
    put(out, files(release, site))
    return Published(examined, release)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of a knowledge base found, for a person and for a program."""

    ok: bool
    lines: tuple[str, ...]
    json: dict[str, Any]


def check(kb: Path, language: str = "en") -> Checked:
    """Hold a knowledge base against the shapes, look for contradictions, and count what is cited but not held.

    Only shapes and contradictions can fail it; what is not held is told.

    Raises:
        MandataError: there is no knowledge base.
    """
    knowledge = Knowledge(kb)
    words = knowledge.words(language)
    violations = find_violations(knowledge.asserted, shipped("ontology/shapes.ttl"))
    contradictions = knowledge.closure.contradictions
    missing = answer(load_questions()["missing-documents"], {}, Embedded(knowledge.store), language).rows
    found: dict[str, Any] = {
        "shapes": [{"thing": v.thing, "message": v.words(language), "value": v.value} for v in violations],
        "contradictions": [],
        "missing": len(missing),
    }
    told: list[str] = []
    if contradictions:
        conflicts = knowledge.conflicts(contradictions)
        told = list(conflict_lines(conflicts, words, knowledge.facts))
        found |= conflicts_json(conflicts, words, knowledge.facts)
    lines = (
        f"shapes: {len(violations)} violations",
        *(f"  {shorten(v.thing)}: {v.words(language)}" for v in violations),
        f"consistency: {len(contradictions)} contradictions",
        *(f"  {line}" for line in told),
        f"completeness: {len(missing)} documents are cited but not held (mandata ask missing-documents)",
    )
    return Checked(not violations and not contradictions, lines, found)
