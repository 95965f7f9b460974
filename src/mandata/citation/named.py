"""Citations by name: a named instrument, with or without a symbol, or one identified by its place in a series."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from mandata.citation.model import Reference
from mandata.citation.numbers import Unsettled
from mandata.lexicon.dates import parse_date
from mandata.lexicon.folding import fold
from mandata.lexicon.lexicon import Lexicon
from mandata.un.entities import Entity

COUNTED: Final = "its place in a series can be counted in more than one way"

_REACH: Final = 120  # in characters: how far after a name its date or year may be

Here = Sequence[tuple[Entity, int, int]]
"""The entities named in one text, with the positions of their names."""


def find_named(words: str, names: Here, lexicon: Lexicon) -> list[Reference]:
    """Return the references by instruments named in folded words: to the document of each, else to itself.

    Args:
        words: the folded words of a text.
        names: the entities named in it.
        lexicon: its language.
    """
    references = []
    for entity, start, end in names:
        if entity.kind == "instrument":
            day, signed = _read_dates(words[end : end + _REACH], lexicon)
            part = entity.facts.get("part")
            for target in entity.documents or (entity.local_name,):
                references.append(Reference(target, "name", start, end, part, day, signed, series=start))
    return references


def _read_dates(words_after: str, lexicon: Lexicon) -> tuple[date | None, int | None]:
    adopted = lexicon.search("name-dated", words_after)
    signed = lexicon.search("name-signed", words_after)
    return parse_date(adopted["date"], lexicon) if adopted else None, int(signed["year"]) if signed else None


def find_ordinal(words: str, names: Here, lexicon: Lexicon) -> Iterator[Unsettled]:
    """Yield the references by place in the series of a named instrument ("la cinquième résolution relative à ...").

    The series may be counted with or without the resolution that began it, so both are candidates.

    Args:
        words: the folded words of a text.
        names: the entities named in it.
        lexicon: its language.
    """
    for match in lexicon.finditer("ordinal-resolution", words):
        place = lexicon.ordinal(match["ordinal"])
        for entity, start, end in names:
            if start == match.end() and place:
                stop = _shortest(words, entity, start, end, lexicon)
                yield Unsettled(match.start(), stop, tuple(_counted_from(entity, place)), COUNTED)


def _shortest(words: str, entity: Entity, start: int, end: int, lexicon: Lexicon) -> int:
    """Return the end of the shortest name of the entity at ``start``, so that the unsettled words are minimal."""
    names = (fold(name) for name in entity.names.get(lexicon.language, ()))
    return min((start + len(name) for name in names if words.startswith(name, start)), default=end)


def _counted_from(entity: Entity, place: int) -> Iterable[str]:
    later = [str(s) for s in entity.facts.get("reviews", ())]
    for series in (later, [*entity.documents, *later]):
        if series and place <= len(series):
            yield series[place - 1]
