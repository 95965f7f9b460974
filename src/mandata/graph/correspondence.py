"""Who a letter is from and to, what it transmits, and the events that documents name, as statements."""

from __future__ import annotations

from mandata.graph.evidence import Witness
from mandata.graph.labels import label
from mandata.graph.statements import GraphStatements, day
from mandata.identity.model import Identity
from mandata.mention.correspondence import FOR_A_STATE, Correspondent
from mandata.reading import Reading


def state_correspondence(reading: Reading, identity: Identity, local: str, witness: Witness) -> None:
    """State who a letter is from and to, of what day, and that it transmits its annex."""
    letter = reading.document.letterhead
    if letter is None:
        return
    dated = witness.at(letter.date.span)
    dated.add(local, "datedOn", day(letter.date.value))
    sender = reading.correspondence.sender
    for prop, correspondent in (
        ("sentBy", sender),
        *(("sentTo", addressee) for addressee in reading.correspondence.addressees),
    ):
        if correspondent:
            named = witness.at(correspondent.span)
            _state_post(named, correspondent)
            named.add(local, prop, correspondent.post)
    if sender and sender.person and sender.name and sender.name_span:
        signed = witness.at(sender.name_span)
        signed.a(sender.person, "Person")
        label(signed, sender.person, "person", name=sender.name)
        signed.add(local, "signedBy", sender.person)
        witness.at(sender.span, sender.name_span).add(sender.person, "holds", sender.post)
    if identity.symbol and any(annex.kind for annex in reading.document.annexes):
        event = f"event-transmission-{local}"
        dated.a(event, "Transmission")
        dated.add(event, "ofDocument", local)
        dated.add(event, "startsOn", day(letter.date.value))
        label(dated, event, "transmission", symbol=identity.symbol)


def _state_post(statements: GraphStatements, correspondent: Correspondent) -> None:
    statements.a(correspondent.post, "Post")
    if correspondent.state:
        statements.add(correspondent.post, "represents", correspondent.state.local_name)
        state = {lang: correspondent.state.label(lang) for lang in ("en", "fr")}
        office = next(rule for rule, role in FOR_A_STATE.items() if role == correspondent.role)
        label(statements, correspondent.post, office, state=state)


def state_events(reading: Reading, witness: Witness) -> None:
    """State where and when the events that a document names took place."""
    for occurrence in reading.events:
        event, statements = occurrence.event.local_name, witness.within(occurrence.place)
        statements.a(event, occurrence.event.cls)
        statements.add(event, "startsOn", day(occurrence.starts_on))
        statements.add(event, "endsOn", day(occurrence.ends_on))
        statements.add(event, "heldIn", occurrence.venue.local_name if occurrence.venue else None)
