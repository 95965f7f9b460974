"""Mandates as statements: who bears them, their functions, the acts in their life, where they are exercised."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from mandata.document.model import Paragraph
from mandata.graph.evidence import Witness
from mandata.graph.labels import label
from mandata.graph.operators import forces
from mandata.graph.statements import GraphStatements, concept, day, period, whole, words
from mandata.identity.model import Identity
from mandata.mandate.model import MandateAct, MandateFunction, MandateStatement
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
        witness.within(naming.place).add(str(Name(local, naming.path)), "mentions", naming.entity.local_name)
    for tie in parts.ties:
        if tie.kind == "exercises":
            statements = witness.within(tie.place)
            statements.add(str(Name(local, tie.path)), "exercisesMandate", _state_mandate(statements, tie.entity))


def mandate_name(bearer: Entity) -> str:
    """Return the local name of a body's mandate."""
    return f"mandate-{bearer.local_name.removeprefix(f'{bearer.kind}-')}"


def _state_mandate(statements: GraphStatements, bearer: Entity) -> str:
    """State that a body has a mandate, and the body itself where the text alone names it; return the local name."""
    mandate = mandate_name(bearer)
    statements.a(mandate, "Mandate")
    statements.add(mandate, "mandateOf", bearer.local_name)
    label(statements, mandate, "mandate", centre=bearer.display_name)
    if bearer.local_name not in shipped_entities().by_name:
        _state_body(statements, bearer)
    return mandate


def _state_body(statements: GraphStatements, body: Entity) -> None:
    """State a body that a text names; by its acronym where it has one, for that is the same in every document."""
    local = body.local_name
    statements.a(local, body.cls)
    statements.add(local, "shortName", Literal(body.display_name))
    label(statements, local, "body", name=body.display_name)
    for language, names in body.names.items():
        for name in names:
            if name != body.display_name:
                statements.variant(local, name, language)


def _state_functions(mandate_statement: MandateStatement, reading: Reading, local: str, witness: Witness) -> None:
    chapeau = witness.whole(mandate_statement.path)
    mandate = _state_mandate(chapeau, mandate_statement.bearer)
    paragraph = next(p for p in reading.document.body() if p.path == mandate_statement.path)
    chapeau.add(mandate, "statedIn", local)
    if mandate_statement.seat:
        witness.within(mandate_statement.seat.place).add(
            mandate_statement.bearer.local_name, "hasSeat", mandate_statement.seat.value.local_name
        )
    if mandate_statement.proposed_by:
        witness.within(mandate_statement.proposed_by.place).add(
            mandate, "proposedBy", mandate_statement.proposed_by.value.local_name
        )
    first = reading.mandates.founds(mandate_statement.bearer) or reading.document.kind == "letter"
    for function in mandate_statement.functions:
        key = f"f{function.position}" if first else f"f-{Name(local, function.item.path)}"
        _state_function(f"{mandate}.{key}", function, mandate_statement.bearer, paragraph, local, witness)


def _state_function(  # noqa: PLR0913, PLR0917 - one function has these parts
    name: str, function: MandateFunction, bearer: Entity, chapeau: Paragraph, local: str, witness: Witness
) -> None:
    statements = witness.whole(function.item.path)
    statements.a(name, "MandateFunction")
    statements.add(mandate_name(bearer), "hasFunction", name)
    label(statements, name, "function", number=str(function.position), centre=bearer.display_name)
    statements.add(name, "position", whole(function.position))
    statements.add(name, "text", words(function.item.text.chars, witness.language))
    statements.add(name, "functionVerb", concept(f"verb:{function.verb}") if function.verb else None)
    statements.add(name, "functionWith", *(e.local_name for e in function.counterparts))
    statements.add(name, "functionTopic", *(e.local_name for e in function.topics))
    if function.heading:
        heading = words(function.heading.text.chars, witness.language)
        witness.whole(function.heading.path).add(name, "functionHeading", heading)
    if (operator := chapeau.operator) and (force := forces().get(operator.concept or "")):
        acting = witness.within(chapeau.place(operator.start, operator.start + len(operator.words)))
        acting.add(name, "force", NamedNode(force))
    statements.add(name, "statedIn", str(Name(local, function.item.path)))


def _state_act(act: MandateAct, reading: Reading, identity: Identity, local: str, witness: Witness) -> None:
    statements, name = witness.within(act.place), _act_name(act, local)
    mandate = _state_mandate(statements, act.bearer)
    statements.a(name, act.kind)
    statements.add(mandate, "hasAct", name)
    statements.add(name, "actDocument", local)
    statements.add(name, "actPart", str(Name(local, act.path)))
    statements.add(name, "actUntil", period(act.term.until) if act.term.until else None)
    statements.add(name, "actAtLeastUntil", period(act.term.at_least) if act.term.at_least else None)
    statements.add(name, "actPeriod", Literal(act.term.period) if act.term.period else None)
    statements.add(name, "takesEffectOn", period(act.term.start) if act.term.start else None)
    if act.successor:
        statements.add(name, "successor", _state_mandate(statements, act.successor))
    if act.day:
        statements.add(name, "actDate", period(act.day))
        sender = reading.correspondence.sender
        if sender and act.kind == "Announcement":
            witness.at(sender.span).add(name, "actBy", sender.post)
    else:
        _state_performed(name, reading, witness)
    label(statements, name, act.kind, centre=act.bearer.display_name, document=identity.symbol or local)
    witness.statements.add(name, "evidence", *(one.name for one in statements.evidence))


def _act_name(act: MandateAct, local: str) -> str:
    if act.kind == "Announcement":
        return f"{mandate_name(act.bearer)}.act-{local}"
    kind = () if act.kind == "Creation" else (act.kind.lower(),)
    return ".".join((f"{mandate_name(act.bearer)}.act-{Name(local, act.path)}", *kind))


def _state_performed(name: str, reading: Reading, witness: Witness) -> None:
    """State when, and by which organ, an act is performed that a document performs by being adopted."""
    head = reading.document.masthead
    if head.adopted:
        adopted = witness.at(head.adopted.span)
        adopted.add(name, "actDate", day(head.adopted.value))
        adopted.add(name, "actBy", head.acting)
