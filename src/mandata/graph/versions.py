"""The language versions of one document: which speaks for it, what the others add, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mandata.document.model import Paragraph
from mandata.errors import Issue
from mandata.graph.citations import state_citations, state_mentions
from mandata.graph.document import state_version
from mandata.graph.evidence import Witness
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


def state_other(reading: Reading, leader: Reading, identity: Identity, local: str, witness: Witness) -> list[Issue]:
    """State what another language version says, and return where it differs from the one that speaks for the document.

    Its title and the words of its paragraphs are of its language. What it cites, names and calls stands beside what the
    other does: it is the same statement, attested once more, or one that the other lacks.
    """
    document = reading.document
    state_version(reading, local, witness)
    if document.title:
        witness.state(local, "title", words(document.title.chars, document.language), document.title.runs())
    state_parts(reading, local, witness, frozenset(p.path for p in leader.document.body()))
    state_citations(reading, identity, local, witness)
    state_mentions(reading, local, witness)
    place = f"the {document.language} version differs from the {leader.document.language} one"
    return [Issue("versions-differ", f"{place}: {said}") for said in _differences(reading, leader)]


def _differences(reading: Reading, leader: Reading) -> Iterator[str]:
    ours = {p.path: p for p in reading.document.body()}
    theirs = {p.path: p for p in leader.document.body()}
    for path in (path for path in (*theirs, *ours) if (path in ours) != (path in theirs)):
        yield f"{path} stands in {'the one' if path in ours else 'the other'} only"
    for path in (path for path in ours if path in theirs):
        yield from _between(ours[path], theirs[path])
        yield from _cited(path, reading, leader)
    if len(reading.document.footnotes) != len(leader.document.footnotes):
        yield f"{len(reading.document.footnotes)} notes for {len(leader.document.footnotes)}"
    for name in ("adopted", "distribution_date"):
        said, other = (getattr(r.document.masthead, name) for r in (reading, leader))
        if said and other and said.value != other.value:
            yield f"{name.replace('_', ' ')} {said.value} for {other.value}"


def _between(ours: Paragraph, theirs: Paragraph) -> Iterator[str]:
    said, other = (p.operator.concept if p.operator else None for p in (ours, theirs))
    if said != other:
        yield f"{ours.path} has the operator {said or 'unknown'} for {other or 'unknown'}"
    said_calls, other_calls = ([call.number for call in p.calls] for p in (ours, theirs))
    if sorted(said_calls) != sorted(other_calls):
        yield f"{ours.path} calls the notes {', '.join(said_calls) or 'none'} for {', '.join(other_calls) or 'none'}"


def _cited(path: str, reading: Reading, leader: Reading) -> Iterator[str]:
    said, other = ({c.target for c in r.citations.found if c.path == path} for r in (reading, leader))
    if said - other:
        yield f"{path} cites {', '.join(sorted(said - other))} more"
    if other - said:
        yield f"{path} does not cite {', '.join(sorted(other - said))}"
