"""One release: all of its files in their order, written beside the last one and put in its place when whole.

Dumps, vocabularies and documents come first, then the feed and the pages; what describes them comes after them, and
the checksums of all come last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Final

from mandata.atomic_files import write_whole
from mandata.kb import swap
from mandata.kb.evidence import EvidenceIndex
from mandata.kb.recovery import recover
from mandata.kb.statements import Statements, axioms
from mandata.rdf.json_ld import context_of
from mandata.release import event_stream as feed
from mandata.release.deprecation import deprecations
from mandata.release.describe import schema_org
from mandata.release.describe.crate import CRATE, VOID, crate
from mandata.release.describe.dcat import dcat
from mandata.release.describe.provenance import provenance
from mandata.release.describe.quality import quality
from mandata.release.describe.service import service
from mandata.release.describe.terms import written
from mandata.release.describe.void import void
from mandata.release.edition import Edition
from mandata.release.files import File, documents, dumps, evidence_files, vocabularies
from mandata.release.manifest import SUMS, Ledger

RELEASE: Final = swap.FolderKind("release", (SUMS, CRATE))


@dataclass(frozen=True)
class Release:
    """What is published: the statements, their names, the fragments of the feed up to this one, figures of the gate."""

    statements: Statements
    edition: Edition
    fragments: tuple[feed.Fragment, ...]
    gate: Mapping[str, int] = field(default_factory=dict)
    evidence: EvidenceIndex | None = None
    """What attests the statements; None where it is not published."""

    @cached_property
    def identity(self) -> str:
        """The SHA-256 of the canonical N-Quads of all statements, by which the release is known."""
        found = sha256()
        for block in self.statements.together.blocks():
            found.update(block)
        return found.hexdigest()


def following(prior: Path, statements: Statements, version: str, day: str) -> Release:
    """Return the release that comes after the one in the folder ``prior``, or the first where none stands there.

    Raises:
        MandataError: the version or the day is none; the feed of the prior release is damaged.
    """
    recover(prior)
    history = feed.read_history(prior, version)
    edition = Edition(version, day, history[-1].version if history else "")
    before = feed.quads_of(feed.replay(history))
    gone = deprecations(before, statements.together, edition)
    whole = Statements(statements.asserted, statements.inferred, gone)
    last = feed.next_fragment(history, whole.together, edition)
    return Release(whole, edition, (*history, last))


def files(release: Release, pages: Iterable[File] = ()) -> Iterator[File]:
    """Yield every file of a release, by its path, the checksums last; ``pages`` are those of the site."""
    ledger = Ledger()
    yield from ledger.kept(_carrying(release))
    yield from ledger.kept(pages)
    yield from ledger.kept(_describing(release, ledger))
    yield from ledger.kept([(CRATE, crate(release.edition, release.identity, dict(ledger.entries)))])
    yield ledger.sums()


def put(target: Path, found: Iterable[File]) -> None:
    """Write the files of a release to a folder, whole or not at all; the last release stands until then.

    Raises:
        MandataError: the folder holds something else, or cannot be written.
    """
    with swap.changing(target, RELEASE) as folder:
        for path, data in found:
            write_whole(folder / path, data, durable=False)  # all are made to last together, before the last step


def _carrying(release: Release) -> Iterator[File]:
    context = context_of(axioms())
    yield from dumps(release.statements, release.edition)
    yield from vocabularies(context)
    yield from documents(release.statements, context)
    if release.evidence:
        yield from evidence_files(release.statements, release.evidence, release.edition)
    yield from feed.feed(release.fragments)


def _describing(release: Release, ledger: Ledger) -> Iterator[File]:
    statements, edition, identity = release.statements, release.edition, release.identity
    counted = written(void(statements, edition))
    yield "void.ttl", counted
    yield VOID, counted
    yield "dcat.ttl", written(dcat(edition, identity, ledger.entries))
    yield "provenance.ttl", written(provenance(statements, edition))
    yield "quality.ttl", written(quality(statements, edition, release.gate))
    yield "service.ttl", written(service(statements, edition))
    yield "dataset.jsonld", schema_org.dataset(edition, identity, ledger.entries)
