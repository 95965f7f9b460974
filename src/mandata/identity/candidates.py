"""Which documents a text may be at all: those of which something is said that speaks to its header.

Evidence that decides, or suggests, holds a day, a title or a pair of correspondents (see ``resolve``); so a document of
which nothing of the kind is said need not be weighed, and a letter is not compared with all that a collection cites.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mandata.identity.model import Description, Header

Key = tuple[str, str]
"""A field, and what stands in it."""


def keys_of_header(header: Header) -> Iterator[Key]:
    """Yield what a description must share one of, to be evidence for a text being the document described."""
    if header.dated:
        yield "dated", header.dated.isoformat()
    if header.sent_by and header.sent_to:
        yield "between", header.sent_by
    yield from (("annex_title", title) for title in header.annex_titles)
    yield from (("annexed", name) for name in header.annexed)


def keys_of(description: Description) -> Iterator[Key]:
    """Yield what a description has to share."""
    if description.dated:
        yield "dated", description.dated.isoformat()
    yield from (("between", post) for post in sorted(description.between))
    yield from (("annex_title", title) for title in description.annex_titles)
    yield from (("annexed", name) for name in description.annexed)


class Candidates:
    """Descriptions by the document they are of, found by what they share with a header."""

    def __init__(self, descriptions: Iterable[Description]) -> None:
        self._by_symbol: dict[str, list[Description]] = defaultdict(list)
        self._sharing: dict[Key, dict[str, None]] = defaultdict(dict)
        for description in descriptions:
            self._by_symbol[description.symbol].append(description)
            for key in keys_of(description):
                self._sharing[key][description.symbol] = None

    def near(self, header: Header) -> Mapping[str, Sequence[Description]]:
        """Return all that is said of each document that the text may be, by symbol, sorted."""
        symbols = {symbol for key in keys_of_header(header) for symbol in self._sharing.get(key, ())}
        return {symbol: self._by_symbol[symbol] for symbol in sorted(symbols)}
