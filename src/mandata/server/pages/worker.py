"""A worker that makes pages: it holds the store, what proves its conclusions, and what it looked up last."""

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
from mandata.server.pages.page_maker import Making, Visit
from mandata.server.settings import Served
from mandata.server.worker import Does, serve
from mandata.server.worker_reply import Reply
from mandata.site import ProofWriter, Site, SiteSettings, no_proof
from mandata.site.page_proofs import proof_writer
from mandata.site.stored_resources import Lookup, StoredCollection, source_lookup, store_lookup

PAGE: Final = "page"
"""The job of this worker."""
_SETTINGS: Final = SiteSettings(data_formats=tuple(KINDS), live=True)
_MOST_PAGES: Final = 1_000  # after which what was looked up is forgotten: so memory does not grow with the store


def _opened(wire: socket.socket, served: Served) -> Does:
    opened = _open(served)
    making, made = _making(opened), 0

    def page(job: Mapping[str, Any]) -> None:
        nonlocal making, made
        made += 1
        if made % _MOST_PAGES == 0:
            making = _making(opened)
        shown = making.show(Visit(job["path"], dict(job["given"]), job["depth"], job["accept"], job["accept_language"]))
        head = {"kind": shown.kind, "status": shown.status, "fields": dict(shown.fields), "volatile": False}
        reply = Reply(wire, head, job["gzip"], whole=True)
        reply.write(shown.body)
        reply.end()

    return {PAGE: page}


class _Opened(NamedTuple):
    """What pages are made from: what looks into the store and answers, what tells proofs worth it and all, indexes."""

    lookup: Lookup
    source: Source
    write_proof: ProofWriter = no_proof
    every: ProofWriter = no_proof
    search: SearchIndex | None = None
    evidence: EvidenceIndex | None = None


def _opened_whole(kb: KnowledgeBase) -> tuple[Knowledge, SearchIndex | None]:
    """Return what proves, its steps open, and the index."""
    knowledge = Knowledge(kb)
    _ = knowledge.steps
    return knowledge, index_of(kb.folder)


def _making(opened: _Opened) -> Making:
    collection = StoredCollection(opened.lookup, opened.source, evidence=opened.evidence)
    return Making(
        Site(collection, opened.source, opened.write_proof, _SETTINGS), opened.lookup, opened.every, opened.search
    )


def _open(served: Served) -> _Opened:
    if served.at:
        source = Endpoint(served.at)
        return _Opened(source_lookup(source), source)
    folder = Path(served.folder)
    if served.is_kb:
        knowledge, index = open_together(folder.parent, _opened_whole)
        write_proof, every = proof_writer(knowledge), proof_writer(knowledge, every=True)
        store = knowledge.store
        return _Opened(store_lookup(store), Embedded(store), write_proof, every, index, knowledge.evidence)
    store = open_read_only(folder)
    return _Opened(store_lookup(store, every_graph=True), Embedded(store))


if __name__ == "__main__":
    serve(_opened)
