"""The page of a mandate: who bears it, its state, its functions, the acts in its life, whom it serves and with whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mandata.site.dates import is_date
from mandata.site.labels import Link, Shown
from mandata.site.resources import Words
from mandata.site.views import drawing
from mandata.site.views.citations import Restated, restated
from mandata.site.views.drawing import Drawing, Event
from mandata.site.views.evidence import anchor
from mandata.site.views.facts import Row, pointing_rows, rows
from mandata.site.views.proofs import Proof, Tell, proofs
from mandata.site.views.questions import Cell

_HIDDEN: Final = ("md:hasAct", "md:hasFunction", "md:serves", "md:mandateOf")
_SHOWN_OF_FUNCTION: Final = ("md:text", "md:position", "md:statedIn")
_FIRST: Final = ("md:foundedBy", "md:hasBasis", "md:statedIn", "md:proposedBy")


@dataclass(frozen=True, slots=True)
class Function:
    """A function of a mandate: its words, its verb, with whom and on what, and where later texts take it up."""

    anchor: str
    number: str
    words: Words
    stated: Link | None
    facts: tuple[Row, ...]
    restated: tuple[Restated, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """An act upon a mandate."""

    anchor: str
    date: str
    kind: Words | None
    name: Words
    document: Link | None
    part: Link | None
    by: tuple[Link, ...]
    facts: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class MandateView:
    """All that a mandate's page shows, and what the page of the body that bears it shows of it."""

    iri: str
    link: Link
    bearer: tuple[Link, ...]
    state: tuple[Mapping[str, Cell], ...]
    facts: tuple[Row, ...]
    functions: tuple[Function, ...]
    acts: tuple[Act, ...]
    drawing: Drawing | None
    serves: tuple[Link, ...]
    partners: tuple[Link, ...]
    proofs: tuple[Proof, ...]


State = Mapping[str, Sequence[Mapping[str, Cell]]]
"""The rows of the question ``mandate-status`` by the IRI of the body that bears the mandate."""


def mandate(shown: Shown, iri: str, state: State, tell: Tell) -> MandateView:
    """Return what a mandate's page shows."""
    told = shown.collection
    functions, acts = told.things(iri, "md:hasFunction"), _acts(shown, iri)
    bearers = told.things(iri, "md:mandateOf")
    partners = (each for function in functions for each in told.things(function, "md:functionWith"))
    return MandateView(
        iri=iri,
        link=shown.link(iri),
        bearer=shown.links(bearers),
        state=tuple(row for bearer in bearers for row in state.get(bearer, ())),
        facts=(*rows(shown, iri, _HIDDEN, _FIRST), *_superseded_by(shown, iri)),
        functions=tuple(_function(shown, function) for function in functions),
        acts=acts,
        drawing=_drawing(acts),
        serves=shown.links(told.things(iri, "md:serves")),
        partners=shown.links(dict.fromkeys(partners)),
        proofs=proofs(shown, (iri, *functions, *told.things(iri, "md:hasAct")), tell),
    )


def _superseded_by(shown: Shown, iri: str) -> tuple[Row, ...]:
    """Return the row of the mandate that took the place of this one, if there is one."""
    return pointing_rows(shown, iri, (prop for prop in shown.collection.pointing(iri) if prop != "md:supersedes"))


def _function(shown: Shown, iri: str) -> Function:
    told = shown.collection
    stated = told.thing(iri, "md:statedIn")
    return Function(
        anchor(shown, iri),
        told.text(iri, "md:position"),
        next(iter(told.words(iri, "md:text")), Words("")),
        shown.link(stated) if stated else None,
        rows(shown, iri, _SHOWN_OF_FUNCTION, ("md:functionVerb", "md:functionTopic", "md:functionWith")),
        tuple(restated(shown, told.bearers("md:restatedFunction", iri))),
    )


def _acts(shown: Shown, iri: str) -> tuple[Act, ...]:
    return tuple(sorted(_each_act(shown, shown.collection.things(iri, "md:hasAct")), key=lambda act: act.date))


def _each_act(shown: Shown, acts: Iterable[str]) -> Iterator[Act]:
    told = shown.collection
    for iri in acts:
        document, part = told.thing(iri, "md:actDocument"), told.thing(iri, "md:actPart")
        yield Act(
            anchor(shown, iri),
            told.text(iri, "md:actDate"),
            shown.kind(iri),
            shown.name(iri),
            shown.link(document) if document else None,
            shown.link(part) if part else None,
            shown.links(told.things(iri, "md:actBy")),
            rows(shown, iri, ("md:actDate", "md:actDocument", "md:actPart", "md:actBy")),
        )


def _drawing(acts: Iterable[Act]) -> Drawing | None:
    events = [
        Event(act.date, f"{act.kind.text if act.kind else ''}, {act.document.words.text if act.document else ''}")
        for act in acts
        if is_date(act.date)
    ]
    return drawing.timeline(events) if events else None
