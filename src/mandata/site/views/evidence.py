"""The files of a document, and the quotations in them that are evidence of statements."""

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
    """A quotation, its character offsets in the file, and the subjects and properties of the statements it attests."""

    anchor: str
    words: LiteralText
    start: int
    end: int
    subjects: tuple[Link, ...]
    properties: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SourceFileView:
    """A file of a language version as received, and the quotations in it.

    ``version`` is the anchor of the language version for the first of its files, and empty for the others.
    """

    anchor: str
    version: str
    language: str
    name: str
    checksum: str
    quotations: tuple[FileQuotation, ...]


def files(labels: Labels, document: str) -> tuple[SourceFileView, ...]:
    """Return the files of all language versions of ``document``, with ``labels``."""
    collection, by_file = labels.collection, dict[str, dict[Evidence, list[AttestedStatement]]]()
    for statement in collection.attested_by(document):
        evidence = statement.evidence
        by_file.setdefault(ID + evidence.file, {}).setdefault(evidence, []).append(statement)
    return tuple(
        SourceFileView(
            anchor(labels, file),
            "" if at else anchor(labels, version),
            collection.text(version, "md:language"),
            collection.text(file, "md:fileName"),
            collection.text(file, "md:checksum"),
            tuple(_quotations(labels, by_file.get(file, {}))),
        )
        for version in collection.things(document, "md:realizedBy")
        for at, file in enumerate(collection.things(version, "md:embodiedBy"))
    )


def _quotations(labels: Labels, statements: Mapping[Evidence, Sequence[AttestedStatement]]) -> Iterator[FileQuotation]:
    """Yield the quotations in the order of the file; statements with the same evidence share a quotation."""
    for place in sorted(statements, key=lambda place: (place.start, place.end, place)):
        subjects = dict.fromkeys(statement.subject for statement in statements[place])
        properties = dict.fromkeys(statement.prop for statement in statements[place])
        yield FileQuotation(
            anchor(labels, place.iri.value),
            quoted_words(labels, place),
            place.start,
            place.end,
            labels.links(subjects),
            tuple(map(labels.term, properties)),
        )


def quoted_words(labels: Labels, place: Evidence) -> LiteralText:
    """Return the words that the evidence ``place`` quotes, from the collection of ``labels``."""
    words = next(iter(labels.collection.literals(ID + place.part, "md:text")), LiteralText(""))
    return LiteralText(words.text[place.part_start : place.part_end], words.language)


def anchor(labels: Labels, iri: str) -> str:
    """Return the anchor of ``iri`` on its page, by the addresses of ``labels``; empty if the page is its own."""
    address: Address | None = labels.addresses.of(iri)
    return address.anchor if address else ""
