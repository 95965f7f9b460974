"""The stages in order: texts are read, identified, stated, closed, stored; what is stored is explained and checked.

bytes -> SourceText -> Document -> citations, mentions, mandates (each text alone) -> identities (of all) -> asserted
graphs -> inferred graph -> knowledge base. What is done for each text is done by ``ingest``, in any process.
Only there do the writing wing and the reading wing meet.
"""

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
from mandata.release.gate import Examined, examine, kept_in
from mandata.release.release import Release, files, following, put
from mandata.site import Settings, pages, stored
from mandata.site.page_proofs import teller
from mandata.validation.violation import Violation, read_violations

Progress = Callable[[str], object]
ENGINES: Final = ("kept", "pyshacl")
"""Where the violations of shapes come from: what was found when the knowledge base was built, or pyshacl, anew."""


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
    knowledge = Knowledge(kb, progress)
    base, statements = knowledge.base, knowledge.base.statements
    day = day or statements.newest_date
    release = following(prior or out, statements, version or day, day)
    bounds = [from_report(base.report), *([read_expected(expected)] if expected else [])]
    examined = examine(release.statements, kept_in(base), bounds)
    if not examined.passed:
        return Published(examined, None)
    progress("writing")
    release = replace(release, gate=examined.figures, evidence=base.evidence)
    settings = Settings(twins=_TWINS, dataset=schema_org.announced(release.edition))
    collection = stored(knowledge.store, release.statements.deprecated, knowledge.evidence)
    site = pages(collection, Embedded(knowledge.store), teller(knowledge), settings)
    put(out, files(release, site))
    return Published(examined, release)


def _violations(kb: KnowledgeBase, engine: str) -> Sequence[Violation]:
    if engine not in ENGINES:
        raise MandataError("engine", f"no engine is called {engine}", "", f"use one of {', '.join(ENGINES)}")
    if engine == "kept":
        return read_violations(kb.violations)
    from mandata.validation.pyshacl_engine import find_violations

    return find_violations(kb.asserted)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of a knowledge base found, for a person and for a program."""

    ok: bool
    lines: tuple[str, ...]
    json: dict[str, Any]


def check(kb: Path, language: str = "en", engine: str = "kept") -> Checked:
    """Return which shapes a knowledge base violates, what contradicts in it, and how much is cited but not held.

    Shapes and contradictions were looked for when it was built; what was found then is read. A check fails by
    these alone, or if the knowledge base was built by another version of mandata, or altered since.

    Args:
        kb: the folder of the knowledge base.
        language: that of the words.
        engine: ``kept`` to read the violations found when it was built, ``pyshacl`` to look for them anew.

    Raises:
        MandataError: there is no knowledge base, or no such engine.
    """
    knowledge = Knowledge(kb)
    base, words = knowledge.base, knowledge.words(language)
    violations, contradictions = _violations(base, engine), base.contradictions
    missing = answer(load_questions()["missing-documents"], {}, Embedded(knowledge.store), language).rows
    found: dict[str, Any] = {
        "shapes": [{"thing": v.thing, "message": v.words(language), "value": v.value} for v in violations],
        "contradictions": [],
        "missing": len(missing),
        "stale": base.is_stale,
        "altered": list(base.altered_files),
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
        *_staleness(base),
    )
    return Checked(not (violations or contradictions or found["stale"] or found["altered"]), lines, found)


def _staleness(base: KnowledgeBase) -> Iterator[str]:
    mend = "build it again (mandata build)"
    if base.is_stale:
        yield f"staleness: mandata {base.built_by} built it with other code, ontology, rules or data: {mend}"
    for name in base.altered_files:
        yield f"staleness: {name} is not as it was built: {mend}"
