"""The requests of operative paragraphs: addressees, due dates, reports, and agenda items."""

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
from mandata.mandate.model import AgendaPlacing, DocumentTie, Due, ReportedProclamation, ReportRequest, Tie
from mandata.mandate.term import day_after, period_of
from mandata.un.entities import Entity, shipped_entities

_SESSIONS_AHEAD = 15
"""How many sessions ahead an organ may make a request for: reviews of its plans are the farthest."""


@dataclass(frozen=True, slots=True)
class ParagraphCitation:
    """A document that a paragraph cites; ``start`` and ``end`` are None if it is cited through a note."""

    path: str
    target: str
    start: int | None
    end: int | None
    is_report: bool


@dataclass(frozen=True, slots=True)
class ProvisionFinder:
    """Finds the requests in the paragraphs of one document."""

    document: Document
    lexicon: Lexicon
    names: Mapping[str, Sequence[Named]]
    cited: Mapping[str, Sequence[ParagraphCitation]]

    def ties(self, paragraph: Paragraph) -> Iterator[Tie]:
        """Yield the addressee of a paragraph, and what it proclaims."""
        if paragraph.kind != "operative":
            return
        if addressee := self._addressee(paragraph):
            yield Tie("addresses", paragraph.place(*addressee[1:]), addressee[0])
        if paragraph.operator and paragraph.operator.concept == "proclaims":
            for entity, start, end in self.names.get(paragraph.path, ()):
                if entity.kind == "proclamation":
                    yield Tie("proclaims", paragraph.place(start, end), entity)

    def _addressee(self, paragraph: Paragraph) -> Named | None:
        """Return the agent directly after the operator that is asked to do something ("Encourage le Centre à ...")."""
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
            if not self._is_reported(paragraph, match):
                yield ReportRequest(paragraph.place(*match.span()))
                return

    def _is_reported(self, paragraph: Paragraph, match: re.Match[str]) -> bool:
        """Return whether a match is a report, not a request: "the Covenant, adopted at its fifteenth session"."""
        return self.lexicon.search("reported-before", paragraph.text.folded[: match.start()]) is not None

    def due(self, paragraph: Paragraph) -> Iterator[Due]:
        """Yield the due dates of the requests of an operative paragraph: days, sessions, or frequencies."""
        if paragraph.kind != "operative":
            return
        words, agenda_sessions = paragraph.text.folded, self._agenda_sessions(paragraph)
        for match in self.lexicon.finditer("due-session", words):
            if match.start("ordinal") in agenda_sessions or self._is_reported(paragraph, match):
                continue
            session, organ = self.lexicon.ordinal(match["ordinal"]), self._organ_before(paragraph, match.start())
            if session and organ and not self._is_far(session, organ):
                yield Due(paragraph.place(*match.span()), session=session, organ=organ)
        for match in self.lexicon.finditer("due-date", words):
            if (day := self._day(match)) and not self._is_reported(paragraph, match):
                yield Due(paragraph.place(*match.span()), day=day)
        for match in self.lexicon.finditer("due-every", words):  # of reports only: much else is said of every year
            if (every := period_of(match)) and self.lexicon.search("report-request", words[: match.end()]):
                yield Due(paragraph.place(*match.span()), every=every)

    def _agenda_sessions(self, paragraph: Paragraph) -> set[int]:
        """Return the positions of the sessions on whose agenda the paragraph places an item."""
        return {m.start("ordinal") for m in self.lexicon.finditer("agenda-placing", paragraph.text.folded)}

    def _day(self, match: re.Match[str]) -> str | None:
        """Return a day, a month or a year in ISO 8601; a period from the adoption only if its day is known."""
        groups = {name: words for name, words in match.groupdict().items() if words}
        if "date" in groups:
            day = parse_date(groups["date"], self.lexicon)
            return day.isoformat() if day else None
        if "month" in groups:
            month = self.lexicon.month(groups["month"])
            return f"{groups['year']}-{month:02}" if month else None
        if "year" in groups:
            return groups["year"]
        adopted = self._adoption_date()
        day = day_after(match, adopted) if adopted else None
        return day.isoformat() if day else None

    def _adoption_date(self) -> date | None:
        stated = self.document.masthead.adopted
        return stated.value if stated else None

    def _organ_before(self, paragraph: Paragraph, at: int) -> Entity | None:
        """Return the organ that "its" refers to at a position: one named directly before it, else the acting organ."""
        words, here = paragraph.text.folded, self.names.get(paragraph.path, ())
        right = (e for e, _, end in here if e.kind == "organ" and end <= at and not words[end:at].strip(" ,"))
        return next(right, shipped_entities().by_name.get(str(self.document.masthead.acting)))

    def _is_far(self, session: int, organ: Entity) -> bool:
        """Return whether a session is over or far ahead for the acting organ, and so another's, or a reported one."""
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
        """Yield the resolution, and its paragraph, under which a report was submitted according to this paragraph."""
        here = self.cited.get(paragraph.path, ())
        reports = {citation.target for citation in here if citation.is_report}
        for match in self.lexicon.finditer("report-pursuant", paragraph.text.folded) if here else ():
            if any(self.reports(paragraph)):  # "requests ... to submit a report in accordance with" asks for one
                return
            under = next((c for c in here if _stands_at(c, match.end())), None)
            if under and under.end is not None:
                place = paragraph.place(match.start(), under.end)
                report = next(iter(reports)) if len(reports) == 1 else None
                yield DocumentTie("answers", place, under.target, match["paragraph"], report)

    def reported_proclamations(self, paragraph: Paragraph) -> Iterator[ReportedProclamation]:
        """Yield the proclamations by other documents that a paragraph reports ("dans laquelle elle a proclamé ...")."""
        for match in self.lexicon.finditer("proclaimed-before", paragraph.text.folded):
            before = [c for c in self.cited.get(paragraph.path, ()) if c.end is not None and c.end <= match.start()]
            named = next((n for n in self.names.get(paragraph.path, ()) if n[1] == match.end()), None)
            if before and named and named[0].kind == "proclamation":
                year = int(match["year"]) if match["year"] else None
                place = paragraph.place(match.start(), named[2])
                last = max(before, key=lambda c: (c.end or 0, c.target))
                yield ReportedProclamation(place, last.target, named[0], year)


def _stands_at(cited: ParagraphCitation, place: int) -> bool:
    """Return whether the words of a citation cover a position, as "resolution 72/7" covers that of its number."""
    return cited.start is not None and cited.end is not None and cited.start <= place < cited.end
