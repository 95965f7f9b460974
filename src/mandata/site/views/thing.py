"""The page of any other thing: its names, what is stated of it, where it is named, and the mandate it bears."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mandata.site.labels import Link, Shown
from mandata.site.resources import Words, local
from mandata.site.views.evidence import anchor
from mandata.site.views.facts import Mentioned, Name, Row, mentioned_in, names, pointing_rows, rows
from mandata.site.views.mandate import MandateView, State, mandate
from mandata.site.views.proofs import Proof, Tell, proofs

_HIDDEN_POINTING: Final = ("md:inSession",)


@dataclass(frozen=True, slots=True)
class Within:
    """A thing that stands on the page of another: a meeting or an agenda item on that of its session."""

    anchor: str
    name: Words
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ThingView:
    """All that the page of a thing shows."""

    iri: str
    link: Link
    kind: Link | None
    names: tuple[Name, ...]
    facts: tuple[Row, ...]
    pointing: tuple[Row, ...]
    within: tuple[Within, ...]
    mentioned: tuple[Mentioned, ...]
    mentioned_more: int
    mandates: tuple[MandateView, ...]
    proofs: tuple[Proof, ...]


def thing(shown: Shown, iri: str, state: State, tell: Tell) -> ThingView:
    """Return what the page of a thing shows."""
    mentioned, more = mentioned_in(shown, iri)
    classes = shown.classes(iri)
    return ThingView(
        iri=iri,
        link=shown.link(iri),
        kind=shown.link(classes[0]) if classes else None,
        names=names(shown, iri),
        facts=rows(shown, iri),
        pointing=pointing_rows(shown, iri, _HIDDEN_POINTING),
        within=_within(shown, iri),
        mentioned=mentioned,
        mentioned_more=more,
        mandates=tuple(mandate(shown, one, state, tell) for one in shown.collection.things(iri, "md:hasMandate")),
        proofs=proofs(shown, (iri,), tell),
    )


def gone_part(shown: Shown, iri: str) -> Within:
    """Return a part that an earlier release spoke of: what took its place, or why it is gone."""
    return Within(anchor(shown, iri), Words(local(iri)), rows(shown, iri, ("owl:deprecated",)))


def _within(shown: Shown, iri: str) -> tuple[Within, ...]:
    page = shown.addresses.of(iri)
    found = []
    for each in shown.collection.bearers("md:inSession", iri):
        address = shown.addresses.of(each)
        if page and address and address.page == page.page:
            told = (*rows(shown, each, ("md:inSession", "md:number")), *pointing_rows(shown, each))
            found.append(Within(anchor(shown, each), shown.name(each), told))
    return tuple(found)
