"""The text of a document: paragraphs, items and notes in order, the language versions side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mandata.site.highlighting import CITATION, MENTION, OPERATOR, Highlight, TextRun, highlight
from mandata.site.labels import Labels, Link
from mandata.site.resources import LiteralText, sort_key
from mandata.site.views.citations import CitationView, RestatementView, citations_of, restatements
from mandata.site.views.evidence import anchor

_TITLED: Final = ("Annex", "Section")
_HIGHLIGHTED: Final = {"md:operatorText": OPERATOR, "md:citedDocument": CITATION, "md:mentions": MENTION}


@dataclass(frozen=True, slots=True)
class Version:
    """The text of a part in one language, with highlights."""

    anchor: str
    words: LiteralText
    runs: tuple[TextRun, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document: its place in words, its printed number, its text, its citations, its own parts."""

    anchor: str
    kind: str
    place: LiteralText
    number: str
    titles: tuple[LiteralText, ...]
    versions: tuple[Version, ...]
    operator: Link | None
    force: Link | None
    notes: tuple[Link, ...]
    cited: tuple[CitationView, ...]
    restated: tuple[RestatementView, ...]
    addressed: tuple[Link, ...]
    parts: tuple[Part, ...]


def parts(labels: Labels, whole: str) -> tuple[Part, ...]:
    """Return the parts of ``whole``, a document or a part, in their order, notes last, with ``labels``."""
    found = labels.collection.things(whole, "md:hasPart")
    return tuple(_part(labels, one) for one in sorted(found, key=lambda one: _order(labels, one)))


def _order(labels: Labels, part: str) -> tuple[object, ...]:
    """Return the sort key of a part: positions count parts of one kind, and paragraphs follow their section."""
    collection = labels.collection
    is_section = labels.is_a(part, "Section")
    section = _position(labels, part if is_section else collection.thing(part, "md:inSection"))
    kind = (labels.is_a(part, "Footnote"), labels.is_a(part, "Annex"), section, not is_section)
    return *kind, labels.is_a(part, "OperativeParagraph"), _position(labels, part), sort_key(part)


def _position(labels: Labels, part: str) -> int:
    position = labels.collection.text(part, "md:position")
    return int(position) if position.isdigit() else 0


def _part(labels: Labels, part: str) -> Part:
    collection = labels.collection
    operator, force = collection.thing(part, "md:operator"), collection.thing(part, "md:force")
    cites = tuple(citations_of(labels, part))
    titled = labels.is_a(part, *_TITLED)
    return Part(
        anchor=anchor(labels, part),
        kind=_kind(labels, part),
        place=LiteralText(labels.place(part), labels.language),
        number=collection.text(part, "md:number"),
        titles=tuple(collection.literals(part, "md:title")) if titled else (),
        versions=tuple(_versions(labels, part)),
        operator=labels.link(operator) if operator else None,
        force=labels.link(force) if force else None,
        notes=labels.links(collection.things(part, "md:callsNote")),
        cited=cites,
        restated=tuple(restatements(labels, collection.subjects("md:restatingParagraph", part))),
        addressed=labels.links(collection.things(part, "md:addressedTo")),
        parts=parts(labels, part),
    )


def _kind(labels: Labels, part: str) -> str:
    kinds = ("Footnote", "Annex", "Section", "PreambularParagraph", "OperativeParagraph")
    return next((kind for kind in kinds if labels.is_a(part, kind)), "Paragraph")


def _versions(labels: Labels, part: str) -> Iterator[Version]:
    """Yield the text in each language; that of the authoritative language is a property of the part itself."""
    collection = labels.collection
    own, is_yielded = collection.literals(part, "md:text"), False
    for version in collection.things(part, "md:hasVersion"):
        other = collection.literals(version, "md:text")
        for words in other or own:
            yield Version(anchor(labels, version), words, _runs(labels, version if other else part, words))
        is_yielded = is_yielded or not other
    for words in () if is_yielded else own:
        yield Version("", words, _runs(labels, part, words))


def _runs(labels: Labels, bearer: str, words: LiteralText) -> tuple[TextRun, ...]:
    return highlight(words.text, _highlights(labels, bearer))


def _highlights(labels: Labels, bearer: str) -> Iterator[Highlight]:
    """Yield the highlights in the text of a part or of its language version."""
    for one in labels.collection.attested_in(bearer):
        if kind := _HIGHLIGHTED.get(one.prop):
            link = None if isinstance(one.value, LiteralText) else labels.link(one.value)
            yield Highlight(kind, one.evidence.part_start, one.evidence.part_end, link)
