"""The language versions of one document: which speaks for it, what the others add, and where they differ."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from mandata.document.model import Paragraph
from mandata.errors import Issue
from mandata.graph.citations import state_citations, state_mentions
from mandata.graph.divisions import state_divisions
from mandata.graph.document import state_version
from mandata.graph.evidence import Witness
from mandata.graph.operators import translations
from mandata.graph.paragraphs import state_parts
from mandata.graph.statements import words
from mandata.identity.model import Identity
from mandata.reading import Reading


def leading(readings: Sequence[Reading]) -> Reading:
    """Return the reading that speaks for a document: of the language it was written in, else the first by checksum."""
    ordered = sorted(readings, key=lambda reading: reading.document.source.sha256)
    heads = (reading.document.masthead.original_language for reading in ordered)
    original = next((head.value for head in heads if head), None)
    return next((r for r in ordered if original and r.document.language == original), ordered[0])


def state_other(reading: Reading, identity: Identity, local: str, witness: Witness, stated: Collection[str]) -> None:
    """State what another language version says than that which speaks for the document.

    Args:
        reading: the version.
        identity: the document's identity.
        local: its local name.
        witness: takes the statements.
        stated: the paths of the parts that the versions before have stated.

    Its title and the words of its paragraphs are of its language. What it cites, names and calls stands beside what the
    other does: it is the same statement, attested once more, or one that the other lacks.
    """
    document = reading.document
    state_version(reading, local, witness)
    if document.title:
        title = words(document.title.chars, document.language)
        witness.at(*document.title.runs()).add(local, "title", title)
    state_parts(reading, local, witness, stated)
    state_divisions(reading, identity, local, witness, stated)
    state_citations(reading, identity, local, witness)
    state_mentions(reading, local, witness)


def difference(reading: Reading, leader: Reading) -> Iterator[Issue]:
    """Yield one Issue with all differences between two versions, by paragraph; none if they agree."""
    by_topic: dict[str, list[str]] = {}
    for topic, said in _differences(reading, leader):
        by_topic.setdefault(topic, []).append(said)
    if by_topic:
        versions = f"the {reading.document.language} version differs from the {leader.document.language} one"
        listed = "; ".join(f"{topic}: {', '.join(places)}" for topic, places in by_topic.items())
        yield Issue("versions-differ", f"{versions}: {listed}")


def _differences(reading: Reading, leader: Reading) -> Iterator[tuple[str, str]]:
    """Yield in what two versions differ, such as operators, and where and how."""
    ours = {p.path: p for p in reading.document.body()}
    theirs = {p.path: p for p in leader.document.body()}
    for path in (path for path in (*theirs, *ours) if (path in ours) != (path in theirs)):
        yield f"paragraphs in {'the one' if path in ours else 'the other'} only", path
    for path in (path for path in ours if path in theirs):
        yield from _between(ours[path], theirs[path])
        yield from _citation_differences(path, reading, leader)
    if len(reading.document.footnotes) != len(leader.document.footnotes):
        yield "notes", f"{len(reading.document.footnotes)} for {len(leader.document.footnotes)}"
    for name in ("adopted", "distribution_date"):
        said, other = (getattr(r.document.masthead, name) for r in (reading, leader))
        if said and other and said.value != other.value:
            yield name.replace("_", " "), f"{said.value} for {other.value}"


def _between(ours: Paragraph, theirs: Paragraph) -> Iterator[tuple[str, str]]:
    said, other = (p.operator.concept if p.operator else None for p in (ours, theirs))
    if said != other and (said, other) not in translations():
        yield "operators", f"{ours.path} {said or 'unknown'} for {other or 'unknown'}"
    said_calls, other_calls = ([call.number for call in p.calls] for p in (ours, theirs))
    if sorted(said_calls) != sorted(other_calls):
        yield (
            "notes called",
            f"{ours.path} {' and '.join(said_calls) or 'none'} for {' and '.join(other_calls) or 'none'}",
        )


def _citation_differences(path: str, reading: Reading, leader: Reading) -> Iterator[tuple[str, str]]:
    said, other = ({c.target for c in r.citations.found if c.path == path} for r in (reading, leader))
    if said - other:
        yield "cited in the one only", f"{path} {' and '.join(sorted(said - other))}"
    if other - said:
        yield "cited in the other only", f"{path} {' and '.join(sorted(other - said))}"
