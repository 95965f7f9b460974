"""The view of a document: its text with highlights, its citations, those to it, its files and proofs."""

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
_MAX_DRAWN: Final = 14
"""The number of documents on each side of the drawing; the table next to it has all."""


_MAX_LABEL_LENGTH: Final = 30


@dataclass(frozen=True, slots=True)
class Aside:
    """A thing in the margin of a document's page, such as its record or its adoption."""

    anchor: str
    name: LiteralText
    rows: tuple[PropertyRow, ...]


@dataclass(frozen=True, slots=True)
class CitationPath:
    """A chain of citations from a document to one that founds a mandate: its length, and the next documents on it."""

    anchor: str
    to: Link
    steps: str
    following: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """The values on the page of a document."""

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
    """Return the view of a document.

    Args:
        labels: the labels of a language.
        iri: the IRI of the document.
        write_proof: writes the proofs of inferred statements.
    """
    collection = labels.collection
    top_parts = parts(labels, iri)
    all_parts = tuple(_all_parts(top_parts))
    own = tuple(citations_of(labels, iri))
    cites = (*own, *(citation for part in all_parts for citation in part.cited))
    cited_by = tuple(citations_to(labels, iri))
    mentioned, more = mentioned_in(labels, iri)
    part_iris = tuple(_all_part_iris(labels, iri))
    return DocumentView(
        iri=iri,
        link=labels.link(iri),
        kind=labels.kind(iri),
        titles=_titles(labels, iri),
        names=names(labels, iri) if collection.literals(iri, "rdfs:label") else (),
        facts=rows(labels, iri, _HIDDEN, _FIRST),
        incoming=incoming_rows(labels, iri, _HIDDEN_INCOMING),
        has_text=bool(collection.things(iri, "md:realizedBy")),
        parts=top_parts,
        cited_as_a_whole=own,
        cited=cites,
        citing=cited_by,
        restated=tuple(restatement for part in all_parts for restatement in part.restated),
        mentions=tuple(_mentions(labels, (iri, *part_iris))),
        mentioned=mentioned,
        mentioned_more=more,
        drawing=_drawing(labels, iri, cites, cited_by),
        files=files(labels, iri),
        asides=tuple(_aside(labels, each) for each in _asides(labels, iri)),
        paths=tuple(_path(labels, each) for each in collection.things(iri, "md:hasPath")),
        proofs=proofs(labels, (iri, *part_iris), write_proof),
        bibliography=bibliography(labels, iri),
    )


def _titles(labels: Labels, iri: str) -> tuple[LiteralText, ...]:
    """Return the titles, the reader's language first, without those that differ only in spaces and punctuation."""
    found: dict[tuple[str, str], LiteralText] = {}
    for words in sorted(
        labels.collection.literals(iri, "md:title"), key=lambda each: (each.language != labels.language, each)
    ):
        found.setdefault((words.language, "".join(filter(str.isalnum, words.text)).casefold()), words)
    return tuple(found.values())


def _all_parts(top_parts: Iterable[Part]) -> Iterator[Part]:
    for part in top_parts:
        yield part
        yield from _all_parts(part.parts)


def _all_part_iris(labels: Labels, whole: str) -> Iterator[str]:
    for part in labels.collection.things(whole, "md:hasPart"):
        yield part
        yield from _all_part_iris(labels, part)


def _mentions(labels: Labels, subjects: Iterable[str]) -> Iterator[tuple[Link, tuple[Link, ...]]]:
    """Yield the things that a document mentions, by class."""
    kinds: dict[str, dict[str, None]] = {}
    for subject in subjects:
        for thing in labels.collection.things(subject, "md:mentions"):
            kind = next(iter(labels.classes(thing)), "")
            kinds.setdefault(kind, {})[thing] = None
    for kind in sorted(filter(None, kinds), key=lambda one: labels.name(one).text):
        yield labels.link(kind), labels.links(sorted(kinds[kind], key=lambda one: labels.name(one).text))


def _drawing(
    labels: Labels, iri: str, cites: Iterable[CitationView], cited_by: Iterable[CitationView]
) -> SvgDrawing | None:
    right = list(dict.fromkeys(truncate(each.document.words, _MAX_LABEL_LENGTH).text for each in cites))[:_MAX_DRAWN]
    left = list(dict.fromkeys(truncate(each.whole.words, _MAX_LABEL_LENGTH).text for each in cited_by))[:_MAX_DRAWN]
    return drawing.around(left, truncate(labels.name(iri), _MAX_LABEL_LENGTH).text, right) if left or right else None


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
