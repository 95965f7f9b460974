"""What several packages do together on a knowledge base: check it, and publish it as a release with its site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from mandata.errors import MandataError
from mandata.kb.knowledge_base import KnowledgeBase
from mandata.proof.conflict import conflict_lines, conflicts_json
from mandata.proof.knowledge import Knowledge
from mandata.query.answer import answer
from mandata.query.display_names import shorten
from mandata.query.queryfile import load as load_questions
from mandata.query.source import Embedded
from mandata.release.describe import schema_org
from mandata.release.expectations import from_report, read_expected
from mandata.release.gate import GateResult, examine, read_build_findings
from mandata.release.release import Release, next_release, release_files, write_release
from mandata.site import SiteSettings, pages, stored_collection
from mandata.site.page_proofs import proof_writer
from mandata.validation.violation import Violation, read_violations

Progress = Callable[[str], object]
ENGINES: Final = ("kept", "pyshacl")
"""Sources of SHACL violations: ``kept`` reads those found at build time, ``pyshacl`` validates the data anew."""


@dataclass(frozen=True, slots=True)
class PublishResult:
    """The findings of the gate, and the release; None if a check failed."""

    gate: GateResult
    release: Release | None


_DATA_FORMATS = ("ttl", "jsonld", "nt", "json")  # that `release.files` writes for each document


def publish(  # noqa: PLR0913, PLR0917 - what the command takes
    kb: Path, out: Path, version: str, day: str, prior: Path | None, expected: Path | None, progress: Progress
) -> PublishResult:
    """Publish a knowledge base as a release, atomically; if a check of the gate fails, nothing is written.

    Args:
        kb: the folder of the knowledge base.
        out: the folder of the release.
        version: the version of the release; if empty, its date.
        day: the date of the release as ISO 8601 writes it; if empty, the date of the newest document.
        prior: the folder of the release before; if None, ``out``.
        expected: a YAML file with bounds for the number of things; None for no bounds.
        progress: is called with a line for each stage.

    Raises:
        MandataError: there is no knowledge base; the folder holds something else; the version or the day is malformed.
    """
    knowledge = Knowledge(kb, progress)
    base, statements = knowledge.base, knowledge.base.statements
    day = day or statements.newest_date
    release = next_release(prior or out, statements, version or day, day)
    bounds = [from_report(base.report), *([read_expected(expected)] if expected else [])]
    gate = examine(release.statements, read_build_findings(base), bounds)
    if not gate.passed:
        return PublishResult(gate, None)
    progress("writing")
    release = replace(release, gate=gate.figures, evidence=base.evidence)
    settings = SiteSettings(data_formats=_DATA_FORMATS, dataset=schema_org.dataset_metadata(release.edition))
    collection = stored_collection(knowledge.store, release.statements.deprecated, knowledge.evidence)
    site = pages(collection, Embedded(knowledge.store), proof_writer(knowledge), settings)
    write_release(out, release_files(release, site))
    return PublishResult(gate, release)


def _violations(kb: KnowledgeBase, engine: str) -> Sequence[Violation]:
    if engine not in ENGINES:
        raise MandataError("engine", f"no engine is called {engine}", "", f"use one of {', '.join(ENGINES)}")
    if engine == "kept":
        return read_violations(kb.violations)
    from mandata.validation.pyshacl_engine import find_violations

    return find_violations(kb.asserted)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of a check of a knowledge base, as lines for a person and as JSON for a program."""

    ok: bool
    lines: tuple[str, ...]
    json: dict[str, Any]


def check(kb: Path, language: str = "en", engine: str = "kept") -> CheckResult:
    """Return the SHACL violations and contradictions of a knowledge base, and how many cited documents it lacks.

    Violations and contradictions were found when it was built, and are read from it. The check fails if there are any,
    if another version of mandata built the knowledge base, or if a file of it was altered since.

    Args:
        kb: the folder of the knowledge base.
        language: the language of the messages.
        engine: ``kept`` to read the violations found at build time, ``pyshacl`` to validate anew.

    Raises:
        MandataError: there is no knowledge base, or no such engine.
    """
    knowledge = Knowledge(kb)
    base, verbalizer = knowledge.base, knowledge.verbalizer(language)
    violations, contradictions = _violations(base, engine), base.contradictions
    missing = answer(load_questions()["missing-documents"], {}, Embedded(knowledge.store), page=slice(0)).total
    report: dict[str, Any] = {
        "shapes": [{"thing": v.thing, "message": v.words(language), "value": v.value} for v in violations],
        "contradictions": [],
        "missing": missing,
        "stale": base.is_stale,
        "altered": list(base.altered_files),
    }
    conflict_report: list[str] = []
    if contradictions:
        conflicts = knowledge.conflicts(contradictions)
        conflict_report = list(conflict_lines(conflicts, verbalizer, knowledge.facts))
        report |= conflicts_json(conflicts, verbalizer, knowledge.facts)
    lines = (
        f"shapes: {len(violations)} violations",
        *(f"  {shorten(v.thing)}: {v.words(language)}" for v in violations),
        f"consistency: {len(contradictions)} contradictions",
        *(f"  {line}" for line in conflict_report),
        f"completeness: {missing} documents are cited but not held (mandata ask missing-documents)",
        *_staleness(base),
    )
    return CheckResult(not (violations or contradictions or report["stale"] or report["altered"]), lines, report)


def _staleness(base: KnowledgeBase) -> Iterator[str]:
    mend = "build it again (mandata build)"
    if base.is_stale:
        yield f"staleness: mandata {base.built_by} built it with other code, ontology, rules or data: {mend}"
    for name in base.altered_files:
        yield f"staleness: {name} is not as it was built: {mend}"
