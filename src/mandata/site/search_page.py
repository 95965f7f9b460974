"""The page of search results on the server: snippets, facets and pagination."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from mandata.errors import MandataError
from mandata.query.search.entries import FACETS
from mandata.query.search.find import FacetCount, SearchIndex, SearchMatch, SearchRequest, SearchResults
from mandata.query.search.snippets import Snippet
from mandata.site.labels import Labels, Link
from mandata.site.resources import LiteralText
from mandata.site.site import Site

_PAGE_SIZE: Final = 20
_MAX_VALUES: Final = 8  # of a facet on a page
_MAX_PAGES: Final = 500

Piece = tuple[str, bool]
"""A part of a snippet, and whether it matches the search."""


@dataclass(frozen=True, slots=True)
class ResultView:
    """A search result: its link, title and kind, and its snippet in pieces."""

    link: Link
    title: LiteralText | None
    kind: LiteralText | None
    language: LiteralText
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: its name, its number of results, and the link that selects it, or deselects it if chosen."""

    name: LiteralText
    count: int
    href: str
    is_chosen: bool


def search_results_page(site: Site, index: SearchIndex, language: str, given: Mapping[str, str]) -> bytes:
    """Return the page of search results; unknown facets are ignored.

    Args:
        site: the site.
        index: the full-text index.
        language: the language of the page.
        given: the query parameters: the text as ``q``, the number of the page as ``page``, and facets.
    """
    labels = site.labels[language]
    chosen = {name: given[name] for name in FACETS if given.get(name)}
    text, number = given.get("q", "").strip(), _page_number(given.get("page", ""))
    facets = {name: [value] for name, value in chosen.items()}
    try:
        answer = index.find(SearchRequest(text, facets, "", language, _PAGE_SIZE, (number - 1) * _PAGE_SIZE))
    except MandataError:  # nothing has this value of a facet, or not any more
        answer = SearchResults(0, (), {}, False)
    page_count = min(-(-answer.total // _PAGE_SIZE), _MAX_PAGES)
    hrefs = {page: _href(text, chosen, page) for page in (number - 1, number + 1) if 1 <= page <= page_count}
    return site.render_page(
        "found.html",
        language,
        "search",
        search_text=text,
        results=answer,
        result_views=[_result_view(labels, match) for match in answer.matches],
        facets={name: list(_choices(labels, name, each, text, chosen)) for name, each in answer.facets.items()},
        previous_href=hrefs.get(number - 1),
        next_href=hrefs.get(number + 1),
    )


def _result_view(labels: Labels, match: SearchMatch) -> ResultView:
    link, snippet = labels.link(match.iri), match.snippet
    title = labels.label(match.iri) if not match.document else None
    snippet_text = LiteralText(snippet.text, snippet.language) if snippet else LiteralText("")
    subtitle = title if title and title.text not in (link.words.text, snippet_text.text) else None
    return ResultView(link, subtitle, labels.kind(match.iri), snippet_text, tuple(_pieces(snippet)) if snippet else ())


def _pieces(snippet: Snippet) -> Iterator[Piece]:
    done = 0
    for start, end in snippet.highlights:
        yield snippet.text[done:start], False
        yield snippet.text[start:end], True
        done = end
    yield snippet.text[done:], False


def _choices(
    labels: Labels, facet: str, values: Sequence[FacetCount], text: str, chosen: Mapping[str, str]
) -> Iterator[Choice]:
    for value in values[:_MAX_VALUES]:
        is_chosen = chosen.get(facet) == value.name
        others = {name: each for name, each in chosen.items() if name != facet}
        name = labels.name(value.iri) if value.iri else LiteralText(value.name)
        yield Choice(name, value.count, _href(text, others if is_chosen else {**others, facet: value.name}), is_chosen)


def _href(text: str, chosen: Mapping[str, str], page: int = 1) -> str:
    return "?" + urlencode({"q": text, **chosen, **({"page": page} if page > 1 else {})})


def _page_number(text: str) -> int:
    return min(int(text), _MAX_PAGES) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) else 1
