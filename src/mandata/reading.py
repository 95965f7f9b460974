"""The reading of one text: from its characters to all that is found in it, without regard to other texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from mandata.citation.find import Citations, find_citations
from mandata.citation.linked import link_issues
from mandata.document.akn.read import is_akn, read_akn
from mandata.document.model import Document
from mandata.document.parse import parse
from mandata.mandate.find import find_mandate_parts
from mandata.mandate.model import MandateParts
from mandata.mandate.provisions import ParagraphCitation
from mandata.mention.correspondence import Correspondence, find_correspondence
from mandata.mention.delegations import Delegations, find_delegations
from mandata.mention.events import EventOccurrence, find_event_occurrences
from mandata.mention.find import Mention, find_mentions, shared_name_issues
from mandata.text.clean import clean
from mandata.text.source import SourceText
from mandata.un import symbol


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and what was found in it; a symbol that the text does not state is inferred by ``identity``."""

    document: Document
    mentions: tuple[Mention, ...]
    citations: Citations
    mandates: MandateParts
    correspondence: Correspondence
    events: tuple[EventOccurrence, ...] = ()
    delegations: Delegations = field(default_factory=Delegations)


def read(source: SourceText) -> Reading:
    """Return the document in a text and its findings; a text that is no UN document has the kind ``other`` and none."""
    document = read_akn(source) if is_akn(source) else parse(clean(source))
    mentions = find_mentions(document)
    names = [(m.path, m.entity, m.place.start, m.place.end) for m in mentions]
    citations = find_citations(document, names)
    delegations = find_delegations(document)
    later_issues = (*link_issues(document.links, citations.found), *delegations.issues, *shared_name_issues(document))
    document = replace(document, issues=(*document.issues, *later_issues))
    mandates = find_mandate_parts(document, names, list(_body_citations(document, citations)))
    document = replace(document, issues=(*document.issues, *mandates.issues))
    events = find_event_occurrences(document, mentions)
    return Reading(document, mentions, citations, mandates, find_correspondence(document), events, delegations)


def _body_citations(document: Document, citations: Citations) -> Iterator[ParagraphCitation]:
    """Yield the documents that body paragraphs cite, with the place in the paragraph unless a note cites them."""
    paths = {p.path for p in document.body()}
    for citation in citations.found:
        if citation.path not in paths or "/" not in citation.target:
            continue
        place, own = citation.place, citation.way == "symbol"
        start, end = (place.start, place.end) if own else (None, None)
        parsed = symbol.parse(citation.target)
        is_report = not (parsed.is_resolution or parsed.is_decision or parsed.is_draft)
        yield ParagraphCitation(citation.path, citation.target, start, end, is_report)
