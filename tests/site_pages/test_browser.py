"""The site of the five texts in a real browser: whether every reader can use it, and what its search finds.

The browser is Debian's chromium, without a window; elsewhere these tests are skipped, and say so. ``MANDATA_PAGES=all``
looks at every page, which takes a quarter of an hour; else at one of each kind.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from chromium import PHONE, faults, needs_chromium

pytestmark = needs_chromium


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


def chosen(files: dict[str, bytes]) -> list[str]:
    """Return the pages to look at: of each kind of page the longest, in English and in French by turns."""
    every = sorted(path for path in files if path.endswith(".html"))
    if os.environ.get("MANDATA_PAGES") == "all":
        return every
    kinds: dict[str, list[str]] = {}
    for path in every:
        folder, _, name = path.removeprefix("fr/").rpartition("/")
        of_thing = name.partition("-")[0] if name[0].islower() else "document"
        kinds.setdefault(of_thing if folder == "id" else folder or name, []).append(path)
    in_order = enumerate(each for _, each in sorted(kinds.items()))
    turns = ([path for path in each if path.startswith("fr/") == bool(at % 2)] for at, each in in_order)
    return [max(each, key=lambda path: len(files[path])) for each in turns]


def test_every_reader_can_use_every_kind_of_page(page: Page, address: str, files: dict[str, bytes]) -> None:
    """WCAG 2.2 AA as axe finds it, with all that can be opened opened; and no line on the browser's console."""
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    for path in chosen(files):
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        told += [f"{path}: {fault}" for fault in faults(page)]
    assert told == []


@pytest.mark.parametrize("path", ["index.html", "id/A_RES_72_7.html", "id/mandate-UNRCCA.html", "fr/timeline.html"])
def test_a_phone_shows_pages_without_moving_them_sideways(browser: Browser, address: str, path: str) -> None:
    phone = browser.new_page(viewport=PHONE)
    phone.goto(address + path)
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert faults(phone) == []
    phone.close()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("72/7", "A/RES/72/7"),
        ("A/RES/72/7", "A/RES/72/7"),
        ("a res 72 7", "A/RES/72/7"),
        ("ARES727", "A/RES/72/7"),
        ("résolution 72/7", "A/RES/72/7"),
        ("resolution 60/288", "A/RES/60/288"),
        ("S/2007/279", "S/2007/279"),
        ("s-2007-280", "S/2007/280"),
        ("S/2017/600", "A/71/982-S/2017/600"),
        ("A/72/L.4/Add.1", "A/72/L.4/Add.1"),
        ("Turkménistan", "Turkmenistan"),
        ("turkmenistan", "Turkmenistan"),
        ("туркменистан", "Turkmenistan"),
        ("تركمانستان", "Turkmenistan"),
        ("土库曼斯坦", "Turkmenistan"),
        ("unrccca", ""),
    ],
)
def test_the_search_finds_a_symbol_and_a_name_in_any_spelling(page: Page, address: str, typed: str, first: str) -> None:
    page.goto(address + "index.html")
    page.fill("#q", typed)
    page.click("form[role=search] button")
    expect(page.locator("#found")).not_to_be_empty()
    found = page.locator("#results a").all_text_contents()
    assert (found[:1] or [""]) == [first]


def test_the_search_shows_an_arabic_name_from_right_to_left(page: Page, address: str) -> None:
    page.goto(address + "id/state-TKM.html")
    name = page.locator("[lang=ar]").first
    assert name.evaluate("each => getComputedStyle(each).direction") == "rtl"


def test_pages_are_read_and_switched_between_languages_without_scripts(browser: Browser, address: str) -> None:
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(address + "id/A_RES_72_7.html")
    plain.click("text=Français")
    assert plain.url == address + "fr/id/A_RES_72_7.html"
    plain.click("h1 >> xpath=//following::a[text()='S/2007/279'][1]")
    assert "S_2007_279" in plain.url
    plain.goto(address + "search.html")
    plain.click("main >> text=Documents")
    assert plain.locator("main li a").first.text_content() == "A/59/565"
    plain.close()


def test_an_anchor_within_what_is_folded_is_shown(page: Page, address: str, files: dict[str, bytes]) -> None:
    """A piece of evidence is named by its IRI, though the list of it is folded away."""
    page.goto(address + "id/S_2007_279.html")
    anchor = page.locator("table.evidence tbody tr").first.get_attribute("id")
    page.goto(f"{address}id/S_2007_279.html#{anchor}")
    assert page.locator(f"[id='{anchor}']").is_visible()
