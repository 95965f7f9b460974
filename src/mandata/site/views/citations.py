"""Views of citations from a part or to a document, and of restatements of the functions of a mandate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mandata.site.dates import is_date
from mandata.site.highlighting import TextRun
from mandata.site.labels import Labels, Link
from mandata.site.resources import LiteralText
from mandata.site.views.evidence import anchor


@dataclass(frozen=True, slots=True)
class CitationView:
    """A citation: the citing part and its document (``whole``), what it cites, and the intent, way and note."""

    anchor: str
    document: Link
    part: Link | None
    citing: Link
    whole: Link
    date: str
    intent: Link | None
    way: Link | None
    note: Link | None


@dataclass(frozen=True, slots=True)
class RestatementView:
    """A paragraph and the function of a mandate that it restates, with the words they share highlighted."""

    anchor: str
    paragraph: Link
    function: Link
    paragraph_runs: tuple[TextRun, ...]
    function_runs: tuple[TextRun, ...]
    paragraph_words: LiteralText
    function_words: LiteralText
    score: str
    shared: tuple[str, ...]
    date: str


SHARED = "shared"


def citations_of(labels: Labels, part: str) -> Iterator[CitationView]:
    """Yield the views of the citations of ``part``, with ``labels``."""
    for citation in labels.collection.subjects("md:citingPart", part):
        yield citation_view(labels, citation)


def citations_to(labels: Labels, document: str) -> list[CitationView]:
    """Return the views of the citations to ``document``, the newest first, with ``labels``."""
    found = labels.collection.subjects("md:citedDocument", document)
    return sorted((citation_view(labels, citation) for citation in found), key=lambda each: each.date, reverse=True)


def citation_view(labels: Labels, citation: str) -> CitationView:
    """Return the view of the IRI ``citation``, with ``labels``."""

    def link(prop: str) -> Link | None:
        iri = labels.collection.thing(citation, prop)
        return labels.link(iri) if iri else None

    part = labels.collection.thing(citation, "md:citingPart")
    whole = whole_of(labels, part)
    return CitationView(
        anchor(labels, citation),
        link("md:citedDocument") or Link(LiteralText("")),
        link("md:citedPart"),
        Link(LiteralText(labels.place(part), labels.language), labels.addresses.of(part)),
        labels.link(whole),
        date_of(labels, whole),
        link("md:intent"),
        link("md:way"),
        _note(labels, labels.collection.thing(citation, "md:throughNote")),
    )


def _note(labels: Labels, note: str) -> Link | None:
    """Return the note of a citation with its place as text, without the document, since it is on the same page."""
    return Link(LiteralText(labels.place(note), labels.language), labels.addresses.of(note)) if note else None


def whole_of(labels: Labels, part: str) -> str:
    """Return the document to which ``part`` belongs by the collection of ``labels``."""
    whole = part
    while parent := next(iter(labels.collection.subjects("md:hasPart", whole)), ""):
        whole = parent
    return whole


def date_of(labels: Labels, document: str) -> str:
    """Return the date of adoption of a document, else the date on it, else that of distribution; empty if unknown.

    Args:
        labels: the labels, whose collection has the dates.
        document: the IRI of the document.
    """
    days = (labels.collection.text(document, prop) for prop in ("md:adoptedOn", "md:datedOn", "md:distributedOn"))
    return next(filter(is_date, days), "")


def restatements(labels: Labels, iris: Iterable[str]) -> Iterator[RestatementView]:
    """Yield the views of the restatements with these ``iris``, with ``labels``."""
    collection = labels.collection
    for iri in iris:
        paragraph, function = (
            collection.thing(iri, "md:restatingParagraph"),
            collection.thing(iri, "md:restatedFunction"),
        )
        paragraph_text, function_text = (
            next(iter(collection.literals(thing, "md:text")), LiteralText("")) for thing in (paragraph, function)
        )
        shared = tuple(dict.fromkeys(collection.text(iri, "md:comparedWords").split(", ")))
        yield RestatementView(
            anchor(labels, iri),
            labels.link(paragraph),
            labels.link(function),
            tuple(_shared_runs(paragraph_text.text, shared)),
            tuple(_shared_runs(function_text.text, shared)),
            paragraph_text,
            function_text,
            collection.text(iri, "md:score"),
            shared,
            collection.text(iri, "md:actDate"),
        )


def _shared_runs(text: str, shared: Iterable[str]) -> Iterator[TextRun]:
    shared_words, at = {word.casefold() for word in shared}, 0
    for start, end in _words(text):
        if text[start:end].casefold() in shared_words:
            if at < start:
                yield TextRun(text[at:start])
            yield TextRun(text[start:end], SHARED)
            at = end
    if at < len(text):
        yield TextRun(text[at:])


def _words(text: str) -> Iterator[tuple[int, int]]:
    start = None
    for at, letter in enumerate(f"{text} "):
        if letter.isalnum():
            start = at if start is None else start
        elif start is not None:
            yield start, at
            start = None
