"""Who a letter is from and to, what it transmits, and the events that documents name, as statements."""

from __future__ import annotations

from mandata.graph.evidence import Witness
from mandata.graph.labels import label
from mandata.graph.statements import Statements, day
from mandata.identity.model import Identity
from mandata.mention.correspondence import FOR_A_STATE, Correspondent
from mandata.reading import Reading


def state_correspondence(reading: Reading, identity: Identity, local: str, witness: Witness) -> None:
    """State who a letter is from and to, of what day, and that it transmits its annex."""
    letter = reading.document.letterhead
    if letter is None:
        return
    statements = witness.statements
    witness.state(local, "datedOn", day(letter.date.value), [letter.date.span])
    sender = reading.correspondence.sender
    for prop, correspondent in (
        ("sentBy", sender),
        *(("sentTo", addressee) for addressee in reading.correspondence.addressees),
    ):
        if correspondent:
            _state_post(statements, correspondent)
            witness.state(local, prop, correspondent.post, [correspondent.span])
    if sender and sender.person and sender.name and sender.name_span:
        statements.a(sender.person, "Person")
        label(statements, sender.person, "person", name=sender.name)
        witness.state(local, "signedBy", sender.person, [sender.name_span])
        witness.state(sender.person, "holds", sender.post, [sender.span, sender.name_span])
    if identity.symbol and any(annex.kind for annex in reading.document.annexes):
        event = f"event-transmission-{local}"
        statements.a(event, "Transmission")
        statements.add(event, "ofDocument", local)
        witness.state(event, "startsOn", day(letter.date.value), [letter.date.span])
        label(statements, event, "transmission", symbol=identity.symbol)


def _state_post(statements: Statements, correspondent: Correspondent) -> None:
    statements.a(correspondent.post, "Post")
    if correspondent.state:
        statements.add(correspondent.post, "represents", correspondent.state.local_name)
        state = {lang: correspondent.state.label(lang) for lang in ("en", "fr")}
        office = next(rule for rule, role in FOR_A_STATE.items() if role == correspondent.role)
        label(statements, correspondent.post, office, state=state)


def state_events(reading: Reading, witness: Witness) -> None:
    """State where and when the events that a document names were held."""
    for held in reading.held:
        event = held.event.local_name
        witness.statements.a(event, held.event.cls)
        witness.state(event, "startsOn", day(held.starts_on), [held.span])
        witness.state(event, "endsOn", day(held.ends_on), [held.span])
        if held.held_in:
            witness.state(event, "heldIn", held.held_in.local_name, [held.span])
