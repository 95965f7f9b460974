"""The view of any other thing: its names, the statements about it, the documents that mention it, and its mandates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mandata.site.labels import Labels, Link
from mandata.site.resources import LiteralText, local_name
from mandata.site.views.evidence import anchor
from mandata.site.views.facts import (
    LanguageNames,
    MentioningDocument,
    PropertyRow,
    incoming_rows,
    mentioned_in,
    names,
    rows,
)
from mandata.site.views.mandate import MandateView, StatusByBody, mandate
from mandata.site.views.proofs import ProofView, ProofWriter, proofs

_HIDDEN_INCOMING: Final = ("md:inSession",)


@dataclass(frozen=True, slots=True)
class PagePart:
    """A thing on the page of another, such as a meeting or an agenda item on the page of its session."""

    anchor: str
    name: LiteralText
    rows: tuple[PropertyRow, ...]


@dataclass(frozen=True, slots=True)
class ThingView:
    """The values on the page of a thing."""

    iri: str
    link: Link
    kind: Link | None
    names: tuple[LanguageNames, ...]
    facts: tuple[PropertyRow, ...]
    incoming: tuple[PropertyRow, ...]
    within: tuple[PagePart, ...]
    mentioned: tuple[MentioningDocument, ...]
    mentioned_more: int
    mandates: tuple[MandateView, ...]
    proofs: tuple[ProofView, ...]


def thing(labels: Labels, iri: str, status: StatusByBody, write_proof: ProofWriter) -> ThingView:
    """Return the view of a thing.

    Args:
        labels: the labels of a language.
        iri: the IRI of the thing.
        status: the status of each mandate by the body that has it.
        write_proof: writes the proofs of inferred statements.
    """
    mentioned, more = mentioned_in(labels, iri)
    classes = labels.classes(iri)
    return ThingView(
        iri=iri,
        link=labels.link(iri),
        kind=labels.link(classes[0]) if classes else None,
        names=names(labels, iri),
        facts=rows(labels, iri),
        incoming=incoming_rows(labels, iri, _HIDDEN_INCOMING),
        within=_within(labels, iri),
        mentioned=mentioned,
        mentioned_more=more,
        mandates=tuple(
            mandate(labels, one, status, write_proof) for one in labels.collection.things(iri, "md:hasMandate")
        ),
        proofs=proofs(labels, (iri,), write_proof),
    )


def deprecated_part(labels: Labels, iri: str) -> PagePart:
    """Return the part ``iri``, which only an earlier release had, with its successor or the reason, by ``labels``."""
    return PagePart(anchor(labels, iri), LiteralText(local_name(iri)), rows(labels, iri, ("owl:deprecated",)))


def _within(labels: Labels, iri: str) -> tuple[PagePart, ...]:
    page = labels.addresses.of(iri)
    found = []
    for each in labels.collection.subjects("md:inSession", iri):
        address = labels.addresses.of(each)
        if page and address and address.page == page.page:
            rows_of_part = (*rows(labels, each, ("md:inSession", "md:number")), *incoming_rows(labels, each))
            found.append(PagePart(anchor(labels, each), labels.name(each), rows_of_part))
    return tuple(found)
