"""Reference facts as statements: entities, and documents known by record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pyoxigraph import Literal, Quad

from mandata.graph.document import (
    ANNEX_CLASSES,
    state_adoption,
    state_cited_part,
    state_made,
    state_meeting,
    state_session,
    state_symbol,
)
from mandata.graph.labels import label
from mandata.graph.operators import intent_properties
from mandata.graph.statements import GraphStatements, concept, day, words
from mandata.rdf.local_names import Name
from mandata.un import symbol
from mandata.un.catalogue import Record, RecordedCitation
from mandata.un.entities import Entities, Entity, local_name


def entity_quads(entities: Entities) -> Iterable[Quad]:
    """Return what is known of the entities, in the graph ``entities``."""
    statements = GraphStatements("entities")
    for entity in entities:
        _state_entity(entity, entities, statements)
    return statements.quads()


def _state_entity(entity: Entity, entities: Entities, statements: GraphStatements) -> None:
    local = entity.local_name
    statements.a(local, entity.cls, *(["Instrument"] if entity.kind == "instrument" else []))
    for language, names in sorted(entity.names.items()):
        statements.label(local, names[0], language)
        for name in names[1:]:
            statements.variant(local, name, language)
    for missing in {"en", "fr"} - entity.names.keys():
        statements.label(local, entity.label("en"), missing)
    statements.add(local, "shortName", Literal(entity.display_name))
    for iri in entity.exact:
        statements.match(local, iri)
    if entity.source:
        statements.source(local, entity.source, checked=entity.checked)
    for prop, value in _relations(entity, entities):
        statements.add(local, prop, value)
    for term in entity.facts.get("holds", ()):
        _state_term(term, entity, entities, statements)
    for target in entity.documents:
        cited = state_symbol(statements, target)
        statements.add(local, "setOutIn", cited)
        state_cited_part(statements, cited, entity.facts.get("part"))


def _state_term(term: Mapping[str, Any], person: Entity, entities: Entities, statements: GraphStatements) -> None:
    """State from when until when a person holds a post, if the last day is known."""
    post = local_name("post", term["post"])
    local = local_name("term", f"{person.key}-{term['post']}-{term['from']}")
    statements.a(local, "TermOfOffice")
    statements.add(local, "holder", person.local_name)
    statements.add(local, "postHeld", post)
    statements.add(local, "startsOn", day(term["from"]))
    statements.add(local, "endsOn", day(term["to"]) if "to" in term else None)
    statements.add(person.local_name, "holds", post)
    statements.source(local, person.source, checked=person.checked)
    post_entity = entities.by_name[post]
    names = [{language: entity.label(language) for language in ("en", "fr")} for entity in (person, post_entity)]
    label(statements, local, "term", person=names[0], post=names[1])


_KEYED = {"region": ("inRegion", "region"), "in": ("inState", "state"), "sub_organ_of": ("subOrganOf", "organ")}


def _relations(entity: Entity, entities: Entities) -> Iterator[tuple[str, Any]]:
    facts = entity.facts
    if "m49" in facts:
        yield "m49", Literal(str(facts["m49"]))
    for key, (prop, kind) in _KEYED.items():
        if key in facts:
            yield "coversRegion" if entity.kind == "centre" else prop, local_name(kind, facts[key])
    if entity.kind == "centre" and "seat" in facts:
        yield "hasSeat", local_name("place", facts["seat"])
    for member in facts.get("members", ()):
        yield "hasMember", local_name("state", member)
    if "of" in facts and (of := entities.find(str(facts["of"]), "organ", "org", "centre")):
        yield "represents", of.local_name


def catalogue_quads(records: Iterable[Record], entities: Entities) -> Iterable[Quad]:
    """Return what is known of documents by record, in the graph ``catalogue``."""
    statements = GraphStatements("catalogue")
    for record in records:
        _state_record(record, entities, statements)
    return statements.quads()


def _state_record(record: Record, entities: Entities, statements: GraphStatements) -> None:
    local = state_symbol(statements, record.symbol)
    statements.a(local, record.cls)
    made = f"{local}.record"
    statements.add(local, "record", made)
    statements.a(made, "CatalogueRecord")
    statements.source(made, record.source, checked=record.checked)
    for language, title in sorted(record.title.items()):
        statements.add(local, "title", words(title, language))
    for prop, when in (
        ("datedOn", record.dated),
        ("adoptedOn", record.adopted),
        ("distributedOn", record.distributed),
    ):
        statements.add(local, prop, day(when) if when else None)
    if record.cls == "Resolution" and (organ := _adopter(record.symbol, entities)):
        _state_adoption(record, organ, local, statements)
    for prop, post in (("sentBy", record.sent_by), ("sentTo", record.sent_to)):
        if post:
            statements.a(local_name("post", post), "Post")
            statements.add(local, prop, local_name("post", post))
    if record.sent_by and (state := entities.get("state", record.sender_state or "")):
        post = local_name("post", record.sent_by)
        statements.add(post, "represents", state.local_name)
        label(statements, post, "permanent-representative", state={lang: state.label(lang) for lang in ("en", "fr")})
    if record.annex:
        _state_annex(record, local, statements)
    for draft in record.drafts:
        statements.add(local, "hasDraft", state_symbol(statements, draft))
    for citation in record.cites:
        _state_citation(citation, local, entities, statements)


def _state_adoption(record: Record, organ: Entity, local: str, statements: GraphStatements) -> None:
    """State who adopted a resolution, when, in which session and at which meeting, as far as the record states it."""
    statements.add(local, "adoptedBy", organ.local_name)
    if record.adopted is None:
        return
    event = state_adoption(statements, local, record.symbol)
    statements.add(event, "startsOn", day(record.adopted))
    if record.session:
        session = str(record.session)
        statements.add(local, "inSession", state_session(statements, organ, session))
        if record.meeting:
            meeting = state_meeting(statements, organ, session, str(record.meeting))
            statements.add(local, "adoptedAt", meeting)
            statements.add(event, "atMeeting", meeting)


def _adopter(normal_form: str, entities: Entities) -> Entity | None:
    """Return the organ whose resolution a symbol says a document is: A/RES/72/7 is the General Assembly's."""
    body = symbol.parse(normal_form).body
    return next((organ for organ in entities.of_kind("organ") if organ.facts.get("prefix") == body), None)


def _state_annex(record: Record, local: str, statements: GraphStatements) -> None:
    annex, kind = str(Name(local, "annex1")), record.annex.get("kind", "")
    statements.a(annex, "Annex", *([ANNEX_CLASSES[kind]] if kind in ANNEX_CLASSES else []))
    statements.add(local, "hasPart", annex)
    statements.add(local, "transmits", annex)
    for language, title in sorted(record.annex.get("title", {}).items()):
        statements.add(annex, "title", words(title, language))
    if adopted := record.annex.get("adopted"):
        statements.add(annex, "adoptedOn", day(adopted))


def _state_citation(citation: RecordedCitation, local: str, entities: Entities, statements: GraphStatements) -> None:
    target = citation.target
    if "/" not in target:
        instrument = entities.get("instrument", target)
        target = instrument.local_name if instrument else local_name("instrument", target)
    part = str(Name(local, citation.paragraph))
    made, direct = state_made(statements, part, target, citation.part)
    if citation.paragraph:
        statements.a(part, "PreambularParagraph" if citation.paragraph.startswith("pp") else "OperativeParagraph")
        statements.add(local, "hasPart", part)
    intent = intent_properties().get(citation.operator or "")
    statements.add(part, citation.relation or intent or "cites", direct)
    statements.add(made, "way", concept("way:record"))
    statements.add(made, "intent", concept(f"op:{citation.operator}") if citation.operator else None)
    statements.add(made, "citedDate", day(citation.date) if citation.date else None)
    if citation.note:
        note = str(Name(local, f"fn{citation.note}"))
        statements.a(note, "Footnote")
        statements.add(local, "hasPart", note)
        statements.add(note, "number", Literal(citation.note))
        statements.add(part, "callsNote", note)
        statements.add(made, "throughNote", note)
