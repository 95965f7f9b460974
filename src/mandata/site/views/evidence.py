"""The words in a file that statements were drawn from, listed with what they attest."""

from __future__ import annotations

from dataclasses import dataclass

from mandata.site.addresses import Address
from mandata.site.highlighting import Quoted
from mandata.site.labels import Link, Shown
from mandata.site.resources import Words, prefixed


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation, its characters in the file, of what it is evidence, and what it attests of that."""

    anchor: str
    quotation: Words
    start: str
    end: str
    of: tuple[Link, ...]
    attests: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class File:
    """A language version's file as received, and what was drawn from it.

    ``version`` is the anchor of the language version, at the first of its files alone.
    """

    anchor: str
    version: str
    language: str
    name: str
    checksum: str
    evidence: tuple[Evidence, ...]


def files(shown: Shown, document: str) -> tuple[File, ...]:
    """Return the files of a document's language versions."""
    told = shown.collection
    return tuple(
        File(
            anchor(shown, file),
            "" if at else anchor(shown, version),
            told.text(version, "md:language"),
            told.text(file, "md:fileName"),
            told.text(file, "md:checksum"),
            tuple(_evidence(shown, span) for span in told.bearers("md:inFile", file)),
        )
        for version in told.things(document, "md:realizedBy")
        for at, file in enumerate(told.things(version, "md:embodiedBy"))
    )


def _evidence(shown: Shown, span: str) -> Evidence:
    told = shown.collection
    return Evidence(
        anchor(shown, span),
        next(iter(told.words(span, "md:quotation")), Words("")),
        told.text(span, "md:start"),
        told.text(span, "md:end"),
        shown.links(told.bearers("md:evidence", span)),
        tuple(shown.term(prefixed(prop)) for prop in told.things(span, "md:attestsProperty")),
    )


def anchor(shown: Shown, iri: str) -> str:
    """Return the anchor of a thing on its page; empty for the thing that the page is of."""
    address: Address | None = shown.addresses.of(iri)
    return address.anchor if address else ""


def quoted(shown: Shown, span: str) -> Quoted:
    """Return the quotation of a piece of evidence, its file and where it starts there."""
    told = shown.collection
    start = told.text(span, "md:start")
    return Quoted(told.thing(span, "md:inFile"), int(start) if start.isdigit() else 0, told.text(span, "md:quotation"))
