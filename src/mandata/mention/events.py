"""Where and when the events that a document names were held, according to its own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mandata.document.model import Document
from mandata.document.place import Place, Placed, place_in
from mandata.lexicon.dates import parse_days
from mandata.lexicon.lexicon import Lexicon, lexicon_of
from mandata.mention.find import Mention, texts
from mandata.text.mapped import MappedText
from mandata.un.entities import Entity


@dataclass(frozen=True, slots=True)
class EventOccurrence(Placed):
    """An event held from one day to another, at a ``venue`` if the text names a known place."""

    place: Place
    event: Entity
    starts_on: date
    ends_on: date
    venue: Entity | None


def find_event_occurrences(document: Document, mentions: Sequence[Mention]) -> tuple[EventOccurrence, ...]:
    """Return where and when the events among the mentions were held; dates must follow a name in the same sentence.

    Args:
        document: the document.
        mentions: the mentions found in it.
    """
    lexicon = lexicon_of(document.language)
    by_path = dict(texts(document))
    events = [m for m in mentions if m.entity.kind == "event"]
    return tuple(h for m in events if lexicon for h in _find_occurrence(m, by_path[m.path], mentions, lexicon))


def _find_occurrence(
    event: Mention, text: MappedText, mentions: Sequence[Mention], lexicon: Lexicon
) -> Iterator[EventOccurrence]:
    begin, end = event.place.start, event.place.end
    here = [m for m in mentions if m.path == event.path]
    later = [m.place.start for m in here if m.entity.kind == "event" and m.place.start > begin]
    words = text.folded[end : min(later, default=len(text))].split(". ")[0]
    match = lexicon.search("held", words)
    days = parse_days(match["dates"], lexicon) if match else None
    if match and days:
        start = match.start("place")
        named = (m.entity for m in here if m.place.start == end + start and start >= 0)
        venue = next((e for e in named if e.kind == "place"), None)
        place = place_in(event.path, text, end + match.start(), end + match.end())
        yield EventOccurrence(place, event.entity, *days, venue)
