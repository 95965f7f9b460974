"""The static site: every page as a path and its bytes, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from mandata.query.source import Source
from mandata.release.files import File
from mandata.site import search_index as search
from mandata.site.addresses import href
from mandata.site.entry_pages import entrance
from mandata.site.interface import folder, languages
from mandata.site.resources import Collection
from mandata.site.site import Settings, Site
from mandata.site.views.proofs import Tell, untold
from mandata.site.views.questions import question

_MOST_IN_A_MAP: Final = 50_000
ASSETS: Final = Path(__file__).with_name("assets")


def pages(
    collection: Collection, source: Source, tell: Tell = untold, settings: Settings | None = None
) -> Iterator[File]:
    """Yield the files of the site of what a collection states: relative path, with slashes, and bytes.

    Args:
        collection: what the pages show.
        source: what answers the questions, from the same statements.
        tell: what proves what was inferred; by default nothing.
        settings: where the site will stand.

    Raises:
        MandataError: the source does not answer.
    """
    yield from written(Site(collection, source, tell, settings or Settings()))


def written(site: Site) -> Iterator[File]:
    """Yield the files of a site."""
    paths = []
    for path, content in _pages(site):
        paths.append(path)
        yield path, content
    yield from ((f"assets/{path.name}", path.read_bytes()) for path in sorted(ASSETS.iterdir()))
    yield from _map(site, paths)


def _pages(site: Site) -> Iterator[File]:
    for language in languages():
        place = folder(language)
        yield from ((f"{place}{page}.html", make()) for page, make in entrance(site, language))
        yield from ((f"{place}{page}.html", content) for page, content in _questions(site, language))
        yield f"{place}search.json", search.index(site.shown[language], site.things).encode()
        for iri, page in site.pages_of_things():
            yield f"{place}{page}.html", site.page(iri, language)


def _questions(site: Site, language: str) -> Iterator[File]:
    source = site.source if site.answers else None
    views = [question(site.shown[language], one, source) for one in site.questions.values()]
    yield "questions", site.written("questions.html", language, "questions", views=views)
    for view in views:
        page = f"question/{view.name}"
        yield page, site.written("question.html", language, page, view=view)


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
