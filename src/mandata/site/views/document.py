"""The page of a document: its text with what was found in it, whom it cites and who cites it, its versions, proofs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from mandata.site.labels import Labels, Link, truncate
from mandata.site.resources import LiteralText
from mandata.site.views import drawing
from mandata.site.views.bibliography import Bibliography, bibliography
from mandata.site.views.citations import CitationView, RestatementView, citations_of, citations_to
from mandata.site.views.drawing import SvgDrawing
from mandata.site.views.evidence import SourceFileView, anchor, files
from mandata.site.views.facts import (
    LanguageNames,
    MentioningDocument,
    PropertyRow,
    incoming_rows,
    mentioned_in,
    names,
    rows,
)
from mandata.site.views.paragraphs import Part, parts
from mandata.site.views.proofs import ProofView, ProofWriter, proofs

_FIRST: Final = ("md:adoptedBy", "md:adoptedOn", "md:issuedBy", "md:datedOn", "md:sentBy", "md:signedBy", "md:sentTo")
_HIDDEN: Final = (
    "md:realizedBy",
    "md:hasPath",
    "md:restsOn",
    "md:identifiedBy",
    "md:record",
    "md:isCitedBy",
    "md:cites",
)
_HIDDEN_INCOMING: Final = (
    "md:citedDocument",
    "md:ofDocument",
    "md:pathFrom",
    "md:pathTo",
    "md:nextDocument",
    "md:restsOn",
)
_DRAWN: Final = 14
"""How many documents a picture has room for on each side; the table beside it has all."""


_LABEL: Final = 30


@dataclass(frozen=True, slots=True)
class Aside:
    """A thing that stands on the document's page: its record, its adoption, a path of citations."""

    anchor: str
    name: LiteralText
    rows: tuple[PropertyRow, ...]


@dataclass(frozen=True, slots=True)
class CitationPath:
    """A chain of citations from a document to one that founds a mandate: how long, and the next document on it."""

    anchor: str
    to: Link
    steps: str
    following: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """All that a document's page shows."""

    iri: str
    link: Link
    kind: LiteralText | None
    titles: tuple[LiteralText, ...]
    names: tuple[LanguageNames, ...]
    facts: tuple[PropertyRow, ...]
    incoming: tuple[PropertyRow, ...]
    has_text: bool
    parts: tuple[Part, ...]
    cited_as_a_whole: tuple[CitationView, ...]
    cited: tuple[CitationView, ...]
    citing: tuple[CitationView, ...]
    restated: tuple[RestatementView, ...]
    mentions: tuple[tuple[Link, tuple[Link, ...]], ...]
    mentioned: tuple[MentioningDocument, ...]
    mentioned_more: int
    drawing: SvgDrawing | None
    files: tuple[SourceFileView, ...]
    asides: tuple[Aside, ...]
    paths: tuple[CitationPath, ...]
    proofs: tuple[ProofView, ...]
    bibliography: Bibliography


def document(labels: Labels, iri: str, write_proof: ProofWriter) -> DocumentView:
    """Return what a document's page shows."""
    collection = labels.collection
    text = parts(labels, iri)
    every = tuple(_all_parts(text))
    own = tuple(citations_of(labels, iri))
    cites = (*own, *(each for part in every for each in part.cited))
    cited_by = tuple(citations_to(labels, iri))
    mentioned, more = mentioned_in(labels, iri)
    within = tuple(_within(labels, iri))
    return DocumentView(
        iri=iri,
        link=labels.link(iri),
        kind=labels.kind(iri),
        titles=_titles(labels, iri),
        names=names(labels, iri) if collection.words(iri, "rdfs:label") else (),
        facts=rows(labels, iri, _HIDDEN, _FIRST),
        incoming=incoming_rows(labels, iri, _HIDDEN_INCOMING),
        has_text=bool(collection.things(iri, "md:realizedBy")),
        parts=text,
        cited_as_a_whole=own,
        cited=cites,
        citing=cited_by,
        restated=tuple(each for part in every for each in part.restated),
        mentions=tuple(_mentions(labels, (iri, *within))),
        mentioned=mentioned,
        mentioned_more=more,
        drawing=_drawing(labels, iri, cites, cited_by),
        files=files(labels, iri),
        asides=tuple(_aside(labels, each) for each in _asides(labels, iri)),
        paths=tuple(_path(labels, each) for each in collection.things(iri, "md:hasPath")),
        proofs=proofs(labels, (iri, *within), write_proof),
        bibliography=bibliography(labels, iri),
    )


def _titles(labels: Labels, iri: str) -> tuple[LiteralText, ...]:
    """Return the titles, the reader's language first; one that only differs in its spaces and signs once."""
    found: dict[tuple[str, str], LiteralText] = {}
    for words in sorted(
        labels.collection.words(iri, "md:title"), key=lambda each: (each.language != labels.language, each)
    ):
        found.setdefault((words.language, "".join(filter(str.isalnum, words.text)).casefold()), words)
    return tuple(found.values())


def _all_parts(within: Iterable[Part]) -> Iterator[Part]:
    for part in within:
        yield part
        yield from _all_parts(part.parts)


def _within(labels: Labels, whole: str) -> Iterator[str]:
    for part in labels.collection.things(whole, "md:hasPart"):
        yield part
        yield from _within(labels, part)


def _mentions(labels: Labels, subjects: Iterable[str]) -> Iterator[tuple[Link, tuple[Link, ...]]]:
    """Yield what a document names, gathered by kind of thing."""
    kinds: dict[str, dict[str, None]] = {}
    for bearer in subjects:
        for named in labels.collection.things(bearer, "md:mentions"):
            kind = next(iter(labels.classes(named)), "")
            kinds.setdefault(kind, {})[named] = None
    for kind in sorted(filter(None, kinds), key=lambda one: labels.name(one).text):
        yield labels.link(kind), labels.links(sorted(kinds[kind], key=lambda one: labels.name(one).text))


def _drawing(
    labels: Labels, iri: str, cites: Iterable[CitationView], cited_by: Iterable[CitationView]
) -> SvgDrawing | None:
    right = list(dict.fromkeys(truncate(each.document.words, _LABEL).text for each in cites))[:_DRAWN]
    left = list(dict.fromkeys(truncate(each.whole.words, _LABEL).text for each in cited_by))[:_DRAWN]
    return drawing.around(left, truncate(labels.name(iri), _LABEL).text, right) if left or right else None


def _asides(labels: Labels, iri: str) -> Iterator[str]:
    collection = labels.collection
    yield from collection.things(iri, "md:record")
    yield from collection.things(iri, "md:identifiedBy")
    yield from collection.subjects("md:ofDocument", iri)


def _path(labels: Labels, iri: str) -> CitationPath:
    collection = labels.collection
    to, following = collection.thing(iri, "md:pathTo"), collection.things(iri, "md:nextDocument")
    return CitationPath(anchor(labels, iri), labels.link(to), collection.text(iri, "md:steps"), labels.links(following))


def _aside(labels: Labels, iri: str) -> Aside:
    return Aside(
        anchor(labels, iri), labels.kind(iri) or labels.name(iri), rows(labels, iri, ("md:pathFrom", "md:ofDocument"))
    )
