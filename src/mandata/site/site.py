"""The site: its data, and the page of any IRI in any language of the interface."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, Final

from mandata.query import answer as answers
from mandata.query.display_names import Thing
from mandata.query.queryfile import Question, load
from mandata.query.source import Source
from mandata.rdf.namespaces import BASE, HOME, ID, SCHEME
from mandata.site.addresses import ONTOLOGY, Address, Addresses
from mandata.site.interface import DEFAULT, languages
from mandata.site.labels import Labels
from mandata.site.resources import TYPE, Collection, sort_key
from mandata.site.schema_org import schema
from mandata.site.templates import render
from mandata.site.views.document import document
from mandata.site.views.lists import group_by_list
from mandata.site.views.mandate import StatusByBody, mandate
from mandata.site.views.proofs import ProofWriter
from mandata.site.views.questions import Cell, cells
from mandata.site.views.thing import deprecated_part, thing
from mandata.site.views.vocabulary import ontology, scheme

_STATUS: Final = "mandate-status"
_DEPRECATED: Final = "owl:deprecated"
_CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        *("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'"),
        *("form-action 'self'", "base-uri 'none'"),
    )
)
"""The policy of a static page: it loads its own style, icon, script and index; a server sends it as a header."""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """The settings of a site.

    Args:
        home: the URL of its folder, with a slash, for the site map and canonical URLs.
        data_formats: the file extensions of the data of each document, which is next to its page, such as ``ttl``.
        answer_limit: the number of things up to which the pages of questions have answers. An answer is about the whole
            collection, and may grow faster than it; beyond the limit, the page says how to ask. A limit on time would
            give other bytes on another machine. The states of mandates are shown in any case.
        dataset: the release as schema.org describes it, for the first page.
        live: whether a server renders the pages on demand, so that there is a page for queries.
    """

    home: str = BASE
    data_formats: tuple[str, ...] = ()
    answer_limit: int = 50_000
    dataset: Mapping[str, Any] | None = None
    live: bool = False


class Site:
    """The pages of a collection, rendered on demand; the same for a static site and for a server.

    Args:
        collection: the statements that the pages show.
        source: answers the questions, from the same statements.
        write_proof: writes the proofs of inferred statements.
        settings: the settings of the site.
    """

    def __init__(
        self, collection: Collection, source: Source, write_proof: ProofWriter, settings: SiteSettings
    ) -> None:
        self.collection, self.source, self.write_proof, self.settings = collection, source, write_proof, settings
        self.addresses = Addresses(collection.__contains__)
        self.labels = {language: Labels(collection, self.addresses, language) for language in languages()}
        self._status_by_language: dict[str, StatusByBody] = {}

    @cached_property
    def things(self) -> list[str]:
        """The things that have a page of their own, in natural order."""
        typed = chain(self.collection.subjects_with(TYPE), self.collection.subjects_with(_DEPRECATED))
        return sorted({iri for iri in typed if iri.startswith(ID) and not self._address(iri).anchor}, key=sort_key)

    @cached_property
    def things_by_list(self) -> Mapping[str, Sequence[str]]:
        """The things that have a page of their own, by list."""
        return group_by_list(self.labels[DEFAULT], self.things)

    @cached_property
    def deprecated_parts(self) -> Mapping[str, list[str]]:
        """The parts of things that an earlier release had and this one has not, by page."""
        found: dict[str, list[str]] = {}
        for iri in sorted(
            (iri for iri in self.collection.subjects_with(_DEPRECATED) if iri.startswith(ID)), key=sort_key
        ):
            if (address := self._address(iri)).anchor:
                found.setdefault(address.page, []).append(iri)
        return found

    @cached_property
    def schemes(self) -> list[str]:
        """The concept schemes and the collections of concepts."""
        ours = (iri for iri in self.collection.subjects_with(TYPE) if iri.startswith(SCHEME))
        return sorted({iri for iri in ours if not self._address(iri).anchor})

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """The competency questions by name."""
        return load()

    def _address(self, iri: str) -> Address:
        return self.addresses.of(iri) or Address("")

    @cached_property
    def answers_questions(self) -> bool:
        """Whether the questions are answered on the pages."""
        return self.collection.size <= self.settings.answer_limit

    def status_by_body(self, language: str) -> StatusByBody:
        """Return the status of each mandate in a language, by the body that has the mandate."""
        if language not in self._status_by_language:
            rows = answers.answer(self.questions[_STATUS], {}, self.source, language).rows
            status_by_body: dict[str, list[Mapping[str, Cell]]] = {}
            for row, row_cells in zip(rows, cells(self.labels[language], rows), strict=True):
                centre = row["centre"]
                status_by_body.setdefault(centre.iri if isinstance(centre, Thing) else "", []).append(row_cells)
            self._status_by_language[language] = status_by_body
        return self._status_by_language[language]

    def page(self, iri: str, language: str) -> bytes:
        """Return the page of ``iri``, which is a thing, a scheme or the ontology, in a ``language``."""
        labels = self.labels[language]
        if iri == HOME + ONTOLOGY:
            return self.render_page("vocabulary.html", language, ONTOLOGY, view=ontology(labels), iri=iri)
        if iri.startswith(SCHEME):
            return self.render_page(
                "vocabulary.html", language, self._address(iri).page, view=scheme(labels, iri), iri=iri
            )
        template, view = self._view(iri, language)
        page = self._address(iri).page
        data_formats = self.settings.data_formats if self.settings.live or template == "document.html" else ()
        return self.render_page(
            template, language, page, view=view, iri=iri, data_formats=data_formats, schema=schema(labels, iri)
        )

    def is_document(self, iri: str) -> bool:
        """Return whether a thing is a document, so that its data is next to its page."""
        return self.labels[DEFAULT].is_a(iri, "Document")

    def _view(self, iri: str, language: str) -> tuple[str, object]:
        labels = self.labels[language]
        if labels.is_a(iri, "Document"):
            return "document.html", document(labels, iri, self.write_proof)
        if labels.is_a(iri, "Mandate"):
            return "mandate.html", mandate(labels, iri, self.status_by_body(language), self.write_proof)
        return "thing.html", thing(labels, iri, self.status_by_body(language), self.write_proof)

    def render_page(self, template: str, language: str, page: str, **values: Any) -> bytes:
        """Return a page rendered from a template.

        Args:
            template: the file name of the template.
            language: the language of the page.
            page: the path of the page, without language and file extension.
            values: the variables of the template, besides those that every page has.
        """
        deprecated_parts = [deprecated_part(self.labels[language], iri) for iri in self.deprecated_parts.get(page, ())]
        common = {
            "iri": "",
            "deprecated_parts": deprecated_parts,
            "data_formats": (),
            "schema": None,
            "settings": self.settings,
            "policy": _CONTENT_SECURITY_POLICY,
            "languages": languages(),
        }
        return render(template, language, page, common | values)

    def pages_of_things(self) -> Iterator[tuple[str, str]]:
        """Yield each IRI that has a page, with the path of the page without language and file extension."""
        for iri in (*self.things, *self.schemes, HOME + ONTOLOGY):
            yield iri, self._address(iri).page
