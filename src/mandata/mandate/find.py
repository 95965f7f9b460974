"""Finding what a document says of mandates."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mandata.document.model import Document, Paragraph, Stated
from mandata.entities import Entity, shipped_entities
from mandata.mandate.model import (
    Act,
    AgendaPlacing,
    Function,
    MandateParts,
    MandateStatement,
    Tie,
    ToldProclamation,
)
from mandata.text.language import Lexicon, lexicon_of
from mandata.text.mapped import fold

Named = tuple[Entity, int, int]
"""An entity named in a paragraph, with the positions of its name."""

_BODIES = ("centre", "org")
_AGENTS = ("org", "centre", "organ", "group", "post", "state")


def find_mandate_parts(
    document: Document,
    names: Sequence[tuple[str, Entity, int, int]],
    cited: Sequence[tuple[str, str, int]],
) -> MandateParts:
    """Return what a document says of mandates.

    ``names`` are the entities named in it (path, entity, start, end); ``cited`` the symbols that its paragraphs
    cite in their own words (path, symbol, end of the citation).
    """
    lexicon = lexicon_of(document.language)
    if lexicon is None:
        return MandateParts()
    by_path: dict[str, list[Named]] = defaultdict(list)
    for path, entity, start, end in names:
        by_path[path].append((entity, start, end))
    reader = _Reader(document, lexicon, by_path)
    paragraphs = list(document.body())
    return MandateParts(
        statement=reader.statement(paragraphs),
        acts=tuple(act for p in paragraphs for act in reader.acts(p)),
        ties=tuple(tie for p in paragraphs for tie in reader.ties(p)),
        proclaimed_before=tuple(told for p in paragraphs for told in reader.told(p, cited)),
        placings=tuple(placing for p in paragraphs for placing in reader.placings(p)),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    document: Document
    lexicon: Lexicon
    names: dict[str, list[Named]]

    def statement(self, paragraphs: Sequence[Paragraph]) -> MandateStatement | None:
        """Return the first list of functions whose bearer is known, if the document has one."""
        for paragraph in paragraphs:
            match = self.lexicon.search("function-list", paragraph.text.folded)
            centre = self._named_within(paragraph, match, "body", _BODIES) if match else None
            if centre and paragraph.items:
                functions = tuple(self._function(item, centre) for item in paragraph.items)
                seats = (self._seat(p) for p in paragraphs)
                proposers = (self._proposer(p) for p in paragraphs)
                return MandateStatement(
                    centre,
                    paragraph.path,
                    functions,
                    next(filter(None, seats), None),
                    next(filter(None, proposers), None),
                )
        return None

    def _function(self, item: Paragraph, centre: Entity) -> Function:
        words = item.text.folded
        linked = self.lexicon.search("function-opening", words)
        words = words[linked.end() :] if linked else words
        words = words[:1].upper() + words[1:]
        verb = next((v for opening, v in self.lexicon.function_verbs if _opens_with(opening, words)), None)
        counterparts = [
            e for e, _, _ in self.names.get(item.path, ()) if e.kind in _AGENTS and not _is_within(e, centre)
        ]
        return Function(item.position, item, verb, _once(counterparts))

    def _seat(self, paragraph: Paragraph) -> Stated[Entity] | None:
        match = self.lexicon.search("creation", paragraph.text.folded)
        group = match and next((name for name in ("seat", "before") if match[name]), None)
        if match is None or group is None:
            return None
        places = shipped_entities().of_kind("place")
        seat = next((p for p in places if match[group] in map(fold, p.names.get(self.lexicon.language, ()))), None)
        return Stated(seat, paragraph.text.span_of(*match.span(group))) if seat else None

    def _proposer(self, paragraph: Paragraph) -> Stated[Entity] | None:
        match = self.lexicon.search("proposal", paragraph.text.folded)
        body = self._named_within(paragraph, match, "body", ("group", "state", "org")) if match else None
        return Stated(body, paragraph.text.span_of(*match.span())) if match and body else None

    def _named_within(
        self, paragraph: Paragraph, match: re.Match[str], group: str, kinds: Sequence[str]
    ) -> Entity | None:
        start, end = match.span(group)
        here = self.names.get(paragraph.path, ())
        return next((e for e, left, right in here if e.kind in kinds and left < end and start < right), None)

    def acts(self, paragraph: Paragraph) -> Iterator[Act]:
        """Yield the announcement of an intention to create, and a creation told by its anniversary."""
        words = paragraph.text.folded
        head = self.document.letterhead
        if head and (match := self.lexicon.search("intention", words)):
            centres = [e for e, _, _ in self.names.get(paragraph.path, ()) if e.kind == "centre"]
            if len(_once(centres)) == 1:
                span = paragraph.text.span_of(*match.span())
                yield Act("Announcement", paragraph.path, centres[0], head.date.value.isoformat(), span)
        for match in self.lexicon.finditer("anniversary", words):
            yield from self._creation(paragraph, match)

    def _creation(self, paragraph: Paragraph, match: re.Match[str]) -> Iterator[Act]:
        years, month = self.lexicon.ordinal(match["ordinal"]), self.lexicon.months.get(match["month"].lower())
        body = next((e for e, start, _ in self.names.get(paragraph.path, ()) if start == match.end()), None)
        if years and month and body and body.kind in _BODIES:
            day = f"{int(match['year']) - years:04}-{month:02}"
            yield Act("Creation", paragraph.path, body, day, paragraph.text.span_of(*match.span()))

    def ties(self, paragraph: Paragraph) -> Iterator[Tie]:
        """Yield whom the paragraph addresses, what it proclaims, whose closure it announces."""
        names = self.names.get(paragraph.path, ())
        if paragraph.kind == "operative" and (addressee := self._addressee(paragraph)):
            yield Tie("addresses", paragraph.path, addressee[0], paragraph.text.span_of(*addressee[1:]))
        if paragraph.kind == "operative" and paragraph.operator and paragraph.operator.concept == "proclaims":
            for entity, start, end in names:
                if entity.kind == "proclamation":
                    yield Tie("proclaims", paragraph.path, entity, paragraph.text.span_of(start, end))
        for match in self.lexicon.finditer("closure", paragraph.text.folded):
            if closed := self._named_within(paragraph, match, "body", _BODIES):
                yield Tie("closes", paragraph.path, closed, paragraph.text.span_of(*match.span()))

    def _addressee(self, paragraph: Paragraph) -> Named | None:
        """Return the agent right behind the operator that is asked to do something ("Encourage le Centre à ...")."""
        if paragraph.operator is None:
            return None
        words, at = paragraph.text.folded, paragraph.operator.end
        article = self.lexicon.search("all-of", words[at:].lstrip())
        begin = at + len(words[at:]) - len(words[at:].lstrip()) + (article.end() if article else 0)
        for entity, start, end in self.names.get(paragraph.path, ()):
            leads = at <= start <= begin
            if leads and entity.kind in _AGENTS and self.lexicon.search("asks-link", words[end:]):
                return entity, start, end
        return None

    def told(self, paragraph: Paragraph, cited: Sequence[tuple[str, str, int]]) -> Iterator[ToldProclamation]:
        """Yield what the paragraph tells another document to have proclaimed ("dans laquelle elle a proclamé ...")."""
        for match in self.lexicon.finditer("proclaimed-before", paragraph.text.folded):
            sources = [(end, symbol) for path, symbol, end in cited if path == paragraph.path and end <= match.start()]
            thing = next((n for n in self.names.get(paragraph.path, ()) if n[1] == match.end()), None)
            if sources and thing and thing[0].kind == "proclamation":
                year = int(match["year"]) if match["year"] else None
                span = paragraph.text.span_of(match.start(), thing[2])
                yield ToldProclamation(paragraph.path, max(sources)[1], thing[0], year, span)

    def placings(self, paragraph: Paragraph) -> Iterator[AgendaPlacing]:
        """Yield the items that an operative paragraph places on the agenda of a later session."""
        if paragraph.kind != "operative":
            return
        for match in self.lexicon.finditer("agenda-placing", paragraph.text.folded):
            session = self.lexicon.ordinal(match["ordinal"])
            title = paragraph.text[slice(*match.span("title"))].chars if match["title"] else None
            if session:
                yield AgendaPlacing(paragraph.path, session, title, paragraph.text.span_of(*match.span()))


def _opens_with(opening: str, words: str) -> bool:
    return bool(re.match(re.escape(opening) + r"\b", words))


def _once(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    return tuple({e.local_name: e for e in entities}.values())


def _is_within(entity: Entity, centre: Entity) -> bool:
    """Tell whether an entity is the centre or named within its name: the United Nations is no counterpart of it."""
    mine = [name for names in entity.names.values() for name in names]
    return entity == centre or any(name in whole for names in centre.names.values() for whole in names for name in mine)
