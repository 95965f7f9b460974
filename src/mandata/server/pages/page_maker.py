"""What the server shows at a path: a page, data, or where to look instead."""

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
from mandata.server.pages.data import KINDS, about, context, written
from mandata.server.pages.examples import offered
from mandata.server.pages.page_request import PAGE, Wanted, page_path, tongue, wanted
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
_FOUND_AT: Final = 303


class MissingError(MandataError):
    """There is nothing at a path."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What a client asks for: a path, the fields of the address, and what it would take.

    ``depth``: how many folders a browser sees in the address, where an escaped slash is none.
    """

    path: str
    given: Mapping[str, str] = field(default_factory=dict)
    depth: int = 0
    accept: str = ""
    accept_language: str = ""

    @property
    def wanted(self) -> Wanted:
        """What the path asks for."""
        return wanted(self.path)

    @property
    def language(self) -> str:
        """The language of the path, else the one that is liked best."""
        return self.wanted.language or tongue(self.accept_language)


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer: its status, its media type, its bytes and further fields of its head."""

    status: int
    kind: str = ""
    body: bytes = b""
    fields: Mapping[str, str] = field(default_factory=dict)


class Making:
    """Makes what is shown of a store; ``tell`` proves every inferred statement that a reader asks the reasons of."""

    def __init__(self, site: Site, lookup: Lookup, write_proof: ProofWriter, index: SearchIndex | None = None) -> None:
        self._site, self._lookup, self._write_proof, self._index = site, lookup, write_proof, index

    def show(self, visit: Visit) -> Shown:
        """Return what is shown; a fault is shown too, to a browser as a page."""
        try:
            return self._shown(visit)
        except MandataError as error:
            status = 404 if isinstance(error, MissingError) or error.code == "unknown-question" else 400
            if _HTML not in visit.accept or visit.wanted.form in KINDS:
                told = {"title": error.what, "status": status, "detail": str(error), "code": error.code}
                return Shown(status, PROBLEM, json.dumps(told, ensure_ascii=False).encode() + b"\n")
            return _page(self._fault(visit, error, status), status=status)

    def _shown(self, visit: Visit) -> Shown:
        asked = visit.wanted
        if asked.path in self._files:
            return Shown(200, "text/turtle" if asked.form == "ttl" else "application/ld+json", self._files[asked.path])
        if asked.form == PAGE:
            return self._page(asked, visit.given)
        if asked.form:
            return self._data(asked, visit.given)
        return self._lead(asked, visit)

    @cached_property
    def _files(self) -> Mapping[str, bytes]:
        """The ontology, its schemes, and the context of the JSON-LD, as a release has them."""
        return dict(vocabularies(context()))

    def _page(self, asked: Wanted, given: Mapping[str, str]) -> Shown:
        site, language, name = self._site, asked.language or DEFAULT, asked.name
        if name == "questions":
            views = [answer_view(site.labels[language], one, None) for one in site.questions.values()]
            return _page(site.render_page("questions.html", language, name, views=views))
        if name.startswith(_QUESTION):
            fine, page = question_page(site, name.removeprefix(_QUESTION), language, given, self._write_proof)
            return _page(page, status=200 if fine else 400)
        if name == _QUERY:
            return _page(self._query(language, given), policy=QUERIES)
        if iri := self._iri(name):
            address = site.addresses.of(iri)
            if address and address.anchor:
                return _see(asked.way(page_path(address.page, language), address.anchor))
            return _page(site.page(iri, language), fields=self._links(asked, iri))
        index = self._index if name == _SEARCH else None
        if listed := search_results_page(site, index, language, given) if index else entry_page(site, name, language):
            return _page(listed)
        raise _unknown(asked)

    def _fault(self, visit: Visit, error: MandataError, status: int) -> bytes:
        """Return the page of a fault, whose links lead from where it is shown."""
        language = visit.wanted.language or DEFAULT
        page = "at/" * (visit.depth - folder(language).count("/")) + "fault"
        return self._site.render_page("fault.html", language, page, error=error, status=status)

    def _query(self, language: str, given: Mapping[str, str]) -> bytes:
        found = offered(self._site.source, language)
        number = given.get("example", "")
        chosen = int(number) if number.isascii() and number.isdigit() else -1
        example = found["examples"][chosen]["text"] if 0 <= chosen < len(found["examples"]) else ""
        text = given.get("query", "") or example
        values = {"text": text or found["examples"][0]["text"], "chosen": chosen, "editor": has_editor()}
        offered_too = {**found, "base": BASE, "run": bool(text)}
        return self._site.render_page("query.html", language, _QUERY, **values, offered=offered_too)

    def _data(self, asked: Wanted, given: Mapping[str, str]) -> Shown:
        if asked.name == "search" and asked.form == "json":
            language = asked.language or DEFAULT
            return Shown(200, KINDS["json"], index(self._site.labels[language], self._site.things).encode())
        if asked.name.startswith(_QUESTION) and asked.form == "json":
            found = as_json(self._site, asked.name.removeprefix(_QUESTION), asked.language or DEFAULT, given)
            return Shown(200, KINDS["json"], json.dumps(found, ensure_ascii=False, indent=2).encode() + b"\n")
        iri = self._iri(asked.name)
        if not iri.startswith(ID):
            raise _unknown(asked)
        address = self._site.addresses.of(iri)
        if address and address.anchor:
            return _see(asked.way(f"{address.page}.{asked.form}"))
        body = written(about(self._site, self._lookup, iri), asked.form)
        return Shown(200, KINDS[asked.form], body, self._links(asked, iri))

    def _lead(self, asked: Wanted, visit: Visit) -> Shown:
        """Lead from a thing to what tells of it, from the name of a page to the page."""
        language, form = visit.language, for_page(visit.accept)
        iri = self._named(asked.name)
        address = self._site.addresses.of(iri) if iri else None
        if not iri or address is None:
            if not self._is_page(name := asked.name or HOME_PAGE):
                raise _unknown(asked)
            typed = f"?{urlencode(visit.given)}" if visit.given else ""
            return _see(asked.way(page_path(name, language)) + typed)
        fields = self._links(asked, iri)
        if form == PAGE:
            return _see(asked.way(page_path(address.page, language), address.anchor), fields)
        if address.page.startswith("id/"):
            return _see(asked.way(f"{address.page}.{form}"), fields)
        if iri.startswith(GRAPH):
            return _see(f"{asked.way('graph-store')}?graph={uri(iri)}", fields)
        return _see(asked.way(f"{address.page}.ttl"), fields)

    def _is_page(self, name: str) -> bool:
        questions = ("questions", *(_QUESTION + one for one in self._site.questions))
        return name == _QUERY or name in questions or is_entry_page(name)

    def _links(self, asked: Wanted, iri: str) -> dict[str, str]:
        """Return how a thing is cited, and where its data and its page are, as Signposting has it."""
        address, found = self._site.addresses.of(iri), [_link(uri(iri), "cite-as")]
        if address and address.page.startswith("id/"):
            twins = [(f"{address.page}.{form}", kind) for form, kind in KINDS.items() if form != asked.form]
            found += [_link(asked.way(path), "describedby alternate", kind) for path, kind in twins]
            if asked.form in KINDS:
                found += [_link(asked.way(f"{address.page}.{PAGE}"), "alternate", _HTML)]
        return {"link": ", ".join(found)}

    def _named(self, name: str) -> str:
        """Return the IRI that this path below the base is; empty where nothing is stated of it."""
        if name == ONTOLOGY or name.startswith(f"{ONTOLOGY}/"):
            return HOME + ONTOLOGY
        iri = (HOME if name.startswith("scheme/") else BASE) + name
        graph = node(iri) if iri.startswith(GRAPH) else None
        is_graph = graph is not None and any(True for _ in self._lookup(None, None, None, graph))
        collection = self._site.collection
        is_ours = iri.startswith((ID, SCHEME)) and (iri in collection or collection.is_evidence(iri))
        return iri if is_graph or is_ours else ""

    def _iri(self, name: str) -> str:
        """Return the IRI that a page or data of this name is of; empty where there is none."""
        kind, _, rest = name.partition("/")
        if name == ONTOLOGY:
            return HOME + ONTOLOGY
        space = {"id": ID, "scheme": SCHEME}.get(kind, "")
        known = (space + local for local in local_names_of(rest)) if space and rest else ()
        return next((iri for iri in known if iri in self._site.collection), "")


def _page(body: bytes, policy: str = PAGES, status: int = 200, fields: Mapping[str, str] | None = None) -> Shown:
    return Shown(status, _HTML, body, {"content-security-policy": policy, **(fields or {})})


def _see(place: str, fields: Mapping[str, str] | None = None) -> Shown:
    return Shown(_FOUND_AT, "", b"", {"location": place, **(fields or {})})


def _link(target: str, relation: str, kind: str = "") -> str:
    return f'<{target}>; rel="{relation}"' + (f'; type="{kind}"' if kind else "")


def _unknown(asked: Wanted) -> MissingError:
    return MissingError("not-found", "there is nothing here", asked.path[:200], "begin at the first page")
