"""The words in the files of a document that statements were drawn from, listed with what they attest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mandata.rdf.evidence import Evidence
from mandata.rdf.namespaces import ID
from mandata.site.addresses import Address
from mandata.site.labels import Labels, Link
from mandata.site.resources import AttestedStatement, LiteralText


@dataclass(frozen=True, slots=True)
class FileQuotation:
    """Words quoted, their characters in the file, of what they are evidence, and what they attest of that."""

    anchor: str
    words: LiteralText
    start: int
    end: int
    subjects: tuple[Link, ...]
    properties: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SourceFileView:
    """A language version's file as received, and what was drawn from it.

    ``version`` is the anchor of the language version, at the first of its files alone.
    """

    anchor: str
    version: str
    language: str
    name: str
    checksum: str
    quotations: tuple[FileQuotation, ...]


def files(labels: Labels, document: str) -> tuple[SourceFileView, ...]:
    """Return the files of a document's language versions."""
    collection, found = labels.collection, dict[str, dict[Evidence, list[AttestedStatement]]]()
    for one in collection.attested_by(document):
        found.setdefault(ID + one.evidence.file, {}).setdefault(one.evidence, []).append(one)
    return tuple(
        SourceFileView(
            anchor(labels, file),
            "" if at else anchor(labels, version),
            collection.text(version, "md:language"),
            collection.text(file, "md:fileName"),
            collection.text(file, "md:checksum"),
            tuple(_quotations(labels, found.get(file, {}))),
        )
        for version in collection.things(document, "md:realizedBy")
        for at, file in enumerate(collection.things(version, "md:embodiedBy"))
    )


def _quotations(labels: Labels, found: Mapping[Evidence, Sequence[AttestedStatement]]) -> Iterator[FileQuotation]:
    """Yield what was quoted of a file, in the order of the file; what the same words show stands together."""
    for place in sorted(found, key=lambda place: (place.start, place.end, place)):
        subjects = dict.fromkeys(one.subject for one in found[place])
        properties = dict.fromkeys(one.prop for one in found[place])
        yield FileQuotation(
            anchor(labels, place.iri.value),
            quoted_words(labels, place),
            place.start,
            place.end,
            labels.links(subjects),
            tuple(map(labels.term, properties)),
        )


def quoted_words(labels: Labels, place: Evidence) -> LiteralText:
    """Return the words that stand at a place of a part."""
    words = next(iter(labels.collection.words(ID + place.part, "md:text")), LiteralText(""))
    return LiteralText(words.text[place.part_start : place.part_end], words.language)


def anchor(labels: Labels, iri: str) -> str:
    """Return the anchor of a thing on its page; empty for the thing that the page is of."""
    address: Address | None = labels.addresses.of(iri)
    return address.anchor if address else ""
