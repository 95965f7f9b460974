"""A reading as one JSON object, by the keys that ``mandata convert --format jsonl`` promises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from mandata.citation.model import WAYS, Citation
from mandata.document.model import Annex, Footnote, Paragraph, Stated
from mandata.entities import shipped_entities
from mandata.graph.proceedings import shown
from mandata.identity.model import Identity
from mandata.mandate.model import Tie
from mandata.mention.events import Held
from mandata.reading import Reading

Json = dict[str, Any]


def record(reading: Reading, identity: Identity) -> Json:
    """Return the object for a document: dates in ISO 8601, offsets in characters into the file as received."""
    return _Recorder(reading, identity).record()


class _Recorder:
    def __init__(self, reading: Reading, identity: Identity) -> None:
        self.reading, self.identity, self.document = reading, identity, reading.document
        self.cited: dict[str, list[Citation]] = defaultdict(list)
        for citation in reading.citations.found:
            if citation.target != identity.symbol:
                self.cited[citation.path].append(citation)

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
            "meeting": _value(document.meeting),
            "main_committee": _shown(_value(head.main_committee)),
            "drafts": [s.value for s in head.drafts],
            "based_on": [s.value for s in head.based_on],
            "job_number": _value(head.job_number),
            "title": document.title.chars if document.title else None,
            "enacting_formula": _value(document.enacting_formula),
            "preambular": [self._paragraph(p) for p in document.preambular],
            "operative": [self._paragraph(p) for p in document.operative],
            "paragraphs": [self._paragraph(p) for p in document.paragraphs],
            "footnotes": {note.number: self._footnote(note) for note in document.footnotes},
            "annexes": [self._annex(annex) for annex in document.annexes],
            "sender": self._sender(),
            "addressee": self._addressee(),
            **self._mandate(),
            "cites": self._all_cited(),
            "unresolved": [
                {"words": u.words, "candidates": list(u.candidates), "reason": u.reason, "path": u.path}
                | dict(zip(("start", "end"), u.span, strict=True))
                for u in self.reading.citations.unresolved
            ],
            "mentions": [
                {"id": m.entity.local_name, "kind": m.entity.kind, "text": m.text, **_places(m.runs)}
                for m in self.reading.mentions
            ],
            "issues": [
                {"code": i.code, "message": i.message, "start": i.start, "end": i.end}
                for i in (*document.issues, *self.identity.issues)
            ],
            **shown(self.reading),
        }

    def _body(self) -> str | None:
        """Return the organs under whose masthead it stands: "General Assembly, Second Committee"."""
        entities, shown = shipped_entities(), ""
        for stated in self.document.masthead.organs:
            organ = entities.by_name[stated.value]
            joint = ", " if organ.facts.get("sub_organ_of") else " and "
            shown += (joint if shown else "") + organ.shown
        return shown or None

    def _paragraph(self, paragraph: Paragraph) -> Json:
        operator = paragraph.operator
        shown: Json = {
            "n": int(paragraph.number) if paragraph.number and paragraph.number.isdigit() else paragraph.number,
            "operator": operator.words if operator else None,
            "concept": operator.concept if operator else None,
            "text": paragraph.text.chars,
            **_places(tuple(paragraph.text.runs())),
            "addressee": next((t.entity.shown for t in self._ties("addresses", paragraph)), None),
            "cites": [self._citation(c) for c in self.cited[paragraph.path]],
            "items": [self._paragraph(item) for item in paragraph.items],
        }
        if paragraph.kind == "preambular":  # none is printed: the position counts
            shown["n"] = paragraph.position
        return shown | self._sayings(paragraph)

    def _sayings(self, paragraph: Paragraph) -> Json:
        said: Json = {"also": True} if paragraph.operator and paragraph.operator.also else {}
        for tie in self._ties("proclaims", paragraph):
            said["proclaims"] = tie.entity.shown
        for placing in self.reading.mandates.placings:
            if placing.path == paragraph.path:
                said["places_on_agenda_of_session"] = placing.session
        return said

    def _ties(self, kind: str, paragraph: Paragraph) -> Iterable[Tie]:
        return (t for t in self.reading.mandates.ties if t.kind == kind and t.path == paragraph.path)

    @staticmethod
    def _citation(citation: Citation) -> Json:
        shown: Json = {
            "id": citation.target,
            "via": citation.way,
            "note": _number(citation.note),
            "part": citation.part,
        }
        shown |= {"intent": citation.intent, "text": citation.text, **_places(citation.runs)}
        shown |= {"linked": True} if citation.linked else {}
        return shown | _dates(citation)

    def _footnote(self, note: Footnote) -> Json:
        cited = self.cited[note.path]
        shown: Json = {"text": note.text.chars, "cites": [c.target for c in cited], **_place(note.text.span)}
        if linked := [c.target for c in cited if c.linked]:
            shown["linked"] = linked
        if parts := sorted({c.part for c in cited if c.part}):
            shown["part"] = parts[0] if len(parts) == 1 else parts
        states = [m.entity.shown for m in self.reading.mentions if m.path == note.path and m.entity.kind == "state"]
        return shown | ({"states": states} if states else {})

    def _annex(self, annex: Annex) -> Json:
        held = next((h for h in self.reading.held if h.path == f"{annex.path}.title"), None)
        return {
            "n": annex.number,
            "kind": annex.kind,
            "title": annex.title.chars if annex.title else None,
            "language": self.document.language,
            "original_language": _value(annex.original_language),
            "event": _event(held) if held else None,
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
        return next((m.entity.shown for m in here), None)

    def _sender(self) -> Json | None:
        sender = self.reading.correspondence.sender
        if sender is None:
            return None
        state = {"state": sender.state.shown} if sender.state else {}
        return {"name": sender.name, "role": sender.role} | state

    def _addressee(self) -> str | None:
        addressee = self.reading.correspondence.addressee
        return addressee.title if addressee else None

    def _mandate(self) -> Json:
        parts = self.reading.mandates
        closed = next((tie.entity.shown for tie in parts.ties if tie.kind == "closes"), None)
        said = parts.statement
        if said is None:
            return {"mandate": None, "closed_in_parallel": closed}
        announced = any(act.kind == "Announcement" and act.centre == said.centre for act in parts.acts)
        functions = [
            {
                "n": f.position,
                "verb": f.verb,
                "text": f.item.text.chars,
                "with": [e.shown for e in f.counterparts],
                **_place(f.item.text.span),
            }
            for f in said.functions
        ]
        return {
            "mandate": {
                "centre": said.centre.shown,
                "seat": said.seat.value.shown if said.seat else None,
                "proposed_by": _members(said.proposed_by.value.local_name) if said.proposed_by else [],
                "functions": functions,
            },
            "founding_letter_of": said.centre.shown if announced and self.document.kind == "letter" else None,
            "closed_in_parallel": closed,
        }

    def _all_cited(self) -> list[Json]:
        """Return each document that the body, the annexes, or a note they call cite, by its most explicit way."""
        best: dict[str, Citation] = {}
        for paragraph in self.document.body():
            for citation in self.cited[paragraph.path]:
                known = best.get(citation.target)
                if known is None or WAYS.index(citation.way) < WAYS.index(known.way):
                    best[citation.target] = citation
        return [self._summary(best[target]) for target in sorted(best)]

    def _summary(self, citation: Citation) -> Json:
        every = [c for found in self.cited.values() for c in found if c.target == citation.target]
        part = next((c.part for c in every if c.part), None)
        dated = next((c for c in every if c.date or c.signed), citation)
        linked = {"linked": True} if all(c.linked for c in every) else {}
        return {"id": citation.target, "via": citation.way} | ({"part": part} if part else {}) | _dates(dated) | linked


def _members(local_name: str) -> list[str]:
    entities = shipped_entities()
    entity = entities.by_name[local_name]
    members = [entities.get("state", key) for key in entity.facts.get("members", ())]
    return [state.shown for state in members if state] or [entity.shown]


def _event(held: Held) -> Json:
    return {
        "name": held.event.shown,
        "place": held.place.shown if held.place else None,
        "start": held.starts_on.isoformat(),
        "end": held.ends_on.isoformat(),
    }


def _dates(citation: Citation) -> Json:
    shown: Json = {"date": citation.date.isoformat()} if citation.date else {}
    return shown | ({"signed": citation.signed} if citation.signed else {})


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


def _shown(local_name: str | None) -> str | None:
    return shipped_entities().by_name[local_name].shown if local_name else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
