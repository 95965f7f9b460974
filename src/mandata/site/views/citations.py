"""What a part cites and how, who cites a document, and which functions of a mandate a part restates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mandata.site.dates import is_date
from mandata.site.highlighting import Run
from mandata.site.labels import Link, Shown
from mandata.site.resources import Words
from mandata.site.views.evidence import anchor


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation: which part cites which document, with what intent, in which way, through which note."""

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
class Restated:
    """A paragraph and the function of a mandate whose words it takes up, with the words they share marked."""

    anchor: str
    paragraph: Link
    function: Link
    said: tuple[Run, ...]
    before: tuple[Run, ...]
    words: Words
    words_before: Words
    score: str
    shared: tuple[str, ...]
    date: str


SHARED = "shared"


def cited(shown: Shown, part: str) -> Iterator[Cited]:
    """Yield what a part cites."""
    for citation in shown.collection.bearers("md:citingPart", part):
        yield one(shown, citation)


def citing(shown: Shown, document: str) -> list[Cited]:
    """Return who cites a document, the newest first."""
    found = shown.collection.bearers("md:citedDocument", document)
    return sorted((one(shown, citation) for citation in found), key=lambda each: each.date, reverse=True)


def one(shown: Shown, citation: str) -> Cited:
    """Return one citation."""

    def link(prop: str) -> Link | None:
        found = shown.collection.thing(citation, prop)
        return shown.link(found) if found else None

    part = shown.collection.thing(citation, "md:citingPart")
    whole = whole_of(shown, part)
    return Cited(
        anchor(shown, citation),
        link("md:citedDocument") or Link(Words("")),
        link("md:citedPart"),
        Link(Words(shown.place(part), shown.language), shown.addresses.of(part)),
        shown.link(whole),
        date_of(shown, whole),
        link("md:intent"),
        link("md:way"),
        _note(shown, shown.collection.thing(citation, "md:throughNote")),
    )


def _note(shown: Shown, note: str) -> Link | None:
    """Return the note through which a part cites, by its place alone: it stands on the same page."""
    return Link(Words(shown.place(note), shown.language), shown.addresses.of(note)) if note else None


def whole_of(shown: Shown, part: str) -> str:
    """Return the document that a part stands in."""
    found = part
    while above := next(iter(shown.collection.bearers("md:hasPart", found)), ""):
        found = above
    return found


def date_of(shown: Shown, document: str) -> str:
    """Return the day of a document: of its adoption, else on it, else of its distribution; empty if unknown."""
    days = (shown.collection.text(document, prop) for prop in ("md:adoptedOn", "md:datedOn", "md:distributedOn"))
    return next(filter(is_date, days), "")


def restated(shown: Shown, found: Iterable[str]) -> Iterator[Restated]:
    """Yield restatements with the words compared."""
    told = shown.collection
    for iri in found:
        paragraph, function = told.thing(iri, "md:restatingParagraph"), told.thing(iri, "md:restatedFunction")
        said, before = (next(iter(told.words(each, "md:text")), Words("")) for each in (paragraph, function))
        shared = tuple(dict.fromkeys(told.text(iri, "md:comparedWords").split(", ")))
        yield Restated(
            anchor(shown, iri),
            shown.link(paragraph),
            shown.link(function),
            tuple(_shared_runs(said.text, shared)),
            tuple(_shared_runs(before.text, shared)),
            said,
            before,
            told.text(iri, "md:score"),
            shared,
            told.text(iri, "md:actDate"),
        )


def _shared_runs(text: str, shared: Iterable[str]) -> Iterator[Run]:
    wanted, at = {word.casefold() for word in shared}, 0
    for start, end in _words(text):
        if text[start:end].casefold() in wanted:
            if at < start:
                yield Run(text[at:start])
            yield Run(text[start:end], SHARED)
            at = end
    if at < len(text):
        yield Run(text[at:])


def _words(text: str) -> Iterator[tuple[int, int]]:
    start = None
    for at, letter in enumerate(f"{text} "):
        if letter.isalnum():
            start = at if start is None else start
        elif start is not None:
            yield start, at
            start = None
