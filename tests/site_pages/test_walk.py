"""A newcomer's walk in a real browser: by clicking alone to who cites the founding letters, and why."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from chromium import needs_chromium

pytestmark = needs_chromium


@dataclass(frozen=True)
class Words:
    """What a newcomer reads and clicks on, in one language."""

    start: str
    question: str
    citing: str
    founding: str
    because: str


WALKS = [
    Words(
        "index.html",
        "Which documents cite the Centre's founding letters?",
        "A/RES/72/7, preambular paragraph 2",
        "S/2007/279 is a founding letter",
        "announces a mandate",
    ),
    Words(
        "fr/index.html",
        "Quels documents citent les lettres fondatrices du Centre ?",
        "A/RES/72/7, alinéa du préambule 2",
        "S/2007/279 a la qualité de « lettre fondatrice »",
        "qui annonce un mandat",
    ),
]


@pytest.fixture
def walker(browser: Browser) -> Page:
    return browser.new_page()


@pytest.mark.parametrize("words", WALKS, ids=["en", "fr"])
def test_a_newcomer_finds_who_cites_the_founding_letters_and_why(walker: Page, address: str, words: Words) -> None:
    told: list[str] = []
    walker.on("console", lambda message: told.append(message.text))
    walker.goto(address + words.start)
    walker.click(f'main a:text-is("{words.question}")')
    rows = walker.locator("main table tbody tr")
    citing = rows.locator("td:first-child").all_text_contents()
    assert {"A/RES/72/7", "A/RES/75/272", "A/RES/76/299", "A/RES/77/273"} <= {one.strip() for one in citing}
    rows.locator(f"a:text-is('{words.citing}')").first.click()
    assert walker.url.endswith("id/A_RES_72_7.html#pp2")
    paragraph = walker.locator("[id='pp2']")
    expect(paragraph).to_contain_text("Rappelant l'échange de lettres")
    paragraph.locator("a:text-is('S/2007/279')").click()
    proof = walker.locator("details.proof", has_text=words.founding)
    proof.locator("summary").first.click()
    expect(proof).to_contain_text(words.because)
    expect(proof.locator("q", has_text="mon intention de créer un tel centre")).to_be_visible()
    proof.locator("ul.rests a").first.click()
    assert walker.evaluate("document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null")
    assert told == []


def test_the_centre_shows_its_mandate(walker: Page, address: str) -> None:
    """Its functions, its acts in time as picture and table, the restated words, whom it serves, with whom."""
    walker.goto(address + "index.html")
    walker.click("main a:text-is('Mandate of UNRCCA')")
    walker.click("article header a")
    assert walker.url.endswith("id/centre-UNRCCA.html")
    assert walker.locator("ol.functions > li").count() == 5
    assert walker.locator("svg circle").count() >= 3
    assert walker.locator("table.acts tbody tr").count() == 6
    assert "acceptance, S/2007/280" in walker.locator("table.acts").inner_text()
    expect(walker.locator(".restated mark").first).to_be_visible()
    served = walker.locator("h3:text-is('States served') + ul a").all_text_contents()
    assert served == ["Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"]
    assert walker.locator("h3:text-is('Partners in its functions') + ul a").count() >= 8


@pytest.mark.parametrize("path", ["id/centre-UNRCCA.html", "id/A_RES_72_7.html", "citations.html"])
def test_a_printed_page_is_no_wider_than_the_paper_and_hides_what_only_clicks_use(
    walker: Page, address: str, path: str
) -> None:
    walker.set_viewport_size({"width": 794, "height": 1123})
    walker.goto(address + path)
    walker.emulate_media(media="print")
    assert walker.evaluate("document.documentElement.scrollWidth") <= 794
    expect(walker.locator("header.site")).to_be_hidden()
