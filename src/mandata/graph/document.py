"""A document as statements: what it is, who issued it, when; its language version and file."""

from __future__ import annotations

from pathlib import PurePath

from pyoxigraph import Literal, NamedNode

from mandata.document.model import Document
from mandata.graph.evidence import Witness
from mandata.graph.labels import label
from mandata.graph.statements import TYPE, Statements, day, words
from mandata.identity.model import Identity
from mandata.rdf.local_names import Name, term
from mandata.reading import Reading
from mandata.un import symbol
from mandata.un.document_names import annex_name, section_name, target_name
from mandata.un.entities import Entity, local_name, shipped_entities

ANNEX_CLASSES = {"declaration": "Declaration", "communiqué": "Communique", "plan": "Plan", "statement": "Statement"}
"""The class of what an annex holds, by its kind."""


def class_of(document: Document) -> str:
    """Return the class of a document, named as its kind; a note from one post to another is a note verbale."""
    named = document.kind.capitalize()
    return f"{named}Verbale" if document.kind == "note" and document.letterhead else named


def state_symbol(statements: Statements, normal_form: str, cls: str = "") -> str:
    """State that there is a document with a symbol, and what the symbol tells of it; return its local name.

    It tells the class of many, unless ``cls`` is known, and of A/72/L.4/Add.1 that it supplements A/72/L.4.
    """
    parsed = symbol.parse(normal_form)
    local = parsed.local_name
    statements.a(local, cls or _class_told_by(parsed))
    for value in {normal_form, *parsed.halves}:
        statements.add(local, "symbol", Literal(value))
    if parsed.relation and parsed.base:
        statements.add(local, parsed.relation, state_symbol(statements, str(parsed.base)))
    return local


def _class_told_by(parsed: symbol.Symbol) -> str:
    kinds = (
        ("is_draft", "Draft"),
        ("is_resolution", "Resolution"),
        ("is_decision", "Decision"),
        ("is_statement", "Statement"),
    )
    return next((cls for flag, cls in kinds if getattr(parsed, flag)), "Document")


def state_cited(statements: Statements, target: str) -> str:
    """State what is cited: a document by its symbol; a named instrument is described among the entities."""
    return state_symbol(statements, target) if "/" in target else target_name(target)


def state_cited_part(statements: Statements, cited: str, part: str | None) -> str | None:
    """State that a cited document has the annex or the section that is cited; None where neither is."""
    annex, section = annex_name(part), section_name(part)
    if annex is None and section is None:
        return None
    name = str(Name(cited, annex or section))
    statements.a(name, "Annex" if annex else "Section")
    statements.add(cited, "hasPart", name)
    return name


def state_made(statements: Statements, part: str, target: str, cited_part: str | None) -> tuple[str, str]:
    """State a citation as a thing of its own; return its local name, and that of the document or annex cited.

    An annex is often a document itself, which is what is acted on; who cites a section acts on the document.
    """
    cited = state_cited(statements, target)
    whole_part = state_cited_part(statements, cited, cited_part)
    made = str(Name(part, role=f"cites-{target_name(target)}"))
    statements.a(made, "Citation")
    statements.add(made, "citingPart", part)
    statements.add(made, "citedDocument", cited)
    statements.add(made, "citedPart", whole_part)
    return made, whole_part if whole_part and annex_name(cited_part) else cited


def state_document(reading: Reading, identity: Identity, local: str, witness: Witness) -> None:
    """State what a text says of its document as a whole."""
    document, head, statements = reading.document, reading.document.masthead, witness.statements
    cls = class_of(document)
    statements.a(local, cls)
    if identity.symbol:
        state_symbol(statements, identity.symbol, cls)
        if stated := head.symbol or head.number:
            witness.attest(local, [stated.span], "symbol")
    else:
        label(statements, local, "unidentified", checksum=document.source.short_checksum)
    shown_by = [head.adopted.span] if head.adopted else document.title.runs() if document.title else []
    witness.attest(local, shown_by, TYPE, NamedNode(term(cls)))
    if document.title:
        witness.state(local, "title", words(document.title.chars, document.language), document.title.runs())
    for stated_organ in head.organs:
        witness.state(local, "issuedBy", stated_organ.value, [stated_organ.span])
    dates = (("adoptedOn", head.adopted), ("distributedOn", head.distribution_date), ("datedOn", document.delivered))
    for prop, stated_day in dates:
        if stated_day:
            witness.state(local, prop, day(stated_day.value), [stated_day.span])
    for prop, stated_text in (("originalLanguage", head.original_language), ("jobNumber", head.job_number)):
        if stated_text:
            witness.state(local, prop, Literal(stated_text.value), [stated_text.span])
    for draft in head.drafts:
        witness.state(local, "hasDraft", state_symbol(statements, draft.value), [draft.span])
    for report in head.based_on:
        witness.state(local, "recommendedIn", state_symbol(statements, report.value), [report.span])
    if head.based_on and head.main_committee:
        witness.state(local, "recommendedBy", head.main_committee.value, [head.main_committee.span])
    _state_session(reading, local, witness)
    _state_adoption(reading, identity, local, witness)
    state_version(reading, local, witness)


def _state_session(reading: Reading, local: str, witness: Witness) -> None:
    head, statements = reading.document.masthead, witness.statements
    organ = shipped_entities().by_name[head.sitting] if head.sitting else None
    if organ is None or head.session is None:
        return
    number = str(head.session.value)
    session = state_session(statements, organ, number)
    witness.state(local, "inSession", session, [head.session.span])
    if head.agenda_item:
        item = local_name("agenda", f"{organ.key}-{number}-{head.agenda_item.value}")
        statements.a(item, "AgendaItem")
        statements.add(item, "number", Literal(head.agenda_item.value))
        statements.add(item, "inSession", session)
        label(statements, item, "agenda", organ=_labels(organ), session=number, number=head.agenda_item.value)
        witness.state(local, "underAgendaItem", item, [head.agenda_item.span])
        if title := head.agenda_item_title:
            witness.state(item, "agendaTitle", words(title.value, reading.document.language), [title.span])


def state_session(statements: Statements, organ: Entity, number: str) -> str:
    """State a session of an organ; return its local name."""
    session = local_name("session", f"{organ.key}-{number}")
    statements.a(session, "Session")
    statements.add(session, "number", Literal(number))
    label(statements, session, "session", organ=_labels(organ), number=number)
    return session


def state_meeting(statements: Statements, organ: Entity, session: str, number: str) -> str:
    """State a plenary meeting of an organ; return its local name."""
    meeting = local_name("meeting", f"{organ.key}-{session}-{number}")
    statements.a(meeting, "Meeting")
    statements.add(meeting, "number", Literal(number))
    statements.add(meeting, "inSession", state_session(statements, organ, session))
    label(statements, meeting, "meeting", organ=_labels(organ), session=session, number=number)
    return meeting


def state_adoption(statements: Statements, local: str, normal_form: str) -> str:
    """State that a document was adopted, as an event; return its local name."""
    event = f"event-adoption-{local}"
    statements.a(event, "Adoption")
    statements.add(event, "ofDocument", local)
    label(statements, event, "adoption", symbol=normal_form)
    return event


def _labels(entity: Entity) -> dict[str, str]:
    return {language: entity.label(language) for language in ("en", "fr")}


def _state_adoption(reading: Reading, identity: Identity, local: str, witness: Witness) -> None:
    head, statements = reading.document.masthead, witness.statements
    if head.adopted is None or head.acting is None or identity.symbol is None:
        return
    organ = shipped_entities().by_name[head.acting]
    witness.state(local, "adoptedBy", organ.local_name, [head.adopted.span])
    event = state_adoption(statements, local, identity.symbol)
    witness.state(event, "startsOn", day(head.adopted.value), [head.adopted.span])
    if reading.document.meeting and head.session:
        session, number = str(head.session.value), str(reading.document.meeting.value)
        meeting = state_meeting(statements, organ, session, number)
        witness.state(local, "adoptedAt", meeting, [reading.document.meeting.span])
        statements.add(event, "atMeeting", meeting)


def state_version(reading: Reading, local: str, witness: Witness) -> None:
    """State the language version of a document, and the file that carries it."""
    document, statements = reading.document, witness.statements
    version = str(Name(local, language=document.language))
    statements.add(local, "realizedBy", version)
    statements.a(version, "LanguageVersion")
    statements.add(version, "language", Literal(document.language or "und"))
    statements.add(version, "embodiedBy", witness.file)
    statements.a(witness.file, "SourceFile")
    statements.add(witness.file, "checksum", Literal(document.source.sha256))
    statements.add(witness.file, "fileName", Literal(PurePath(document.source.path).name))
    if document.source.extracted_by:
        statements.add(witness.file, "extractedBy", Literal(document.source.extracted_by))
