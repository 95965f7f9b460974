"""The lists of functions that a document gives to bodies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from mandata.document.model import Paragraph
from mandata.lexicon.folding import fold
from mandata.lexicon.lexicon import Lexicon
from mandata.mandate.bodies import Bodies
from mandata.mandate.model import MandateAct, MandateFunction, MandateStatement, StatedEntity
from mandata.un.entities import Entity, shipped_entities

AGENTS = ("org", "centre", "organ", "group", "post", "state")
"""The kinds of entities that can be partners in a function, or be requested to do something."""


@dataclass(frozen=True, slots=True)
class FunctionFinder:
    """Finds the lists of functions of one document."""

    lexicon: Lexicon
    bodies: Bodies

    def statements(self, paragraphs: Sequence[Paragraph], acts: Iterable[MandateAct]) -> Iterator[MandateStatement]:
        """Yield each list of functions in ``paragraphs`` whose bearer is named, or established by one of ``acts``."""
        founded = {act.path: act for act in acts if act.kind == "Establishment"}
        for paragraph in paragraphs:
            bearer = self._bearer(paragraph, founded.get(paragraph.path)) if paragraph.items else None
            if bearer is None:
                continue
            number = count(1)
            functions = tuple(self._functions(paragraph.items, bearer, number, None))
            seats, proposers = map(self._seat, paragraphs), map(self._proposer, paragraphs)
            yield MandateStatement(
                bearer, paragraph.path, functions, next(filter(None, seats), None), next(filter(None, proposers), None)
            )

    def _bearer(self, paragraph: Paragraph, founded: MandateAct | None) -> Entity | None:
        words = paragraph.text.folded
        if match := self.lexicon.search("function-list", words):
            body = self.bodies.at(paragraph, match.start("body"), match.end("body"))
            return body.entity if body else None
        return founded.bearer if founded and self.lexicon.search("function-tail", words) else None

    def _functions(
        self, items: Sequence[Paragraph], bearer: Entity, number: Iterator[int], heading: Paragraph | None
    ) -> Iterator[MandateFunction]:
        """Yield the functions of a list; an item that only introduces a list of its own becomes their heading."""
        for item in items:
            linked = self.lexicon.search("function-opening", item.text.folded)
            words = item.text.folded[linked.end() if linked else 0 :]
            words = words[:1].upper() + words[1:]  # "D'appuyer les efforts" opens with "Appuyer"
            verb = next((v for opening, v in self.lexicon.function_verbs if _opens_with(opening, words)), None)
            openings = (self.lexicon.search("function-opening", below.text.folded) for below in item.items)
            if item.items and not linked and (not verb or any(openings)):  # "Support for the elections", above "To ..."
                yield from self._functions(item.items, bearer, number, item)
                continue
            names = [e for e, _, _ in self.bodies.names.get(item.path, ())]
            others = _distinct(e for e in names if e.kind in AGENTS and not is_within(e, bearer))
            topics = _distinct(e for e in names if e.kind == "topic")
            yield MandateFunction(next(number), item, verb, others, topics, heading)

    def _seat(self, paragraph: Paragraph) -> StatedEntity | None:
        match = self.lexicon.search("creation", paragraph.text.folded)
        group = match and next((name for name in ("seat", "before") if match[name]), None)
        if match is None or group is None:
            return None
        places = shipped_entities().of_kind("place")
        seat = next((p for p in places if match[group] in map(fold, p.names.get(self.lexicon.language, ()))), None)
        return StatedEntity(seat, paragraph.place(*match.span(group))) if seat else None

    def _proposer(self, paragraph: Paragraph) -> StatedEntity | None:
        match = self.lexicon.search("proposal", paragraph.text.folded)
        if match is None:
            return None
        start, end = match.span("body")
        here = self.bodies.names.get(paragraph.path, ())
        kinds = ("group", "state", "org")
        body = next((e for e, left, right in here if e.kind in kinds and left < end and start < right), None)
        return StatedEntity(body, paragraph.place(*match.span())) if body else None


def is_within(entity: Entity, body: Entity) -> bool:
    """Return whether an entity is a body or part of its name: the United Nations is no counterpart of its missions."""
    mine = [name for names in entity.names.values() for name in names]
    return entity == body or any(name in whole for names in body.names.values() for whole in names for name in mine)


def _opens_with(opening: str, words: str) -> bool:
    return bool(re.match(re.escape(opening) + r"\b", words))


def _distinct(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    return tuple({e.local_name: e for e in entities}.values())
