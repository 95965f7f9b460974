"""Citations and mentions as statements: the direct edge, the reified citation, and what attests them."""

from __future__ import annotations

from collections.abc import Mapping

from mandata.citation.model import Citation
from mandata.document.model import Paragraph
from mandata.document.place import Place
from mandata.graph.document import state_made
from mandata.graph.evidence import Witness
from mandata.graph.operators import intent_properties
from mandata.graph.statements import concept, day
from mandata.identity.model import Identity
from mandata.rdf.local_names import Name
from mandata.reading import Reading


def state_citations(reading: Reading, identity: Identity, local: str, witness: Witness) -> None:
    """State what the paragraphs of a document cite, themselves or through a note; a document does not cite itself.

    A note speaks through the paragraphs that call it; for itself only where none does, as one to the title.
    """
    called = {f"fn{call.number}" for paragraph in reading.document.body() for call in paragraph.calls}
    operators = _operators({paragraph.path: paragraph for paragraph in reading.document.body()})
    for citation in reading.citations.found:
        if citation.target != identity.symbol and citation.path not in called:
            _state_citation(citation, operators.get(citation.path), local, witness)


def _operators(paragraphs: Mapping[str, Paragraph]) -> Mapping[str, Place]:
    """Return the place of the operator of each paragraph that has one, by the path of the paragraph."""
    found = ((path, paragraph.operator, paragraph) for path, paragraph in paragraphs.items())
    return {path: p.place(o.start, o.start + len(o.words)) for path, o, p in found if o}


def _state_citation(citation: Citation, operator: Place | None, local: str, witness: Witness) -> None:
    part = str(Name(local, citation.path))
    cited = witness.within(*citation.places)
    made, direct = state_made(cited, part, citation.target, citation.part)
    acted_on = witness.within(*citation.places, *([operator] if operator else [])) if citation.intent else cited
    for prop in _properties(citation):
        (cited if prop == "cites" else acted_on).add(part, prop, direct)
    cited.add(made, "way", concept(f"way:{citation.way}"))
    cited.add(made, "throughNote", str(Name(local, f"fn{citation.note}")) if citation.note else None)
    acted_on.add(made, "intent", concept(f"op:{citation.intent}") if citation.intent else None)
    cited.add(made, "citedDate", day(citation.date) if citation.date else None)
    witness.statements.add(made, "evidence", *(one.name for one in cited.evidence))


def _properties(citation: Citation) -> list[str]:
    """Return by which properties a part is tied to what it cites: its intent's, that of a basis, else the plain one."""
    intent = intent_properties().get(citation.intent or "")
    return [*([intent] if intent else []), *(["isInAccordanceWith"] if citation.basis else [])] or ["cites"]


def state_mentions(reading: Reading, local: str, witness: Witness) -> None:
    """State which things the parts of a document name; the title's are the document's own."""
    for mention in reading.mentions:
        subject = local if mention.path == "title" else str(Name(local, mention.path.removesuffix(".title")))
        named = witness.within(mention.place)
        named.add(subject, "mentions", mention.entity.local_name)
        if mention.path == "title" and mention.entity.kind == "topic":
            named.add(local, "about", mention.entity.local_name)
