"""The text of a document: paragraphs, items and notes in order, each language version beside the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mandata.site.highlighting import CITATION, MENTION, OPERATOR, Found, Run, highlighted
from mandata.site.labels import Link, Shown
from mandata.site.resources import Words, order
from mandata.site.views.citations import Cited, Restated, cited, restated
from mandata.site.views.evidence import anchor

_TITLED: Final = ("Annex", "Section")
_HIGHLIGHTED: Final = {"md:operatorText": OPERATOR, "md:citedDocument": CITATION, "md:mentions": MENTION}


@dataclass(frozen=True, slots=True)
class Version:
    """The words of a paragraph in one language, with what was found in them."""

    anchor: str
    words: Words
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document: its place in words, its number as printed, its words, what it cites, its own parts."""

    anchor: str
    kind: str
    place: Words
    number: str
    titles: tuple[Words, ...]
    versions: tuple[Version, ...]
    operator: Link | None
    force: Link | None
    notes: tuple[Link, ...]
    cited: tuple[Cited, ...]
    restated: tuple[Restated, ...]
    addressed: tuple[Link, ...]
    parts: tuple[Part, ...]


def parts(shown: Shown, whole: str) -> tuple[Part, ...]:
    """Return the parts of a document or of a part in their order, notes last."""
    found = shown.collection.things(whole, "md:hasPart")
    return tuple(_part(shown, one) for one in sorted(found, key=lambda one: _order(shown, one)))


def _order(shown: Shown, part: str) -> tuple[object, ...]:
    """Return where a part stands: positions count parts of one kind, paragraphs follow the head of their section."""
    told = shown.collection
    is_section = shown.is_a(part, "Section")
    section = _position(shown, part if is_section else told.thing(part, "md:inSection"))
    kind = (shown.is_a(part, "Footnote"), shown.is_a(part, "Annex"), section, not is_section)
    return *kind, shown.is_a(part, "OperativeParagraph"), _position(shown, part), order(part)


def _position(shown: Shown, part: str) -> int:
    position = shown.collection.text(part, "md:position")
    return int(position) if position.isdigit() else 0


def _part(shown: Shown, part: str) -> Part:
    told = shown.collection
    operator, force = told.thing(part, "md:operator"), told.thing(part, "md:force")
    cites = tuple(cited(shown, part))
    titled = shown.is_a(part, *_TITLED)
    return Part(
        anchor=anchor(shown, part),
        kind=_kind(shown, part),
        place=Words(shown.place(part), shown.language),
        number=told.text(part, "md:number"),
        titles=tuple(told.words(part, "md:title")) if titled else (),
        versions=tuple(_versions(shown, part)),
        operator=shown.link(operator) if operator else None,
        force=shown.link(force) if force else None,
        notes=shown.links(told.things(part, "md:callsNote")),
        cited=cites,
        restated=tuple(restated(shown, told.bearers("md:restatingParagraph", part))),
        addressed=shown.links(told.things(part, "md:addressedTo")),
        parts=parts(shown, part),
    )


def _kind(shown: Shown, part: str) -> str:
    kinds = ("Footnote", "Annex", "Section", "PreambularParagraph", "OperativeParagraph")
    return next((kind for kind in kinds if shown.is_a(part, kind)), "Paragraph")


def _versions(shown: Shown, part: str) -> Iterator[Version]:
    """Yield the words in each language; those of the language that speaks for the document stand on the part itself."""
    told = shown.collection
    own, is_shown = told.words(part, "md:text"), False
    for version in told.things(part, "md:hasVersion"):
        other = told.words(version, "md:text")
        for words in other or own:
            yield Version(anchor(shown, version), words, _runs(shown, version if other else part, words))
        is_shown = is_shown or not other
    for words in () if is_shown else own:
        yield Version("", words, _runs(shown, part, words))


def _runs(shown: Shown, bearer: str, words: Words) -> tuple[Run, ...]:
    return highlighted(words.text, _found(shown, bearer))


def _found(shown: Shown, bearer: str) -> Iterator[Found]:
    """Yield what is to be highlighted in the words of a part or of its version."""
    for one in shown.collection.attested_in(bearer):
        if kind := _HIGHLIGHTED.get(one.prop):
            link = None if isinstance(one.value, Words) else shown.link(one.value)
            yield Found(kind, one.evidence.part_start, one.evidence.part_end, link)
