"""The static site: its files as paths and bytes, the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from mandata.query.source import Source
from mandata.release.files import File
from mandata.site import search_index as search
from mandata.site.addresses import href
from mandata.site.entry_pages import entry_pages
from mandata.site.interface import folder, languages
from mandata.site.resources import Collection
from mandata.site.site import Site, SiteSettings
from mandata.site.views.proofs import ProofWriter, no_proof
from mandata.site.views.questions import answer_view

_MAX_URLS_IN_SITE_MAP: Final = 50_000
ASSETS: Final = Path(__file__).with_name("assets")


def pages(
    collection: Collection, source: Source, write_proof: ProofWriter = no_proof, settings: SiteSettings | None = None
) -> Iterator[File]:
    """Yield the files of the site of a collection, by their relative paths.

    Args:
        collection: the statements that the pages show.
        source: answers the questions, from the same statements.
        write_proof: writes the proofs of inferred statements; by default there are none.
        settings: the settings of the site.

    Raises:
        MandataError: the source does not answer.
    """
    site = Site(collection, source, write_proof, settings or SiteSettings())
    paths = []
    for path, content in _pages(site):
        paths.append(path)
        yield path, content
    yield from ((f"assets/{path.name}", path.read_bytes()) for path in sorted(ASSETS.iterdir()))
    yield from _site_map(site, paths)


def _pages(site: Site) -> Iterator[File]:
    for language in languages():
        place = folder(language)
        yield from ((f"{place}{page}.html", make()) for page, make in entry_pages(site, language))
        yield from ((f"{place}{page}.html", content) for page, content in _questions(site, language))
        yield f"{place}search.json", search.index(site.labels[language], site.things).encode()
        for iri, page in site.pages_of_things():
            yield f"{place}{page}.html", site.page(iri, language)


def _questions(site: Site, language: str) -> Iterator[File]:
    source = site.source if site.answers_questions else None
    views = [answer_view(site.labels[language], one, source) for one in site.questions.values()]
    yield "questions", site.render_page("questions.html", language, "questions", views=views)
    for view in views:
        page = f"question/{view.name}"
        yield page, site.render_page("question.html", language, page, view=view)


def _site_map(site: Site, paths: Sequence[str]) -> Iterator[File]:
    """Yield the site map, in parts if it is long, and the file for robots that refers to it."""
    home = site.settings.home
    found = [home + href(path) for path in paths if path.endswith(".html")]
    parts = [found[at : at + _MAX_URLS_IN_SITE_MAP] for at in range(0, len(found), _MAX_URLS_IN_SITE_MAP)]
    if len(parts) == 1:
        yield "sitemap.xml", _xml("urlset", "url", parts[0])
    else:
        yield from ((f"sitemap-{at}.xml", _xml("urlset", "url", part)) for at, part in enumerate(parts, 1))
        maps = [f"{home}sitemap-{at}.xml" for at in range(1, len(parts) + 1)]
        yield "sitemap.xml", _xml("sitemapindex", "sitemap", maps)
    yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {home}sitemap.xml\n".encode()


def _xml(whole: str, each: str, addresses: Sequence[str]) -> bytes:
    lines = "".join(f"<{each}><loc>{_escape(address)}</loc></{each}>\n" for address in addresses)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{whole} xmlns="{space}">\n{lines}</{whole}>\n'.encode()


def _escape(address: str) -> str:
    return address.replace("&", "&amp;").replace("<", "&lt;")
