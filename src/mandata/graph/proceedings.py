"""How a document came about and what it is about, where mark-up tells it: sponsors, vote, report, record, subjects."""

from __future__ import annotations

from datetime import date
from typing import Any

from mandata.document.model import Document, Stated, Step, Subject
from mandata.graph.document import state_symbol
from mandata.graph.evidence import Witness
from mandata.graph.labels import label
from mandata.graph.statements import TYPE, boolean, day, whole
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
    proceedings, statements = reading.document.proceedings, witness.statements
    for step in proceedings.steps:
        if step.document and (prop := _stated_as(step.outcome, step.document.value)):
            witness.state(local, prop, state_symbol(statements, step.document.value), [step.document.span])
            if step.outcome == _DRAFT and step.day and prop == "hasDraft":
                _state_submission(step.document, step.day, witness)
    for sponsor in reading.delegations.sponsors:
        if not parse(sponsor.draft).is_draft:
            continue
        prop = "laterSponsoredBy" if sponsor.later else "sponsoredBy"
        draft = state_symbol(statements, sponsor.draft)
        witness.state(draft, prop, sponsor.state.local_name, [sponsor.span])
    for subject in proceedings.subjects:
        witness.state(local, "hasSubject", _state_subject(subject, witness), [subject.span])
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
    local, statements = state_symbol(witness.statements, draft.value), witness.statements
    event = f"event-submission-{local}"
    statements.a(event, "Submission")
    label(statements, event, "submission", symbol=draft.value)
    witness.state(event, "ofDocument", local, [draft.span])
    witness.state(event, "startsOn", day(when.value), [when.span])


def _state_subject(subject: Subject, witness: Witness) -> str:
    statements, name = witness.statements, local_name("subject", f"{subject.scheme}-{subject.key}")
    statements.a(name, "Subject")
    statements.label(name, subject.label, "en")
    if subject.address:
        statements.match(name, subject.address)
    return name


def _state_record(document: Document, witness: Witness) -> None:
    """State which document records the meeting that adopted this one, where both tell the same meeting."""
    head, meeting = document.masthead, document.meeting
    organ = shipped_entities().by_name[head.acting] if head.acting else None
    if organ is None or head.session is None or meeting is None:
        return
    for step in document.proceedings.steps:
        same = step.document and step.document.value.endswith(f"/{head.session.value}/PV.{meeting.value}")
        if step.document and same:
            name = local_name("meeting", f"{organ.key}-{head.session.value}-{meeting.value}")
            record = state_symbol(witness.statements, step.document.value)
            witness.state(name, "recordedIn", record, [step.document.span])


def _state_vote(reading: Reading, symbol: str, local: str, witness: Witness) -> None:
    vote, statements = reading.document.proceedings.vote, witness.statements
    if vote is None:
        return
    witness.state(f"event-adoption-{local}", "withoutVote", boolean(not vote.recorded.value), [vote.recorded.span])
    if not vote.recorded.value:
        return
    name = f"event-vote-{local}"
    statements.a(name, "Vote")
    label(statements, name, "vote", symbol=symbol)
    witness.attest(name, [vote.recorded.span], TYPE)
    witness.state(name, "ofDocument", local, [vote.recorded.span])
    for choice, count in vote.counts:
        if choice in _COUNTS:
            witness.state(name, _COUNTS[choice], whole(count.value), [count.span])
    for ballot in reading.delegations.ballots:
        witness.state(name, ballot.choice, ballot.state.local_name, [ballot.span])


def _step(step: Step) -> dict[str, Any]:
    document, when = step.document, step.day
    return {
        "outcome": step.outcome,
        "document": document.value if document else None,
        "date": when.value.isoformat() if when else None,
    }


def shown(reading: Reading) -> dict[str, Any]:
    """Return the same for the record of a document; empty where no mark-up tells it."""
    proceedings, told = reading.document.proceedings, dict[str, Any]()
    if proceedings.vote:
        told["vote"] = {"recorded": proceedings.vote.recorded.value} | {c: n.value for c, n in proceedings.vote.counts}
        told["ballots"] = {
            choice: [b.state.shown for b in reading.delegations.ballots if b.choice == choice] for choice in _COUNTS
        }
    told["steps"] = [_step(step) for step in proceedings.steps if step.document]
    told["sponsors"] = [
        {"draft": s.draft, "state": s.state.shown, "later": s.later} for s in reading.delegations.sponsors
    ]
    told["subjects"] = [{"scheme": s.scheme, "key": s.key, "label": s.label} for s in proceedings.subjects]
    return {"proceedings": told} if any(told.values()) else {}
