"""The operations of the API, which a worker answers from the questions, the search index and the proofs."""

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
from mandata.query import queryfile, search_json, terms
from mandata.query.answer import answer
from mandata.query.display_names import describe, shorten
from mandata.query.search.entries import FACETS
from mandata.query.search.find import SearchIndex, SearchRequest, SearchResults
from mandata.query.source import Source
from mandata.rdf.namespaces import MD, XSD
from mandata.server.pages.data import serialize, statements_about
from mandata.server.worker_reply import Reply
from mandata.site import Site, SiteSettings
from mandata.site.stored_resources import Lookup, StoredCollection
from mandata.site.views.proofs import no_proof

_SEVERAL: Final = 300  # the HTTP status of an answer that lists candidates


@dataclass(frozen=True, slots=True)
class AnswerSources:
    """What a worker answers from: a source, a look-up of its statements, and what a knowledge base has besides.

    ``kb``: the folder of the knowledge base, None for another store; ``index``: its search index, None if it has none.
    """

    source: Source
    lookup: Lookup
    kb: Path | None
    index: SearchIndex | None


@dataclass(frozen=True, slots=True)
class ApiAnswer:
    """The answer of an operation: a JSON value or its bytes, and the number of all items if it is one page of them."""

    value: Any
    total: int | None = None
    status: int = 200


class ApiOperations:
    """Answers the operations of the API, each by the method of its name."""

    def __init__(self, sources: AnswerSources, connection: socket.socket) -> None:
        self._sources, self._connection = sources, connection
        self._operations = {
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
            MandataError: what is requested does not exist, or a parameter is invalid.
        """
        result = self._operations[job["operation"]](job)
        body = result.value if isinstance(result.value, bytes) else _json_bytes(result.value)
        head = {"kind": "application/json", "volatile": False, "status": result.status}
        if result.total is not None:
            link = _link(job["fields"], job["given"], result.total)
            head["fields"] = {"link": link} if link else {}
        reply = Reply(self._connection, head, job["gzip"])
        reply.write(body)
        reply.end()

    def documents(self, job: dict[str, Any]) -> ApiAnswer:
        """List documents."""
        results = self._search(job["given"], "documents")
        value = search_json.as_json(results, self._index, job["given"]["language"])
        value["items"] = [item["thing"] for item in value["items"]]
        return ApiAnswer(value, results.total)

    def document(self, job: dict[str, Any]) -> ApiAnswer:
        """Return the statements of a document; the candidates, if its symbol may name several."""
        symbol = job["given"]["symbol"]
        candidates = self._sources.index.documents_named(symbol) if self._sources.index else []
        if len(candidates) > 1:
            things = describe(candidates, self._sources.source, "en")
            return ApiAnswer({"candidates": [things[iri].json() for iri in candidates]}, status=_SEVERAL)
        iri = candidates[0] if candidates else self._thing(symbol)
        return ApiAnswer(serialize(statements_about(self._site, self._sources.lookup, iri), "json"))

    def _thing(self, symbol: str) -> str:
        return terms.thing(symbol, MD + "Document", "symbol", self._sources.source).value

    def questions(self, _job: dict[str, Any]) -> ApiAnswer:
        """List the questions."""
        return ApiAnswer({"items": [question.json() for question in self._questions.values()]})

    def question(self, job: dict[str, Any]) -> ApiAnswer:
        """Answer a question."""
        parameters = job["given"]
        question = queryfile.find(job["question"], self._questions)
        page = slice(parameters["offset"], parameters["offset"] + parameters["limit"])
        values = {name: self._parameter_value(question, name, text) for name, text in job["parameters"].items()}
        result = answer(question, values, self._sources.source, parameters["language"], page)
        value = result.json()
        return ApiAnswer({**value, "total": result.total, "rows": value["rows"]}, result.total)

    def why(self, job: dict[str, Any]) -> ApiAnswer:
        """Prove a statement."""
        parameters = job["given"]
        source = self._sources.source
        subject, object_ = (terms.term(self._document_iri(parameters[name], name), source) for name in ("s", "o"))
        predicate = terms.term(parameters["p"], source)
        if not isinstance(subject, ox.NamedNode) or not isinstance(predicate, ox.NamedNode):
            raise MandataError(
                "usage", "only the object of a statement is a literal", "", "name a thing and a property"
            )
        knowledge = self._knowledge
        verbalizer = knowledge.verbalizer(parameters["language"])
        proof = knowledge.proof((subject, predicate, object_))
        value = statement((subject, predicate, object_), verbalizer) if proof is None else to_json(proof, verbalizer)
        return ApiAnswer({"holds": proof is not None, **value})

    def search(self, job: dict[str, Any]) -> ApiAnswer:
        """Find documents, things and paragraphs."""
        results = self._search(job["given"], job["given"].get("sort", ""))
        return ApiAnswer(search_json.as_json(results, self._index, job["given"]["language"]), results.total)

    def _search(self, parameters: Mapping[str, Any], sort: str) -> SearchResults:
        facets = {name: parameters[name] for name in FACETS if name in parameters}
        page = parameters["limit"], parameters["offset"]
        return self._index.find(SearchRequest(parameters.get("q", ""), facets, sort, parameters["language"], *page))

    def _parameter_value(self, question: queryfile.Question, name: str, text: str) -> str:
        """Return the value of a parameter: a literal as it is, a document by its IRI."""
        return text if question.parameter(name).kind.startswith(XSD) else self._document_iri(text, name)

    def _document_iri(self, text: str, where: str) -> str:
        """Return the IRI of the document whose symbol a text is, in any spelling; any other text as it is.

        Raises:
            MandataError: it may be the symbol of several documents.
        """
        candidates = self._sources.index.documents_named(text) if self._sources.index else []
        if len(candidates) > 1:
            mend = f"write one of {', '.join(map(shorten, candidates))}"
            raise MandataError("ambiguous", f'"{text[:80]}" names several documents', where, mend)
        return f"<{candidates[0]}>" if candidates else text

    @property
    def _index(self) -> SearchIndex:
        if self._sources.index is None:
            raise MandataError("no-index", "there is no index for searching", "", "serve a knowledge base built anew")
        return self._sources.index

    @cached_property
    def _site(self) -> Site:
        return Site(
            StoredCollection(self._sources.lookup, self._sources.source), self._sources.source, no_proof, SiteSettings()
        )

    @cached_property
    def _questions(self) -> Mapping[str, queryfile.Question]:
        return queryfile.load()

    @cached_property
    def _knowledge(self) -> Knowledge:
        if self._sources.kb is None:
            raise MandataError("steps", "no proofs are kept here", "", "serve a knowledge base")
        return Knowledge(self._sources.kb)


def _link(fields: Sequence[Sequence[str]], parameters: Mapping[str, Any], total: int) -> str:
    """Return the Link header to the next and the previous page, relative to this one; empty if there is neither."""
    kept = [(name, value) for name, value in fields if name != "offset"]
    limit, offset = parameters["limit"], parameters["offset"]
    offsets = {"next": offset + limit if offset + limit < total else None}
    offsets["prev"] = max(0, offset - limit) if offset else None
    return ", ".join(
        f'<?{urlencode([*kept, ("offset", start)])}>; rel="{rel}"'
        for rel, start in offsets.items()
        if start is not None
    )


def _json_bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
