"""The entry pages: the home page, the lists, the timeline, the citations, search and data.

Each has a name and is rendered on demand; a long list is paginated, with the number of the page after the name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Final

from mandata.site.addresses import DATA
from mandata.site.site import Site
from mandata.site.views import lists

HOME: Final = "index"
_PAGE_SIZE: Final = 500
_HOME_ENTRIES: Final = 8
_FIRST_QUESTION: Final = "founding-letter-citers"
"""The question to which the home page links."""
_PAGE_NUMBER: Final = re.compile(r"-\d+$")

RenderPage = Callable[[], bytes]
Pages = Iterator[tuple[str, RenderPage]]
"""The names of pages, without language and file extension, each with the function that renders it."""


def entry_pages(site: Site, language: str) -> Pages:
    """Yield all entry pages of a site in a language."""
    for pages_of_kind in _PAGE_KINDS.values():
        yield from pages_of_kind(site, language)


def entry_page(site: Site, name: str, language: str) -> bytes | None:
    """Return the entry page of a site with a name, rendered in a language; None if there is none."""
    pages_of_kind = _PAGE_KINDS.get(_PAGE_NUMBER.sub("", name))
    pages = pages_of_kind(site, language) if pages_of_kind else ()
    return next((render() for page, render in pages if page == name), None)


def is_entry_page(name: str) -> bool:
    """Return whether a name may be that of an entry page."""
    return _PAGE_NUMBER.sub("", name) in _PAGE_KINDS


def _home(site: Site, language: str) -> Pages:
    yield HOME, partial(_render_home, site, language)


def _render_home(site: Site, language: str) -> bytes:
    labels, things_by_list = site.labels[language], site.things_by_list
    entries = [lists.entry(labels, iri) for iri in things_by_list["documents"]]
    most_cited = sorted(entries, key=lambda each: (-each.weight, each.link.words.text))[:_HOME_ENTRIES]
    mandates = labels.links(things_by_list["mandates"][:_HOME_ENTRIES])
    with_text = sorted(
        (each for each in entries if each.has_text), key=lambda each: (each.date, each.link.words.text), reverse=True
    )
    values = {
        "counts": _counts(site),
        "mandates": mandates,
        "most_cited": most_cited,
        "with_text": with_text[:_HOME_ENTRIES],
    }
    first = site.questions[_FIRST_QUESTION]
    return site.render_page("home.html", language, HOME, schema=site.settings.dataset, first=first, **values)


def _search(site: Site, language: str) -> Pages:
    yield "search", lambda: site.render_page("search.html", language, "search", counts=_counts(site))


def _data(site: Site, language: str) -> Pages:
    yield DATA, partial(_render_data, site, language)


def _render_data(site: Site, language: str) -> bytes:
    places = map(site.addresses.of, site.collection.graphs)
    graphs = sorted({place.anchor for place in places if place} - {""})
    return site.render_page(
        "data.html", language, DATA, graphs=graphs, schemes=site.labels[language].links(site.schemes)
    )


def _timeline(site: Site, language: str) -> Pages:
    acts = site.collection.instances("md:MandateAct")
    drawing, events = lists.timeline(site.labels[language], site.things_by_list["documents"], acts)
    yield from _paginate(site, language, "timeline", events, lambda rows: {"events": rows}, drawing=drawing)


def _citations(site: Site, language: str) -> Pages:
    drawing, table = lists.citations(site.labels[language])
    yield from _paginate(site, language, "citations", table, lambda rows: {"table": rows}, drawing=drawing)


def _list(kind: str, site: Site, language: str) -> Pages:
    labels = site.labels[language]

    def entries(things: Sequence[str]) -> dict[str, Any]:
        return {"entries": [lists.entry(labels, iri) for iri in things]}

    yield from _paginate(site, language, kind, site.things_by_list[kind], entries, "list", list=kind)


def _paginate(  # noqa: PLR0913, PLR0917 - a list, and how its pages are rendered
    site: Site,
    language: str,
    name: str,
    rows: Sequence[Any],
    values_of: Callable[[Sequence[Any]], dict[str, Any]],
    template: str = "",
    **values: Any,
) -> Pages:
    """Yield a list in pages, at least one; the default template is that of its name."""
    page_count = max(1, -(-len(rows) // _PAGE_SIZE))

    def render(page: str, number: int) -> bytes:
        numbers = {"page_number": number, "page_count": page_count}
        page_values = values_of(rows[(number - 1) * _PAGE_SIZE : number * _PAGE_SIZE])
        return site.render_page(f"{template or name}.html", language, page, **numbers, **page_values, **values)

    for number in range(1, page_count + 1):
        page = name if number == 1 else f"{name}-{number}"
        yield page, partial(render, page, number)


def _counts(site: Site) -> dict[str, int]:
    return {kind: len(things) for kind, things in site.things_by_list.items() if things}


_PAGE_KINDS: Final[dict[str, Callable[[Site, str], Pages]]] = {
    HOME: _home,
    "search": _search,
    DATA: _data,
    "timeline": _timeline,
    "citations": _citations,
    **{kind: partial(_list, kind) for kind in (*lists.KINDS, lists.OTHERS)},
}
