"""The page of a document: its text with what was found in it, whom it cites and who cites it, its versions, proofs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from mandata.site.labels import Link, Shown, cut
from mandata.site.resources import Words
from mandata.site.views import drawing
from mandata.site.views.bibliography import Quoting, quoting
from mandata.site.views.citations import Cited, Restated, cited, citing
from mandata.site.views.drawing import Drawing
from mandata.site.views.evidence import File, anchor, files
from mandata.site.views.facts import Mentioned, Name, Row, mentioned_in, names, pointing_rows, rows
from mandata.site.views.paragraphs import Part, parts
from mandata.site.views.proofs import Proof, Tell, proofs

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
_HIDDEN_POINTING: Final = (
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
    name: Words
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Path:
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
    kind: Words | None
    titles: tuple[Words, ...]
    names: tuple[Name, ...]
    facts: tuple[Row, ...]
    pointing: tuple[Row, ...]
    held: bool
    parts: tuple[Part, ...]
    cited_as_a_whole: tuple[Cited, ...]
    cited: tuple[Cited, ...]
    citing: tuple[Cited, ...]
    restated: tuple[Restated, ...]
    mentions: tuple[tuple[Link, tuple[Link, ...]], ...]
    mentioned: tuple[Mentioned, ...]
    mentioned_more: int
    drawing: Drawing | None
    files: tuple[File, ...]
    asides: tuple[Aside, ...]
    paths: tuple[Path, ...]
    proofs: tuple[Proof, ...]
    quoting: Quoting


def document(shown: Shown, iri: str, tell: Tell) -> DocumentView:
    """Return what a document's page shows."""
    told = shown.collection
    text = parts(shown, iri)
    every = tuple(_all_parts(text))
    own = tuple(cited(shown, iri))
    cites = (*own, *(each for part in every for each in part.cited))
    cited_by = tuple(citing(shown, iri))
    mentioned, more = mentioned_in(shown, iri)
    within = tuple(_within(shown, iri))
    return DocumentView(
        iri=iri,
        link=shown.link(iri),
        kind=shown.kind(iri),
        titles=_titles(shown, iri),
        names=names(shown, iri) if told.words(iri, "rdfs:label") else (),
        facts=rows(shown, iri, _HIDDEN, _FIRST),
        pointing=pointing_rows(shown, iri, _HIDDEN_POINTING),
        held=bool(told.things(iri, "md:realizedBy")),
        parts=text,
        cited_as_a_whole=own,
        cited=cites,
        citing=cited_by,
        restated=tuple(each for part in every for each in part.restated),
        mentions=tuple(_mentions(shown, (iri, *within))),
        mentioned=mentioned,
        mentioned_more=more,
        drawing=_drawing(shown, iri, cites, cited_by),
        files=files(shown, iri),
        asides=tuple(_aside(shown, each) for each in _asides(shown, iri)),
        paths=tuple(_path(shown, each) for each in told.things(iri, "md:hasPath")),
        proofs=proofs(shown, (iri, *within), tell),
        quoting=quoting(shown, iri),
    )


def _titles(shown: Shown, iri: str) -> tuple[Words, ...]:
    """Return the titles, the reader's language first; one that only differs in its spaces and signs once."""
    found: dict[tuple[str, str], Words] = {}
    for words in sorted(
        shown.collection.words(iri, "md:title"), key=lambda each: (each.language != shown.language, each)
    ):
        found.setdefault((words.language, "".join(filter(str.isalnum, words.text)).casefold()), words)
    return tuple(found.values())


def _all_parts(within: Iterable[Part]) -> Iterator[Part]:
    for part in within:
        yield part
        yield from _all_parts(part.parts)


def _within(shown: Shown, whole: str) -> Iterator[str]:
    for part in shown.collection.things(whole, "md:hasPart"):
        yield part
        yield from _within(shown, part)


def _mentions(shown: Shown, bearers: Iterable[str]) -> Iterator[tuple[Link, tuple[Link, ...]]]:
    """Yield what a document names, gathered by kind of thing."""
    kinds: dict[str, dict[str, None]] = {}
    for bearer in bearers:
        for named in shown.collection.things(bearer, "md:mentions"):
            kind = next(iter(shown.classes(named)), "")
            kinds.setdefault(kind, {})[named] = None
    for kind in sorted(filter(None, kinds), key=lambda one: shown.name(one).text):
        yield shown.link(kind), shown.links(sorted(kinds[kind], key=lambda one: shown.name(one).text))


def _drawing(shown: Shown, iri: str, cites: Iterable[Cited], cited_by: Iterable[Cited]) -> Drawing | None:
    right = list(dict.fromkeys(cut(each.document.words, _LABEL).text for each in cites))[:_DRAWN]
    left = list(dict.fromkeys(cut(each.whole.words, _LABEL).text for each in cited_by))[:_DRAWN]
    return drawing.around(left, cut(shown.name(iri), _LABEL).text, right) if left or right else None


def _asides(shown: Shown, iri: str) -> Iterator[str]:
    told = shown.collection
    yield from told.things(iri, "md:record")
    yield from told.things(iri, "md:identifiedBy")
    yield from told.bearers("md:ofDocument", iri)


def _path(shown: Shown, iri: str) -> Path:
    told = shown.collection
    to, following = told.thing(iri, "md:pathTo"), told.things(iri, "md:nextDocument")
    return Path(anchor(shown, iri), shown.link(to), told.text(iri, "md:steps"), shown.links(following))


def _aside(shown: Shown, iri: str) -> Aside:
    return Aside(
        anchor(shown, iri), shown.kind(iri) or shown.name(iri), rows(shown, iri, ("md:pathFrom", "md:ofDocument"))
    )
