"""What operative paragraphs ask: of whom, by when, whether a report is due, what is placed on an agenda."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mandata.document.model import Document, Paragraph
from mandata.lexicon.dates import parse_date
from mandata.lexicon.lexicon import Lexicon
from mandata.mandate.bodies import Named
from mandata.mandate.functions import AGENTS
from mandata.mandate.model import AgendaPlacing, DocumentTie, Due, ReportRequest, Tie, ToldProclamation
from mandata.mandate.term import day_after, period_of
from mandata.un.entities import Entity, shipped_entities

_SESSIONS_AHEAD = 15
"""How many sessions ahead an organ may ask for something: the reviews of its plans take the longest."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that a paragraph cites; ``start`` and ``end`` are None where it does so through a note."""

    path: str
    target: str
    start: int | None
    end: int | None
    is_report: bool


@dataclass(frozen=True, slots=True)
class Provisions:
    """Reads what the paragraphs of one document ask and place."""

    document: Document
    lexicon: Lexicon
    names: Mapping[str, Sequence[Named]]
    cited: Mapping[str, Sequence[Cited]]

    def ties(self, paragraph: Paragraph) -> Iterator[Tie]:
        """Yield whom the paragraph addresses, and what it proclaims."""
        if paragraph.kind != "operative":
            return
        if addressee := self._addressee(paragraph):
            yield Tie("addresses", paragraph.place(*addressee[1:]), addressee[0])
        if paragraph.operator and paragraph.operator.concept == "proclaims":
            for entity, start, end in self.names.get(paragraph.path, ()):
                if entity.kind == "proclamation":
                    yield Tie("proclaims", paragraph.place(start, end), entity)

    def _addressee(self, paragraph: Paragraph) -> Named | None:
        """Return the agent right behind the operator that is asked to do something ("Encourage le Centre à ...")."""
        if paragraph.operator is None:
            return None
        words, at = paragraph.text.folded, paragraph.operator.end
        article = self.lexicon.search("all-of", words[at:].lstrip())
        begin = at + len(words[at:]) - len(words[at:].lstrip()) + (article.end() if article else 0)
        for entity, start, end in self.names.get(paragraph.path, ()):
            leads = at <= start <= begin
            if leads and entity.kind in AGENTS and self.lexicon.search("asks-link", words[end:]):
                return entity, start, end
        return None

    def reports(self, paragraph: Paragraph) -> Iterator[ReportRequest]:
        """Yield the first words by which an operative paragraph asks for a report."""
        if paragraph.kind != "operative":
            return
        for match in self.lexicon.finditer("report-request", paragraph.text.folded):
            if not self._is_told(paragraph, match):
                yield ReportRequest(paragraph.place(*match.span()))
                return

    def _is_told(self, paragraph: Paragraph, match: re.Match[str]) -> bool:
        """Tell whether a match stands in what is told, not asked: "the Covenant, adopted at its fifteenth session"."""
        return self.lexicon.search("told-before", paragraph.text.folded[: match.start()]) is not None

    def due(self, paragraph: Paragraph) -> Iterator[Due]:
        """Yield by when an operative paragraph asks for what it asks: a day, a session, or every so often."""
        if paragraph.kind != "operative":
            return
        words, placed = paragraph.text.folded, self._placed(paragraph)
        for match in self.lexicon.finditer("due-session", words):
            if match.start("ordinal") in placed or self._is_told(paragraph, match):
                continue
            session, organ = self.lexicon.ordinal(match["ordinal"]), self._organ_before(paragraph, match.start())
            if session and organ and not self._is_far(session, organ):
                yield Due(paragraph.place(*match.span()), session=session, organ=organ)
        for match in self.lexicon.finditer("due-date", words):
            if (day := self._day(match)) and not self._is_told(paragraph, match):
                yield Due(paragraph.place(*match.span()), day=day)
        for match in self.lexicon.finditer("due-every", words):  # of a report: much else is said of every year
            if (every := period_of(match)) and self.lexicon.search("report-request", words[: match.end()]):
                yield Due(paragraph.place(*match.span()), every=every)

    def _placed(self, paragraph: Paragraph) -> set[int]:
        """Return where the sessions stand on whose agenda the paragraph places an item."""
        return {m.start("ordinal") for m in self.lexicon.finditer("agenda-placing", paragraph.text.folded)}

    def _day(self, match: re.Match[str]) -> str | None:
        """Return a day, a month or a year in ISO 8601; a time from the adoption only where its day is known."""
        said = {name: words for name, words in match.groupdict().items() if words}
        if "date" in said:
            day = parse_date(said["date"], self.lexicon)
            return day.isoformat() if day else None
        if "month" in said:
            month = self.lexicon.month(said["month"])
            return f"{said['year']}-{month:02}" if month else None
        if "year" in said:
            return said["year"]
        adopted = self._adopted()
        day = day_after(match, adopted) if adopted else None
        return day.isoformat() if day else None

    def _adopted(self) -> date | None:
        stated = self.document.masthead.adopted
        return stated.value if stated else None

    def _organ_before(self, paragraph: Paragraph, at: int) -> Entity | None:
        """Return the organ whose "its" stands at a place: the one named right before it, else the one that speaks."""
        words, here = paragraph.text.folded, self.names.get(paragraph.path, ())
        right = (e for e, _, end in here if e.kind == "organ" and end <= at and not words[end:at].strip(" ,"))
        return next(right, shipped_entities().by_name.get(str(self.document.masthead.acting)))

    def _is_far(self, session: int, organ: Entity) -> bool:
        """Tell whether a session of the organ that speaks is over, or far: another organ's, or one that is told of."""
        head = self.document.masthead
        if organ.local_name != head.acting or head.session is None:
            return False
        return not head.session.value <= session <= head.session.value + _SESSIONS_AHEAD

    def placings(self, paragraph: Paragraph) -> Iterator[AgendaPlacing]:
        """Yield the items that an operative paragraph places on the agenda of a later session."""
        if paragraph.kind != "operative":
            return
        for match in self.lexicon.finditer("agenda-placing", paragraph.text.folded):
            session = self.lexicon.ordinal(match["ordinal"])
            title = paragraph.text[slice(*match.span("title"))].chars if match["title"] else None
            if session:
                yield AgendaPlacing(paragraph.place(*match.span()), session, title)

    def answers(self, paragraph: Paragraph) -> Iterator[DocumentTie]:
        """Yield the resolution, and its paragraph, that the paragraph tells a report to have been submitted under."""
        here = self.cited.get(paragraph.path, ())
        reports = {one.target for one in here if one.is_report}
        for match in self.lexicon.finditer("report-pursuant", paragraph.text.folded) if here else ():
            if any(self.reports(paragraph)):  # "requests ... to submit a report in accordance with" asks for one
                return
            under = next((c for c in here if _stands_at(c, match.end())), None)
            if under and under.end is not None:
                place = paragraph.place(match.start(), under.end)
                report = next(iter(reports)) if len(reports) == 1 else None
                yield DocumentTie("answers", place, under.target, match["paragraph"], report)

    def told(self, paragraph: Paragraph) -> Iterator[ToldProclamation]:
        """Yield what the paragraph tells another document to have proclaimed ("dans laquelle elle a proclamé ...")."""
        for match in self.lexicon.finditer("proclaimed-before", paragraph.text.folded):
            before = [c for c in self.cited.get(paragraph.path, ()) if c.end is not None and c.end <= match.start()]
            thing = next((n for n in self.names.get(paragraph.path, ()) if n[1] == match.end()), None)
            if before and thing and thing[0].kind == "proclamation":
                year = int(match["year"]) if match["year"] else None
                place = paragraph.place(match.start(), thing[2])
                last = max(before, key=lambda c: (c.end or 0, c.target))
                yield ToldProclamation(place, last.target, thing[0], year)


def _stands_at(cited: Cited, place: int) -> bool:
    """Tell whether a citation holds a place, as "resolution 72/7" does that of its number."""
    return cited.start is not None and cited.end is not None and cited.start <= place < cited.end
