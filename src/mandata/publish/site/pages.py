"""The static site: every page as a path and its bytes, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Final

from mandata.publish.files import File
from mandata.publish.site import search
from mandata.publish.site.addresses import DATA, href
from mandata.publish.site.collection import collected
from mandata.publish.site.interface import folder, languages
from mandata.publish.site.site import Settings, Site
from mandata.publish.site.views import lists
from mandata.publish.site.views.proofs import Tell, untold
from mandata.publish.site.views.questions import question
from mandata.publish.statements import Statements
from mandata.question.source import Source

_ON_A_PAGE: Final = 500
_MOST_IN_A_MAP: Final = 50_000
_HOME_ENTRIES: Final = 8
_ASSETS: Final = Path(__file__).with_name("assets")


def pages(
    statements: Statements, source: Source, tell: Tell = untold, settings: Settings | None = None
) -> Iterator[File]:
    """Yield the files of the site of some statements: relative path, with slashes, and bytes.

    ``source`` answers the questions from the same statements; ``tell`` proves what was inferred, by default nothing.

    Raises:
        MandataError: the source does not answer.
    """
    yield from written(Site(collected(statements), source, tell, settings or Settings()))


def written(site: Site) -> Iterator[File]:
    """Yield the files of a site."""
    paths = []
    for path, content in _pages(site):
        paths.append(path)
        yield path, content
    yield from ((f"assets/{path.name}", path.read_bytes()) for path in sorted(_ASSETS.iterdir()))
    yield from _map(site, paths)


def _pages(site: Site) -> Iterator[File]:
    for language in languages():
        place = folder(language)
        for page, content in chain(_entrance(site, language), _lists(site, language), _questions(site, language)):
            yield f"{place}{page}.html", content
        yield f"{place}search.json", search.index(site.shown[language], site.things).encode()
        for iri, page in site.pages_of_things():
            yield f"{place}{page}.html", site.page(iri, language)


def _entrance(site: Site, language: str) -> Iterator[File]:
    shown = site.shown[language]
    found = lists.listed(shown, site.things)
    counts = {kind: len(things) for kind, things in found.items() if things}
    entries = [lists.entry(shown, iri) for iri in found["documents"]]
    most = sorted(entries, key=lambda one: (-one.weight, one.link.words.text))[:_HOME_ENTRIES]
    mandates = shown.links(found["mandates"][:_HOME_ENTRIES])
    held = sorted((one for one in entries if one.held), key=lambda one: (one.date, one.link.words.text), reverse=True)
    yield _page(site, "home", language, "index", counts=counts, mandates=mandates, most=most, held=held[:_HOME_ENTRIES])
    yield _page(site, "search", language, "search", counts=counts)
    places = map(site.addresses.of, site.collection.graphs)
    graphs = sorted({place.anchor for place in places if place} - {""})
    yield _page(site, "data", language, DATA, graphs=graphs, schemes=shown.links(site.schemes))
    drawn, happened = lists.timeline(shown, found["documents"], site.collection.instances("md:MandateAct"))
    for at, page, chunk in _chunks("timeline", happened):
        yield _page(site, "timeline", language, page, drawing=drawn, happened=chunk, at=at, of=_number(happened))
    drawn, table = lists.citations(shown)
    for at, page, rows in _chunks("citations", table):
        yield _page(site, "citations", language, page, drawing=drawn, table=rows, at=at, of=_number(table))


def _lists(site: Site, language: str) -> Iterator[File]:
    shown = site.shown[language]
    for kind, things in lists.listed(shown, site.things).items():
        entries = [lists.entry(shown, iri) for iri in things]
        for at, page, chunk in _chunks(kind, entries):
            yield _page(site, "list", language, page, list=kind, entries=chunk, at=at, of=_number(entries))


def _questions(site: Site, language: str) -> Iterator[File]:
    source = site.source if site.answers else None
    views = [question(site.shown[language], one, source) for one in site.questions.values()]
    yield _page(site, "questions", language, "questions", views=views)
    for view in views:
        yield _page(site, "question", language, f"question/{view.name}", view=view)


def _page(site: Site, template: str, language: str, page: str, **values: Any) -> File:
    return page, site.written(f"{template}.html", language, page, **values)


def _number(rows: Sequence[object]) -> int:
    return max(1, -(-len(rows) // _ON_A_PAGE))


def _chunks(name: str, rows: Sequence[Any]) -> Iterator[tuple[int, str, Sequence[Any]]]:
    """Yield a long list in pages: which one, its name, its rows; at least one page."""
    for at in range(1, _number(rows) + 1):
        yield at, name if at == 1 else f"{name}-{at}", rows[(at - 1) * _ON_A_PAGE : at * _ON_A_PAGE]


def _map(site: Site, paths: Sequence[str]) -> Iterator[File]:
    """Yield the site map, in parts where it is long, and what tells robots of it."""
    home = site.settings.home
    found = [home + href(path) for path in paths if path.endswith(".html")]
    parts = [found[at : at + _MOST_IN_A_MAP] for at in range(0, len(found), _MOST_IN_A_MAP)]
    if len(parts) == 1:
        yield "sitemap.xml", _xml("urlset", "url", parts[0])
    else:
        yield from ((f"sitemap-{at}.xml", _xml("urlset", "url", part)) for at, part in enumerate(parts, 1))
        maps = [f"{home}sitemap-{at}.xml" for at in range(1, len(parts) + 1)]
        yield "sitemap.xml", _xml("sitemapindex", "sitemap", maps)
    yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {home}sitemap.xml\n".encode()


def _xml(whole: str, each: str, addresses: Sequence[str]) -> bytes:
    lines = "".join(f"<{each}><loc>{_escaped(address)}</loc></{each}>\n" for address in addresses)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{whole} xmlns="{space}">\n{lines}</{whole}>\n'.encode()


def _escaped(address: str) -> str:
    return address.replace("&", "&amp;").replace("<", "&lt;")
