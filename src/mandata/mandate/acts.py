"""The acts on mandates that a document performs: establishment, extension, modification, termination, review."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mandata.document.model import Document, Paragraph
from mandata.errors import Issue
from mandata.lexicon.lexicon import Lexicon
from mandata.mandate.bodies import Bodies, NamedBody
from mandata.mandate.model import MandateAct, MandateTerm
from mandata.mandate.term import read_end, read_term

PERFORMING = ("resolution", "decision")
"""The kinds of documents whose operative paragraphs perform acts; a draft or a report does not."""
_KINDS = {
    "mandate-modification": "Modification",  # first: to extend a mandate "to include" is to modify it
    "mandate-extension": "Extension",
    "mandate-termination": "Termination",
    "mandate-review": "ReviewRequest",
    "mandate-report": "ReportRequest",
    "mandate-reaffirmation": "Reaffirmation",
    "mandate-establishment": "Establishment",
    "mandate-supersession": "Supersession",
}
_ALSO_PREAMBULAR = ("mandate-reaffirmation",)
_UNSETTLED = "what is said here of a mandate names no body that can be settled"


@dataclass(frozen=True, slots=True)
class ActFinder:
    """Finds the acts of one document, paragraph by paragraph."""

    document: Document
    lexicon: Lexicon
    bodies: Bodies

    @property
    def adopted(self) -> date | None:
        """The day on which the document was adopted, if it states it."""
        stated = self.document.masthead.adopted
        return stated.value if stated else None

    def find_acts(self, paragraph: Paragraph, parent: Paragraph | None = None) -> Iterator[MandateAct | Issue]:
        """Yield the acts that a paragraph performs, each once, and an Issue if the body cannot be determined.

        An item is governed by the verb of its ``parent`` paragraph ("Decides: (a) To extend ...").
        """
        if self.document.kind not in PERFORMING:
            return
        seen: set[tuple[str, str]] = set()
        begun: set[int] = set()
        for rule, kind in _KINDS.items():
            if paragraph.kind != "operative" and rule not in _ALSO_PREAMBULAR:
                continue
            for match in self.lexicon.finditer(rule, paragraph.text.folded):
                if match.start() in begun or not _is_performed(match, parent):
                    continue
                for found in self._read_act(kind, paragraph, match):
                    key = (found.kind, found.bearer.local_name) if isinstance(found, MandateAct) else (kind, "")
                    begun.add(match.start()) if kind == "Modification" else None
                    if key not in seen:
                        yield found
                    seen.add(key)

    def _read_act(self, kind: str, paragraph: Paragraph, match: re.Match[str]) -> Iterator[MandateAct | Issue]:
        words, start = paragraph.text.folded, _start(match, "body")
        body = self.bodies.at(paragraph, start, _stop(match, "body"))
        if body is None:
            if self.lexicon.search("unnamed-body", words[start : start + 200]):
                yield Issue("mandate-bearer-unknown", _UNSETTLED, *paragraph.text.span_of(match.start(), match.end()))
            return
        after = max(match.end(), body.end)
        close = self.lexicon.search("act-ends", words[after:])
        clause = words[match.start() : after + close.start() if close else len(words)]
        if kind == "Supersession":
            former = _start(match, "former"), _stop(match, "former")
            yield from self._find_supersession(paragraph, match, body, former, self._term(clause)[0])
            return
        term, end = read_end(clause, self.lexicon) if kind == "Termination" else self._term(clause)
        place = paragraph.place(match.start(), max(after, match.start() + end))
        yield MandateAct(kind, place, body.entity, None, term)
        if kind == "Establishment" and (successor_words := self.lexicon.search("mandate-successor", clause)):
            yield from self._find_supersession(
                paragraph, match, body, (match.start() + successor_words.end(), None), term
            )

    def _term(self, clause: str) -> tuple[MandateTerm, int]:
        return read_term(clause, self.lexicon, self.adopted)

    def _find_supersession(
        self,
        paragraph: Paragraph,
        match: re.Match[str],
        body: NamedBody,
        place: tuple[int, int | None],
        term: MandateTerm,
    ) -> Iterator[MandateAct]:
        """Yield the act by which ``body`` succeeds the one named at ``place``, on the day on which its term starts."""
        former = self.bodies.at(paragraph, *place)
        if former and former.entity != body.entity:
            here = paragraph.place(match.start(), max(former.end, body.end))
            begins = MandateTerm(start=term.start)
            yield MandateAct("Supersession", here, former.entity, None, begins, successor=body.entity)

    def find_announcements(self, paragraph: Paragraph) -> Iterator[MandateAct]:
        """Yield the announcement, in a letter, of the intention to create a body; it has the date of the letter."""
        head = self.document.letterhead
        match = self.lexicon.search("intention", paragraph.text.folded) if head else None
        if head is None or match is None:
            return
        article = self.lexicon.search("body-article", paragraph.text.folded[match.end() :])
        body = self.bodies.at(paragraph, match.end() + (article.end() if article else 0))
        centres = {e.local_name: e for e, _, _ in self.bodies.names.get(paragraph.path, ()) if e.kind == "centre"}
        centre = next(iter(centres.values())) if len(centres) == 1 else None
        entity = body.entity if body and body.entity.kind in ("centre", "org") else centre
        if entity:
            place = paragraph.place(match.start(), max(match.end(), body.end if body else 0))
            yield MandateAct("Announcement", place, entity, head.date.value.isoformat())

    def find_anniversaries(self, paragraph: Paragraph) -> Iterator[MandateAct]:
        """Yield the creations of bodies whose anniversary a paragraph states."""
        for match in self.lexicon.finditer("anniversary", paragraph.text.folded):
            years, month = self.lexicon.ordinal(match["ordinal"]), self.lexicon.months.get(match["month"].lower())
            names = self.bodies.names.get(paragraph.path, ())
            body = next((e for e, start, _ in names if start == match.end() and e.kind in ("centre", "org")), None)
            if years and month and body:
                day = f"{int(match['year']) - years:04}-{month:02}"
                yield MandateAct("Creation", paragraph.place(*match.span()), body, day)


def _is_performed(match: re.Match[str], parent: Paragraph | None) -> bool:
    """Return whether a match contains its own verb, or is in an item of a paragraph that decides."""
    if not match.groupdict().get("item"):
        return True
    return parent is not None and parent.operator is not None and parent.operator.concept == "decides"


def _start(match: re.Match[str], group: str) -> int:
    """Return where the words of a group begin, or the end of the match if the rule has no such group."""
    return match.start(group) if match.groupdict().get(group) else match.end()


def _stop(match: re.Match[str], group: str) -> int | None:
    return match.end(group) if match.groupdict().get(group) else None
