"""Finding the mentions of a document, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Final

from mandata.document.model import Document
from mandata.document.place import Place, Placed, place_in
from mandata.errors import Issue
from mandata.lexicon.lexicon import Lexicon, lexicon_of
from mandata.mention.gazetteer import Gazetteer, NameMatch, gazetteer
from mandata.text.mapped import MappedText
from mandata.un.entities import Entity

_REACH: Final = 60
"""In characters: how much of the text after a short form is checked for a continuation of the name."""


@dataclass(frozen=True, slots=True)
class Mention(Placed):
    """An entity named in a part of a document, by a full name or by a short form that the context determines."""

    place: Place
    entity: Entity
    text: str
    by_context: bool


def find_mentions(document: Document) -> tuple[Mention, ...]:
    """Return all mentions in the title, the paragraphs, the notes and the titles of annexes, in that order.

    "le Centre" stands for a centre only after its full name, and only if exactly one centre was so named.
    """
    lexicon = lexicon_of(document.language)
    if lexicon is None:
        return ()
    names, seen, found = gazetteer(lexicon.language), set[str](), list[Mention]()
    for path, text in texts(document):
        here = [_mention(path, text, f, False) for f in names.find(text.folded)]
        forms = [_mention(path, text, f, True) for f in _by_context(text, here, names, seen, lexicon)]
        seen |= {m.entity.local_name for m in here}
        found += sorted([*here, *forms], key=lambda m: m.place.start)
    return tuple(found)


def shared_name_issues(document: Document) -> Iterator[Issue]:
    """Yield an Issue for each name that several entities share, with their local names; no mention is made of it."""
    lexicon = lexicon_of(document.language)
    if lexicon is None:
        return
    names = gazetteer(lexicon.language)
    for _, text in texts(document):
        for found, those in names.find_shared(text.folded):
            words, span = text.chars[found.start : found.end], text.span_of(found.start, found.end)
            meant = " or ".join(entity.local_name for entity in those)
            yield Issue("name-open", f"“{words}” may be {meant}", *span)


def texts(document: Document) -> Iterator[tuple[str, MappedText]]:
    """Yield the parts of a document that may name entities, each with its path: titles, paragraphs, notes."""
    if document.title:
        yield "title", document.title
    for annex in document.annexes:
        if annex.title:
            yield f"{annex.path}.title", annex.title
    for paragraph in document.body():
        yield paragraph.path, paragraph.text
    for note in document.footnotes:
        yield note.path, note.text


def _mention(path: str, text: MappedText, found: NameMatch, by_context: bool) -> Mention:
    start, end = found.start, found.end
    return Mention(place_in(path, text, start, end), found.entity, text.chars[start:end], by_context)


def _by_context(
    text: MappedText, here: Sequence[Mention], names: Gazetteer, seen: Set[str], lexicon: Lexicon
) -> Iterator[NameMatch]:
    """Yield the short forms in a text that follow their full name, in an earlier text (``seen``) or in this one."""
    words = text.folded
    forms = [form for form in names.context if form[1] in words]
    if not forms:
        return
    taken = bytearray(len(words))
    named_at: dict[str, int] = {}
    for mention in here:
        start, end, name = mention.place.start, mention.place.end, mention.entity.local_name
        taken[start:end] = bytes([1]) * (end - start)
        named_at[name] = min(end, named_at.get(name, end))
    for pattern, _, entities in forms:
        for match in pattern.finditer(words):
            start, end = match.span()
            named = [e for e in entities if e.local_name in seen or named_at.get(e.local_name, len(words)) <= start]
            goes_on = lexicon.search("name-goes-on", words[end : end + _REACH])
            if len(named) == 1 and not any(taken[start:end]) and not goes_on:
                taken[start:end] = bytes([1]) * (end - start)
                yield NameMatch(named[0], start, end)
