"""Which documents a text may be: those with a description that shares a key with its header record.

Evidence that decides, or suggests, includes a day, a title or a pair of correspondents (see ``resolve``); so a document
whose descriptions share none of these is skipped, and a letter is not compared with all that a collection cites.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mandata.identity.model import DocumentDescription, HeaderRecord

Key = tuple[str, str]
"""A field and its value."""


def keys_of_header(header: HeaderRecord) -> Iterator[Key]:
    """Yield the keys of a text; a description that shares none is no evidence that the text is what it describes."""
    if header.dated:
        yield "dated", header.dated.isoformat()
    if header.sent_by and header.sent_to:
        yield "between", header.sent_by
    yield from (("annex_title", title) for title in header.annex_titles)
    yield from (("annexed", name) for name in header.annexed)


def keys_of(description: DocumentDescription) -> Iterator[Key]:
    """Yield the keys of a description."""
    if description.dated:
        yield "dated", description.dated.isoformat()
    yield from (("between", post) for post in sorted(description.between))
    yield from (("annex_title", title) for title in description.annex_titles)
    yield from (("annexed", name) for name in description.annexed)


class Candidates:
    """An index of descriptions by the keys that they may share with a header record."""

    def __init__(self, descriptions: Iterable[DocumentDescription]) -> None:
        self._by_symbol: dict[str, list[DocumentDescription]] = defaultdict(list)
        self._sharing: dict[Key, dict[str, None]] = defaultdict(dict)
        for description in descriptions:
            self._by_symbol[description.symbol].append(description)
            for key in keys_of(description):
                self._sharing[key][description.symbol] = None

    def find(self, header: HeaderRecord) -> Mapping[str, Sequence[DocumentDescription]]:
        """Return all descriptions of each document that the text may be, sorted by its symbol."""
        symbols = {symbol for key in keys_of_header(header) for symbol in self._sharing.get(key, ())}
        return {symbol: self._by_symbol[symbol] for symbol in sorted(symbols)}
