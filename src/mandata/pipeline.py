"""The stages in order: texts are read, identified, stated, closed, stored; what is stored is explained and checked.

bytes -> SourceText -> Document -> citations, mentions, mandates (each text alone) -> identities (of all) -> asserted
graphs -> inferred graph -> knowledge base. What is done for each text is done by ``batch``, in any process.
Only in these two rooms do the writing wing and the reading wing meet.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyoxigraph as ox

from mandata.batch import output
from mandata.batch.files import contents
from mandata.batch.folder import Folder
from mandata.batch.limits import DEFAULT, Limits
from mandata.batch.run import Count, Done, run, uncounted
from mandata.batch.workers import Workers, workers
from mandata.catalogue import Record, shipped_catalogue
from mandata.entities import shipped_entities
from mandata.graph.build import build_facts
from mandata.iris import graph
from mandata.proof.conflict import conflict_lines, conflicts_json
from mandata.proof.knowledge import STEPS, Knowledge, close_as_built
from mandata.publish import dump
from mandata.question.answer import answer
from mandata.question.header import load as load_questions
from mandata.question.source import Embedded
from mandata.question.things import shorten
from mandata.reason.facts import Closure
from mandata.reason.shapes import find_violations
from mandata.reason.steps import write_steps
from mandata.resources import shipped
from mandata.store import embedded, swap
from mandata.store.atomic import write_whole

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


def build(
    paths: Sequence[Path], out: Path, progress: Progress, jobs: int = 1, count: Count = uncounted
) -> dict[str, object]:
    """Build a knowledge base in a folder, whole or not at all, and return its report.

    Raises:
        MandataError: nothing readable among the paths; the folder holds something else. Contradictions are told in the
            report, and fail ``check``.
    """
    progress("reading")
    with _spooled(paths or [shipped("data/texts")], "nquads", workers(jobs), count) as done:
        quads = [quad for text in output.stream(done, "nquads") for quad in ox.parse(text, format=ox.RdfFormat.N_QUADS)]
        texts = list(done.report())
    recorded = _recorded({text.get("symbol") for text in texts})
    asserted = [*quads, *build_facts(recorded, shipped_entities()), *_schemes()]
    progress("reasoning")
    closure = close_as_built(asserted)
    report = _report(texts, asserted, closure)
    folder = swap.staging(out)
    try:
        progress("writing")
        _write(folder, asserted, closure, report)
    except BaseException:
        swap.discard(out)
        raise
    swap.put_in_place(out)
    return report


def _recorded(held: Container[str | None]) -> list[Record]:
    """Return the catalogue; what a document cites is known by record only until its text is held."""
    return [replace(one, cites=()) if one.symbol in held else one for one in shipped_catalogue()]


def _parsed(relative: str, name: str = "") -> list[ox.Quad]:
    place = ox.NamedNode(graph(name)) if name else ox.DefaultGraph()
    return [ox.Quad(q.subject, q.predicate, q.object, place) for q in ox.parse(path=str(shipped(relative)))]


def _schemes() -> list[ox.Quad]:
    folder = shipped("ontology/schemes")
    return [
        quad for path in sorted(folder.glob("*.ttl")) for quad in _parsed(f"ontology/schemes/{path.name}", "schemes")
    ]


def _write(folder: Path, asserted: list[ox.Quad], closure: Closure, report: dict[str, object]) -> None:
    place = ox.NamedNode(graph("inferred"))
    inferred = [ox.Quad(t.subject, t.predicate, t.object, place) for t in closure.published]
    axioms = [*_parsed("ontology/mandata.ttl", "ontology"), *_parsed("ontology/alignments.ttl", "alignments")]
    embedded.create(folder / embedded.STORE, [*asserted, *inferred, *axioms])
    write_steps(folder / STEPS, closure.steps)
    for name, text in (
        ("mandata.ttl", dump.turtle(asserted)),
        ("mandata.trig", dump.trig(asserted)),
        ("mandata.nq", dump.nquads(asserted)),
        ("inferred.nq", dump.nquads(inferred)),
        ("report.json", json.dumps(report, ensure_ascii=False, indent=2) + "\n"),
    ):
        write_whole(folder / name, text)


def _report(files: Iterable[dict[str, Any]], asserted: list[ox.Quad], closure: Closure) -> dict[str, object]:
    """Return what came out, counted, and every doubt by file; a file is told by its name, the files sorted by it."""
    texts, lost = [], []
    for one in files:
        shown = {"file": Path(one["source"]).name} | one
        lost += [{"file": shown["file"], **one["unread"]}] if "unread" in one else []
        texts += [] if "unread" in one else [{name: shown[name] for name in _TOLD_OF_A_TEXT}]
    return {
        "documents": sum(1 for text in texts if text["kind"] != "other"),
        "asserted_statements": len(set(asserted)),
        "inferred_statements": len(closure.published),
        "contradictions": len(closure.contradictions),
        "issues": sum(len(text["issues"]) + len(text["unresolved"]) for text in texts) + len(lost),
        "texts": sorted(texts, key=lambda text: (text["file"], text["sha256"])),
        "unread": sorted(lost, key=lambda one: (one["file"], one["code"], one["message"])),
    }


_TOLD_OF_A_TEXT = ("file", "sha256", "kind", "symbol", "certainty", "issues", "unresolved")


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
