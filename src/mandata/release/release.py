"""One release: its statements, its files in their order, and writing them in place of the release before, atomically.

Dumps, vocabularies and documents come first, then the feed and the pages, then the descriptions of the files, and last
the checksums of all.
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
from mandata.release.describe.terms import to_turtle
from mandata.release.describe.void import void
from mandata.release.edition import Edition
from mandata.release.files import File, documents, dumps, evidence_files, vocabularies
from mandata.release.manifest import SUMS, Manifest

RELEASE: Final = swap.FolderKind("release", (SUMS, CRATE))


@dataclass(frozen=True)
class Release:
    """What is published: the statements, the fragments of the feed up to this release, and the figures of the gate."""

    statements: Statements
    edition: Edition
    fragments: tuple[feed.Fragment, ...]
    gate: Mapping[str, int] = field(default_factory=dict)
    evidence: EvidenceIndex | None = None
    """The evidence of the statements; None if it is not published."""

    @cached_property
    def identity(self) -> str:
        """The SHA-256 of the canonical N-Quads of all statements, which identifies the release."""
        checksum = sha256()
        for block in self.statements.together.blocks():
            checksum.update(block)
        return checksum.hexdigest()


def next_release(prior: Path, statements: Statements, version: str, day: str) -> Release:
    """Return the release that follows the one in a folder.

    Args:
        prior: the folder of the release before; if there is none in it, this is the first release.
        statements: the statements of the knowledge base.
        version: the version of the release.
        day: the date of the release as ISO 8601 writes it.

    Raises:
        MandataError: the version or the day is malformed; the feed of the prior release is damaged.
    """
    recover(prior)
    history = feed.read_history(prior, version)
    edition = Edition(version, day, history[-1].version if history else "")
    before = feed.quads_of(feed.replay(history))
    gone = deprecations(before, statements.together, edition)
    whole = Statements(statements.asserted, statements.inferred, gone)
    last = feed.next_fragment(history, whole.together, edition)
    return Release(whole, edition, (*history, last))


def release_files(release: Release, pages: Iterable[File] = ()) -> Iterator[File]:
    """Yield every file of a release, the checksums last; ``pages`` are the files of the static site."""
    manifest = Manifest()
    yield from manifest.record(_data_files(release))
    yield from manifest.record(pages)
    yield from manifest.record(_description_files(release, manifest))
    yield from manifest.record([(CRATE, crate(release.edition, release.identity, dict(manifest.entries)))])
    yield manifest.checksum_file()


def write_release(target: Path, files: Iterable[File]) -> None:
    """Write the ``files`` of a release to the folder ``target`` atomically, in place of the release there.

    Raises:
        MandataError: the folder holds something else, or cannot be written.
    """
    with swap.changing(target, RELEASE) as folder:
        for path, data in files:
            write_whole(folder / path, data, durable=False)  # all are flushed to the disk together, at the end


def _data_files(release: Release) -> Iterator[File]:
    context = context_of(axioms())
    yield from dumps(release.statements, release.edition)
    yield from vocabularies(context)
    yield from documents(release.statements, context)
    if release.evidence:
        yield from evidence_files(release.statements, release.evidence, release.edition)
    yield from feed.feed(release.fragments)


def _description_files(release: Release, manifest: Manifest) -> Iterator[File]:
    statements, edition, identity = release.statements, release.edition, release.identity
    void_turtle = to_turtle(void(statements, edition))
    yield "void.ttl", void_turtle
    yield VOID, void_turtle
    yield "dcat.ttl", to_turtle(dcat(edition, identity, manifest.entries))
    yield "provenance.ttl", to_turtle(provenance(statements, edition))
    yield "quality.ttl", to_turtle(quality(statements, edition, release.gate))
    yield "service.ttl", to_turtle(service(statements, edition))
    yield "dataset.jsonld", schema_org.dataset(edition, identity, manifest.entries)
