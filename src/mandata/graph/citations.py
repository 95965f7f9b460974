"""Citations and mentions as statements: the direct edge, the reified citation, and what attests them."""

from __future__ import annotations

from mandata.citation.model import Citation
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
    for citation in reading.citations.found:
        if citation.target != identity.symbol and citation.path not in called:
            _state_citation(citation, str(Name(local, citation.path)), local, witness)


def _state_citation(citation: Citation, part: str, local: str, witness: Witness) -> None:
    statements = witness.statements
    made, direct = state_made(statements, part, citation.target, citation.part)
    for prop in _properties(citation):
        statements.add(part, prop, direct)
    statements.add(made, "way", concept(f"way:{citation.way}"))
    statements.add(made, "throughNote", str(Name(local, f"fn{citation.note}")) if citation.note else None)
    statements.add(made, "intent", concept(f"op:{citation.intent}") if citation.intent else None)
    statements.add(made, "citedDate", day(citation.date) if citation.date else None)
    witness.attest(made, citation.place.runs)


def _properties(citation: Citation) -> list[str]:
    """Return by which properties a part is tied to what it cites: its intent's, that of a basis, else the plain one."""
    intent = intent_properties().get(citation.intent or "")
    return [*([intent] if intent else []), *(["isInAccordanceWith"] if citation.basis else [])] or ["cites"]


def state_mentions(reading: Reading, local: str, witness: Witness) -> None:
    """State which things the parts of a document name; the title's are the document's own."""
    for mention in reading.mentions:
        subject = local if mention.path == "title" else str(Name(local, mention.path.removesuffix(".title")))
        witness.state(subject, "mentions", mention.entity.local_name, mention.place.runs)
        if mention.path == "title" and mention.entity.kind == "topic":
            witness.state(local, "about", mention.entity.local_name, mention.place.runs)
