"""The lists of the entry pages: the things of each kind, the timeline, and the citations between documents."""

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
"""The classes of the things in each list; things of no such class are in ``others``."""
OTHERS: Final = "others"
_MAX_ARCS: Final = 36
_MAX_EVENTS: Final = 30
_MAX_LABEL_LENGTH: Final = 46


@dataclass(frozen=True, slots=True)
class ListEntry:
    """An entry of a list: a thing with its kind, title and date; ``weight`` is how often it is cited or mentioned."""

    link: Link
    kind: LiteralText | None
    title: LiteralText | None
    date: str
    weight: int
    has_text: bool


def entry(labels: Labels, iri: str) -> ListEntry:
    """Return the entry of the thing ``iri``, with ``labels``."""
    collection = labels.collection
    label = labels.label(iri)
    weight = collection.count_subjects("md:citedDocument", iri) + collection.count_subjects("md:mentions", iri)
    link = labels.link(iri)
    title = truncate(label) if label and label.text != link.words.text else None
    return ListEntry(
        link, labels.kind(iri), title, date_of(labels, iri), weight, bool(collection.things(iri, "md:realizedBy"))
    )


def group_by_list(labels: Labels, things: Iterable[str]) -> dict[str, list[str]]:
    """Return ``things`` by list, according to their classes in the collection of ``labels``."""
    found: dict[str, list[str]] = {kind: [] for kind in (*KINDS, OTHERS)}
    for iri in things:
        kinds = [kind for kind, classes in KINDS.items() if labels.is_a(iri, *classes)]
        narrowed = [kind for kind in kinds if not (kind == "documents" and "instruments" in kinds)]
        for kind in narrowed or [OTHERS]:
            found[kind].append(iri)
    return found


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A row of the table next to the timeline."""

    date: str
    what: LiteralText
    link: Link


def timeline(
    labels: Labels, documents: Sequence[str], acts: Sequence[str]
) -> tuple[SvgDrawing | None, list[TimelineRow]]:
    """Return the drawing and the table of the timeline; the table has documents and acts, the drawing only acts.

    Args:
        labels: the labels of a language.
        documents: the IRIs of the documents.
        acts: the IRIs of the acts upon mandates.
    """
    days = ((date_of(labels, iri), iri) for iri in documents)
    table_rows = [TimelineRow(day, labels.kind(iri) or LiteralText(""), labels.link(iri)) for day, iri in days if day]
    act_events = []
    for act in acts:
        if is_date(day := labels.collection.text(act, "md:actDate")):
            link = labels.link(labels.collection.thing(act, "md:actDocument"))
            name = labels.name(act)
            table_rows.append(TimelineRow(day, name, link))
            act_events.append(Event(day, f"{(labels.kind(act) or name).text}, {link.words.text}"))
    act_events.sort(key=lambda event: (event.date, event.text))
    table_rows.sort(key=lambda row: (row.date, row.link.words.text, row.what.text))
    return (drawing.timeline(act_events[-_MAX_EVENTS:]) if act_events else None), table_rows


def citations(labels: Labels) -> tuple[SvgDrawing | None, list[tuple[Link, Link, int]]]:
    """Return the drawing and the table of citations between documents, with their numbers.

    The drawing has the documents with the most citations, the oldest first.
    """
    pairs = _pairs(labels.collection, labels)
    degrees: Counter[str] = Counter()
    for (citing, cited), number in pairs.items():
        degrees.update({citing: number, cited: number})
    chosen = sorted(degrees, key=lambda iri: (-degrees[iri], iri))[:_MAX_ARCS]
    chosen.sort(key=lambda iri: (date_of(labels, iri) or "9999", iri))
    index = {iri: number for number, iri in enumerate(chosen)}
    arcs = sorted((index[citing], index[cited]) for citing, cited in pairs if citing in index and cited in index)
    names = [truncate(labels.name(iri), _MAX_LABEL_LENGTH).text for iri in chosen]
    table = [(labels.link(citing), labels.link(cited), number) for (citing, cited), number in pairs.items()]
    table.sort(key=lambda row: (row[0].words.text, row[1].words.text))
    return (drawing.arcs(names, arcs) if arcs else None), table


def _pairs(collection: Collection, labels: Labels) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for citation in collection.instances("md:Citation"):
        whole = whole_of(labels, collection.thing(citation, "md:citingPart"))
        target = collection.thing(citation, "md:citedDocument")
        if whole.startswith(ID) and target:
            found[whole, target] += 1
    return found
