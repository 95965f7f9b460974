"""The page of a search as a server makes it: hits with the words that show them, facets to narrow by, pages to turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from mandata.errors import MandataError
from mandata.query.search.entries import FACETS
from mandata.query.search.find import FacetCount, SearchIndex, SearchMatch, SearchRequest, SearchResults
from mandata.query.search.snippets import Snippet
from mandata.site.labels import Link, Shown
from mandata.site.resources import Words
from mandata.site.site import Site

_ON_A_PAGE: Final = 20
_MOST_VALUES: Final = 8  # of a facet that a page offers
_MOST_PAGES: Final = 500

Piece = tuple[str, bool]
"""A part of a text, and whether it is what was looked for."""


@dataclass(frozen=True, slots=True)
class Line:
    """A match: where it leads, its name, of what kind it is, and the piece of text that shows it, marked."""

    link: Link
    title: Words | None
    kind: Words | None
    language: Words
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: its name, how many hits have it, and where to go to have it chosen, or chosen no more."""

    name: Words
    count: int
    way: str
    is_chosen: bool


def searched(site: Site, index: SearchIndex, language: str, given: Mapping[str, str]) -> bytes:
    """Return the page of what is found by words and facets; what is no facet is passed over."""
    shown = site.shown[language]
    chosen = {name: given[name] for name in FACETS if given.get(name)}
    text, at = given.get("q", "").strip(), _number(given.get("page", ""))
    facets = {name: [value] for name, value in chosen.items()}
    try:
        answer = index.find(SearchRequest(text, facets, "", language, _ON_A_PAGE, (at - 1) * _ON_A_PAGE))
    except MandataError:  # a value of a facet that nothing has, or has any more
        answer = SearchResults(0, (), {}, False)
    of = min(-(-answer.total // _ON_A_PAGE), _MOST_PAGES)
    ways = {number: _way(text, chosen, number) for number in (at - 1, at + 1) if 1 <= number <= of}
    return site.written(
        "found.html",
        language,
        "search",
        asked=text,
        found=answer,
        lines=[_line(shown, match) for match in answer.matches],
        facets={name: list(_choices(shown, name, each, text, chosen)) for name, each in answer.facets.items()},
        before=ways.get(at - 1),
        after=ways.get(at + 1),
    )


def _line(shown: Shown, match: SearchMatch) -> Line:
    link, snippet = shown.link(match.iri), match.snippet
    title = shown.label(match.iri) if not match.document else None
    said = Words(snippet.text, snippet.language) if snippet else Words("")
    other = title if title and title.text not in (link.words.text, said.text) else None
    return Line(link, other, shown.kind(match.iri), said, tuple(_pieces(snippet)) if snippet else ())


def _pieces(snippet: Snippet) -> Iterator[Piece]:
    done = 0
    for start, end in snippet.highlights:
        yield snippet.text[done:start], False
        yield snippet.text[start:end], True
        done = end
    yield snippet.text[done:], False


def _choices(
    shown: Shown, facet: str, values: Sequence[FacetCount], text: str, chosen: Mapping[str, str]
) -> Iterator[Choice]:
    for value in values[:_MOST_VALUES]:
        is_chosen = chosen.get(facet) == value.name
        others = {name: each for name, each in chosen.items() if name != facet}
        name = shown.name(value.iri) if value.iri else Words(value.name)
        yield Choice(name, value.count, _way(text, others if is_chosen else {**others, facet: value.name}), is_chosen)


def _way(text: str, chosen: Mapping[str, str], page: int = 1) -> str:
    return "?" + urlencode({"q": text, **chosen, **({"page": page} if page > 1 else {})})


def _number(text: str) -> int:
    return min(int(text), _MOST_PAGES) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) else 1
