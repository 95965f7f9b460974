"""One text read: from its bytes to all that is found in it. Each text alone, in any process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from mandata.citation.find import Citations, find_citations
from mandata.citation.linked import about_links
from mandata.document.akn.read import is_marked_up, read_marked_up
from mandata.document.model import Document
from mandata.document.parse import parse
from mandata.mandate.find import find_mandate_parts
from mandata.mandate.model import MandateParts
from mandata.mandate.provisions import Cited
from mandata.mention.correspondence import Correspondence, find_correspondence
from mandata.mention.delegations import Delegations, find_delegations
from mandata.mention.events import Held, find_held
from mandata.mention.find import Mention, about_names, find_mentions
from mandata.text.clean import clean
from mandata.text.source import SourceText
from mandata.un import symbol


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and what was found in it; its symbol, where the text states none, is for ``identity`` to infer."""

    document: Document
    mentions: tuple[Mention, ...]
    citations: Citations
    mandates: MandateParts
    correspondence: Correspondence
    held: tuple[Held, ...] = ()
    delegations: Delegations = field(default_factory=Delegations)


def read(source: SourceText) -> Reading:
    """Return what a text holds; a text that is no UN document is read as kind ``other``, with nothing in it."""
    document = read_marked_up(source) if is_marked_up(source) else parse(clean(source))
    mentions = find_mentions(document)
    names = [(m.path, m.entity, m.place.start, m.place.end) for m in mentions]
    citations = find_citations(document, names)
    delegations = find_delegations(document)
    later = (*about_links(document.links, citations.found), *delegations.issues, *about_names(document))
    document = replace(document, issues=(*document.issues, *later))
    mandates = find_mandate_parts(document, names, list(_cited(document, citations)))
    document = replace(document, issues=(*document.issues, *mandates.issues))
    held = find_held(document, mentions)
    return Reading(document, mentions, citations, mandates, find_correspondence(document), held, delegations)


def _cited(document: Document, citations: Citations) -> Iterator[Cited]:
    """Yield what paragraphs cite, each with its place in the paragraph where it stands in its own words."""
    paths = {p.path for p in document.body()}
    for citation in citations.found:
        if citation.path not in paths or "/" not in citation.target:
            continue
        place, own = citation.place, citation.way == "symbol"
        start, end = (place.start, place.end) if own else (None, None)
        parsed = symbol.parse(citation.target)
        is_report = not (parsed.is_resolution or parsed.is_decision or parsed.is_draft)
        yield Cited(citation.path, citation.target, start, end, is_report)
