"""A knowledge base is built from texts, and changed: texts come, documents go; changed is the same as built anew.

The folder keeps the texts as received (``texts``) and what was found in each alone (``shards``). A change links to both
and reads only what is new, or what the new texts tell otherwise; it is written beside and put in place whole.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from mandata.atomic_files import write_whole
from mandata.errors import MandataError
from mandata.graph.build import build_facts
from mandata.ingest import output
from mandata.ingest.batch import Batch
from mandata.ingest.document_tasks import ATTESTED
from mandata.ingest.files import Content, contents
from mandata.ingest.folder import Folder
from mandata.ingest.passes import Count, run, uncounted
from mandata.ingest.texts import drop, keep, texts
from mandata.ingest.workers import workers
from mandata.kb import layout, swap
from mandata.kb import store as embedded
from mandata.kb.evidence import EvidenceIndex, evidence_graphs, write_evidence
from mandata.kb.knowledge_base import KnowledgeBase, describe
from mandata.kb.lock import WAIT
from mandata.kb.statements import axioms
from mandata.package_data import shipped_path
from mandata.query.search.index import write_index
from mandata.query.source import Embedded
from mandata.query.terms import thing
from mandata.rdf.canonical import canonicalize, nquads
from mandata.rdf.evidence import Statement
from mandata.rdf.local_names import graph
from mandata.rdf.namespaces import ID, MD
from mandata.rdf.turtle import trig, turtle
from mandata.reason.close import close_as_built
from mandata.reason.contradiction_file import write_contradictions
from mandata.reason.facts import Closure
from mandata.reason.steps import write_steps
from mandata.un.catalogue import Record, shipped_catalogue
from mandata.un.document_names import document_name
from mandata.un.entities import shipped_entities
from mandata.validation.find import find_violations
from mandata.validation.violation import Violation, write_violations

Json = dict[str, Any]
Progress = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Change:
    """What a change did: the entries of the report that came and went, and the report as it is now."""

    added: list[Json]
    removed: list[Json]
    report: Json


@dataclass(frozen=True, slots=True)
class How:
    """How a change is made: whom progress is told, by how many processes, how long it waits for another's to end.

    ``evidence_in_store``: whether the store holds what attests each statement too, in graphs apart.
    """

    progress: Progress = str
    jobs: int = 1
    count: Count = field(default=uncounted)
    wait: float = WAIT
    evidence_in_store: bool = False


def build(  # noqa: PLR0913, PLR0917 - what the command takes
    paths: Sequence[Path],
    out: Path,
    progress: Progress = str,
    jobs: int = 1,
    count: Count = uncounted,
    wait: float = WAIT,
    evidence_in_store: bool = False,
) -> Json:
    """Build a knowledge base in a folder, whole or not at all, and return its report.

    Raises:
        MandataError: nothing readable among the paths; the folder holds something else, or is being changed.
            Contradictions are told in the report, and fail ``check``.
    """
    given = contents(paths or [shipped_path("data/texts")])
    unread = [content for content in given if content.fault]
    how = How(progress, jobs, count, wait, evidence_in_store)
    with swap.changing(out, wait=wait, say=progress) as folder:
        keep(given, folder / layout.TEXTS)
        return _fill(folder, how, unread)


def add(paths: Sequence[Path], kb: Path, how: How = How()) -> Change:
    """Add texts to a knowledge base in place; the same result as building it anew with them.

    Raises:
        MandataError: a path is missing or cannot be read; none of the texts holds anything; there is no such knowledge
            base, or another process changes it for too long. It then stands as it was.
    """
    report_of(kb)  # no lock is left where there is nothing to change
    given = contents(paths)
    for content in given:
        if content.fault:
            raise content.fault.error(content.paths[0])
    with swap.changing(kb, wait=how.wait, say=how.progress) as folder:
        before = report_of(kb)
        _link(kb, folder)
        keep(given, folder / layout.TEXTS)
        after = _fill(folder, _as_before(how, before), refuse=lambda batch: _refuse(batch, given))
    return _change(before, after)


def remove(name: str, kb: Path, how: How = How()) -> Change:
    """Remove all texts of a document from a knowledge base in place; the same result as building it anew without them.

    The document is named as questions name it: by its symbol in any spelling, its title, or its local name
    (``unidentified-1a2b3c4d``).

    Raises:
        MandataError: no text of it is held, or no other is; there is no such knowledge base, or another process
            changes it for too long. It then stands as it was.
    """
    report_of(kb)  # no lock is left where there is nothing to change
    with swap.changing(kb, wait=how.wait, say=how.progress) as folder:
        before = report_of(kb)
        gone = _held(name, before, kb)
        if len(gone) == len({text["sha256"] for text in before["texts"]}):
            raise MandataError("last-text", "holds no other document", str(kb), "build another knowledge base instead")
        _link(kb, folder)
        drop(folder / layout.TEXTS, gone)
        after = _fill(folder, _as_before(how, before))
    return _change(before, after)


def _as_before(how: How, report: Json) -> How:
    """Return how to change a knowledge base, so that its store goes on to hold evidence if it does."""
    return replace(how, evidence_in_store=bool(report.get("evidence_in_store")))


def _fill(
    folder: Path,
    how: How,
    unread: Sequence[Content] = (),
    refuse: Callable[[Batch], None] = lambda _: None,
) -> Json:
    """Fill a folder with the knowledge base of the texts that it holds, unless they are refused."""
    how.progress("reading")
    shards = Folder(folder / layout.SHARDS, ATTESTED, durable=False)  # the whole folder is made to last at the end
    batch = run([*texts(folder / layout.TEXTS), *unread], ATTESTED, shards, workers(how.jobs), how.count)
    refuse(batch)
    return _written(folder, batch, how)


def _written(folder: Path, batch: Batch, how: How) -> Json:
    quads = list[ox.Quad]()
    write_evidence(folder / layout.EVIDENCE, _collected(output.statements(batch), quads))
    found = list(batch.report())
    recorded = _recorded({text.get("symbol") for text in found})
    asserted = [*quads, *build_facts(recorded, shipped_entities()), *_schemes()]
    how.progress("reasoning")
    closure = close_as_built(asserted)
    how.progress("validating")
    violations = find_violations(asserted)
    report = _report(found, asserted, closure) | {"violations": len(violations)}
    report |= {"evidence_in_store": True} if how.evidence_in_store else {}
    how.progress("writing")
    _write(folder, asserted, closure, violations, report)
    return report


def _collected(statements: Iterable[Statement], quads: list[ox.Quad]) -> Iterator[Statement]:
    """Yield statements, and put each, without its evidence, into a list."""
    for one in statements:
        quads.append(one.quad)
        yield one


def _link(kb: Path, folder: Path) -> None:
    """Let a new folder hold the texts and shards of a knowledge base, without copying their bytes.

    No file of these is ever changed in place, so that two folders may share it.
    """
    for part in (layout.TEXTS, layout.SHARDS):
        if not (kb / part).is_dir():
            raise MandataError("old-build", "keeps no texts to go on from", str(kb), "build the knowledge base again")
        try:
            shutil.copytree(kb / part, folder / part, copy_function=os.link)
        except (shutil.Error, OSError):  # a file system without links
            shutil.copytree(kb / part, folder / part, dirs_exist_ok=True)


def _refuse(batch: Batch, given: Sequence[Content]) -> None:
    """Refuse a change by which nothing would come that can be read."""
    first = given[0]
    if all(content.sha256 in batch.faults for content in given):
        raise batch.faults[first.sha256].error(first.paths[0])


def report_of(kb: Path) -> Json:
    """Return the report of a knowledge base, as ``build`` wrote it; raises MandataError where there is none."""
    with KnowledgeBase(kb) as opened:
        return opened.report


def _held(name: str, report: Json, kb: Path) -> set[str]:
    """Return the checksums of the texts of a document."""
    document = thing(name, MD + "Document", "", Embedded(KnowledgeBase(kb).store)).value.removeprefix(ID)
    held = {t["sha256"] for t in report["texts"] if document_name(t["symbol"], t["sha256"]) == document}
    if not held:
        said = f"no text of {name} is held, it is only cited or known by record"
        raise MandataError("not-found", said, str(kb), f"{layout.REPORT} there names what is held")
    return held


def _change(before: Json, after: Json) -> Change:
    def entries(report: Json) -> dict[tuple[str, str], Json]:
        return {(text["file"], text["sha256"]): text for text in report["texts"]}

    old, new = entries(before), entries(after)
    came, went = ([one for key, one in a.items() if key not in b] for a, b in ((new, old), (old, new)))
    return Change(came, went, after)


def _recorded(held: Container[str | None]) -> list[Record]:
    """Return the catalogue; what a document cites is known by record only until its text is held."""
    return [replace(one, cites=()) if one.symbol in held else one for one in shipped_catalogue()]


def _schemes() -> list[ox.Quad]:
    place, paths = ox.NamedNode(graph("schemes")), sorted(shipped_path("ontology/schemes").glob("*.ttl"))
    return [
        ox.Quad(one.subject, one.predicate, one.object, place) for path in paths for one in ox.parse(path=str(path))
    ]


def _write(
    folder: Path,
    asserted: list[ox.Quad],
    closure: Closure,
    violations: Sequence[Violation],
    report: dict[str, object],
) -> None:
    place = ox.NamedNode(graph("inferred"))
    inferred = [ox.Quad(t.subject, t.predicate, t.object, place) for t in closure.published]
    every = [*asserted, *inferred, *axioms()]
    with closing(EvidenceIndex(folder / layout.EVIDENCE)) as index:
        evidence = evidence_graphs(index) if report.get("evidence_in_store") else ()
        embedded.create(folder / layout.STORE, embedded.with_default_graph(chain(every, evidence)))
    write_index(folder / layout.SEARCH, every)
    write_steps(folder / layout.STEPS, closure.steps)
    write_contradictions(folder / layout.CONTRADICTIONS, closure.contradictions)
    write_violations(folder / layout.VIOLATIONS, violations)
    lines = canonicalize(asserted)
    for name, text in (
        (layout.ASSERTED_TURTLE, turtle(lines)),
        (layout.ASSERTED_TRIG, trig(lines)),
        (layout.ASSERTED, nquads(lines)),
        (layout.INFERRED, nquads(inferred)),
        (layout.REPORT, json.dumps(report, ensure_ascii=False, indent=2) + "\n"),
    ):
        write_whole(folder / name, text)
    describe(folder)


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
