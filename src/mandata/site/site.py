"""One site: what its pages are made of, and the page of any IRI in any language of the interface."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, Final

from mandata.query import answer as asked
from mandata.query.display_names import Thing
from mandata.query.queryfile import Question, load
from mandata.query.source import Source
from mandata.rdf.namespaces import BASE, HOME, ID, SCHEME
from mandata.site.addresses import ONTOLOGY, Address, Addresses
from mandata.site.interface import DEFAULT, languages
from mandata.site.labels import Shown
from mandata.site.resources import TYPE, Collection, order
from mandata.site.schema_org import schema
from mandata.site.templates import render
from mandata.site.views.document import document
from mandata.site.views.lists import listed
from mandata.site.views.mandate import State, mandate
from mandata.site.views.proofs import Tell
from mandata.site.views.questions import Cell, cells
from mandata.site.views.thing import gone_part, thing
from mandata.site.views.vocabulary import ontology, scheme

_STATUS: Final = "mandate-status"
_GONE: Final = "owl:deprecated"
_POLICY: Final = "; ".join(
    (
        *("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'"),
        *("form-action 'self'", "base-uri 'none'"),
    )
)
"""What a page of files may load: its own style, picture, script and index; a server says this of each answer itself."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a site will stand, and what stands there beside its pages.

    Args:
        home: the address of its folder, with a slash; the site map and the canonical addresses begin with it.
        twins: the endings of the files that stand beside the page of each document, such as ``ttl``.
        answered_to: up to how many things the questions are answered on their pages. The answers are of the whole
            collection, and some grow faster than it does; beyond, the page says how to ask. The state of mandates is
            told in any case. It is no limit on time, which would make other bytes on another machine.
        dataset: the release as schema.org describes it, for the first page.
        live: a server makes the pages when they are asked for, so that there is a page for queries too.
    """

    home: str = BASE
    twins: tuple[str, ...] = ()
    answered_to: int = 50_000
    dataset: Mapping[str, Any] | None = None
    live: bool = False


class Site:
    """The pages of a collection, each made when it is asked for: the same for a folder of files and for a server."""

    def __init__(self, collection: Collection, source: Source, tell: Tell, settings: Settings) -> None:
        self.collection, self.source, self.tell, self.settings = collection, source, tell, settings
        self.addresses = Addresses(collection.__contains__)
        self.shown = {language: Shown(collection, self.addresses, language) for language in languages()}
        self._states: dict[str, State] = {}

    @cached_property
    def things(self) -> list[str]:
        """The things that have a page of their own, in natural order."""
        held = chain(self.collection.having(TYPE), self.collection.having(_GONE))
        return sorted({iri for iri in held if iri.startswith(ID) and not self._address(iri).anchor}, key=order)

    @cached_property
    def listed(self) -> Mapping[str, Sequence[str]]:
        """The things that have a page of their own, by list."""
        return listed(self.shown[DEFAULT], self.things)

    @cached_property
    def gone(self) -> Mapping[str, list[str]]:
        """The parts of things that were spoken of in an earlier release and are not in this one, by page."""
        found: dict[str, list[str]] = {}
        for iri in sorted((iri for iri in self.collection.having(_GONE) if iri.startswith(ID)), key=order):
            if (address := self._address(iri)).anchor:
                found.setdefault(address.page, []).append(iri)
        return found

    @cached_property
    def schemes(self) -> list[str]:
        """The concept schemes and the collections of concepts."""
        ours = (iri for iri in self.collection.having(TYPE) if iri.startswith(SCHEME))
        return sorted({iri for iri in ours if not self._address(iri).anchor})

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """The competency questions by name."""
        return load()

    def _address(self, iri: str) -> Address:
        return self.addresses.of(iri) or Address("")

    @cached_property
    def answers(self) -> bool:
        """Whether the questions are answered on the pages."""
        return self.collection.size <= self.settings.answered_to

    def state(self, language: str) -> State:
        """Return in what state each mandate is, by the body that bears it."""
        if language not in self._states:
            found = asked.answer(self.questions[_STATUS], {}, self.source, language).rows
            states: dict[str, list[Mapping[str, Cell]]] = {}
            for row, shown in zip(found, cells(self.shown[language], found), strict=True):
                centre = row["centre"]
                states.setdefault(centre.iri if isinstance(centre, Thing) else "", []).append(shown)
            self._states[language] = states
        return self._states[language]

    def page(self, iri: str, language: str) -> bytes:
        """Return the page of a thing, a scheme or the ontology."""
        shown = self.shown[language]
        if iri == HOME + ONTOLOGY:
            return self.written("vocabulary.html", language, ONTOLOGY, view=ontology(shown), iri=iri)
        if iri.startswith(SCHEME):
            return self.written("vocabulary.html", language, self._address(iri).page, view=scheme(shown, iri), iri=iri)
        template, view = self._view(iri, language)
        page = self._address(iri).page
        twins = self.settings.twins if self.settings.live or template == "document.html" else ()
        return self.written(template, language, page, view=view, iri=iri, twins=twins, schema=schema(shown, iri))

    def is_document(self, iri: str) -> bool:
        """Tell whether a thing is a document, beside whose page its data stands."""
        return self.shown[DEFAULT].is_a(iri, "Document")

    def _view(self, iri: str, language: str) -> tuple[str, object]:
        shown = self.shown[language]
        if shown.is_a(iri, "Document"):
            return "document.html", document(shown, iri, self.tell)
        if shown.is_a(iri, "Mandate"):
            return "mandate.html", mandate(shown, iri, self.state(language), self.tell)
        return "thing.html", thing(shown, iri, self.state(language), self.tell)

    def written(self, template: str, language: str, page: str, **values: Any) -> bytes:
        """Return a page written by its template; what every page has is given with it."""
        gone = [gone_part(self.shown[language], iri) for iri in self.gone.get(page, ())]
        given = {
            "iri": "",
            "gone": gone,
            "twins": (),
            "schema": None,
            "settings": self.settings,
            "policy": _POLICY,
            "languages": languages(),
        }
        return render(template, language, page, given | values)

    def pages_of_things(self) -> Iterator[tuple[str, str]]:
        """Yield each IRI that has a page of its own, and that page without language and ending."""
        for iri in (*self.things, *self.schemes, HOME + ONTOLOGY):
            yield iri, self._address(iri).page
