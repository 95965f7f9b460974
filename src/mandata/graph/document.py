"""A document as statements: what it is, who issued it, when; its language version and file."""

from __future__ import annotations

from pathlib import PurePath

from pyoxigraph import Literal

from mandata.document.model import Document
from mandata.graph.evidence import Witness, file_name
from mandata.graph.labels import label
from mandata.graph.statements import GraphStatements, day, words
from mandata.identity.model import Identity
from mandata.rdf.local_names import Name
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


def state_symbol(statements: GraphStatements, normal_form: str, cls: str = "") -> str:
    """State that there is a document with a symbol, and what the symbol says of it; return its local name.

    It says the class of many, unless ``cls`` is known, and of A/72/L.4/Add.1 that it supplements A/72/L.4.
    """
    parsed = symbol.parse(normal_form)
    local = parsed.local_name
    statements.a(local, cls or _class_from_symbol(parsed))
    for value in {normal_form, *parsed.halves}:
        statements.add(local, "symbol", Literal(value))
    if parsed.relation and parsed.base:
        statements.add(local, parsed.relation, state_symbol(statements, str(parsed.base)))
    return local


def _class_from_symbol(parsed: symbol.Symbol) -> str:
    kinds = (
        ("is_draft", "Draft"),
        ("is_resolution", "Resolution"),
        ("is_decision", "Decision"),
        ("is_statement", "Statement"),
    )
    return next((cls for flag, cls in kinds if getattr(parsed, flag)), "Document")


def state_cited(statements: GraphStatements, target: str) -> str:
    """State what is cited: a document by its symbol; a named instrument is described among the entities."""
    return state_symbol(statements, target) if "/" in target else target_name(target)


def state_cited_part(statements: GraphStatements, cited: str, part: str | None) -> str | None:
    """State that a cited document has the annex or the section that is cited; None where neither is."""
    annex, section = annex_name(part), section_name(part)
    if annex is None and section is None:
        return None
    name = str(Name(cited, annex or section))
    statements.a(name, "Annex" if annex else "Section")
    statements.add(cited, "hasPart", name)
    return name


def state_made(statements: GraphStatements, part: str, target: str, cited_part: str | None) -> tuple[str, str]:
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
    document, head = reading.document, reading.document.masthead
    cls, opening = class_of(document), _opening(document, witness)
    (witness.at(head.adopted.span) if head.adopted else opening).a(local, cls)
    if identity.symbol:
        stated = head.symbol or head.number
        state_symbol(witness.at(stated.span) if stated else witness.statements, identity.symbol, cls)
    else:
        label(witness.statements, local, "unidentified", checksum=document.source.short_checksum)
    if document.title:
        opening.add(local, "title", words(document.title.chars, document.language))
    for stated_organ in head.organs:
        witness.at(stated_organ.span).add(local, "issuedBy", stated_organ.value)
    dates = (("adoptedOn", head.adopted), ("distributedOn", head.distribution_date), ("datedOn", document.delivered))
    for prop, stated_day in dates:
        if stated_day:
            witness.at(stated_day.span).add(local, prop, day(stated_day.value))
    for prop, stated_text in (("originalLanguage", head.original_language), ("jobNumber", head.job_number)):
        if stated_text:
            witness.at(stated_text.span).add(local, prop, Literal(stated_text.value))
    papers = [*(("hasDraft", paper) for paper in head.drafts), *(("recommendedIn", paper) for paper in head.based_on)]
    for prop, paper in papers:
        named = witness.at(paper.span)
        named.add(local, prop, state_symbol(named, paper.value))
    if head.based_on and head.main_committee:
        witness.at(head.main_committee.span).add(local, "recommendedBy", head.main_committee.value)
    _state_session(reading, local, witness)
    _state_adoption(reading, identity, local, witness)
    state_version(reading, local, witness)


def _opening(document: Document, witness: Witness) -> GraphStatements:
    """Return the statements that the title of a document shows; without a title, its first words."""
    if document.title:
        return witness.at(*document.title.runs())
    first = next((paragraph.path for paragraph in document.body()), None)
    return witness.whole(first) if first else witness.statements.with_evidence(witness.words.own_whole())


def _state_session(reading: Reading, local: str, witness: Witness) -> None:
    head = reading.document.masthead
    organ = shipped_entities().by_name[head.sitting] if head.sitting else None
    if organ is None or head.session is None:
        return
    number, sitting = str(head.session.value), witness.at(head.session.span)
    session = state_session(sitting, organ, number)
    sitting.add(local, "inSession", session)
    if head.agenda_item:
        item = local_name("agenda", f"{organ.key}-{number}-{head.agenda_item.value}")
        listed = witness.at(head.agenda_item.span)
        listed.a(item, "AgendaItem")
        listed.add(item, "number", Literal(head.agenda_item.value))
        witness.at(head.agenda_item.span, head.session.span).add(item, "inSession", session)
        label(listed, item, "agenda", organ=_labels(organ), session=number, number=head.agenda_item.value)
        listed.add(local, "underAgendaItem", item)
        if title := head.agenda_item_title:
            witness.at(title.span).add(item, "agendaTitle", words(title.value, reading.document.language))


def state_session(statements: GraphStatements, organ: Entity, number: str) -> str:
    """State a session of an organ; return its local name."""
    session = local_name("session", f"{organ.key}-{number}")
    statements.a(session, "Session")
    statements.add(session, "number", Literal(number))
    label(statements, session, "session", organ=_labels(organ), number=number)
    return session


def state_meeting(statements: GraphStatements, organ: Entity, session: str, number: str) -> str:
    """State a plenary meeting of an organ; return its local name."""
    meeting = local_name("meeting", f"{organ.key}-{session}-{number}")
    statements.a(meeting, "Meeting")
    statements.add(meeting, "number", Literal(number))
    statements.add(meeting, "inSession", state_session(statements, organ, session))
    label(statements, meeting, "meeting", organ=_labels(organ), session=session, number=number)
    return meeting


def state_adoption(statements: GraphStatements, local: str, normal_form: str) -> str:
    """State that a document was adopted, as an event; return its local name."""
    event = f"event-adoption-{local}"
    statements.a(event, "Adoption")
    statements.add(event, "ofDocument", local)
    label(statements, event, "adoption", symbol=normal_form)
    return event


def _labels(entity: Entity) -> dict[str, str]:
    return {language: entity.label(language) for language in ("en", "fr")}


def _state_adoption(reading: Reading, identity: Identity, local: str, witness: Witness) -> None:
    head = reading.document.masthead
    if head.adopted is None or head.acting is None or identity.symbol is None:
        return
    organ = shipped_entities().by_name[head.acting]
    adopted = witness.at(head.adopted.span)
    adopted.add(local, "adoptedBy", organ.local_name)
    event = state_adoption(adopted, local, identity.symbol)
    adopted.add(event, "startsOn", day(head.adopted.value))
    if reading.document.meeting and head.session:
        session, number = str(head.session.value), str(reading.document.meeting.value)
        met = witness.at(reading.document.meeting.span)
        meeting = state_meeting(met, organ, session, number)
        met.add(local, "adoptedAt", meeting)
        met.add(event, "atMeeting", meeting)


def state_version(reading: Reading, local: str, witness: Witness) -> None:
    """State the language version of a document, and the file that carries it."""
    document, stated = reading.document, reading.document.masthead.language
    version = witness.words.version
    statements = witness.at(stated.span) if stated else _opening(document, witness)
    statements.add(local, "realizedBy", version)
    statements.a(version, "LanguageVersion")
    statements.add(version, "language", Literal(document.language or "und"))
    state_file(document, local, witness.statements)


def state_file(document: Document, local: str, statements: GraphStatements) -> None:
    """State which file carries a language version of a document, and what it is: no words show it."""
    language = document.language or "und"
    file = file_name(local, language, document.source)
    statements.add(str(Name(local, language=language)), "embodiedBy", file)
    statements.a(file, "SourceFile")
    statements.add(file, "checksum", Literal(document.source.sha256))
    statements.add(file, "fileName", Literal(PurePath(document.source.path).name))
    if document.source.extracted_by:
        statements.add(file, "extractedBy", Literal(document.source.extracted_by))


def state_own_words(language: str | None, witness: Witness) -> None:
    """State the words of a language version that stand in none of its parts, once all that they show is stated."""
    own = witness.words.own
    if own.chars:
        statements = witness.statements.with_evidence(witness.words.own_whole())
        statements.add(witness.words.version, "text", words(own.chars, language))
