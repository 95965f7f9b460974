"""The site of the five texts as files: whole, linked, in two languages, the same each time."""

from __future__ import annotations

import html
import json
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import bibtexparser
import pyoxigraph as ox
import pytest
import rdflib
import rispy

from mandata.kb.knowledge_base import open_kb
from mandata.kb.statements import Statements
from mandata.package_data import shipped_path
from mandata.query.queryfile import load
from mandata.query.source import Embedded, Result, Solutions
from mandata.rdf.namespaces import BASE, DCTERMS, GRAPH, ID, MD, OWL, SKOS
from mandata.site import Site, SiteSettings, pages, stored_collection
from mandata.site.addresses import Addresses
from mandata.site.interface import interface, languages
from mandata.site.labels import Labels
from mandata.site.search_index import fold
from mandata.site.views.bibliography import bibliography
from site_collection import collected
from site_pages.markup import Written, read


@pytest.fixture(scope="session")
def written(files: dict[str, bytes]) -> dict[str, Written]:
    return {path: read(content) for path, content in files.items() if path.endswith(".html")}


def test_every_page_is_well_formed_and_names_no_anchor_twice(written: dict[str, Written]) -> None:
    faults = {path: page.unclosed for path, page in written.items() if page.unclosed}
    twice = {path: [one for one in page.ids if page.ids.count(one) > 1] for path, page in written.items()}
    assert not faults
    assert not {path: ids for path, ids in twice.items() if ids}


def test_every_link_leads_to_a_file_and_to_an_anchor_on_it(written: dict[str, Written], folder: Path) -> None:
    broken = set()
    for path, page in written.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                continue
            target = posixpath.normpath(
                posixpath.join(posixpath.dirname(path), unquote(parts.path)) if parts.path else path
            )
            anchors = written[target].ids if target in written else []
            if not (folder / target).is_file() or (parts.fragment and unquote(parts.fragment) not in anchors):
                broken.add((path, link))
    assert not broken


def test_every_iri_of_ours_in_the_dump_leads_to_an_anchor(written: dict[str, Written], statements: Statements) -> None:
    """Every IRI of the dump leads somewhere: things, terms, concepts, graphs."""
    collection = collected(statements)
    addresses = Addresses(collection.__contains__)
    terms = {term.value for quad in statements.together for term in quad if isinstance(term, ox.NamedNode)}
    ours = {iri for iri in terms if iri.startswith((BASE, MD))}
    assert sum(iri.startswith(ID) for iri in ours) > 800
    lost = set()
    for iri in ours:
        address = addresses.of(iri)
        for folder in ("", "fr/"):
            page = written.get(f"{folder}{address.page}.html") if address else None
            if page is None or (address and address.anchor and address.anchor not in page.ids):
                lost.add(iri)
    assert not lost


def test_both_languages_have_the_same_pages_and_link_to_each_other(written: dict[str, Written]) -> None:
    english = {path for path in written if not path.startswith("fr/")}
    assert {f"fr/{path}" for path in english} == set(written) - english
    for path in english:
        others = [values["hreflang"] for tag, values in written[path].elements if "hreflang" in values and tag == "a"]
        assert others == ["fr"], path


def test_the_interfaces_have_the_same_words() -> None:
    def keys(value: object, within: str = "") -> set[str]:
        if not isinstance(value, dict):
            return {within}
        return set().union(*(keys(each, f"{within}/{name}") for name, each in value.items()))

    # what a language need not say: a column or an answer whose own name is plain in it
    plain = ("/question_columns", "/answers")
    one, *others = ({key for key in keys(interface(one)) if not key.startswith(plain)} for one in languages())
    assert others == [one]


def test_every_column_of_every_question_has_a_name_in_french() -> None:
    columns = {column for question in load().values() for column in question.columns}
    assert columns - interface("fr")["question_columns"].keys() == set()


def test_pages_load_nothing_from_elsewhere(written: dict[str, Written], folder: Path) -> None:
    for path, page in written.items():
        for loaded in page.loaded:
            assert not urlsplit(loaded).scheme, path
            assert (folder / posixpath.join(posixpath.dirname(path), loaded)).is_file(), (path, loaded)
    for asset in (folder / "assets").iterdir():
        assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", asset.read_text("utf-8")), asset


ARABIC = re.compile(r"[\u0600-\u06ff]{2,}")
CYRILLIC = re.compile(r"[\u0400-\u04ff]{4,}")


def test_words_of_another_language_say_which_and_where_they_begin(written: dict[str, Written]) -> None:
    seen = 0
    for path, page in written.items():
        for text, language, direction in page.words:
            if ARABIC.search(text):
                seen += 1
                assert (language, direction) == ("ar", "rtl"), (path, text)
            if CYRILLIC.search(text):
                assert language == "ru", (path, text)
    assert seen > 200


def test_a_french_text_on_an_english_page_is_marked_as_french(written: dict[str, Written]) -> None:
    page = written["id/A_RES_72_7.html"]
    assert [language for text, language, _ in page.words if text.startswith(" que les ")] == ["fr"]
    assert [
        language for text, language, _ in written["fr/id/A_RES_72_7.html"].words if text.startswith(" que les ")
    ] == ["fr"]


def test_a_page_says_what_it_is_of_and_what_stands_beside_it(files: dict[str, bytes]) -> None:
    page = files["id/A_RES_72_7.html"].decode()
    assert f'<link rel="cite-as" href="{ID}A_RES_72_7">' in page
    assert '<link rel="describedby" type="text/turtle" href="A_RES_72_7.ttl">' in page
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    told = json.loads(found[1])
    assert (told["@id"], told["datePublished"]) == (f"{ID}A_RES_72_7", "2017-11-17")
    assert {"@id": f"{ID}S_2007_279"} in told["citation"]


def test_the_first_page_tells_search_engines_of_the_release(files: dict[str, bytes]) -> None:
    for path in ("index.html", "fr/index.html"):
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', files[path].decode(), re.DOTALL)
        assert found
        told = json.loads(found[1])
        assert (told["@type"], told["includedInDataCatalog"]["@type"]) == ("Dataset", "DataCatalog")
        assert told["license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
        assert len(told["distribution"]) == 9


def test_a_page_may_load_only_what_stands_beside_it(written: dict[str, Written]) -> None:
    """A strict Content-Security-Policy on every page, and nothing on it that needs a laxer one."""
    for path, page in written.items():
        policies = [v["content"] for t, v in page.elements if v.get("http-equiv") == "Content-Security-Policy"]
        assert len(policies) == 1, path
        assert policies[0].startswith("default-src 'none'; "), path
        assert "unsafe" not in policies[0], path
        for tag, values in page.elements:
            inline = tag == "style" or "style" in values or any(name.startswith("on") for name in values)
            runs = tag == "script" and "src" not in values and values.get("type") not in {"application/ld+json"}
            assert not inline, (path, tag, values)
            assert not runs, (path, values)


def test_what_was_not_checked_says_so_and_bears_no_note_to_oneself(
    files: dict[str, bytes], statements: Statements
) -> None:
    told = (quad.object for quad in statements.together if quad.predicate.value == DCTERMS + "source")
    sources = {one.value for one in told if isinstance(one, ox.Literal)}
    assert len(sources) > 20
    notes = re.compile(r"to be (verified|checked)|until verified|todo", re.IGNORECASE)
    assert list(filter(notes.search, sources)) == []
    assert "checked against the source" in files["id/A_RES_62_272.html"].decode()


def test_acts_that_were_inferred_are_called_by_their_kind_and_document(files: dict[str, bytes]) -> None:
    page = files["fr/id/mandate-UNRCCA.html"].decode()
    assert "<td>acceptation, S/2007/280</td>" in page
    assert "<td>réaffirmation, A/RES/75/272</td>" in page


def test_every_document_is_cited_in_forms_that_programs_read(statements: Statements) -> None:
    """BibTeX by bibtexparser, RIS by rispy, CSL-JSON by its keys."""
    collection = collected(statements)
    shown = Labels(collection, Addresses(collection.__contains__), "en")
    documents = [iri for iri in collection.subjects_with("rdf:type") if iri.startswith(ID) and shown.symbol(iri)]
    assert len(set(documents)) > 40
    for iri in sorted(set(documents)):
        told = bibliography(shown, iri)
        (entry,) = bibtexparser.loads(told.bibtex).entries
        assert (entry["ENTRYTYPE"], entry["ID"], entry["url"]) == ("techreport", iri.removeprefix(ID), iri)
        assert entry["title"].strip("{}")
        (row,) = rispy.loads(told.ris)
        assert (row["type_of_reference"], row["urls"]) == ("GOVDOC", [iri])
        (csl,) = json.loads(told.csl)
        assert {"id", "type", "title", "URL", "publisher"} <= csl.keys()
        assert all(isinstance(part, int) for parts in csl.get("issued", {}).get("date-parts", []) for part in parts)


def test_a_document_shows_its_words_with_what_was_found_in_them(files: dict[str, bytes]) -> None:
    page = files["id/A_RES_72_7.html"].decode()
    assert '<em class="operator">Rappelant</em>' in page
    assert '<a class="mention" href="place-Ashgabat.html">Achgabat</a>' in page
    assert '<a class="citation" href="S_2007_280.html">S/2007/280</a>' in page
    assert 'id="pp2.cites-S_2007_279"' in page
    assert "mandate-UNRCCA.html#f1" in page


def test_who_cites_the_founding_letters_is_found_by_clicking(written: dict[str, Written]) -> None:
    """From the first page to the letter to the paragraph that recalls it, in the manner it does."""
    assert "id/S_2007_279.html" in written["index.html"].links
    links = written["id/S_2007_279.html"].links
    assert "A_RES_72_7.html#pp2" in links
    assert "../scheme/operators.html#recalling" in links


KINDS = (rdflib.OWL.Class, rdflib.OWL.ObjectProperty, rdflib.OWL.DatatypeProperty, rdflib.OWL.AnnotationProperty)
SAID = (rdflib.RDFS.label, rdflib.SKOS.definition)
TIES = (
    *(rdflib.RDFS.domain, rdflib.RDFS.range, rdflib.RDFS.subClassOf, rdflib.RDFS.subPropertyOf),
    *(rdflib.OWL.inverseOf, rdflib.DCTERMS.isReplacedBy),
)


@pytest.mark.parametrize(("path", "language"), [("ontology.html", "en"), ("fr/ontology.html", "fr")])
def test_the_page_of_the_ontology_has_each_term_with_its_definition_and_its_ties(
    path: str, language: str, files: dict[str, bytes]
) -> None:
    """All that pyLODE would show of a term: name, definition, what is above it, its domain and its range."""
    told = rdflib.Graph().parse(shipped_path("ontology/mandata.ttl"))
    page = files[path].decode()
    shown = dict(re.findall(r'class="term" id="([^"]+)">(.*?)(?=<div class="term"|</section>)', page, re.DOTALL))
    terms = {one for kind in KINDS for one in told.subjects(rdflib.RDF.type, kind) if str(one).startswith(MD)}
    assert {str(one).removeprefix(MD) for one in terms} == shown.keys()
    for one in terms:
        words = html.unescape(shown[str(one).removeprefix(MD)])
        said = [each for name in SAID for each in told.objects(one, name) if isinstance(each, rdflib.Literal)]
        assert [each for each in said if each.language == language and str(each) not in words] == []
        tied = [str(other) for name in TIES for other in told.objects(one, name) if str(other).startswith(MD)]
        assert [other for other in tied if f'#{other.removeprefix(MD)}"' not in words] == []


def test_inferred_statements_bear_their_proofs(files: dict[str, bytes]) -> None:
    page = files["id/S_2007_279.html"].decode()
    proof = page.partition("S/2007/279 is a founding letter")[2].partition("</details>")[0]
    assert "announces a mandate" in proof
    assert '<q lang="fr">' in proof
    assert 'href="#p2"' in proof


def test_the_site_map_has_every_page(files: dict[str, bytes]) -> None:
    found = {one.text for one in ElementTree.fromstring(files["sitemap.xml"]).iter() if one.text and one.text.strip()}
    assert found == {BASE + path for path in files if path.endswith(".html")}
    assert f"Sitemap: {BASE}sitemap.xml" in files["robots.txt"].decode()


def test_pages_are_the_same_bytes_each_time(kb: Path, statements: Statements) -> None:
    """Whatever order the statements come in."""
    turned = Statements(list(reversed(statements.asserted)), list(reversed(statements.inferred)))
    source = Embedded(open_kb(kb).store)
    one, other = (dict(pages(collected(each), source, settings=SiteSettings())) for each in (statements, turned))
    assert {path for path in one if one[path] != other.get(path)} == set()
    assert one.keys() == other.keys()


def test_a_name_of_an_earlier_release_still_leads_somewhere(kb: Path, statements: Statements) -> None:
    """A document and a paragraph that are gone: what took their place, or why, stands where they did."""
    place, true = ox.NamedNode(GRAPH + "deprecated"), ox.Literal("true")
    deprecated, replaced = (ox.NamedNode(iri) for iri in (OWL + "deprecated", DCTERMS + "isReplacedBy"))
    lost, part = ox.NamedNode(ID + "unidentified-00000000"), ox.NamedNode(ID + "A_RES_72_7.op99")
    notes = [
        ox.Quad(lost, deprecated, true, place),
        ox.Quad(lost, replaced, ox.NamedNode(ID + "A_RES_72_7"), place),
        ox.Quad(part, deprecated, true, place),
        ox.Quad(part, ox.NamedNode(SKOS + "historyNote"), ox.Literal("Not in this one", language="en"), place),
    ]
    source = Embedded(open_kb(kb).store)
    found = dict(pages(stored_collection(open_kb(kb).store, notes), source))
    assert 'href="A_RES_72_7.html"' in found["id/unidentified-00000000.html"].decode()
    page = found["id/A_RES_72_7.html"].decode()
    assert 'id="op99"' in page
    assert "Not in this one" in page


def test_a_large_collection_says_how_to_ask_and_asks_nothing_itself(statements: Statements) -> None:
    """No question is run whose answer could take hours: the same pages on every machine, and an end to the making."""

    asked = []

    class Silent:
        def run(self, query: str) -> Result:
            asked.append(query)
            return Solutions((), [])

    found = dict(pages(collected(statements), Silent(), settings=SiteSettings(answer_limit=10)))
    assert set(asked) == {load()["mandate-status"].query}
    page = found["question/mandate-status.html"].decode()
    assert "<code>mandata ask mandate-status</code>" in page
    assert "id/mandate-UNRCCA.html" in found


def test_documents_make_about_as_many_pages_as_they_are(kb: Path, statements: Statements) -> None:
    """Paragraphs, notes, citations, evidence, adoptions and meetings have none of their own."""
    site = Site(collected(statements), Embedded(open_kb(kb).store), lambda *_: None, SiteSettings())
    kinds = {kind for iri in site.things for kind in site.collection.things(iri, "rdf:type")}
    for without in ("Paragraph", "Footnote", "Citation", "Evidence", "Adoption", "Meeting", "MandateAct", "SourceFile"):
        assert MD + without not in kinds, without


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("A/RES/72/7", "a res 72 7"),
        ("S/RES/1325 (2000)", "s res 1325 2000"),
        ("  Ouzbékistan ", "ouzbekistan"),
        ("Rôle de l’Ouzbékistan", "role de l ouzbekistan"),
        ("Узбекистан", "узбекистан"),
        ("أوزبكستان", "اوزبكستان"),
    ],
)
def test_words_are_folded_as_the_search_folds_what_is_typed(text: str, plain: str) -> None:
    assert fold(text) == plain
