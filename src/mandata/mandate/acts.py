"""The acts upon mandates that a document performs: what it establishes, extends, changes, ends, asks to be reviewed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mandata.document.model import Document, Paragraph
from mandata.errors import Issue
from mandata.lexicon.lexicon import Lexicon
from mandata.mandate.bodies import Bodies, Body
from mandata.mandate.model import Act, Term
from mandata.mandate.term import read_end, read_term

PERFORMING = ("resolution", "decision")
"""The kinds of documents whose operative paragraphs act; what a draft or a report says is no act yet."""
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
_TOLD_IN_THE_PREAMBLE = ("mandate-reaffirmation",)
_UNSETTLED = "what is said here of a mandate names no body that can be settled"


@dataclass(frozen=True, slots=True)
class Acts:
    """Reads the acts of one document, paragraph by paragraph."""

    document: Document
    lexicon: Lexicon
    bodies: Bodies

    @property
    def adopted(self) -> date | None:
        """The day on which the document was adopted, where it says so."""
        stated = self.document.masthead.adopted
        return stated.value if stated else None

    def of(self, paragraph: Paragraph, parent: Paragraph | None = None) -> Iterator[Act | Issue]:
        """Yield the acts that a paragraph performs, each once, and an Issue where the body cannot be settled.

        An item acts with the verb of the paragraph that it is an item of ("Decides: (a) To extend ...").
        """
        if self.document.kind not in PERFORMING:
            return
        seen: set[tuple[str, str]] = set()
        begun: set[int] = set()
        for rule, kind in _KINDS.items():
            if paragraph.kind != "operative" and rule not in _TOLD_IN_THE_PREAMBLE:
                continue
            for match in self.lexicon.finditer(rule, paragraph.text.folded):
                if match.start() in begun or not _is_performed(match, parent):
                    continue
                for found in self._read(kind, paragraph, match):
                    key = (found.kind, found.bearer.local_name) if isinstance(found, Act) else (kind, "")
                    begun.add(match.start()) if kind == "Modification" else None
                    if key not in seen:
                        yield found
                    seen.add(key)

    def _read(self, kind: str, paragraph: Paragraph, match: re.Match[str]) -> Iterator[Act | Issue]:
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
            yield from self._succeeded(paragraph, match, body, former, self._term(clause)[0])
            return
        term, end = read_end(clause, self.lexicon) if kind == "Termination" else self._term(clause)
        place = paragraph.place(match.start(), max(after, match.start() + end))
        yield Act(kind, place, body.entity, None, term)
        if kind == "Establishment" and (follows := self.lexicon.search("mandate-successor", clause)):
            yield from self._succeeded(paragraph, match, body, (match.start() + follows.end(), None), term)

    def _term(self, clause: str) -> tuple[Term, int]:
        return read_term(clause, self.lexicon, self.adopted)

    def _succeeded(
        self, paragraph: Paragraph, match: re.Match[str], body: Body, place: tuple[int, int | None], term: Term
    ) -> Iterator[Act]:
        """Yield the act by which a body takes over from the one named at a place, on the day on which it begins."""
        former = self.bodies.at(paragraph, *place)
        if former and former.entity != body.entity:
            here = paragraph.place(match.start(), max(former.end, body.end))
            begins = Term(start=term.start)
            yield Act("Supersession", here, former.entity, None, begins, successor=body.entity)

    def announced(self, paragraph: Paragraph) -> Iterator[Act]:
        """Yield the announcement, by a letter, of the intention to create a body; it bears the date of the letter."""
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
            yield Act("Announcement", place, entity, head.date.value.isoformat())

    def told(self, paragraph: Paragraph) -> Iterator[Act]:
        """Yield the creations that a paragraph tells by their anniversary."""
        for match in self.lexicon.finditer("anniversary", paragraph.text.folded):
            years, month = self.lexicon.ordinal(match["ordinal"]), self.lexicon.months.get(match["month"].lower())
            names = self.bodies.names.get(paragraph.path, ())
            body = next((e for e, start, _ in names if start == match.end() and e.kind in ("centre", "org")), None)
            if years and month and body:
                day = f"{int(match['year']) - years:04}-{month:02}"
                yield Act("Creation", paragraph.place(*match.span()), body, day)


def _is_performed(match: re.Match[str], parent: Paragraph | None) -> bool:
    """Tell whether a match holds its own verb, or is an item of a paragraph that decides."""
    if not match.groupdict().get("item"):
        return True
    return parent is not None and parent.operator is not None and parent.operator.concept == "decides"


def _start(match: re.Match[str], group: str) -> int:
    """Return where the words of a group begin: behind the match, where the rule has no such group."""
    return match.start(group) if match.groupdict().get(group) else match.end()


def _stop(match: re.Match[str], group: str) -> int | None:
    return match.end(group) if match.groupdict().get(group) else None
