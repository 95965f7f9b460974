"""The view of a mandate: its body, status, functions and acts, the States it serves, and its partners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mandata.site.dates import is_date
from mandata.site.labels import Labels, Link
from mandata.site.resources import LiteralText
from mandata.site.views import drawing
from mandata.site.views.citations import RestatementView, restatements
from mandata.site.views.drawing import Event, SvgDrawing
from mandata.site.views.evidence import anchor
from mandata.site.views.facts import PropertyRow, incoming_rows, rows
from mandata.site.views.proofs import ProofView, ProofWriter, proofs
from mandata.site.views.questions import Cell

_HIDDEN: Final = ("md:hasAct", "md:hasFunction", "md:serves", "md:mandateOf")
_HIDDEN_OF_FUNCTION: Final = ("md:text", "md:position", "md:statedIn")
_FIRST: Final = ("md:foundedBy", "md:hasBasis", "md:statedIn", "md:proposedBy")


@dataclass(frozen=True, slots=True)
class FunctionView:
    """A function of a mandate: its words, verb, topic and partners, and the paragraphs that restate it."""

    anchor: str
    number: str
    words: LiteralText
    stated_in: Link | None
    facts: tuple[PropertyRow, ...]
    restated: tuple[RestatementView, ...]


@dataclass(frozen=True, slots=True)
class ActView:
    """An act upon a mandate."""

    anchor: str
    date: str
    kind: LiteralText | None
    name: LiteralText
    document: Link | None
    part: Link | None
    by: tuple[Link, ...]
    facts: tuple[PropertyRow, ...]


@dataclass(frozen=True, slots=True)
class MandateView:
    """The values on the page of a mandate, which the page of its body shows too."""

    iri: str
    link: Link
    bearer: tuple[Link, ...]
    status: tuple[Mapping[str, Cell], ...]
    facts: tuple[PropertyRow, ...]
    functions: tuple[FunctionView, ...]
    acts: tuple[ActView, ...]
    drawing: SvgDrawing | None
    serves: tuple[Link, ...]
    partners: tuple[Link, ...]
    proofs: tuple[ProofView, ...]


StatusByBody = Mapping[str, Sequence[Mapping[str, Cell]]]
"""The rows of the question ``mandate-status`` by the IRI of the body that has the mandate."""


def mandate(labels: Labels, iri: str, status: StatusByBody, write_proof: ProofWriter) -> MandateView:
    """Return the view of a mandate.

    Args:
        labels: the labels of a language.
        iri: the IRI of the mandate.
        status: the status of each mandate by the body that has it.
        write_proof: writes the proofs of inferred statements.
    """
    collection = labels.collection
    functions, acts = collection.things(iri, "md:hasFunction"), _acts(labels, iri)
    bearers = collection.things(iri, "md:mandateOf")
    partners = (partner for function in functions for partner in collection.things(function, "md:functionWith"))
    return MandateView(
        iri=iri,
        link=labels.link(iri),
        bearer=labels.links(bearers),
        status=tuple(row for bearer in bearers for row in status.get(bearer, ())),
        facts=(*rows(labels, iri, _HIDDEN, _FIRST), *_superseded_by(labels, iri)),
        functions=tuple(_function(labels, function) for function in functions),
        acts=acts,
        drawing=_drawing(acts),
        serves=labels.links(collection.things(iri, "md:serves")),
        partners=labels.links(dict.fromkeys(partners)),
        proofs=proofs(labels, (iri, *functions, *collection.things(iri, "md:hasAct")), write_proof),
    )


def _superseded_by(labels: Labels, iri: str) -> tuple[PropertyRow, ...]:
    """Return the row of the mandate that supersedes this one, if there is one."""
    return incoming_rows(
        labels, iri, (prop for prop in labels.collection.incoming_properties(iri) if prop != "md:supersedes")
    )


def _function(labels: Labels, iri: str) -> FunctionView:
    collection = labels.collection
    stated = collection.thing(iri, "md:statedIn")
    return FunctionView(
        anchor(labels, iri),
        collection.text(iri, "md:position"),
        next(iter(collection.literals(iri, "md:text")), LiteralText("")),
        labels.link(stated) if stated else None,
        rows(labels, iri, _HIDDEN_OF_FUNCTION, ("md:functionVerb", "md:functionTopic", "md:functionWith")),
        tuple(restatements(labels, collection.subjects("md:restatedFunction", iri))),
    )


def _acts(labels: Labels, iri: str) -> tuple[ActView, ...]:
    return tuple(sorted(_each_act(labels, labels.collection.things(iri, "md:hasAct")), key=lambda act: act.date))


def _each_act(labels: Labels, acts: Iterable[str]) -> Iterator[ActView]:
    collection = labels.collection
    for iri in acts:
        document, part = collection.thing(iri, "md:actDocument"), collection.thing(iri, "md:actPart")
        yield ActView(
            anchor(labels, iri),
            collection.text(iri, "md:actDate"),
            labels.kind(iri),
            labels.name(iri),
            labels.link(document) if document else None,
            labels.link(part) if part else None,
            labels.links(collection.things(iri, "md:actBy")),
            rows(labels, iri, ("md:actDate", "md:actDocument", "md:actPart", "md:actBy")),
        )


def _drawing(acts: Iterable[ActView]) -> SvgDrawing | None:
    events = [
        Event(act.date, f"{act.kind.text if act.kind else ''}, {act.document.words.text if act.document else ''}")
        for act in acts
        if is_date(act.date)
    ]
    return drawing.timeline(events) if events else None
