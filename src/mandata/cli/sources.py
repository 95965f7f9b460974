"""What a command asks: a knowledge base in a folder, or a SPARQL endpoint elsewhere."""

from __future__ import annotations

from pathlib import Path

from mandata.kb.knowledge_base import KnowledgeBase
from mandata.query.search.find import index_of
from mandata.query.source import Embedded, Source


def source_of(kb: Path, at: str = "") -> Source:
    """Return the endpoint at an address as a source; without an address, the knowledge base in a folder."""
    if at:
        from mandata.query.remote import Endpoint

        return Endpoint(at)
    return Embedded(KnowledgeBase(kb).store, index_of(kb))
