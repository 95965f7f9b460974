"""The pages by which a reader comes in: the first page, the lists, the timeline, the citations, search and data.

Each has a name and is made when it is asked for; a long list is made in pages, each with its number behind the name.
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
_ON_A_PAGE: Final = 500
_HOME_ENTRIES: Final = 8
_FIRST: Final = "founding-letter-citers"
"""The question that a newcomer is led to."""
_NUMBERED: Final = re.compile(r"-\d+$")

Make = Callable[[], bytes]
Pages = Iterator[tuple[str, Make]]
"""The names of pages, without language and ending, each with what makes it."""


def entrance(site: Site, language: str) -> Pages:
    """Yield all of these pages in a language."""
    for shelf in _SHELVES.values():
        yield from shelf(site, language)


def made(site: Site, name: str, language: str) -> bytes | None:
    """Return the page of a name; None where there is none."""
    shelf = _SHELVES.get(_NUMBERED.sub("", name))
    pages = shelf(site, language) if shelf else ()
    return next((make() for page, make in pages if page == name), None)


def is_entrance(name: str) -> bool:
    """Tell whether a name may be that of one of these pages."""
    return _NUMBERED.sub("", name) in _SHELVES


def _home(site: Site, language: str) -> Pages:
    yield HOME, partial(_made_home, site, language)


def _made_home(site: Site, language: str) -> bytes:
    shown, found = site.shown[language], site.listed
    entries = [lists.entry(shown, iri) for iri in found["documents"]]
    most = sorted(entries, key=lambda one: (-one.weight, one.link.words.text))[:_HOME_ENTRIES]
    mandates = shown.links(found["mandates"][:_HOME_ENTRIES])
    held = sorted((one for one in entries if one.held), key=lambda one: (one.date, one.link.words.text), reverse=True)
    values = {"counts": _counts(site), "mandates": mandates, "most": most, "held": held[:_HOME_ENTRIES]}
    first = site.questions[_FIRST]
    return site.written("home.html", language, HOME, schema=site.settings.dataset, first=first, **values)


def _search(site: Site, language: str) -> Pages:
    yield "search", lambda: site.written("search.html", language, "search", counts=_counts(site))


def _data(site: Site, language: str) -> Pages:
    yield DATA, partial(_made_data, site, language)


def _made_data(site: Site, language: str) -> bytes:
    places = map(site.addresses.of, site.collection.graphs)
    graphs = sorted({place.anchor for place in places if place} - {""})
    return site.written("data.html", language, DATA, graphs=graphs, schemes=site.shown[language].links(site.schemes))


def _timeline(site: Site, language: str) -> Pages:
    acts = site.collection.instances("md:MandateAct")
    drawn, happened = lists.timeline(site.shown[language], site.listed["documents"], acts)
    yield from _chunked(site, language, "timeline", happened, lambda rows: {"happened": rows}, drawing=drawn)


def _citations(site: Site, language: str) -> Pages:
    drawn, table = lists.citations(site.shown[language])
    yield from _chunked(site, language, "citations", table, lambda rows: {"table": rows}, drawing=drawn)


def _list(kind: str, site: Site, language: str) -> Pages:
    shown = site.shown[language]

    def entries(things: Sequence[str]) -> dict[str, Any]:
        return {"entries": [lists.entry(shown, iri) for iri in things]}

    yield from _chunked(site, language, kind, site.listed[kind], entries, "list", list=kind)


def _chunked(  # noqa: PLR0913, PLR0917 - what a long list is, and how one page of it is shown
    site: Site,
    language: str,
    name: str,
    rows: Sequence[Any],
    shown: Callable[[Sequence[Any]], dict[str, Any]],
    template: str = "",
    **values: Any,
) -> Pages:
    """Yield a long list in pages, at least one; its template is of its name where no other is named."""
    number = max(1, -(-len(rows) // _ON_A_PAGE))

    def make(page: str, at: int) -> bytes:
        given = shown(rows[(at - 1) * _ON_A_PAGE : at * _ON_A_PAGE])
        return site.written(f"{template or name}.html", language, page, at=at, of=number, **given, **values)

    for at in range(1, number + 1):
        page = name if at == 1 else f"{name}-{at}"
        yield page, partial(make, page, at)


def _counts(site: Site) -> dict[str, int]:
    return {kind: len(things) for kind, things in site.listed.items() if things}


_SHELVES: Final[dict[str, Callable[[Site, str], Pages]]] = {
    HOME: _home,
    "search": _search,
    DATA: _data,
    "timeline": _timeline,
    "citations": _citations,
    **{kind: partial(_list, kind) for kind in (*lists.KINDS, lists.OTHERS)},
}
