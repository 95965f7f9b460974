"""How a document came about and what it is about, where mark-up tells it: sponsors, vote, report, record, subjects."""

from __future__ import annotations

from datetime import date
from typing import Any

from mandata.document.model import AdoptionStep, Document, Stated, Subject
from mandata.graph.document import state_symbol
from mandata.graph.evidence import Witness
from mandata.graph.labels import label
from mandata.graph.statements import GraphStatements, boolean, day, whole
from mandata.identity.model import Identity
from mandata.reading import Reading
from mandata.un.entities import local_name, shipped_entities
from mandata.un.symbol import parse

_DRAFT = "draftResolution"
_SUBMITTED = (_DRAFT, "draftResolutionAdditionalSponsors")
_RECOMMENDED = ("recommendedForAdoption",)
_COUNTS = {"inFavour": "votesInFavour", "against": "votesAgainst", "abstaining": "abstentions"}


def state_proceedings(reading: Reading, identity: Identity, local: str, witness: Witness) -> None:
    """State the drafts, their sponsors, the committee's report, the vote, the meeting's record, and the subjects."""
    proceedings = reading.document.proceedings
    for step in proceedings.steps:
        if step.document and (prop := _stated_as(step.outcome, step.document.value)):
            named = witness.at(step.document.span)
            named.add(local, prop, state_symbol(named, step.document.value))
            if step.outcome == _DRAFT and step.day and prop == "hasDraft":
                _state_submission(step.document, step.day, witness)
    for sponsor in reading.delegations.sponsors:
        if not parse(sponsor.draft).is_draft:
            continue
        prop = "laterSponsoredBy" if sponsor.later else "sponsoredBy"
        named = witness.at(sponsor.span)
        named.add(state_symbol(named, sponsor.draft), prop, sponsor.state.local_name)
    for subject in proceedings.subjects:
        indexed = witness.at(subject.span)
        indexed.add(local, "hasSubject", _state_subject(subject, indexed))
    _state_record(reading.document, witness)
    head = reading.document.masthead
    if identity.symbol and head.adopted and head.organs:
        _state_vote(reading, identity.symbol, local, witness)


def _stated_as(outcome: str, document: str) -> str | None:
    """Return the property that a step states; a paper that is no draft by its symbol is not stated as one."""
    if outcome in _SUBMITTED:
        return "hasDraft" if parse(document).is_draft else None
    return "recommendedIn" if outcome in _RECOMMENDED else None


def _state_submission(draft: Stated[str], when: Stated[date], witness: Witness) -> None:
    """State on what day a draft was laid before the organ."""
    named = witness.at(draft.span)
    local = state_symbol(named, draft.value)
    event = f"event-submission-{local}"
    named.a(event, "Submission")
    label(named, event, "submission", symbol=draft.value)
    named.add(event, "ofDocument", local)
    witness.at(when.span).add(event, "startsOn", day(when.value))


def _state_subject(subject: Subject, statements: GraphStatements) -> str:
    name = local_name("subject", f"{subject.scheme}-{subject.key}")
    statements.a(name, "Subject")
    statements.label(name, subject.label, "en")
    if subject.address:
        statements.match(name, subject.address)
    return name


def _state_record(document: Document, witness: Witness) -> None:
    """State which document records the meeting that adopted this one, if both name the same meeting."""
    head, meeting = document.masthead, document.meeting
    organ = shipped_entities().by_name[head.acting] if head.acting else None
    if organ is None or head.session is None or meeting is None:
        return
    for step in document.proceedings.steps:
        same = step.document and step.document.value.endswith(f"/{head.session.value}/PV.{meeting.value}")
        if step.document and same:
            name = local_name("meeting", f"{organ.key}-{head.session.value}-{meeting.value}")
            named = witness.at(step.document.span)
            named.add(name, "recordedIn", state_symbol(named, step.document.value))


def _state_vote(reading: Reading, symbol: str, local: str, witness: Witness) -> None:
    vote = reading.document.proceedings.vote
    if vote is None:
        return
    recorded = witness.at(vote.recorded.span)
    recorded.add(f"event-adoption-{local}", "withoutVote", boolean(not vote.recorded.value))
    if not vote.recorded.value:
        return
    name = f"event-vote-{local}"
    recorded.a(name, "Vote")
    label(recorded, name, "vote", symbol=symbol)
    recorded.add(name, "ofDocument", local)
    for choice, count in vote.counts:
        if choice in _COUNTS:
            witness.at(count.span).add(name, _COUNTS[choice], whole(count.value))
    for ballot in reading.delegations.ballots:
        witness.at(ballot.span).add(name, ballot.choice, ballot.state.local_name)


def _step(step: AdoptionStep) -> dict[str, Any]:
    document, when = step.document, step.day
    return {
        "outcome": step.outcome,
        "document": document.value if document else None,
        "date": when.value.isoformat() if when else None,
    }


def proceedings_json(reading: Reading) -> dict[str, Any]:
    """Return the proceedings for the record of a document; empty if no mark-up states them."""
    proceedings, found = reading.document.proceedings, dict[str, Any]()
    if proceedings.vote:
        found["vote"] = {"recorded": proceedings.vote.recorded.value} | {c: n.value for c, n in proceedings.vote.counts}
        found["ballots"] = {
            choice: [b.state.display_name for b in reading.delegations.ballots if b.choice == choice]
            for choice in _COUNTS
        }
    found["steps"] = [_step(step) for step in proceedings.steps if step.document]
    found["sponsors"] = [
        {"draft": s.draft, "state": s.state.display_name, "later": s.later} for s in reading.delegations.sponsors
    ]
    found["subjects"] = [{"scheme": s.scheme, "key": s.key, "label": s.label} for s in proceedings.subjects]
    return {"proceedings": found} if any(found.values()) else {}
