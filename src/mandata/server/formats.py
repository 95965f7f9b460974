"""The media types of answers, and content negotiation; only this module imports python-mimeparse."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import mimeparse
import pyoxigraph as ox

RESULTS: Final[dict[str, ox.QueryResultsFormat]] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
"""The formats of SELECT and ASK results by media type, the preferred one first."""

GRAPHS: Final[dict[str, ox.RdfFormat]] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/trig": ox.RdfFormat.TRIG,
    "application/n-quads": ox.RdfFormat.N_QUADS,
}
"""The formats of graphs by media type, the preferred one first."""

PAGES: Final[dict[str, str]] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/n-triples": "nt",
    "application/json": "json",
}
"""The file ending of each representation of a thing by media type, the preferred one first."""

JSON: Final = "application/json"
PROBLEM: Final = "application/problem+json"
"""The media type of an error, by RFC 9457."""

_ROWS_TOO: Final = {  # a client that accepts a general type accepts the specific one
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
_GRAPHS_TOO: Final = {
    "application/json": "application/ld+json",
    "application/xml": "application/rdf+xml",
    "text/xml": "application/rdf+xml",
    "text/plain": "application/n-triples",
}


def for_rows(accept: str) -> str | None:
    """Return the media type of rows that an Accept header prefers; None if it accepts none."""
    return _best(accept, tuple(RESULTS), tuple(_ROWS_TOO.items()))


def for_graphs(accept: str) -> str | None:
    """Return the media type of graphs that an Accept header prefers; None if it accepts none."""
    return _best(accept, tuple(GRAPHS), tuple(_GRAPHS_TOO.items()))


def for_page(accept: str) -> str:
    """Return the file ending of the representation that an Accept header prefers; that of a page if it accepts none."""
    return PAGES.get(_best(accept, tuple(PAGES), ()) or "", "html")


def for_json(accept: str) -> str | None:
    """Return the media type of JSON; None if an Accept header does not accept it."""
    return _best(accept, (JSON,), ())


@lru_cache(256)
def _best(accept: str, offered: tuple[str, ...], kinds: tuple[tuple[str, str], ...]) -> str | None:
    """Return the best offer; among equals the first, and a specific type before a general one.

    A header without a valid media range accepts everything.
    """
    ranges = ",".join(part for part in accept.lower().split(",") if _is_range(part))
    if not ranges:
        return offered[0]
    known = {**{offer: offer for offer in offered}, **dict(kinds)}
    return known.get(mimeparse.best_match(list(known)[::-1], ranges))


def _is_range(text: str) -> bool:
    """Return whether a text is a media range; an Accept header may contain malformed ones, which are ignored."""
    try:
        mimeparse.parse_media_range(text)
    except mimeparse.MimeTypeParseException:
        return False
    return True
