"""What a record says of mandates and of what paragraphs ask, by the keys that ``convert --format jsonl`` promises."""

from __future__ import annotations

from typing import Any

from mandata.mandate.model import MandateAct, MandateStatement
from mandata.reading import Reading
from mandata.un.entities import shipped_entities

Json = dict[str, Any]


def mandate_keys(reading: Reading) -> Json:
    """Return the first list of functions, the acts upon mandates, and what is said to be closed."""
    parts, row = reading.mandates, dict[str, Any]()
    said = parts.statement
    row["mandate"] = _statement(said) if said else None
    if said:
        announced = any(act.kind == "Announcement" and act.bearer == said.bearer for act in parts.acts)
        founding = announced and reading.document.kind == "letter"
        row["founding_letter_of"] = said.bearer.display_name if founding else None
    row["closed_in_parallel"] = next((tie.entity.display_name for tie in parts.ties if tie.kind == "closes"), None)
    return row | ({"mandate_acts": [_act(act) for act in parts.acts]} if parts.acts else {})


def _statement(said: MandateStatement) -> Json:
    functions = [
        {
            "n": f.position,
            "verb": f.verb,
            "text": f.item.text.chars,
            "with": [e.display_name for e in f.counterparts],
            **_place(f.item.text.span),
        }
        for f in said.functions
    ]
    return {
        "centre": said.bearer.display_name,
        "seat": said.seat.value.display_name if said.seat else None,
        "proposed_by": _members(said.proposed_by.value.local_name) if said.proposed_by else [],
        "functions": functions,
    }


def _act(act: MandateAct) -> Json:
    """Return an act: its kind, the body, the paragraph, and of the dates and the successor what is stated."""
    term = act.term
    stated = {
        "date": act.day,
        "until": term.until,
        "period": term.period,
        "from": term.start,
        "successor": act.successor.display_name if act.successor else None,
    }
    details = {name: value for name, value in stated.items() if value}
    return {"act": act.kind, "body": act.bearer.display_name, "paragraph": act.path} | details | _place(act.span)


def asked_keys(reading: Reading, path: str) -> Json:
    """Return what a paragraph places on an agenda, by when it asks for what it asks, and whether for a report."""
    parts, said = reading.mandates, dict[str, Any]()
    for placing in parts.placings:
        if placing.path == path:
            said["places_on_agenda_of_session"] = placing.session
    due = [
        {"by": one.day, "session": one.session, "every": one.every} | _place(one.span)
        for one in parts.due
        if one.path == path
    ]
    said |= {"due": [{k: v for k, v in one.items() if v is not None} for one in due]} if due else {}
    return said | ({"asks_for_report": True} if any(one.path == path for one in parts.reports) else {})


def _members(local_name: str) -> list[str]:
    entities = shipped_entities()
    entity = entities.by_name[local_name]
    members = [entities.get("state", key) for key in entity.facts.get("members", ())]
    return [state.display_name for state in members if state] or [entity.display_name]


def _place(span: tuple[int, int]) -> Json:
    return {"start": span[0], "end": span[1]}
