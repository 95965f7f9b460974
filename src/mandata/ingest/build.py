"""A knowledge base is built from texts, and changed: texts come, documents go; changed is the same as built anew.

The folder keeps the texts as received (``texts``) and what was found in each alone (``shards``). A change links to both
and reads only what is new, or what the new texts tell otherwise; it is written beside and put in place whole.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from mandata.errors import MandataError
from mandata.ingest.assembly import Progress, assemble
from mandata.ingest.batch import Batch
from mandata.ingest.document_tasks import ATTESTED
from mandata.ingest.files import Content, contents
from mandata.ingest.folder import Folder
from mandata.ingest.passes import Count, no_count, run
from mandata.ingest.texts import drop, keep, texts
from mandata.ingest.workers import workers
from mandata.kb import layout, swap
from mandata.kb.knowledge_base import KnowledgeBase
from mandata.kb.lock import WAIT
from mandata.package_data import shipped_path
from mandata.query.source import Embedded
from mandata.query.terms import thing
from mandata.rdf.namespaces import ID, MD
from mandata.un.document_names import document_name

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """What a change did: the entries of the report that came and went, and the report as it is now."""

    added: list[Json]
    removed: list[Json]
    report: Json


@dataclass(frozen=True, slots=True)
class ChangeOptions:
    """How a change is made.

    Args:
        progress: is called with the name of each stage.
        jobs: the number of processes that read.
        count: is given how many texts are done, and of how many.
        wait: the seconds to wait for a change by another process to end.
        evidence_in_store: whether the store holds the evidence of each statement too, in graphs apart.
    """

    progress: Progress = str
    jobs: int = 1
    count: Count = field(default=no_count)
    wait: float = WAIT
    evidence_in_store: bool = False


def build(  # noqa: PLR0913, PLR0917 - what the command takes
    paths: Sequence[Path],
    out: Path,
    progress: Progress = str,
    jobs: int = 1,
    count: Count = no_count,
    wait: float = WAIT,
    evidence_in_store: bool = False,
) -> Json:
    """Build a knowledge base in a folder, whole or not at all, and return its report.

    Raises:
        MandataError: nothing readable among the paths; the folder holds something else, or is being changed.
            Contradictions are in the report, and fail ``check``.
    """
    given = contents(paths or [shipped_path("data/texts")])
    unread = [content for content in given if content.fault]
    options = ChangeOptions(progress, jobs, count, wait, evidence_in_store)
    with swap.changing(out, wait=wait, say=progress) as folder:
        keep(given, folder / layout.TEXTS)
        return _fill(folder, options, unread)


def add(paths: Sequence[Path], kb: Path, options: ChangeOptions = ChangeOptions()) -> Change:
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
    with swap.changing(kb, wait=options.wait, say=options.progress) as folder:
        before = report_of(kb)
        _link(kb, folder)
        keep(given, folder / layout.TEXTS)
        after = _fill(folder, _as_before(options, before), refuse=lambda batch: _refuse(batch, given))
    return _change(before, after)


def remove(name: str, kb: Path, options: ChangeOptions = ChangeOptions()) -> Change:
    """Remove all texts of a document from a knowledge base in place; the same result as building it anew without them.

    The document is named as questions name it: by its symbol in any spelling, its title, or its local name
    (``unidentified-1a2b3c4d``).

    Raises:
        MandataError: there is no text of it, or of nothing else; there is no such knowledge base, or another process
            changes it for too long. It then stands as it was.
    """
    report_of(kb)  # no lock is left where there is nothing to change
    with swap.changing(kb, wait=options.wait, say=options.progress) as folder:
        before = report_of(kb)
        gone = _checksums_of(name, before, kb)
        if len(gone) == len({text["sha256"] for text in before["texts"]}):
            raise MandataError("last-text", "holds no other document", str(kb), "build another knowledge base instead")
        _link(kb, folder)
        drop(folder / layout.TEXTS, gone)
        after = _fill(folder, _as_before(options, before))
    return _change(before, after)


def _as_before(options: ChangeOptions, report: Json) -> ChangeOptions:
    """Return how to change a knowledge base, so that its store goes on to hold evidence if it does."""
    return replace(options, evidence_in_store=bool(report.get("evidence_in_store")))


def _fill(
    folder: Path,
    options: ChangeOptions,
    unread: Sequence[Content] = (),
    refuse: Callable[[Batch], None] = lambda _: None,
) -> Json:
    """Fill a folder with the knowledge base of the texts that it holds, unless they are refused."""
    options.progress("reading")
    shards = Folder(folder / layout.SHARDS, ATTESTED, durable=False)  # the whole folder is made to last at the end
    batch = run([*texts(folder / layout.TEXTS), *unread], ATTESTED, shards, workers(options.jobs), options.count)
    refuse(batch)
    return assemble(folder, batch, options.progress, evidence_in_store=options.evidence_in_store)


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


def _checksums_of(name: str, report: Json, kb: Path) -> set[str]:
    """Return the checksums of the texts of a document."""
    document = thing(name, MD + "Document", "", Embedded(KnowledgeBase(kb).store)).value.removeprefix(ID)
    checksums = {t["sha256"] for t in report["texts"] if document_name(t["symbol"], t["sha256"]) == document}
    if not checksums:
        message = f"no text of {name} is held, it is only cited or known by record"
        raise MandataError("not-found", message, str(kb), f"{layout.REPORT} there names what is held")
    return checksums


def _change(before: Json, after: Json) -> Change:
    def entries(report: Json) -> dict[tuple[str, str], Json]:
        return {(text["file"], text["sha256"]): text for text in report["texts"]}

    old, new = entries(before), entries(after)
    added, removed = ([one for key, one in a.items() if key not in b] for a, b in ((new, old), (old, new)))
    return Change(added, removed, after)
