"""The text of a document: paragraphs, items and notes in order, each language version beside the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from mandata.site.highlighting import CITATION, MENTION, Found, Quoted, Run, marked
from mandata.site.labels import Link, Shown
from mandata.site.resources import Words, local, order
from mandata.site.views.citations import Cited, Restated, cited, restated
from mandata.site.views.evidence import anchor, quoted

_TITLED: Final = ("Annex", "Section")
_LAST: Final = 1 << 60


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
    """Return the parts of a document or of a part in the order of its file, notes last."""
    found = shown.collection.things(whole, "md:hasPart")
    return tuple(_part(shown, one) for one in sorted(found, key=lambda one: _order(shown, one)))


def _order(shown: Shown, part: str) -> tuple[object, ...]:
    """Return where a part stands: by kind of part, then by its first words in the file, then by its name."""
    rank = (shown.is_a(part, "Footnote"), shown.is_a(part, "Annex"))
    starts = (shown.collection.text(span, "md:start") for span in shown.collection.things(part, "md:evidence"))
    return *rank, min((int(start) for start in starts if start.isdigit()), default=_LAST), order(part)


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
    """Yield the words in each language; of a note, or of a part with one version of its words, those on the part."""
    told = shown.collection
    versions = told.things(part, "md:hasVersion")
    for bearer in versions or [part]:
        operator = told.text(bearer, "md:operatorText")
        for words in told.words(bearer, "md:text"):
            received, found = _received(shown, bearer), tuple(_found(shown, part))
            runs = marked(words.text, operator, received, found)
            yield Version(anchor(shown, bearer) if versions else "", words, runs)


def _received(shown: Shown, bearer: str) -> list[Quoted]:
    """Return the words as the file has them, piece by piece."""
    told = shown.collection
    spans = told.things(bearer, "md:evidence")
    general = [span for span in spans if not told.things(span, "md:attestsProperty")] or spans
    return sorted(quoted(shown, span) for span in general)


def _found(shown: Shown, part: str) -> Iterator[Found]:
    told = shown.collection
    citations = told.bearers("md:citingPart", part)
    through = told.bearers("md:throughNote", part)
    for citation in (*citations, *through):
        link = shown.link(told.thing(citation, "md:citedDocument"))
        yield from _quotations(shown, CITATION, told.things(citation, "md:evidence"), link)
    for span in told.things(part, "md:evidence"):
        for named in _named(shown, span):
            yield from _quotations(shown, MENTION, [span], shown.link(named))


def _named(shown: Shown, span: str) -> Iterable[str]:
    attested = map(local, shown.collection.things(span, "md:attestsProperty"))
    is_naming = any(one.endswith("#mentions") for one in attested)
    return shown.collection.things(span, "md:attestsObject")[:1] if is_naming else ()


def _quotations(shown: Shown, kind: str, spans: Iterable[str], link: Link) -> Iterator[Found]:
    for span in spans:
        yield Found(kind, quoted(shown, span), link)
