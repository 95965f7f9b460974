"""The words in the files of a document that statements were drawn from, listed with what they attest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mandata.rdf.evidence import Evidence
from mandata.rdf.namespaces import ID
from mandata.site.addresses import Address
from mandata.site.labels import Link, Shown
from mandata.site.resources import Attested, Words


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words quoted, their characters in the file, of what they are evidence, and what they attest of that."""

    anchor: str
    words: Words
    start: int
    end: int
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
    quotations: tuple[Quotation, ...]


def files(shown: Shown, document: str) -> tuple[File, ...]:
    """Return the files of a document's language versions."""
    told, found = shown.collection, dict[str, dict[Evidence, list[Attested]]]()
    for one in told.attested_by(document):
        found.setdefault(ID + one.evidence.file, {}).setdefault(one.evidence, []).append(one)
    return tuple(
        File(
            anchor(shown, file),
            "" if at else anchor(shown, version),
            told.text(version, "md:language"),
            told.text(file, "md:fileName"),
            told.text(file, "md:checksum"),
            tuple(_quotations(shown, found.get(file, {}))),
        )
        for version in told.things(document, "md:realizedBy")
        for at, file in enumerate(told.things(version, "md:embodiedBy"))
    )


def _quotations(shown: Shown, found: Mapping[Evidence, Sequence[Attested]]) -> Iterator[Quotation]:
    """Yield what was quoted of a file, in the order of the file; what the same words show stands together."""
    for place in sorted(found, key=lambda place: (place.start, place.end, place)):
        subjects = dict.fromkeys(one.subject for one in found[place])
        properties = dict.fromkeys(one.prop for one in found[place])
        yield Quotation(
            anchor(shown, place.iri.value),
            quoted(shown, place),
            place.start,
            place.end,
            shown.links(subjects),
            tuple(map(shown.term, properties)),
        )


def quoted(shown: Shown, place: Evidence) -> Words:
    """Return the words that stand at a place of a part."""
    words = next(iter(shown.collection.words(ID + place.part, "md:text")), Words(""))
    return Words(words.text[place.part_start : place.part_end], words.language)


def anchor(shown: Shown, iri: str) -> str:
    """Return the anchor of a thing on its page; empty for the thing that the page is of."""
    address: Address | None = shown.addresses.of(iri)
    return address.anchor if address else ""
