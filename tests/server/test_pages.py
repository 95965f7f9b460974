"""The pages of the server: every IRI leads to one, in the form and the language that a client likes best."""

from __future__ import annotations

import gzip
import os
import posixpath
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from shutil import copytree
from urllib.parse import quote, unquote, urljoin, urlsplit

import pyoxigraph as ox
import pytest

from mandata.kb.knowledge_base import open_kb
from mandata.kb.statements import axioms
from mandata.proof.knowledge import Knowledge
from mandata.query.source import Embedded
from mandata.rdf.json_ld import context_of
from mandata.rdf.namespaces import BASE, HOME, ID, SCHEME
from mandata.release.files import documents
from mandata.server.pages.page_request import parse_path, preferred_language
from mandata.site import Site, SiteSettings
from mandata.site.entry_pages import entry_page
from mandata.site.interface import folder
from mandata.site.page_proofs import proof_writer
from server.server import Reply, Server, serving
from site_collection import collected
from site_pages.markup import read

HTML = "text/html,application/xhtml+xml,*/*;q=0.8"
EVERY = os.environ.get("MANDATA_PAGES") == "all"
ONLY_SERVED = ("served.css", "query.html", "http-equiv")  # what the head of a page has on a server alone, or on none
DATA = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "json": "application/json",
}


def get(server: Server, path: str, accept: str = HTML, language: str = "", **more: str) -> Reply:
    return server.send("GET", path, accept=accept, accept_language=language, **more)


def leads(server: Server, path: str, accept: str = HTML, language: str = "") -> tuple[int, str]:
    """Return the status and where it leads, as a path of this server."""
    reply = get(server, path, accept, language)
    location = reply.fields.get("location", "")
    return reply.status, urljoin(path, location) if location else ""


@pytest.mark.parametrize(
    ("path", "accept", "language", "place"),
    [
        ("/", HTML, "", "/index.html"),
        ("/", HTML, "fr-CH,fr;q=0.9,en;q=0.8", "/fr/index.html"),
        ("/documents", HTML, "", "/documents.html"),
        ("/fr/questions", HTML, "en", "/fr/questions.html"),
        ("/query", HTML, "fr", "/fr/query.html"),
        ("/question/mandate-status", HTML, "", "/question/mandate-status.html"),
        ("/ontology", HTML, "", "/ontology.html"),
        ("/ontology", "text/turtle", "", "/ontology.ttl"),
        ("/ontology/0.1.0", "application/ld+json", "", "/ontology.ttl"),
        ("/scheme/operators", "*/*", "", "/scheme/operators.html"),
        ("/scheme/operators", "text/turtle", "", "/scheme/operators.ttl"),
        ("/scheme/operators/recalling", "*/*", "fr-CH, en;q=0.5", "/fr/scheme/operators.html#recalling"),
        ("/id/A_RES_72_7", "*/*", "", "/id/A_RES_72_7.html"),
        ("/id/A_RES_72_7", "", "", "/id/A_RES_72_7.html"),
        ("/id/A_RES_72_7", "image/png", "", "/id/A_RES_72_7.html"),
        ("/id/A_RES_72_7", HTML, "fr-FR,fr;q=0.8,en;q=0.5", "/fr/id/A_RES_72_7.html"),
        ("/id/A_RES_72_7", HTML, "en,fr;q=0.5", "/id/A_RES_72_7.html"),
        ("/id/A_RES_72_7", HTML, "de,fr;q=0.5,en;q=0", "/fr/id/A_RES_72_7.html"),
        ("/id/A_RES_72_7", "text/turtle", "fr", "/id/A_RES_72_7.ttl"),
        ("/id/A_RES_72_7", "application/ld+json", "", "/id/A_RES_72_7.jsonld"),
        ("/id/A_RES_72_7", "application/n-triples", "", "/id/A_RES_72_7.nt"),
        ("/id/A_RES_72_7", "application/json", "", "/id/A_RES_72_7.json"),
        ("/id/A_RES_72_7", "text/turtle;q=0, text/html", "", "/id/A_RES_72_7.html"),
        ("/id/A_RES_72_7", "text/turtle;q=0.4, application/json;q=0.8", "", "/id/A_RES_72_7.json"),
        ("/id/A_RES_72_7", "nonsense, text/turtle", "", "/id/A_RES_72_7.ttl"),
        ("/id/A_RES_72_7.pp2", HTML, "", "/id/A_RES_72_7.html#pp2"),
        ("/id/A_RES_72_7.pp2", "text/turtle", "", "/id/A_RES_72_7.ttl"),
        ("/id/A_RES_72_7.pp2.html", HTML, "", "/id/A_RES_72_7.html#pp2"),
        ("/id/A_RES_72_7.pp2.ttl", "", "", "/id/A_RES_72_7.ttl"),
        ("/id/A_RES_72_7.pp2.fr", HTML, "fr", "/fr/id/A_RES_72_7.html#pp2.fr"),
        ("/id/A_RES_72_7.pp2.cites-S_2007_279", "*/*", "", "/id/A_RES_72_7.html#pp2.cites-S_2007_279"),
        ("/id/A_C.2_72_3", "*/*", "", "/id/A_C.2_72_3.html"),
        ("/id/A_71_982-S_2017_600.annex1", "*/*", "", "/id/A_71_982-S_2017_600.html#annex1"),
        ("/id/event-adoption-A_RES_72_7", "*/*", "", "/id/A_RES_72_7.html#adoption"),
        ("/id/meeting-GA-72-55", "*/*", "", "/id/session-GA-72.html#meeting-55"),
        ("/id/mandate-UNRCCA.f3", "*/*", "", "/id/mandate-UNRCCA.html#f3"),
        ("/id/state-TKM", "text/turtle", "", "/id/state-TKM.ttl"),
        ("/graph/A_RES_72_7", "text/turtle", "", "/id/A_RES_72_7.ttl"),
        ("/graph/inferred", "*/*", "", "/data.html#inferred"),
        ("/graph/inferred", "text/turtle", "", f"/graph-store?graph={BASE}graph/inferred"),
        ("/sparql", HTML, "", "/query"),
    ],
)
def test_a_name_leads_to_what_tells_of_it(path: str, accept: str, language: str, place: str, site: Server) -> None:
    assert leads(site, path, accept, language) == (303, place)
    assert get(site, place.partition("#")[0], language=language).status in (200, 303)


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/nothing",
            "/id/nothing",
            "/id/A_RES_72_7.pp99",
            "/id/",
            "/graph/nothing",
            "/scheme/nothing",
            "/question/no",
        ),
        *("/documents-99.html", "/fr/nothing.html", "/id/nothing.ttl", "/assets/nothing", "/assets/..%2fpress.py"),
        *("/de/index.html", "/en/index.html", "/id/..%2f..%2fetc%2fpasswd", "/..%2f..%2fpyproject.toml", "/id/%3Cb%3E"),
        *("/id/A_RES_72_7.xml", "/question/mandate-status.ttl", "/assets/site.css/more", "/index-1.html", "/%00"),
    ],
)
def test_what_is_not_there_is_told(path: str, site: Server) -> None:
    """To a browser by a page whose links lead onward, to a program by a fault that it can read."""
    reply = get(site, path)
    assert reply.status == 404
    if reply.kind == "text/html":
        page = read(reply.body)
        assert not page.unclosed
        onward = [link for link in page.links if link.endswith(("index.html", "questions.html"))]
        assert all(get(site, urljoin(path, link)).status == 200 for link in onward)
    program = get(site, path, "text/turtle, */*;q=0.5")
    assert (program.status, program.kind) == (404, "application/problem+json")


def iris_of(kb: Path) -> list[str]:
    """Return all IRIs of ours in the dumps, those of the ontology without what follows the hash."""
    statements = open_kb(kb).statements
    terms = {term.value for quad in statements.together for term in quad if isinstance(term, ox.NamedNode)}
    return sorted({iri.partition("#")[0] for iri in terms if iri.startswith((BASE, HOME))})


def test_every_iri_of_the_dump_leads_to_a_page_and_a_place_on_it(site: Server, kb: Path) -> None:
    """Each of them as a page and as data; ``MANDATA_PAGES=all`` looks at all, else at one in twenty."""
    anchors: dict[str, list[str]] = {}
    faults = []
    for iri in iris_of(kb)[:: 1 if EVERY else 20]:
        path = "/" + quote(iri.removeprefix(BASE), safe="/'()~,-._")
        status, place = leads(site, path)
        page, _, anchor = place.partition("#")
        if page not in anchors:
            anchors[page] = read(get(site, page).body).ids
        if status != 303 or (anchor and unquote(anchor) not in anchors[page]):
            faults.append((iri, place))
        status, data = leads(site, path, "text/turtle")
        if status != 303 or get(site, data, "text/turtle").kind != "text/turtle":
            faults.append((iri, data))
    assert faults == []


def test_data_is_the_same_as_that_of_a_release(site: Server, kb: Path) -> None:
    """To the byte, though a release knows the files and a server the store."""
    files = dict(documents(open_kb(kb).statements, context_of(axioms())))
    for path, content in list(files.items())[:: 1 if EVERY else 9]:
        reply = get(site, f"/{path}", "*/*")
        assert (reply.status, reply.kind) == (200, DATA[path.rpartition(".")[2]])
        assert reply.body == content, path
    assert get(site, "/context.jsonld").kind == "application/ld+json"


@pytest.fixture(scope="session")
def static(kb: Path) -> Site:
    """The static site of the same knowledge base."""
    knowledge = Knowledge(kb)
    collection = collected(open_kb(kb).statements, knowledge.evidence)
    return Site(collection, Embedded(knowledge.store), proof_writer(knowledge), SiteSettings(data_formats=tuple(DATA)))


def lines_of(page: bytes) -> list[str]:
    """Return the lines of a page, without what is said of its address and of what a server has more."""
    lines = [re.sub(r"(</li>)", r"\1\n", line) for line in page.decode().splitlines()]
    return [
        line
        for line in lines
        if not any(word in line for word in (*ONLY_SERVED, 'rel="alternate" type', "describedby"))
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "page",
    [
        *("index", "documents", "mandates", "states", "topics", "others", "timeline", "citations", "data", "ontology"),
        *("id/A_RES_72_7", "id/A_71_982-S_2017_600", "id/mandate-UNRCCA", "id/centre-UNRCCA", "id/state-TKM"),
        *("id/session-GA-72", "scheme/operators", "id/A_C.2_72_3", "id/organ-GA"),
    ],
)
def test_a_page_is_that_of_the_static_site(page: str, language: str, site: Server, static: Site) -> None:
    """The same templates over the store say the same, word for word, as over the files of a release."""
    reply = get(site, f"/{folder(language)}{page}.html")
    assert reply.status == 200
    space, _, name = page.partition("/")
    iri = {"id": ID + name, "scheme": SCHEME + name, "ontology": f"{HOME}ontology"}.get(space)
    written = static.page(iri, language) if iri else entry_page(static, page, language)
    assert lines_of(reply.body) == lines_of(written or b"")


@pytest.mark.parametrize("path", ["/index.html", "/fr/id/A_RES_72_7.html", "/query.html", "/question/provisions.html"])
def test_links_of_a_served_page_are_relative_and_lead_somewhere(path: str, site: Server) -> None:
    """So the pages work under any host and behind any folder."""
    seen = set()
    for link in read(get(site, path).body).links:
        parts = urlsplit(link)
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
        if parts.scheme or not parts.path or target in seen:
            continue
        seen.add(target)
        assert not link.startswith("/")
        assert get(site, quote(target)).status == 200, link
    assert len(seen) >= 10


@pytest.mark.parametrize("path", ["/index.html", "/id/A_RES_72_7.html", "/id/A_RES_72_7.ttl", "/assets/site.css"])
def test_an_answer_is_had_again_only_where_it_has_changed(path: str, site: Server) -> None:
    reply = get(site, path)
    head = site.send("HEAD", path, accept=HTML, accept_language="")
    assert (head.status, head.body, head.fields["content-length"]) == (200, b"", str(len(reply.body)))
    again = get(site, path, if_none_match=reply.fields["etag"])
    assert (again.status, again.body, again.fields["etag"]) == (304, b"", reply.fields["etag"])
    assert get(site, path, if_none_match='"another"').status == 200
    pressed = get(site, path, accept_encoding="gzip")
    assert pressed.fields["content-encoding"] == "gzip"
    assert gzip.decompress(pressed.body) == reply.body
    assert "accept-encoding" in pressed.fields["vary"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/index.html", "/id/A_RES_72_7", "/assets/site.css", "/query.html"])
def test_pages_are_only_read(method: str, path: str, site: Server) -> None:
    reply = site.send(method, path, "x")
    assert reply.status == 405
    assert "GET" in reply.fields["allow"]


PATHS = [
    *("/", "/index.html", "/id/A_RES_72_7", "/id/A_RES_72_7.html", "/id/A_RES_72_7.ttl", "/id/A_RES_72_7.json"),
    *(
        "/id/nothing",
        "/question/provisions.html?document=nothing",
        "/query.html",
        "/assets/site.css",
        "/assets/query.js",
    ),
    *("/ontology.ttl", "/context.jsonld", "/fr/search.json", "/question/provisions.json", "/graph/inferred"),
]


@pytest.mark.parametrize("path", PATHS)
def test_no_page_may_load_what_is_not_of_this_server(path: str, site: Server) -> None:
    """A strict policy on every answer; scripts from this server alone, and none that stand in a page."""
    for accept in (HTML, "*/*"):
        reply = get(site, path, accept)
        policy = dict(part.strip().partition(" ")[::2] for part in reply.fields["content-security-policy"].split(";"))
        assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert policy.get("script-src", "'self'") == "'self'"
        assert reply.fields["x-content-type-options"] == "nosniff"
        assert reply.fields["access-control-allow-origin"] == "*"
        kinds = {"html", "css", "js", "json", "ttl", "jsonld"}
        assert reply.kind != "text/html" or not path.endswith(tuple(kinds - {"html"}))


def test_a_thing_says_how_it_is_cited_and_where_its_data_is(site: Server) -> None:
    """Signposting, by the head alone; the name itself answers with it, too."""
    for path in ("/id/A_RES_72_7", "/id/A_RES_72_7.html", "/id/A_RES_72_7.ttl"):
        link = get(site, path).fields["link"]
        assert f'<{BASE}id/A_RES_72_7>; rel="cite-as"' in link
        assert '<A_RES_72_7.jsonld>; rel="describedby alternate"; type="application/ld+json"' in link
    assert '<A_RES_72_7.html>; rel="alternate"; type="text/html"' in get(site, "/id/A_RES_72_7.ttl").fields["link"]
    assert {"accept", "accept-language"} <= set(get(site, "/id/A_RES_72_7").fields["vary"].split(", "))


def makers(server: Server) -> list[int]:
    """Return the workers that make pages."""
    told = ((pid, Path(f"/proc/{pid}/cmdline").read_bytes()) for pid in server.processes())
    pages = [pid for pid, command in told if b"mandata.server.pages.worker" in command]
    return pages[1:]  # the first is the one from which they are forked


def test_a_worker_that_dies_is_replaced(kb: Path) -> None:
    with serving("--kb", str(kb)) as server:
        assert get(server, "/index.html").status == 200
        found = makers(server)
        assert found
        for pid in found:
            os.kill(pid, signal.SIGKILL)
        assert get(server, "/id/A_RES_72_7.html").status == 200


def test_a_page_that_takes_too_long_is_ended_and_others_are_not(kb: Path) -> None:
    """A stopped worker never answers: the page is refused in time, and the next is made by another."""
    with serving("--kb", str(kb), "--seconds", "4") as server:
        assert get(server, "/index.html").status == 200
        stopped = makers(server)
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        reply = get(server, "/id/A_RES_72_7.html")
        assert (reply.status, reply.json()["code"]) == (503, "page-time")
        assert get(server, "/id/A_RES_72_7.html").status == 200
        assert server.rows("SELECT (1 AS ?one) {}") == [{"one": "1"}]
        assert not set(makers(server)) & set(stopped)


def test_pages_follow_the_knowledge_base_and_never_mix(kb: Path, tmp_path: Path) -> None:
    """While a document is removed and added again, each page is the old one or the new one; no restart."""
    place = copytree(kb, tmp_path / "kb")
    seen: list[bytes] = []
    done = threading.Event()
    with serving("--kb", str(place)) as server:
        before = get(server, "/mandates.html").body, get(server, "/id/A_RES_76_299.html").body

        def watch() -> None:
            while not done.is_set():
                reply = get(server, "/id/A_RES_76_299.html")
                seen.append(reply.body if reply.status == 200 else b"")
                time.sleep(0.01)

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            run("remove", "A/RES/76/299", "--kb", str(place))
            between = get(server, "/id/A_RES_76_299.html")
            tag = get(server, "/mandates.html").fields["etag"]
            run("add", str(text_with("76/299")), "--kb", str(place))
        finally:
            done.set()
            watcher.join()
        assert between.body != before[1]
        assert get(server, "/mandates.html", if_none_match=tag).status == 200
        assert (get(server, "/mandates.html").body, get(server, "/id/A_RES_76_299.html").body) == before
    assert set(seen) <= {before[1], between.body, b""}


def text_with(symbol: str) -> Path:
    """Return the one of the five texts that begins with a symbol."""
    texts = sorted((Path(__file__).parents[2] / "data" / "texts").glob("*.txt"))
    return next(path for path in texts if symbol in path.read_text(encoding="utf-8")[:400])


def run(*arguments: str) -> None:
    command = [sys.executable, "-c", "import sys; from mandata.cli.main import main; main(sys.argv[1:])", *arguments]
    subprocess.run(command, check=True, capture_output=True)


def test_a_store_elsewhere_has_pages_too(site: Server) -> None:
    """The same data to the byte; nobody knows whether it has changed, so nothing is kept and nothing is tagged."""
    with serving("--at", f"{site.url}/sparql") as remote:
        assert get(remote, "/id/A_RES_72_7.ttl").body == get(site, "/id/A_RES_72_7.ttl").body
        reply = get(remote, "/id/A_RES_72_7.html")
        assert (reply.status, reply.fields.get("etag")) == (200, None)
        assert b"A/RES/72/7" in reply.body


def test_files_of_rdf_have_a_page_for_queries_too(server: Server) -> None:
    """A store of others' statements has no things of ours; its query page and its lists are there, and empty."""
    assert get(server, "/query.html").status == 200
    assert get(server, "/documents.html").status == 200
    assert get(server, "/id/A_RES_72_7").status == 404


@pytest.mark.parametrize(
    ("path", "name", "form", "language"),
    [
        ("", "", "", ""),
        ("fr/", "", "", "fr"),
        ("fr", "", "", "fr"),
        ("id/A_C.2_72_3", "id/A_C.2_72_3", "", ""),
        ("id/A_C.2_72_3.ttl", "id/A_C.2_72_3", "ttl", ""),
        ("fr/id/A_72_L.4_Add.1.html", "id/A_72_L.4_Add.1", "html", "fr"),
        ("free/x", "free/x", "", ""),
    ],
)
def test_a_path_says_what_is_wanted(path: str, name: str, form: str, language: str) -> None:
    found = parse_path(path)
    assert (found.name, found.form, found.language) == (name, form, language)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("*", "en"),
        ("fr", "fr"),
        ("FR-ch", "fr"),
        ("en;q=0.2, fr;q=0.3", "fr"),
        ("fr;q=0", "en"),
        ("fr;q=x", "en"),
    ],
)
def test_the_language_is_that_which_is_liked_best(accepted: str, language: str) -> None:
    assert preferred_language(accepted) == language
