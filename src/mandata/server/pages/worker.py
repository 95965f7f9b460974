"""A worker that renders pages from the store and the proofs of its conclusions, with a cache of what it has read."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from mandata.kb.evidence import EvidenceIndex
from mandata.kb.knowledge_base import KnowledgeBase, open_together
from mandata.kb.store import open_read_only
from mandata.proof.knowledge import Knowledge
from mandata.query.remote import Endpoint
from mandata.query.search.find import SearchIndex, index_of
from mandata.query.source import Embedded, Source
from mandata.server.pages.data import KINDS
from mandata.server.pages.page_maker import PageMaker, PageRequest
from mandata.server.settings import ServedStore
from mandata.server.worker import JobHandlers, serve
from mandata.server.worker_reply import Reply
from mandata.site import ProofWriter, Site, SiteSettings, no_proof
from mandata.site.page_proofs import proof_writer
from mandata.site.stored_resources import Lookup, StoredCollection, source_lookup, store_lookup

PAGE: Final = "page"
"""The job of this worker."""
_SETTINGS: Final = SiteSettings(data_formats=tuple(KINDS), live=True)
_MAX_PAGES: Final = 1_000  # after which the cache is emptied, so that memory does not grow with the store


def _open_handlers(connection: socket.socket, served: ServedStore) -> JobHandlers:
    sources = _open_sources(served)
    maker, count = _page_maker(sources), 0

    def page(job: Mapping[str, Any]) -> None:
        nonlocal maker, count
        count += 1
        if count % _MAX_PAGES == 0:
            maker = _page_maker(sources)
        response = maker.respond(
            PageRequest(job["path"], dict(job["given"]), job["depth"], job["accept"], job["accept_language"])
        )
        head = {"kind": response.kind, "status": response.status, "fields": dict(response.fields), "volatile": False}
        reply = Reply(connection, head, job["gzip"], buffered=True)
        reply.write(response.body)
        reply.end()

    return {PAGE: page}


class _PageSources(NamedTuple):
    """What pages are rendered from.

    ``lookup``, ``source``: the store. ``write_proof``: returns the proofs that pages show, ``write_every_proof`` any.
    ``search`` and ``evidence``: the indexes of a knowledge base.
    """

    lookup: Lookup
    source: Source
    write_proof: ProofWriter = no_proof
    write_every_proof: ProofWriter = no_proof
    search: SearchIndex | None = None
    evidence: EvidenceIndex | None = None


def _open_knowledge(kb: KnowledgeBase) -> tuple[Knowledge, SearchIndex | None]:
    """Return the knowledge base for proofs, with its steps opened, and its search index."""
    knowledge = Knowledge(kb)
    _ = knowledge.steps
    return knowledge, index_of(kb.folder)


def _page_maker(sources: _PageSources) -> PageMaker:
    collection = StoredCollection(sources.lookup, sources.source, evidence=sources.evidence)
    return PageMaker(
        Site(collection, sources.source, sources.write_proof, _SETTINGS),
        sources.lookup,
        sources.write_every_proof,
        sources.search,
    )


def _open_sources(served: ServedStore) -> _PageSources:
    if served.at:
        source = Endpoint(served.at)
        return _PageSources(source_lookup(source), source)
    folder = Path(served.folder)
    if served.is_kb:
        knowledge, index = open_together(folder.parent, _open_knowledge)
        write_proof, write_every_proof = proof_writer(knowledge), proof_writer(knowledge, every=True)
        store = knowledge.store
        return _PageSources(
            store_lookup(store), Embedded(store), write_proof, write_every_proof, index, knowledge.evidence
        )
    store = open_read_only(folder)
    return _PageSources(store_lookup(store, every_graph=True), Embedded(store))


if __name__ == "__main__":
    serve(_open_handlers)
