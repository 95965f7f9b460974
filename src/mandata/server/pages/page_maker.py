"""Answers the request for a path: with a page, with data, or with a redirection."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final
from urllib.parse import urlencode

from mandata.errors import MandataError
from mandata.query.search.find import SearchIndex
from mandata.rdf.namespaces import BASE, GRAPH, HOME, ID, SCHEME
from mandata.release.files import vocabularies
from mandata.server.formats import PROBLEM, for_page
from mandata.server.pages.assets import has_editor
from mandata.server.pages.data import KINDS, context, serialize, statements_about
from mandata.server.pages.examples import editor_content
from mandata.server.pages.page_request import PAGE, RequestedPath, page_path, parse_path, preferred_language
from mandata.server.pages.policy import PAGES, QUERIES
from mandata.site import Site
from mandata.site.addresses import ONTOLOGY, local_names_of, uri
from mandata.site.entry_pages import HOME as HOME_PAGE
from mandata.site.entry_pages import entry_page, is_entry_page
from mandata.site.interface import DEFAULT, folder
from mandata.site.question_page import as_json, question_page
from mandata.site.search_index import index
from mandata.site.search_page import search_results_page
from mandata.site.stored_resources import Lookup, node
from mandata.site.views.proofs import ProofWriter
from mandata.site.views.questions import answer_view

_HTML: Final = "text/html"
_QUERY: Final = "query"
_SEARCH: Final = "search"
_QUESTION: Final = "question/"
_SEE_OTHER: Final = 303


class MissingError(MandataError):
    """There is no resource at a path."""


@dataclass(frozen=True, slots=True)
class PageRequest:
    """The request of a client: a path, the fields of its query string, and the Accept headers.

    ``depth``: the number of folders that a browser counts in the URL, in which an escaped slash is no separator.
    """

    path: str
    query_fields: Mapping[str, str] = field(default_factory=dict)
    depth: int = 0
    accept: str = ""
    accept_language: str = ""

    @property
    def requested(self) -> RequestedPath:
        """The parts of the path."""
        return parse_path(self.path)

    @property
    def language(self) -> str:
        """The language in the path, else the one that the client prefers."""
        return self.requested.language or preferred_language(self.accept_language)


@dataclass(frozen=True, slots=True)
class PageResponse:
    """An answer: its HTTP status, media type, body and further header fields."""

    status: int
    kind: str = ""
    body: bytes = b""
    fields: Mapping[str, str] = field(default_factory=dict)


class PageMaker:
    """Renders the pages and the data of a store.

    ``write_proof`` returns the proof of an inferred statement, on the pages where a reader asks for it.
    """

    def __init__(self, site: Site, lookup: Lookup, write_proof: ProofWriter, index: SearchIndex | None = None) -> None:
        self._site, self._lookup, self._write_proof, self._index = site, lookup, write_proof, index

    def respond(self, request: PageRequest) -> PageResponse:
        """Return the answer to a request; an error is a page for a browser, and problem details for other clients."""
        try:
            return self._respond(request)
        except MandataError as error:
            status = 404 if isinstance(error, MissingError) or error.code == "unknown-question" else 400
            if _HTML not in request.accept or request.requested.form in KINDS:
                problem = {"title": error.what, "status": status, "detail": str(error), "code": error.code}
                return PageResponse(status, PROBLEM, json.dumps(problem, ensure_ascii=False).encode() + b"\n")
            return _page(self._fault(request, error, status), status=status)

    def _respond(self, request: PageRequest) -> PageResponse:
        requested = request.requested
        if requested.path in self._files:
            kind = "text/turtle" if requested.form == "ttl" else "application/ld+json"
            return PageResponse(200, kind, self._files[requested.path])
        if requested.form == PAGE:
            return self._page(requested, request.query_fields)
        if requested.form:
            return self._data(requested, request.query_fields)
        return self._redirect_to_page(requested, request)

    @cached_property
    def _files(self) -> Mapping[str, bytes]:
        """The files of the ontology, its schemes and the JSON-LD context, by path, as in a release."""
        return dict(vocabularies(context()))

    def _page(self, requested: RequestedPath, query_fields: Mapping[str, str]) -> PageResponse:
        site, language, name = self._site, requested.language or DEFAULT, requested.name
        if name == "questions":
            views = [answer_view(site.labels[language], one, None) for one in site.questions.values()]
            return _page(site.render_page("questions.html", language, name, views=views))
        if name.startswith(_QUESTION):
            is_answered, page = question_page(
                site, name.removeprefix(_QUESTION), language, query_fields, self._write_proof
            )
            return _page(page, status=200 if is_answered else 400)
        if name == _QUERY:
            return _page(self._query(language, query_fields), policy=QUERIES)
        if iri := self._iri(name):
            address = site.addresses.of(iri)
            if address and address.anchor:
                return _redirect(requested.relative_link(page_path(address.page, language), address.anchor))
            return _page(site.page(iri, language), fields=self._link_headers(requested, iri))
        index = self._index if name == _SEARCH else None
        if (
            body := search_results_page(site, index, language, query_fields)
            if index
            else entry_page(site, name, language)
        ):
            return _page(body)
        raise _missing(requested)

    def _fault(self, request: PageRequest, error: MandataError, status: int) -> bytes:
        """Return the page of an error, whose links are relative to the requested path."""
        language = request.requested.language or DEFAULT
        page = "at/" * (request.depth - folder(language).count("/")) + "fault"
        return self._site.render_page("fault.html", language, page, error=error, status=status)

    def _query(self, language: str, query_fields: Mapping[str, str]) -> bytes:
        content = editor_content(self._site.source, language)
        examples, number = content["examples"], query_fields.get("example", "")
        chosen = int(number) if number.isascii() and number.isdigit() else -1
        example = examples[chosen]["text"] if 0 <= chosen < len(examples) else ""
        text = query_fields.get("query", "") or example
        values = {"text": text or examples[0]["text"], "chosen": chosen, "editor": has_editor()}
        editor_values = {**content, "base": BASE, "run": bool(text)}
        return self._site.render_page("query.html", language, _QUERY, **values, offered=editor_values)

    def _data(self, requested: RequestedPath, query_fields: Mapping[str, str]) -> PageResponse:
        if requested.name == "search" and requested.form == "json":
            language = requested.language or DEFAULT
            return PageResponse(200, KINDS["json"], index(self._site.labels[language], self._site.things).encode())
        if requested.name.startswith(_QUESTION) and requested.form == "json":
            name, language = requested.name.removeprefix(_QUESTION), requested.language or DEFAULT
            answer = as_json(self._site, name, language, query_fields)
            return PageResponse(200, KINDS["json"], json.dumps(answer, ensure_ascii=False, indent=2).encode() + b"\n")
        iri = self._iri(requested.name)
        if not iri.startswith(ID):
            raise _missing(requested)
        address = self._site.addresses.of(iri)
        if address and address.anchor:
            return _redirect(requested.relative_link(f"{address.page}.{requested.form}"))
        body = serialize(statements_about(self._site, self._lookup, iri), requested.form)
        return PageResponse(200, KINDS[requested.form], body, self._link_headers(requested, iri))

    def _redirect_to_page(self, requested: RequestedPath, request: PageRequest) -> PageResponse:
        """Redirect from a thing to its page or data, by content negotiation, and from the name of a page to it."""
        language, form = request.language, for_page(request.accept)
        iri = self._iri_of_path(requested.name)
        address = self._site.addresses.of(iri) if iri else None
        if not iri or address is None:
            if not self._is_page(name := requested.name or HOME_PAGE):
                raise _missing(requested)
            query = f"?{urlencode(request.query_fields)}" if request.query_fields else ""
            return _redirect(requested.relative_link(page_path(name, language)) + query)
        fields = self._link_headers(requested, iri)
        if form == PAGE:
            return _redirect(requested.relative_link(page_path(address.page, language), address.anchor), fields)
        if address.page.startswith("id/"):
            return _redirect(requested.relative_link(f"{address.page}.{form}"), fields)
        if iri.startswith(GRAPH):
            return _redirect(f"{requested.relative_link('graph-store')}?graph={uri(iri)}", fields)
        return _redirect(requested.relative_link(f"{address.page}.ttl"), fields)

    def _is_page(self, name: str) -> bool:
        questions = ("questions", *(_QUESTION + question_name for question_name in self._site.questions))
        return name == _QUERY or name in questions or is_entry_page(name)

    def _link_headers(self, requested: RequestedPath, iri: str) -> dict[str, str]:
        """Return the Link header to the IRI, the data and the page of a thing, by Signposting."""
        address, links = self._site.addresses.of(iri), [_link(uri(iri), "cite-as")]
        if address and address.page.startswith("id/"):
            others = [(f"{address.page}.{form}", kind) for form, kind in KINDS.items() if form != requested.form]
            links += [_link(requested.relative_link(path), "describedby alternate", kind) for path, kind in others]
            if requested.form in KINDS:
                links += [_link(requested.relative_link(f"{address.page}.{PAGE}"), "alternate", _HTML)]
        return {"link": ", ".join(links)}

    def _iri_of_path(self, name: str) -> str:
        """Return the IRI of a path relative to the base; empty if the store has no statement of it."""
        if name == ONTOLOGY or name.startswith(f"{ONTOLOGY}/"):
            return HOME + ONTOLOGY
        iri = (HOME if name.startswith("scheme/") else BASE) + name
        graph = node(iri) if iri.startswith(GRAPH) else None
        is_graph = graph is not None and any(True for _ in self._lookup(None, None, None, graph))
        collection = self._site.collection
        is_thing = iri.startswith((ID, SCHEME)) and (iri in collection or collection.is_evidence(iri))
        return iri if is_graph or is_thing else ""

    def _iri(self, name: str) -> str:
        """Return the IRI whose page or data has this name; empty if there is none."""
        kind, _, rest = name.partition("/")
        if name == ONTOLOGY:
            return HOME + ONTOLOGY
        space = {"id": ID, "scheme": SCHEME}.get(kind, "")
        candidates = (space + local for local in local_names_of(rest)) if space and rest else ()
        return next((iri for iri in candidates if iri in self._site.collection), "")


def _page(body: bytes, policy: str = PAGES, status: int = 200, fields: Mapping[str, str] | None = None) -> PageResponse:
    return PageResponse(status, _HTML, body, {"content-security-policy": policy, **(fields or {})})


def _redirect(place: str, fields: Mapping[str, str] | None = None) -> PageResponse:
    return PageResponse(_SEE_OTHER, "", b"", {"location": place, **(fields or {})})


def _link(target: str, relation: str, kind: str = "") -> str:
    return f'<{target}>; rel="{relation}"' + (f'; type="{kind}"' if kind else "")


def _missing(requested: RequestedPath) -> MissingError:
    return MissingError("not-found", "there is nothing here", requested.path[:200], "begin at the first page")
