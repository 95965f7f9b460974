"""What a worker answers to the API: from the questions, the index, the proofs, each with typed terms."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.proof.forms.text import statement, to_json
from mandata.proof.knowledge import Knowledge
from mandata.query import queryfile as header
from mandata.query import search_json, terms
from mandata.query.answer import answer
from mandata.query.display_names import describe, shorten
from mandata.query.search.entries import FACETS
from mandata.query.search.find import SearchIndex, SearchRequest, SearchResults
from mandata.query.source import Source
from mandata.rdf.namespaces import MD, XSD
from mandata.server.pages.data import about, written
from mandata.server.worker_reply import Reply
from mandata.site import Site, SiteSettings
from mandata.site.stored_resources import Lookup, StoredCollection
from mandata.site.views.proofs import no_proof

_SEVERAL: Final = 300  # the status of an answer that tells candidates


@dataclass(frozen=True, slots=True)
class Held:
    """What a worker answers from: a source, what looks statements up in it, and what stands beside a store.

    ``kb``: the folder that holds it, None of a store elsewhere; ``index``: of its words, None where there is none.
    """

    source: Source
    lookup: Lookup
    kb: Path | None
    index: SearchIndex | None


@dataclass(frozen=True, slots=True)
class Made:
    """An answer: its value, or its bytes where they are made already; of how many things, where it comes in pages."""

    value: Any
    total: int | None = None
    status: int = 200


class Answering:
    """Answers the operations of the API, each by the method of its name."""

    def __init__(self, held: Held, wire: socket.socket) -> None:
        self._held, self._wire = held, wire
        self._does = {
            "documents": self.documents,
            "document": self.document,
            "questions": self.questions,
            "question": self.question,
            "why": self.why,
            "search": self.search,
        }

    def answer(self, job: dict[str, Any]) -> None:
        """Answer a job.

        Raises:
            MandataError: what is asked for is not there, or a parameter is none.
        """
        made = self._does[job["operation"]](job)
        body = made.value if isinstance(made.value, bytes) else _written(made.value)
        head = {"kind": "application/json", "volatile": False, "status": made.status}
        if made.total is not None:
            link = _link(job["fields"], job["given"], made.total)
            head["fields"] = {"link": link} if link else {}
        reply = Reply(self._wire, head, job["gzip"])
        reply.write(body)
        reply.end()

    def documents(self, job: dict[str, Any]) -> Made:
        """List documents."""
        found = self._found(job["given"], "documents")
        told = search_json.as_json(found, self._index, job["given"]["language"])
        told["items"] = [hit["thing"] for hit in told["items"]]
        return Made(told, found.total)

    def document(self, job: dict[str, Any]) -> Made:
        """Tell what is stated of a document; the candidates, where it may be several."""
        said = job["given"]["symbol"]
        found = self._held.index.documents_named(said) if self._held.index else []
        if len(found) > 1:
            named = describe(found, self._held.source, "en")
            return Made({"candidates": [named[iri].json() for iri in found]}, status=_SEVERAL)
        iri = found[0] if found else terms.thing(said, MD + "Document", "symbol", self._held.source).value
        return Made(written(about(self._site, self._held.lookup, iri), "json"))

    def questions(self, _job: dict[str, Any]) -> Made:
        """List the questions."""
        return Made({"items": [question.json() for question in self._questions.values()]})

    def question(self, job: dict[str, Any]) -> Made:
        """Answer a question."""
        given = job["given"]
        question = header.find(job["question"], self._questions)
        page = slice(given["offset"], given["offset"] + given["limit"])
        narrowed = {name: self._named(question, name, text) for name, text in job["parameters"].items()}
        found = answer(question, narrowed, self._held.source, given["language"], page)
        told = found.json()
        return Made({**told, "total": found.total, "rows": told["rows"]}, found.total)

    def why(self, job: dict[str, Any]) -> Made:
        """Prove a statement."""
        given = job["given"]
        subject, value = (terms.term(self._spelt(given[name], name), self._held.source) for name in ("s", "o"))
        prop = terms.term(given["p"], self._held.source)
        if not isinstance(subject, ox.NamedNode) or not isinstance(prop, ox.NamedNode):
            raise MandataError(
                "usage", "only the object of a statement is a literal", "", "name a thing and a property"
            )
        knowledge = self._knowledge
        verbalizer = knowledge.verbalizer(given["language"])
        proof = knowledge.proof((subject, prop, value))
        told = statement((subject, prop, value), verbalizer) if proof is None else to_json(proof, verbalizer)
        return Made({"holds": proof is not None, **told})

    def search(self, job: dict[str, Any]) -> Made:
        """Find documents, things and paragraphs."""
        found = self._found(job["given"], job["given"].get("sort", ""))
        return Made(search_json.as_json(found, self._index, job["given"]["language"]), found.total)

    def _found(self, given: Mapping[str, Any], sort: str) -> SearchResults:
        facets = {name: given[name] for name in FACETS if name in given}
        page = given["limit"], given["offset"]
        return self._index.find(SearchRequest(given.get("q", ""), facets, sort, given["language"], *page))

    def _named(self, question: header.Question, name: str, text: str) -> str:
        """Return what a parameter names: a date or words as they are, a document by its IRI."""
        return text if question.parameter(name).kind.startswith(XSD) else self._spelt(text, name)

    def _spelt(self, text: str, where: str) -> str:
        """Return the IRI of the document whose symbol this is in any spelling; else the text as it is.

        Raises:
            MandataError: several documents are called so.
        """
        found = self._held.index.documents_named(text) if self._held.index else []
        if len(found) > 1:
            mend = f"write one of {', '.join(map(shorten, found))}"
            raise MandataError("ambiguous", f'"{text[:80]}" names several documents', where, mend)
        return f"<{found[0]}>" if found else text

    @property
    def _index(self) -> SearchIndex:
        if self._held.index is None:
            raise MandataError("no-index", "there is no index for searching", "", "serve a knowledge base built anew")
        return self._held.index

    @cached_property
    def _site(self) -> Site:
        return Site(StoredCollection(self._held.lookup, self._held.source), self._held.source, no_proof, SiteSettings())

    @cached_property
    def _questions(self) -> Mapping[str, header.Question]:
        return header.load()

    @cached_property
    def _knowledge(self) -> Knowledge:
        if self._held.kb is None:
            raise MandataError("steps", "no proofs are kept here", "", "serve a knowledge base")
        return Knowledge(self._held.kb)


def _link(fields: Sequence[Sequence[str]], given: Mapping[str, Any], total: int) -> str:
    """Return the links to the next and the previous page, relative to this one; empty where there is neither."""
    kept = [(name, value) for name, value in fields if name != "offset"]
    limit, offset = given["limit"], given["offset"]
    places = {"next": offset + limit if offset + limit < total else None}
    places["prev"] = max(0, offset - limit) if offset else None
    return ", ".join(
        f'<?{urlencode([*kept, ("offset", place)])}>; rel="{rel}"' for rel, place in places.items() if place is not None
    )


def _written(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
