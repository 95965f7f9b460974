"""Where and when the events that a document names were held, as its own words say."""

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
class Held(Placed):
    """An event held from one day to another, at a place (``held_in``) if the text names one that is known."""

    place: Place
    event: Entity
    starts_on: date
    ends_on: date
    held_in: Entity | None


def find_held(document: Document, mentions: Sequence[Mention]) -> tuple[Held, ...]:
    """Return where and when events were held; the words must follow the event's name in the same sentence."""
    lexicon = lexicon_of(document.language)
    by_path = dict(texts(document))
    events = [m for m in mentions if m.entity.kind == "event"]
    return tuple(h for m in events if lexicon for h in _held(m, by_path[m.path], mentions, lexicon))


def _held(event: Mention, text: MappedText, mentions: Sequence[Mention], lexicon: Lexicon) -> Iterator[Held]:
    begin, end = event.place.start, event.place.end
    here = [m for m in mentions if m.path == event.path]
    later = [m.place.start for m in here if m.entity.kind == "event" and m.place.start > begin]
    words = text.folded[end : min(later, default=len(text))].split(". ")[0]
    match = lexicon.search("held", words)
    days = parse_days(match["dates"], lexicon) if match else None
    if match and days:
        start = match.start("place")
        named = (m.entity for m in here if m.place.start == end + start and start >= 0)
        held_in = next((e for e in named if e.kind == "place"), None)
        place = place_in(event.path, text, end + match.start(), end + match.end())
        yield Held(place, event.entity, *days, held_in)
