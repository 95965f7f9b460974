"""The lists through which a reader finds a page: of each kind of thing, of what happened when, of who cites whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from mandata.rdf.namespaces import ID
from mandata.site.dates import is_date
from mandata.site.labels import Labels, Link, truncate
from mandata.site.resources import Collection, LiteralText
from mandata.site.views import drawing
from mandata.site.views.citations import date_of, whole_of
from mandata.site.views.drawing import Event, SvgDrawing

KINDS: Final = {
    "documents": ("Document",),
    "mandates": ("Mandate",),
    "organisations": ("Organisation", "Organ"),
    "states": ("MemberState",),
    "groups": ("RegionalGroup",),
    "persons": ("Person", "Post", "TermOfOffice"),
    "places": ("Place", "Region"),
    "events": ("Event", "Session", "Proclamation"),
    "instruments": ("Instrument",),
    "topics": ("Topic", "Subject"),
}
"""The lists and the classes of what stands in each; what is of none stands in ``others``."""
OTHERS: Final = "others"
_DRAWN_ARCS: Final = 36
_DRAWN_EVENTS: Final = 30
_LABEL: Final = 46


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A line of a list: the page, what kind of thing it is of, its title, its date, how often it is cited or named."""

    link: Link
    kind: LiteralText | None
    title: LiteralText | None
    date: str
    weight: int
    has_text: bool


def entry(labels: Labels, iri: str) -> ListEntry:
    """Return the line of one thing."""
    collection = labels.collection
    label = labels.label(iri)
    weight = collection.count_subjects("md:citedDocument", iri) + collection.count_subjects("md:mentions", iri)
    link = labels.link(iri)
    title = truncate(label) if label and label.text != link.words.text else None
    return ListEntry(
        link, labels.kind(iri), title, date_of(labels, iri), weight, bool(collection.things(iri, "md:realizedBy"))
    )


def group_by_list(labels: Labels, pages: Iterable[str]) -> dict[str, list[str]]:
    """Return the things that have pages, by list."""
    found: dict[str, list[str]] = {kind: [] for kind in (*KINDS, OTHERS)}
    for iri in pages:
        kinds = [kind for kind, classes in KINDS.items() if labels.is_a(iri, *classes)]
        narrowed = [kind for kind in kinds if not (kind == "documents" and "instruments" in kinds)]
        for kind in narrowed or [OTHERS]:
            found[kind].append(iri)
    return found


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A line of the table beside the timeline."""

    date: str
    what: LiteralText
    link: Link


def timeline(
    labels: Labels, documents: Sequence[str], acts: Sequence[str]
) -> tuple[SvgDrawing | None, list[TimelineRow]]:
    """Return what happened when: documents by their dates, and the acts upon mandates; drawn are the acts."""
    days = ((date_of(labels, iri), iri) for iri in documents)
    happened = [TimelineRow(day, labels.kind(iri) or LiteralText(""), labels.link(iri)) for day, iri in days if day]
    dated = []
    for act in acts:
        if is_date(day := labels.collection.text(act, "md:actDate")):
            link = labels.link(labels.collection.thing(act, "md:actDocument"))
            name = labels.name(act)
            happened.append(TimelineRow(day, name, link))
            dated.append(Event(day, f"{(labels.kind(act) or name).text}, {link.words.text}"))
    dated.sort(key=lambda event: (event.date, event.text))
    happened.sort(key=lambda one: (one.date, one.link.words.text, one.what.text))
    return (drawing.timeline(dated[-_DRAWN_EVENTS:]) if dated else None), happened


def citations(labels: Labels) -> tuple[SvgDrawing | None, list[tuple[Link, Link, int]]]:
    """Return who cites whom and how often; drawn are the documents with the most ties, the oldest first."""
    pairs = _pairs(labels.collection, labels)
    ties: Counter[str] = Counter()
    for (one, other), number in pairs.items():
        ties.update({one: number, other: number})
    chosen = sorted(ties, key=lambda iri: (-ties[iri], iri))[:_DRAWN_ARCS]
    chosen.sort(key=lambda iri: (date_of(labels, iri) or "9999", iri))
    at = {iri: number for number, iri in enumerate(chosen)}
    drawn = sorted((at[one], at[other]) for one, other in pairs if one in at and other in at)
    names = [truncate(labels.name(iri), _LABEL).text for iri in chosen]
    table = [(labels.link(one), labels.link(other), number) for (one, other), number in pairs.items()]
    table.sort(key=lambda row: (row[0].words.text, row[1].words.text))
    return (drawing.arcs(names, drawn) if drawn else None), table


def _pairs(collection: Collection, labels: Labels) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for citation in collection.instances("md:Citation"):
        whole = whole_of(labels, collection.thing(citation, "md:citingPart"))
        target = collection.thing(citation, "md:citedDocument")
        if whole.startswith(ID) and target:
            found[whole, target] += 1
    return found
