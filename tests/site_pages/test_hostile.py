"""Words and names that would like to be markup: shown as what they are, in every place where a page shows any."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest
from playwright.sync_api import Browser, Dialog

from chromium import needs_chromium
from mandata.kb.statements import Statements
from mandata.kb.store import in_memory
from mandata.query.source import Embedded
from mandata.rdf.namespaces import GRAPH, ID, MD, RDF, RDFS, SKOS
from mandata.site import EvidenceQuotation, ProofText, SiteSettings, pages
from mandata.site.addresses import file_name
from site_collection import collected
from site_pages.conftest import Quiet
from site_pages.markup import read

PAYLOADS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<svg onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "</pre></details><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u2028alert(1)\u2029",
]
ATTACK = "https://example.org/%22%3E%3Cscript%3Ealert(1)%3C/script%3E"


def node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


def made(payload: str) -> Iterator[ox.Quad]:
    """Yield a document, its paragraph, a person and an act in all of whose words the payload stands."""
    place = node(GRAPH + "A_1_1")
    words = ox.Literal(payload, language="en")

    def state(subject: str, prop: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(node(ID + subject), node(prop), value, place)

    yield state("A_1_1", RDF + "type", node(MD + "Document"))
    yield state("A_1_1", RDF + "type", node(MD + "Letter"))
    for prop in ("symbol", "originalLanguage", "jobNumber", "adoptedOn"):
        yield state("A_1_1", MD + prop, ox.Literal(payload))
    for prop in (MD + "title", RDFS + "label", SKOS + "altLabel"):
        yield state("A_1_1", prop, words)
        yield state("person-x", prop, words)
    yield state("A_1_1", MD + "hasPart", node(ID + "A_1_1.p1"))
    yield state("A_1_1.p1", RDF + "type", node(MD + "Paragraph"))
    yield state("A_1_1.p1", MD + "text", words)
    yield state("A_1_1.p1", MD + "number", ox.Literal(payload))
    yield state("A_1_1.p1", MD + "operatorText", words)
    yield state("A_1_1.p1", MD + "mentions", node(ID + "person-x"))
    yield state("person-x", RDF + "type", node(MD + "Person"))
    yield state("person-x", SKOS + "exactMatch", node("javascript:alert(1)"))
    yield state("person-x", SKOS + "exactMatch", node(ATTACK))
    yield state("A_1_1.cites-A_2_2", RDF + "type", node(MD + "Citation"))
    yield state("A_1_1.cites-A_2_2", MD + "citingPart", node(ID + "A_1_1"))
    yield state("A_1_1.cites-A_2_2", MD + "citedDocument", node(ID + "A_2_2"))
    yield state("A_2_2", RDF + "type", node(MD + "Document"))
    yield state("A_2_2", MD + "symbol", ox.Literal(payload + "2"))


def site_of(payload: str) -> dict[str, bytes]:
    quads = list(made(payload))
    inferred = [ox.Quad(node(ID + "A_1_1"), node(RDF + "type"), node(MD + "FoundingLetter"), node(GRAPH + "inferred"))]

    def write_proof(_: ox.Triple, language: str) -> ProofText:
        quotation = EvidenceQuotation(ID + "A_1_1.p1", ID + "A_1_1.p1", payload, language, 0, 9)
        return ProofText(((0, payload), (1, payload), (2, payload)), (quotation,), (payload,))

    return dict(pages(collected(Statements(quads, inferred)), Embedded(in_memory(quads)), write_proof, SiteSettings()))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_word_becomes_markup(payload: str) -> None:
    """No element, attribute, script or address comes of any payload, and the words are there."""
    files = site_of(payload)
    for path, content in files.items():
        if not path.endswith(".html"):
            continue
        page = read(content)
        assert not page.unclosed, path
        for tag, values in page.elements:
            assert tag not in {"img", "iframe", "object", "embed", "base"}, path
            assert not [name for name in values if name.startswith("on")], path
            assert not values.get("href", "").strip().lower().startswith(("javascript:", "data:")), path
            if tag == "script":
                assert values.get("type") == "application/ld+json" or values.get("src", "").endswith("search.js"), path
    shown = "".join(text for text, _, _ in read(files["id/A_1_1.html"]).words)
    assert payload.strip() in shown


@pytest.mark.parametrize("name", ["..", "../x", "a/../../b", ".htaccess", "a\x00b", "a\\b", "x" * 300, "%2e%2e%2f"])
def test_no_name_leaves_its_folder(name: str) -> None:
    written = file_name(name)
    assert "/" not in written
    assert "\\" not in written
    assert not written.startswith(".")
    assert written.isprintable()
    assert len(written.encode()) <= 200


@pytest.mark.parametrize("name", ["A_C.2_72_3", "state-TKM", "person-Ban_Ki-moon", "org-École", "mandate-UNRCCA"])
def test_a_name_that_can_be_a_file_stays_as_it_is(name: str) -> None:
    assert file_name(name) == name


@needs_chromium
def test_a_browser_runs_no_script_of_theirs(browser: Browser, tmp_path: Path) -> None:
    for at, payload in enumerate(PAYLOADS):
        for path, content in site_of(payload).items():
            (tmp_path / str(at) / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / str(at) / path).write_bytes(content)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    shown: list[str] = []

    def seen(dialog: Dialog) -> None:
        shown.append(dialog.message)
        dialog.dismiss()

    page = browser.new_page()
    page.on("dialog", seen)
    asked = ("id/A_1_1.html", "id/person-x.html", "documents.html", "search.html?q=alert")
    for at, path in itertools.product(range(len(PAYLOADS)), asked):
        page.goto(f"http://127.0.0.1:{server.server_port}/{at}/{path}", wait_until="networkidle")
    page.close()
    server.shutdown()
    server.server_close()
    assert not shown
