"""The source that a command queries: a knowledge base in a folder, or a remote SPARQL endpoint."""

from __future__ import annotations

from pathlib import Path

from mandata.kb.knowledge_base import KnowledgeBase
from mandata.query.search.find import index_of
from mandata.query.source import Embedded, Source


def source_of(kb: Path, at: str = "") -> Source:
    """Return the SPARQL endpoint at the address ``at``; if that is empty, the knowledge base in the folder ``kb``."""
    if at:
        from mandata.query.isolated_endpoint import IsolatedEndpoint

        return IsolatedEndpoint(at)
    return Embedded(KnowledgeBase(kb).store, index_of(kb))
