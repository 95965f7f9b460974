"""The mentions of a document, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from mandata.document.model import Document
from mandata.entities import Entity
from mandata.mention.gazetteer import Found, Gazetteer, gazetteer
from mandata.text.language import Lexicon, lexicon_of
from mandata.text.mapped import MappedText, Span


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity named in a part of a document (``path``), by a name in full or by a form that the context settles."""

    path: str
    entity: Entity
    text: str
    start: int
    end: int
    runs: tuple[Span, ...]
    """Where it stands in the file; more than one run where a note or a page break cuts it."""
    by_context: bool

    @property
    def span(self) -> Span:
        """Where the whole of it stands in the file."""
        return self.runs[0][0], self.runs[-1][1]


def find_mentions(document: Document) -> tuple[Mention, ...]:
    """Return all mentions in the title, the paragraphs, the notes and the titles of annexes, in that order.

    "le Centre" stands for a centre only behind its full name, and only where one centre alone was so named.
    """
    lexicon = lexicon_of(document.language)
    if lexicon is None:
        return ()
    names, seen, found = gazetteer(lexicon.language), set[str](), list[Mention]()
    for path, text in texts(document):
        here = [_mention(path, text, f, False) for f in names.find(text.folded)]
        forms = [_mention(path, text, f, True) for f in _by_context(text, here, names, seen, lexicon)]
        seen |= {m.entity.local_name for m in here}
        found += sorted([*here, *forms], key=lambda m: m.start)
    return tuple(found)


def texts(document: Document) -> Iterator[tuple[str, MappedText]]:
    """Yield the parts of a document that may name things, each with its path: titles, paragraphs, notes."""
    if document.title:
        yield "title", document.title
    for annex in document.annexes:
        if annex.title:
            yield f"{annex.path}.title", annex.title
    for paragraph in document.body():
        yield paragraph.path, paragraph.text
    for note in document.footnotes:
        yield note.path, note.text


def _mention(path: str, text: MappedText, found: Found, by_context: bool) -> Mention:
    words = text[found.start : found.end]
    return Mention(path, found.entity, words.chars, found.start, found.end, tuple(words.runs()), by_context)


def _by_context(
    text: MappedText, here: Sequence[Mention], names: Gazetteer, seen: Set[str], lexicon: Lexicon
) -> Iterator[Found]:
    """Yield the short forms in a text whose name in full stands before them, in a text before (``seen``) or in it."""
    words, taken = text.folded, [(m.start, m.end) for m in here]
    for pattern, core, entities in names.context:
        if core not in words:
            continue
        for match in pattern.finditer(words):
            known = seen | {m.entity.local_name for m in here if m.end <= match.start()}
            named = [e for e in entities if e.local_name in known]
            free = all(match.end() <= start or end <= match.start() for start, end in taken)
            if len(named) == 1 and free and not lexicon.search("name-goes-on", words[match.end() :]):
                taken.append(match.span())
                yield Found(named[0], *match.span())
