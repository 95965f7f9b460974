"""One text read: from its bytes to all that is found in it. Each text alone, in any process."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace

from mandata.citation.find import Citations, find_citations
from mandata.citation.linked import about_links
from mandata.document.akn.read import is_marked_up, read_marked_up
from mandata.document.model import Document
from mandata.document.parse import parse
from mandata.mandate.find import find_mandate_parts
from mandata.mandate.model import MandateParts
from mandata.mention.correspondence import Correspondence, find_correspondence
from mandata.mention.delegations import Delegations, find_delegations
from mandata.mention.events import Held, find_held
from mandata.mention.find import Mention, find_mentions
from mandata.text.clean import clean
from mandata.text.source import SourceText


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
    names = [(m.path, m.entity, m.start, m.end) for m in mentions]
    citations = find_citations(document, names)
    delegations = find_delegations(document)
    later = (*about_links(document.links, citations.found), *delegations.issues)
    document = replace(document, issues=(*document.issues, *later))
    own = [c for c in citations.found if c.way == "symbol"]
    texts = {p.path: p.text for p in document.body()}
    cited = [(c.path, c.target, bisect_left(texts[c.path].starts, c.span[1])) for c in own if c.path in texts]
    mandates = find_mandate_parts(document, names, cited)
    held = find_held(document, mentions)
    return Reading(document, mentions, citations, mandates, find_correspondence(document), held, delegations)
