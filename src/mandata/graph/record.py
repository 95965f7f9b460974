"""A reading as one JSON object, by the keys that ``mandata convert --format jsonl`` promises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from mandata.citation.model import WAYS, Citation
from mandata.document.model import Annex, Footnote, Paragraph, Stated
from mandata.graph import divisions
from mandata.graph.proceedings import proceedings_json
from mandata.graph.record_mandates import asked_keys, mandate_keys
from mandata.identity.model import Identity
from mandata.mandate.model import Tie
from mandata.mention.events import EventOccurrence
from mandata.reading import Reading
from mandata.un.entities import shipped_entities

Json = dict[str, Any]


def record(reading: Reading, identity: Identity) -> Json:
    """Return the object for a document: dates in ISO 8601, offsets in characters into the file as received."""
    return _Recorder(reading, identity).record()


def doubts(reading: Reading, identity: Identity) -> Json:
    """Return what is open about a document, by the keys of its record: ``unresolved`` and ``issues``."""
    return _Recorder(reading, identity).doubts()


class _Recorder:
    def __init__(self, reading: Reading, identity: Identity) -> None:
        self.reading, self.identity, self.document = reading, identity, reading.document
        self.cited: dict[str, list[Citation]] = defaultdict(list)
        for citation in reading.citations.found:
            if citation.target != identity.symbol:
                self.cited[citation.path].append(citation)
        self.states: dict[str, list[str]] = defaultdict(list)
        for mention in reading.mentions:
            if mention.entity.kind == "state":
                self.states[mention.path].append(mention.entity.display_name)
        self.ties: dict[tuple[str, str], list[Tie]] = defaultdict(list)
        for tie in reading.mandates.ties:
            self.ties[tie.kind, tie.path].append(tie)

    def record(self) -> Json:
        document, head = self.document, self.document.masthead
        letter = document.letterhead
        return {
            "source": document.source.path,
            **({"extracted_by": by} if (by := document.source.extracted_by) else {}),
            "kind": document.kind,
            "symbol": self.identity.symbol,
            "symbol_stated": _value(head.symbol) or _value(head.number),
            "language": document.language,
            "original_language": _value(head.original_language),
            "body": self._body(),
            "session": _value(head.session or head.special_session),
            "agenda_item": _value(head.agenda_item),
            "agenda_item_title": _value(head.agenda_item_title),
            "distribution_date": _iso(_value(head.distribution_date)),
            "adopted": _iso(_value(head.adopted)),
            "letter_date": _iso(letter.date.value) if letter else None,
            "statement_date": _iso(_value(document.delivered)),
            "meeting": _value(document.meeting),
            "main_committee": _display_name(_value(head.main_committee)),
            "drafts": [s.value for s in head.drafts],
            "based_on": [s.value for s in head.based_on],
            "job_number": _value(head.job_number),
            "heading": document.heading.chars if document.heading else None,
            "title": document.title.chars if document.title else None,
            "enacting_formula": _value(document.enacting_formula),
            "preambular": [self._paragraph(p) for p in document.preambular],
            "operative": [self._paragraph(p) for p in document.operative],
            "paragraphs": [self._paragraph(p) for p in document.paragraphs],
            "footnotes": {note.number: self._footnote(note) for note in document.footnotes},
            "annexes": [self._annex(annex) for annex in document.annexes],
            **divisions.divisions_json(document, self.identity),
            "rapporteur": _value(document.rapporteur),
            "sender": self._sender(),
            "addressee": next(iter(self._addressees()), None),
            "addressees": self._addressees(),
            **mandate_keys(self.reading),
            "cites": self._all_cited(),
            "unresolved": (open_ := self.doubts())["unresolved"],
            "mentions": [
                {"id": m.entity.local_name, "kind": m.entity.kind, "text": m.text, **_places(m.place.runs)}
                for m in self.reading.mentions
            ],
            "issues": open_["issues"],
            **proceedings_json(self.reading),
        }

    def doubts(self) -> Json:
        return {
            "unresolved": [
                {"words": u.words, "candidates": list(u.candidates), "reason": u.reason, "path": u.path}
                | _place(u.span)
                for u in self.reading.citations.unresolved
            ],
            "issues": [
                {"code": i.code, "message": i.message, "start": i.start, "end": i.end}
                for i in (*self.document.issues, *self.identity.issues)
            ],
        }

    def _body(self) -> str | None:
        """Return the organs under whose masthead it stands: "General Assembly, Second Committee"."""
        entities, names = shipped_entities(), ""
        for stated in self.document.masthead.organs:
            organ = entities.by_name[stated.value]
            joint = ", " if organ.facts.get("sub_organ_of") else " and "
            names += (joint if names else "") + organ.display_name
        return names or None

    def _paragraph(self, paragraph: Paragraph) -> Json:
        operator = paragraph.operator
        row: Json = {
            "n": int(paragraph.number) if paragraph.number and paragraph.number.isdigit() else paragraph.number,
            "operator": operator.words if operator else None,
            "concept": operator.concept if operator else None,
            "text": paragraph.text.chars,
            **_places(tuple(paragraph.text.runs())),
            "addressee": next((t.entity.display_name for t in self._ties("addresses", paragraph)), None),
            "cites": [self._citation(c) for c in self.cited[paragraph.path]],
            "items": [self._paragraph(item) for item in paragraph.items],
        }
        if paragraph.kind == "preambular":  # none is printed: the position counts
            row["n"] = paragraph.position
        return row | self._sayings(paragraph)

    def _sayings(self, paragraph: Paragraph) -> Json:
        said: Json = {"section": paragraph.section} if paragraph.section else {}
        said |= {"part": letter} if (letter := self._letter(paragraph)) else {}
        said |= {"also": True} if paragraph.operator and paragraph.operator.also else {}
        for tie in self._ties("proclaims", paragraph):
            said["proclaims"] = tie.entity.display_name
        return said | asked_keys(self.reading, paragraph.path)

    def _letter(self, paragraph: Paragraph) -> str | None:
        """Return the letter of the resolution that it is of, where several stand together."""
        letters = (part.path for part in self.document.parts if paragraph.path.startswith(f"{part.path}."))
        return next(letters, None)

    def _ties(self, kind: str, paragraph: Paragraph) -> Iterable[Tie]:
        return self.ties.get((kind, paragraph.path), ())

    @staticmethod
    def _citation(citation: Citation) -> Json:
        row: Json = {
            "id": citation.target,
            "via": citation.way,
            "note": _number(citation.note),
            "part": citation.part,
        }
        row |= {"intent": citation.intent, "text": citation.text, **_places(citation.place.runs)}
        row |= {"linked": True} if citation.linked else {}
        return row | _dates(citation)

    def _footnote(self, note: Footnote) -> Json:
        cited = self.cited[note.path]
        row: Json = {"text": note.text.chars, "cites": [c.target for c in cited], **_place(note.text.span)}
        if linked := [c.target for c in cited if c.linked]:
            row["linked"] = linked
        if parts := sorted({c.part for c in cited if c.part}):
            row["part"] = parts[0] if len(parts) == 1 else parts
        states = self.states.get(note.path)
        return row | ({"states": states} if states else {})

    def _annex(self, annex: Annex) -> Json:
        occurrence = next((h for h in self.reading.events if h.path == f"{annex.path}.title"), None)
        return {
            "n": annex.number,
            "kind": annex.kind,
            "title": annex.title.chars if annex.title else None,
            "language": self.document.language,
            "original_language": _value(annex.original_language),
            "event": _event(occurrence) if occurrence else None,
            "adopted": _iso(_value(annex.adopted)),
            "place": self._adopted_at(annex),
            "numbered_paragraphs": sum(1 for p in annex.paragraphs if p.number),
            "transmitted_by": self.identity.symbol,
            "paragraphs": [self._paragraph(p) for p in annex.paragraphs],
        }

    def _adopted_at(self, annex: Annex) -> str | None:
        """Return the place named beside the date of adoption ("Adoptée le 13 juin 2017, à Achgabat")."""
        if annex.adopted is None:
            return None
        start, end = annex.adopted.span
        here = (
            m for m in self.reading.mentions if m.entity.kind == "place" and start <= m.span[0] and m.span[1] <= end
        )
        return next((m.entity.display_name for m in here), None)

    def _sender(self) -> Json | None:
        sender = self.reading.correspondence.sender
        if sender is None:
            return None
        state = {"state": sender.state.display_name} if sender.state else {}
        return {"name": sender.name, "role": sender.role} | state

    def _addressees(self) -> list[str]:
        return [addressee.title for addressee in self.reading.correspondence.addressees]

    def _all_cited(self) -> list[Json]:
        """Return each document that the body, the annexes, or a note they call cite, by its most explicit way."""
        best: dict[str, Citation] = {}
        for paragraph in self.document.body():
            for citation in self.cited[paragraph.path]:
                known = best.get(citation.target)
                if known is None or WAYS.index(citation.way) < WAYS.index(known.way):
                    best[citation.target] = citation
        every: dict[str, list[Citation]] = defaultdict(list)
        for citation in (c for found in self.cited.values() for c in found):
            every[citation.target].append(citation)
        return [self._summary(best[target], every[target]) for target in sorted(best)]

    @staticmethod
    def _summary(citation: Citation, every: Iterable[Citation]) -> Json:
        """Return a document cited, with the part, the date and the links of ``every`` citation of it."""
        part = next((c.part for c in every if c.part), None)
        dated = next((c for c in every if c.date or c.signed), citation)
        linked = {"linked": True} if all(c.linked for c in every) else {}
        return {"id": citation.target, "via": citation.way} | ({"part": part} if part else {}) | _dates(dated) | linked


def _event(occurrence: EventOccurrence) -> Json:
    return {
        "name": occurrence.event.display_name,
        "place": occurrence.venue.display_name if occurrence.venue else None,
        "start": occurrence.starts_on.isoformat(),
        "end": occurrence.ends_on.isoformat(),
    }


def _dates(citation: Citation) -> Json:
    row: Json = {"date": citation.date.isoformat()} if citation.date else {}
    return row | ({"signed": citation.signed} if citation.signed else {})


def _place(span: tuple[int, int]) -> Json:
    return {"start": span[0], "end": span[1]}


def _places(runs: tuple[tuple[int, int], ...]) -> Json:
    """Return where words stand in the file; each run as well, where a note or a page break cuts them."""
    whole: Json = _place((runs[0][0], runs[-1][1])) if runs else {}
    return whole | ({"spans": [list(run) for run in runs]} if len(runs) > 1 else {})


def _number(printed: str | None) -> int | str | None:
    return int(printed) if printed and printed.isdigit() else printed


def _value(stated: Stated[Any] | None) -> Any:
    return stated.value if stated else None


def _display_name(local_name: str | None) -> str | None:
    return shipped_entities().by_name[local_name].display_name if local_name else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
