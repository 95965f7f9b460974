"""Mandates as statements: who bears them, their functions, the acts in their life, where they are exercised."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from mandata.document.model import Paragraph
from mandata.graph.evidence import Witness
from mandata.graph.labels import label
from mandata.graph.operators import forces
from mandata.graph.statements import Statements, concept, day, period, whole, words
from mandata.identity.model import Identity
from mandata.mandate.model import Act, Function, MandateStatement
from mandata.rdf.local_names import Name
from mandata.reading import Reading
from mandata.un.entities import Entity, shipped_entities


def state_mandates(reading: Reading, identity: Identity, local: str, witness: Witness) -> None:
    """State whose mandates a document speaks of: their functions, the acts upon them, where they are exercised."""
    parts = reading.mandates
    for statement in parts.statements:
        _state_functions(statement, reading, local, witness)
    for act in parts.acts:
        _state_act(act, reading, identity, local, witness)
    for naming in parts.namings:
        witness.state(str(Name(local, naming.path)), "mentions", naming.entity.local_name, [naming.span])
    for tie in parts.ties:
        if tie.kind == "exercises":
            mandate = _state_mandate(witness, tie.entity)
            witness.state(str(Name(local, tie.path)), "exercisesMandate", mandate, [tie.span])


def mandate_name(bearer: Entity) -> str:
    """Return the local name of a body's mandate."""
    return f"mandate-{bearer.local_name.removeprefix(f'{bearer.kind}-')}"


def _state_mandate(witness: Witness, bearer: Entity) -> str:
    """State that a body has a mandate, and the body itself where the text alone names it; return the local name."""
    mandate, statements = mandate_name(bearer), witness.statements
    statements.a(mandate, "Mandate")
    statements.add(mandate, "mandateOf", bearer.local_name)
    label(statements, mandate, "mandate", centre=bearer.shown)
    if bearer.local_name not in shipped_entities().by_name:
        _state_body(statements, bearer)
    return mandate


def _state_body(statements: Statements, body: Entity) -> None:
    """State a body that a text names; by its acronym where it has one, for that is the same in every document."""
    local = body.local_name
    statements.a(local, body.cls)
    statements.add(local, "shortName", Literal(body.shown))
    label(statements, local, "body", name=body.shown)
    for language, names in body.names.items():
        for name in names:
            if name != body.shown:
                statements.variant(local, name, language)


def _state_functions(said: MandateStatement, reading: Reading, local: str, witness: Witness) -> None:
    mandate, statements = _state_mandate(witness, said.bearer), witness.statements
    paragraph = next(p for p in reading.document.body() if p.path == said.path)
    statements.add(mandate, "statedIn", local)
    witness.attest(mandate, list(paragraph.text.runs()))
    if said.seat:
        witness.state(said.bearer.local_name, "hasSeat", said.seat.value.local_name, [said.seat.span])
    if said.proposed_by:
        witness.state(mandate, "proposedBy", said.proposed_by.value.local_name, [said.proposed_by.span])
    first = reading.mandates.founds(said.bearer) or reading.document.kind == "letter"
    for function in said.functions:
        key = f"f{function.position}" if first else f"f-{Name(local, function.item.path)}"
        _state_function(f"{mandate}.{key}", function, said.bearer, paragraph, local, witness)


def _state_function(  # noqa: PLR0913, PLR0917 - one function has these parts
    name: str, function: Function, bearer: Entity, chapeau: Paragraph, local: str, witness: Witness
) -> None:
    statements = witness.statements
    statements.a(name, "MandateFunction")
    statements.add(mandate_name(bearer), "hasFunction", name)
    label(statements, name, "function", number=str(function.position), centre=bearer.shown)
    statements.add(name, "position", whole(function.position))
    statements.add(name, "text", words(function.item.text.chars, witness.language))
    statements.add(name, "functionVerb", concept(f"verb:{function.verb}") if function.verb else None)
    statements.add(name, "functionWith", *(e.local_name for e in function.counterparts))
    statements.add(name, "functionTopic", *(e.local_name for e in function.topics))
    if function.heading:
        heading = words(function.heading.text.chars, witness.language)
        witness.state(name, "functionHeading", heading, function.heading.text.runs())
    force = forces().get(chapeau.operator.concept or "") if chapeau.operator else None
    statements.add(name, "force", NamedNode(force) if force else None)
    statements.add(name, "statedIn", str(Name(local, function.item.path)))
    witness.attest(name, function.item.text.runs())


def _state_act(act: Act, reading: Reading, identity: Identity, local: str, witness: Witness) -> None:
    mandate, statements = _state_mandate(witness, act.bearer), witness.statements
    name = _act_name(act, local)
    statements.a(name, act.kind)
    statements.add(mandate, "hasAct", name)
    statements.add(name, "actDocument", local)
    statements.add(name, "actPart", str(Name(local, act.path)))
    statements.add(name, "actUntil", period(act.term.until) if act.term.until else None)
    statements.add(name, "actAtLeastUntil", period(act.term.at_least) if act.term.at_least else None)
    statements.add(name, "actPeriod", Literal(act.term.period) if act.term.period else None)
    statements.add(name, "takesEffectOn", period(act.term.start) if act.term.start else None)
    if act.successor:
        statements.add(name, "successor", _state_mandate(witness, act.successor))
    if act.day:
        statements.add(name, "actDate", period(act.day))
        sender = reading.correspondence.sender
        statements.add(name, "actBy", sender.post if sender and act.kind == "Announcement" else None)
    else:
        _state_performed(name, reading, witness)
    label(statements, name, act.kind, centre=act.bearer.shown, document=identity.symbol or local)
    witness.attest(name, [act.span])


def _act_name(act: Act, local: str) -> str:
    if act.kind == "Announcement":
        return f"{mandate_name(act.bearer)}.act-{local}"
    kind = () if act.kind == "Creation" else (act.kind.lower(),)
    return ".".join((f"{mandate_name(act.bearer)}.act-{Name(local, act.path)}", *kind))


def _state_performed(name: str, reading: Reading, witness: Witness) -> None:
    """State when, and by which organ, an act is performed that a document performs by being adopted."""
    head = reading.document.masthead
    if head.adopted:
        witness.state(name, "actDate", day(head.adopted.value), [head.adopted.span])
    if head.adopted and head.acting:
        witness.state(name, "actBy", head.acting, [head.adopted.span])
