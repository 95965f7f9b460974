"""The pages of the server in a real browser: usable by every reader, silent on the console, deaf to hostile words.

The browser is Debian's chromium, without a window; elsewhere these tests are skipped, and say so. So are those of the
editor where the package was built without npm.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from chromium import PHONE, faults, needs_chromium
from mandata.rdf.namespaces import ID
from mandata.server.pages.assets import EDITOR, has_editor
from server.server import Server, serving
from site_pages.test_hostile import PAYLOADS, made

pytestmark = needs_chromium
with_editor = pytest.mark.skipif(not has_editor(), reason="built without the editor: apt-get install npm, then install")
ROOT = Path(__file__).parents[2]
Open = Callable[[str], Page]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context()
    yield opened
    opened.close()


@pytest.fixture
def told(context: BrowserContext) -> list[str]:
    """What the console and the page's errors say, and every dialog: hostile words that were run."""
    heard: list[str] = []
    context.on("console", lambda message: heard.append(message.text))
    context.on("weberror", lambda error: heard.append(str(error.error)))
    context.on("dialog", lambda dialog: heard.append(f"dialog: {dialog.message}"))
    return heard


@pytest.fixture
def page(context: BrowserContext, told: list[str]) -> Page:
    return context.new_page()


@pytest.mark.parametrize(
    "path",
    [
        *(
            "index.html",
            "fr/id/A_RES_72_7.html",
            "id/state-TKM.html",
            "questions.html",
            "documents.html",
            "search.html",
            "search.html?q=centre&operator=encourages",
            "fr/search.html?q=nothing+of+this+kind",
        ),
        *(
            "fr/question/mandate-status.html",
            "question/mandate-beneficiaries.html?why=1",
            "query.html",
            "fr/query.html",
        ),
    ],
)
def test_every_reader_can_use_a_served_page(path: str, page: Page, told: list[str], site: Server) -> None:
    """WCAG 2.2 AA as axe finds it, with all that can be opened opened; and no line on the browser's console."""
    page.goto(f"{site.url}/{path}")
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    assert faults(page) == []
    assert told == []


@pytest.mark.parametrize(
    "path", ["id/nothing", "fr/nothing/at/all", "question/mandate-beneficiaries.html?state=nowhere"]
)
def test_a_fault_is_a_page_that_every_reader_can_use(path: str, page: Page, told: list[str], site: Server) -> None:
    page.goto(f"{site.url}/{path}")
    assert page.get_by_role("alert").is_visible()
    assert faults(page) == []
    assert [line for line in told if "server responded with a status" not in line] == []


@pytest.mark.parametrize("path", ["index.html", "question/mandate-beneficiaries.html?why=1", "query.html"])
def test_a_phone_shows_pages_without_moving_them_sideways(path: str, browser: Browser, site: Server) -> None:
    phone = browser.new_page(viewport=PHONE)
    phone.goto(f"{site.url}/{path}")
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    phone.close()


def test_a_question_is_narrowed_and_its_reasons_are_read_without_scripts(browser: Browser, site: Server) -> None:
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{site.url}/question/mandate-beneficiaries.html")
    plain.get_by_label("one State").fill("Kazakhstan")
    plain.get_by_role("button", name="Ask").click()
    assert plain.url.endswith("?centre=&state=Kazakhstan")
    plain.get_by_role("link", name="Why row 1?").click()
    assert plain.url.endswith("state=Kazakhstan&why=1#why")
    assert "Kazakhstan is a member of" in (plain.locator("details.proof").all_text_contents())[1]
    plain.context.close()


def test_an_example_is_opened_without_scripts(browser: Browser, site: Server) -> None:
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{site.url}/query.html")
    plain.get_by_label("Examples").select_option(label="Which States does each mandate serve?")
    plain.get_by_role("button", name="Open").click()
    assert "# name: mandate-beneficiaries" in plain.get_by_label("The query").input_value()
    plain.context.close()


def views(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".yasr_btnGroup li button:not(.disabled)").all_text_contents()]


def choose(page: Page, words: str) -> None:
    with page.expect_response("**/sparql*"):
        page.get_by_label("Examples").select_option(label=words)


@with_editor
def test_a_reader_comes_from_the_first_page_to_a_plotted_answer(page: Page, told: list[str], site: Server) -> None:
    """With nothing read before: the first page, the page for queries, run, chart."""
    page.goto(site.url)
    page.get_by_role("link", name="Query").click()
    page.locator(".CodeMirror").wait_for()
    page.get_by_role("button", name="Run", exact=True).click()
    page.locator("#result table").wait_for()
    assert page.locator("#result tbody tr").count() == 40
    assert faults(page) == []
    page.get_by_role("button", name="Chart").click()
    page.locator("#result rect").first.wait_for()
    assert page.locator("#result rect").count() == 40
    assert faults(page) == []
    assert told == []


@with_editor
def test_an_answer_is_drawn_in_each_way_that_fits_it(page: Page, told: list[str], site: Server) -> None:
    page.goto(f"{site.url}/query.html")
    choose(page, "What happened when?")
    page.get_by_role("button", name="Timeline").click()
    assert page.locator("#result circle").count() > 30
    assert faults(page) == []
    choose(page, "Which States does each mandate serve?")
    page.get_by_role("button", name="Graph").click()
    page.locator("#result svg[aria-label=Graph]").wait_for()
    assert page.locator("#result circle").count() == 6
    assert faults(page) == []
    assert views(page) == ["Table", "Chart", "Graph", "Response"]
    page.locator("#result svg a", has_text="state-KAZ").click()
    page.wait_for_url("**/id/state-KAZ.html")
    assert told == []


@with_editor
def test_a_graph_is_drawn_with_its_things_and_lines(page: Page, told: list[str], site: Server) -> None:
    query = f"CONSTRUCT WHERE {{ <{ID}A_RES_72_7> <https://w3id.org/mandata/ontology#hasPart> ?part }}"
    page.goto(f"{site.url}/query.html?{urlencode({'query': query})}")
    page.get_by_role("button", name="Graph").click()
    page.locator("#result marker").wait_for(state="attached")
    lines = page.locator("#result path[marker-end]").count()
    assert lines == page.locator("#result circle").count() - 1 > 5
    assert told == []


@with_editor
def test_a_query_is_shared_as_a_link_and_its_answer_is_a_file(page: Page, site: Server) -> None:
    """What a spreadsheet would take for a formula is words in it."""
    query = urlencode({"query": 'SELECT ("=1+1" AS ?one) {}'})
    page.goto(f"{site.url}/query.html?{query}")
    page.locator("#result table").wait_for()
    page.get_by_role("button", name="Share query").click()
    link = page.locator(".yasqe_sharePopup input").input_value()
    assert link == f"{site.url}/query.html?{query}"
    with page.expect_download() as download:
        page.get_by_label("Download Results").click()
    assert Path(download.value.path()).read_text(encoding="utf-8").split() == ['"one"', '''"'=1+1"''']


@with_editor
def test_what_is_typed_is_completed_from_the_data(page: Page, told: list[str], site: Server) -> None:
    """Prefixes as they are declared, properties as the service counts them; nothing is asked of anyone else."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site.url}/query.html")
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('')")
    page.locator(".CodeMirror").click()
    page.keyboard.type("SELECT * { ?a md:founded")
    page.keyboard.press("Control+Space")
    page.locator(".CodeMirror-hints li", has_text="md:foundedBy").first.wait_for()
    page.keyboard.press("Enter")
    written = page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    assert "md:foundedBy" in written
    assert "PREFIX md: <https://w3id.org/mandata/ontology#>" in written
    assert {url for url in asked if not url.startswith((site.url, "data:"))} == set()
    assert told == []


@with_editor
def test_a_fault_says_where_the_query_is_wrong(page: Page, site: Server) -> None:
    page.goto(f"{site.url}/query.html?query=SELECT+WHERE")
    page.locator("#result [role=alert]").wait_for()
    assert "query, line 1, column" in (page.locator("#result [role=alert]").text_content() or "")
    assert faults(page) == []


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A store in all of whose words every payload stands."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.nq"
    quads = [quad for payload in PAYLOADS for quad in made(payload)]
    path.write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    with serving("--rdf", str(path)) as running:
        yield running


QUERIES = [
    "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }",
    "SELECT ?o (COUNT(*) AS ?number) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?o",
    'SELECT ?o ?date { GRAPH ?g { ?s ?p ?o } BIND("2001-01-01" AS ?date) }',
    "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }",
    'SELECT ("<img src=x onerror=alert(1)>"@en-alert AS ?ｓcript) {}',
]


def test_no_word_of_a_hostile_store_is_run_on_its_pages(page: Page, told: list[str], hostile: Server) -> None:
    every = [
        "index.html",
        "documents.html",
        "persons.html",
        "timeline.html",
        "citations.html",
        "data.html",
        "search.html",
    ]
    for path in [*every, "id/A_1_1.html", "id/person-x.html", "fr/id/A_1_1.html", "id/A_2_2.html", "query.html"]:
        page.goto(f"{hostile.url}/{path}")
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    assert told == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_word_of_an_address_is_run(payload: str, page: Page, told: list[str], hostile: Server) -> None:
    """As a path, a parameter, a query, and in the words of the fault that follows."""
    for path in (
        quote(payload, safe=""),
        f"id/{quote(payload, safe='')}",
        f"question/documents-on-topic.html?{urlencode({'topic': payload, payload: payload, 'why': payload})}",
        f"query.html?{urlencode({'query': payload, 'example': payload})}",
        f"sparql?{urlencode({'query': payload})}",
    ):
        page.goto(f"{hostile.url}/{path}")
        page.wait_for_load_state("networkidle")
    assert [line for line in told if "server responded with a status" not in line] == []


@with_editor
@pytest.mark.parametrize("query", QUERIES)
def test_no_word_of_an_answer_is_run(query: str, page: Page, told: list[str], hostile: Server) -> None:
    """As a table, a chart, a graph, a timeline and the answer as it came; pointed at, and opened."""
    page.goto(f"{hostile.url}/query.html?{urlencode({'query': query})}")
    page.locator("#result table, #result .CodeMirror").first.wait_for()
    seen = views(page)
    for view in seen:
        page.locator(".yasr_btnGroup button", has_text=view).click()
        page.wait_for_timeout(150)
        for part in page.locator("#result td, #result text, #result rect, #result circle").all()[:25]:
            part.hover(force=True)
    assert len(seen) >= 3
    assert told == []


@pytest.fixture(scope="module")
def without_editor(tmp_path_factory: pytest.TempPathFactory, kb: Path) -> Iterator[Server]:
    """A server from a package that was built without npm."""
    copy = tmp_path_factory.mktemp("without")
    shutil.copytree(
        ROOT / "src", copy / "src", ignore=lambda folder, _: [EDITOR.name] if folder == str(EDITOR.parent) else []
    )
    for name in ("ontology", "data"):
        (copy / name).symlink_to(ROOT / name)
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = str(copy / "src")
    try:
        with serving("--kb", str(kb)) as running:
            yield running
    finally:
        os.environ.pop("PYTHONPATH")
        if before is not None:
            os.environ["PYTHONPATH"] = before


def test_without_the_editor_a_plain_field_does_the_same(page: Page, told: list[str], without_editor: Server) -> None:
    page.goto(f"{without_editor.url}/query.html")
    assert page.locator(".CodeMirror").count() == 0
    page.get_by_role("button", name="Run").click()
    page.locator("#result table").wait_for()
    assert faults(page) == []
    page.get_by_role("button", name="Chart").click()
    assert page.locator("#result rect").count() == 40
    choose(page, "What happened when?")
    page.get_by_role("button", name="Timeline").click()
    assert page.locator("#result circle").count() > 30
    assert faults(page) == []
    page.get_by_label("The query").fill("SELECT WHERE")
    page.get_by_role("button", name="Run").click()
    page.locator("#result [role=alert]").wait_for()
    assert [line for line in told if "server responded with a status" not in line] == []
