"""What a document says of mandates, of letters and of events, as statements."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import NamedNode

from mandata.entities import Entity, shipped_entities
from mandata.graph.document import state_session, state_symbol
from mandata.graph.evidence import Witness
from mandata.graph.labels import label
from mandata.graph.statements import Statements, concept, day, period, whole, words
from mandata.identity.model import Identity
from mandata.iris import Name, term
from mandata.mandate.model import Act, Function, MandateStatement
from mandata.mention.correspondence import Correspondent
from mandata.reading import Reading

_TIES = {"addresses": "addressedTo", "proclaims": "proclaims", "closes": "announcesClosureOf"}


def state_mandates(reading: Reading, identity: Identity, local: str, witness: Witness) -> None:
    """State functions, acts, addressees, proclamations, closures and placings on agendas."""
    parts = reading.mandates
    if parts.statement:
        _state_functions(parts.statement, reading, local, witness)
    for act in parts.acts:
        _state_act(act, reading, identity, local, witness)
    for tie in parts.ties:
        witness.state(str(Name(local, tie.path)), _TIES[tie.kind], tie.entity.local_name, [tie.span])
    for told in parts.proclaimed_before:
        cited = state_symbol(witness.statements, told.document)
        witness.state(cited, "proclaims", told.entity.local_name, [told.span])
        if told.year:
            witness.state(told.entity.local_name, "inYear", period(f"{told.year:04}"), [told.span])
    organ = next((o.value for o in reading.document.masthead.organs), None)
    for placing in parts.placings if organ else ():
        session = state_session(witness.statements, shipped_entities().by_name[str(organ)], str(placing.session))
        witness.state(str(Name(local, placing.path)), "placesOnAgendaOf", session, [placing.span])


def mandate_name(centre: Entity) -> str:
    """Return the local name of a centre's mandate."""
    return f"mandate-{centre.local_name.removeprefix(f'{centre.kind}-')}"


def _state_functions(said: MandateStatement, reading: Reading, local: str, witness: Witness) -> None:
    mandate, statements = mandate_name(said.centre), witness.statements
    _state_mandate(statements, said.centre)
    paragraphs = {p.path: p for p in reading.document.body()}
    runs = list(paragraphs[said.path].text.runs())
    statements.add(mandate, "statedIn", local)
    witness.attest(mandate, runs)
    if said.seat:
        witness.state(said.centre.local_name, "hasSeat", said.seat.value.local_name, [said.seat.span])
    if said.proposed_by:
        witness.state(mandate, "proposedBy", said.proposed_by.value.local_name, [said.proposed_by.span])
    for function in said.functions:
        _state_function(function, said.centre, local, witness)


def _state_mandate(statements: Statements, centre: Entity) -> None:
    mandate = mandate_name(centre)
    statements.a(mandate, "Mandate")
    statements.add(mandate, "mandateOf", centre.local_name)
    label(statements, mandate, "mandate", centre=centre.shown)


def _state_function(function: Function, centre: Entity, local: str, witness: Witness) -> None:
    mandate, statements = mandate_name(centre), witness.statements
    name = f"{mandate}.f{function.position}"
    statements.a(name, "MandateFunction")
    statements.add(mandate, "hasFunction", name)
    label(statements, name, "function", number=str(function.position), centre=centre.shown)
    statements.add(name, "position", whole(function.position))
    statements.add(name, "text", words(function.item.text.chars, witness.language))
    statements.add(name, "functionVerb", concept(f"verb:{function.verb}") if function.verb else None)
    statements.add(name, "functionWith", *(e.local_name for e in function.counterparts))
    statements.add(name, "statedIn", str(Name(local, function.item.path)))
    witness.attest(name, function.item.text.runs())


def _state_act(act: Act, reading: Reading, identity: Identity, local: str, witness: Witness) -> None:
    mandate, statements = mandate_name(act.centre), witness.statements
    _state_mandate(statements, act.centre)
    name = f"{mandate}.act-{local}" if act.kind == "Announcement" else f"{mandate}.act-{Name(local, act.path)}"
    statements.a(name, act.kind)
    statements.add(mandate, "hasAct", name)
    statements.add(name, "actDocument", local)
    statements.add(name, "actPart", str(Name(local, act.path)))
    statements.add(name, "actDate", period(act.day))
    sender = reading.correspondence.sender
    statements.add(name, "actBy", sender.post if sender and act.kind == "Announcement" else None)
    label(statements, name, act.kind, centre=act.centre.shown, document=identity.symbol or local)
    witness.attest(name, [act.span])


def state_correspondence(reading: Reading, identity: Identity, local: str, witness: Witness) -> None:
    """State who a letter is from and to, of what day, and that it transmits its annex."""
    letter = reading.document.letterhead
    if letter is None:
        return
    statements = witness.statements
    witness.state(local, "datedOn", day(letter.date.value), [letter.date.span])
    for prop, correspondent in (
        ("sentBy", reading.correspondence.sender),
        ("sentTo", reading.correspondence.addressee),
    ):
        if correspondent:
            _state_post(statements, correspondent)
            witness.state(local, prop, correspondent.post, [correspondent.span])
    sender = reading.correspondence.sender
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
        label(statements, correspondent.post, "permanent-representative", state=state)


def state_events(reading: Reading, witness: Witness) -> None:
    """State where and when the events that a document names were held."""
    for held in reading.held:
        event = held.event.local_name
        witness.statements.a(event, held.event.cls)
        witness.state(event, "startsOn", day(held.starts_on), [held.span])
        witness.state(event, "endsOn", day(held.ends_on), [held.span])
        if held.place:
            witness.state(event, "heldIn", held.place.local_name, [held.span])


_AGREED = {
    "dated": "datedOn",
    "year": "datedOn",
    "distributed": "distributedOn",
    "sent_by": "sentBy",
    "sent_to": "sentTo",
    "correspondents": "sentBy",
    "annex_title": "title",
    "annex_adopted": "adoptedOn",
    "organs": "issuedBy",
    "session": "inSession",
    "names": "mentions",
}


def state_identification(identity: Identity, local: str, witness: Witness, locals_: Mapping[str, str]) -> None:
    """State how a symbol that the text does not bear was inferred, on what it relies, and how certain that is.

    ``locals_`` gives the local name of each document of the collection by the short checksum of its file.
    """
    if not identity.inferred:
        return
    made = str(Name(local, language=witness.language, file=witness.source.short_checksum, role="identification"))
    statements = witness.statements
    statements.add(local, "identifiedBy", made)
    statements.a(made, "Identification")
    statements.add(made, "certainty", concept(f"certainty:{identity.certainty}"))
    for evidence in identity.evidence:
        for field in sorted(evidence.agrees):
            statements.add(made, "agreesOn", NamedNode(term(_AGREED[field])))
        if evidence.description.source == "catalogue":
            statements.add(made, "reliesOn", f"{local}.record")
        else:
            citing, path = evidence.description.source.split(" ")
            statements.add(made, "reliesOn", str(Name(locals_[citing], path, role=f"cites-{local}")))
