"""What pages show, made from small tables: marks in words, dates, drawings, bibliographies."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest

from mandata.kb.evidence import EvidenceIndex, write_evidence
from mandata.rdf.evidence import Evidence, evidence_quads
from mandata.rdf.namespaces import GRAPH, HOME, ID, MD, RDF, SCHEME, XSD
from mandata.site.addresses import Address, Addresses
from mandata.site.dates import in_words
from mandata.site.highlighting import CITATION, MENTION, OPERATOR, Highlight, highlight
from mandata.site.interface import interface
from mandata.site.labels import Labels
from mandata.site.resources import LiteralText
from mandata.site.views import drawing
from mandata.site.views.bibliography import bibliography
from mandata.site.views.drawing import Event
from site_collection import of_quads

SAID = "Recalling its resolution 1/2 and the Centre, the Centre of the Isles,"


def found(kind: str, text: str, nth: int = 0) -> Highlight:
    at = -1
    for _ in range(nth + 1):
        at = SAID.index(text, at + 1)
    return Highlight(kind, at, at + len(text))


@pytest.mark.parametrize(
    ("every", "kinds"),
    [
        ([], []),
        ([found(OPERATOR, "Recalling")], ["Recalling:operator"]),
        ([found(CITATION, "resolution 1/2")], ["resolution 1/2:citation"]),
        ([found(MENTION, "Centre", 1)], ["Centre:mention@49"]),
        ([found(MENTION, "Centre", 1), found(MENTION, "Centre", 0)], ["Centre:mention@37", "Centre:mention@49"]),
        # of two that overlap the citation stands, and the longer of two names
        ([found(MENTION, "1/2"), found(CITATION, "resolution 1/2")], ["resolution 1/2:citation"]),
        ([found(MENTION, "Isles"), found(MENTION, "Centre of the Isles")], ["Centre of the Isles:mention"]),
        # what two statements say of the same words is highlighted once; what no words can bear is not
        ([found(MENTION, "Isles"), found(MENTION, "Isles")], ["Isles:mention"]),
        ([Highlight(MENTION, 3, 3), Highlight(MENTION, 60, 900)], []),
    ],
)
def test_what_was_found_is_highlighted_where_it_stands(every: list[Highlight], kinds: list[str]) -> None:
    runs = highlight(SAID, every)
    assert "".join(run.text for run in runs) == SAID
    at, shown = 0, []
    for run in runs:
        shown += [(f"{run.text}:{run.kind}", f"{run.text}:{run.kind}@{at}")] if run.kind else []
        at += len(run.text)
    assert len(shown) == len(kinds)
    assert all(kind in both for kind, both in zip(kinds, shown, strict=True))


@pytest.mark.parametrize(
    ("date", "english", "french"),
    [
        ("2017-11-17", "17 November 2017", "17 novembre 2017"),
        ("2017-08-01", "1 August 2017", "1er août 2017"),
        ("2007-12", "December 2007", "décembre 2007"),
        ("1946", "1946", "1946"),
        ("2017-13-40", "2017-13-40", "2017-13-40"),
        ("P1Y", "P1Y", "P1Y"),
    ],
)
def test_dates_are_written_as_a_reader_writes_them(date: str, english: str, french: str) -> None:
    assert (in_words(date, interface("en")), in_words(date, interface("fr"))) == (english, french)


@pytest.mark.parametrize(
    ("text", "direction"),
    [("Ashgabat", "ltr"), ("عشق أباد", "rtl"), ("(2) عشق", "rtl"), ("72/7", "ltr"), ("", "ltr"), ("阿什哈巴德", "ltr")],
)
def test_words_begin_at_the_side_of_their_first_letter(text: str, direction: str) -> None:
    assert LiteralText(text).direction == direction


def test_evidence_is_read_alike_from_an_index_and_from_its_description_as_rdf(tmp_path: Path) -> None:
    """A store that was built with evidence in it needs no index; what neither has is not highlighted."""
    graph, part = ox.NamedNode(GRAPH + "A_1_1"), ID + "A_1_1.pp1"
    file = "A_1_1.en.0a0a0a0a"
    words = ox.Quad(ox.NamedNode(part), ox.NamedNode(MD + "text"), ox.Literal(SAID, language="en"), graph)
    named = ox.Quad(ox.NamedNode(part), ox.NamedNode(MD + "mentions"), ox.NamedNode(ID + "centre-X"), graph)
    places = tuple(Evidence("A_1_1.pp1", at, at + 6, file, at + 100, at + 106) for at in (37, 49))
    statements = [(words, (Evidence("A_1_1.pp1", 0, len(SAID), file, 100, 100 + len(SAID)),)), (named, places)]
    write_evidence(tmp_path / "evidence.sqlite", statements)
    by_index = of_quads([words, named], EvidenceIndex(tmp_path / "evidence.sqlite"))
    by_rdf = of_quads([words, named, *evidence_quads("A_1_1", statements)])
    assert by_index.attested_in(part) == by_rdf.attested_in(part)
    assert [one.evidence for one in by_index.attested_in(part) if one.prop == "md:mentions"] == list(places)
    assert by_index.is_evidence(places[0].iri.value) and not by_index.is_evidence(f"{ID}{file}.span-1-2")
    assert of_quads([words, named]).attested_in(part) == []


KNOWN = {"A_RES_72_7", "A_C.2_72_3", "A_72_L.4", "A_72_L.4_Add.1", "mandate-ISLES", "session-GA-72"}


@pytest.mark.parametrize(
    ("iri", "page", "anchor"),
    [
        (ID + "A_RES_72_7", "id/A_RES_72_7", ""),
        (ID + "A_RES_72_7.pp2", "id/A_RES_72_7", "pp2"),
        (ID + "A_C.2_72_3", "id/A_C.2_72_3", ""),
        (ID + "A_C.2_72_3.annex1.p4", "id/A_C.2_72_3", "annex1.p4"),
        (ID + "A_RES_72_7.pp2.cites-A_C.2_72_3", "id/A_RES_72_7", "pp2.cites-A_C.2_72_3"),
        (ID + "A_72_L.4_Add.1", "id/A_72_L.4_Add.1", ""),
        (ID + "mandate-ISLES.f3", "id/mandate-ISLES", "f3"),
        (ID + "event-adoption-A_C.2_72_3", "id/A_C.2_72_3", "adoption"),
        (ID + "meeting-GA-72-55", "id/session-GA-72", "meeting-55"),
        (MD + "cites", "ontology", "cites"),
        (HOME + "ontology", "ontology", ""),
        (SCHEME + "operators/recalling", "scheme/operators", "recalling"),
        (SCHEME + "operators", "scheme/operators", ""),
        (GRAPH + "A_RES_72_7", "id/A_RES_72_7", ""),
        (GRAPH + "entities", "data", "entities"),
    ],
)
def test_every_kind_of_name_has_its_place(iri: str, page: str, anchor: str) -> None:
    assert Addresses(lambda one: one.removeprefix(ID) in KNOWN).of(iri) == Address(page, anchor)


def test_names_elsewhere_have_no_place_here() -> None:
    assert Addresses(lambda _: True).of("https://example.org/x") is None


def test_labels_of_a_timeline_do_not_meet() -> None:
    events = [Event(f"2007-{month:02}", f"what happened in month {month}") for month in range(1, 13)]
    drawn = drawing.timeline(events)
    labels = [label for label in drawn.labels if label.kind != "year"]
    spans: dict[int, list[tuple[float, float]]] = {}
    for label in labels:
        wide = 7.4 * len(label.text)
        start = label.x if label.anchor == "start" else label.x - wide
        assert start >= 0
        assert start + wide <= drawn.width + 8
        spans.setdefault(label.y, []).append((start, start + wide))
    for row in spans.values():
        row.sort()
        assert all(one[1] < other[0] for one, other in pairwise(row))


def test_an_arc_joins_each_pair_and_every_name_is_drawn() -> None:
    drawn = drawing.arcs(["A", "B", "C"], [(1, 0), (2, 0)])
    assert [label.text for label in drawn.labels] == ["A", "B", "C"]
    assert [line.kind for line in drawn.lines] == ["", "", "head"]  # both lead to A, where the arrow is


def test_a_document_stands_between_those_that_cite_it_and_those_it_cites() -> None:
    drawn = drawing.around(["A"], "B", ["C", "D"])
    x = {label.text: label.x for label in drawn.labels}
    assert x["A"] < x["B"] < x["C"] == x["D"]


def test_a_document_is_cited_in_the_forms_of_bibliographies() -> None:
    """Signs that BibTeX reads as more than letters are escaped; a date is told in parts where CSL wants it so."""
    place, one = ox.NamedNode(GRAPH + "A_1_1"), ox.NamedNode(ID + "A_1_1")

    def state(prop: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
        return ox.Quad(one, ox.NamedNode(prop), value, place)

    day = ox.Literal("2017-11-17", datatype=ox.NamedNode(XSD + "date"))
    collection = of_quads(
        [
            state(RDF + "type", ox.NamedNode(MD + "Resolution")),
            state(MD + "symbol", ox.Literal("A/1/1")),
            state(MD + "title", ox.Literal("Peace & {trust}, 50% of #1_a\\~", language="en")),
            state(MD + "adoptedOn", day),
        ]
    )
    told = bibliography(Labels(collection, Addresses(collection.__contains__), "en"), ID + "A_1_1")
    assert r"title = {{Peace \& \{trust\}, 50\% of \#1\_a\textbackslash{}\textasciitilde{}}}" in told.bibtex
    assert told.bibtex.startswith("@techreport{A_1_1,")
    assert "M1  - A/1/1\nPY  - 2017\nDA  - 2017/11/17" in told.ris
    (csl,) = json.loads(told.csl)
    assert (csl["number"], csl["issued"]) == ("A/1/1", {"date-parts": [[2017, 11, 17]]})
