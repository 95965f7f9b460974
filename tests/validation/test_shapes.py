"""The queries of the shapes find what pyshacl finds, no more and no less: two engines, one answer."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from mandata.errors import MandataError
from mandata.kb.evidence import evidence_graphs
from mandata.kb.knowledge_base import open_kb
from mandata.package_data import shipped_path
from mandata.rdf.namespaces import expand
from mandata.validation import pyshacl_engine, shape_graph
from mandata.validation.find import find_violations
from mandata.validation.shape_queries import shape_queries
from mandata.validation.violation import Violation, read_violations, write_violations
from release.faults import Whole, batches, with_faults
from release.faulty_links import LINKS
from release.faulty_values import VALUES

SEEDED = int(os.environ.get("MANDATA_FAULTS", "100"))
AT_ONCE = 50
FAR_YEAR = re.compile(r"[1-9]\d{4,}-\d\d-\d\d")
"""A date that XML Schema allows and Python has not, so that pyshacl takes it for none; ``impossible-date`` finds it."""


@pytest.fixture(scope="module")
def whole(kb: Path) -> Whole:
    with open_kb(kb) as opened:
        return Whole([*opened.statements.asserted, *evidence_graphs(opened.evidence)])


def test_of_seeded_faults_both_engines_find_the_same(whole: Whole) -> None:
    """Faults of every kind, many at once, each about another thing."""
    shapes = set[str]()
    for made in batches(whole, (*VALUES, *LINKS), SEEDED, AT_ONCE):
        faulty = with_faults(whole, made)
        found = find_violations(faulty)
        shapes |= {one.shape for one in found}
        expected = pyshacl_engine.find_violations(faulty)
        assert found == [one for one in expected if not FAR_YEAR.fullmatch(one.value or "")]
    assert len(shapes) > 10


def stated(turtle: str) -> list[ox.Quad]:
    prefixes = "".join(f"@prefix {name}: <{expand(f'{name}:')}> ." for name in ("md", "id", "rdfs", "xsd", "way"))
    return list(ox.parse(prefixes + turtle, format=ox.RdfFormat.TURTLE))


CASES = [  # what is stated, the shapes that it breaks
    ('id:a a md:Resolution ; md:symbol "A/RES/72/7" .', set()),
    ("id:a a md:Resolution .", {"DocumentIsKnown"}),
    ('id:a a md:Letter ; md:symbol "a 1" .', {"symbol"}),
    ('id:a a md:Letter ; md:symbol "A/1"@en .', {"symbol"}),
    ('id:a a md:Letter ; md:symbol "A/1" ; md:datedOn "soon"^^xsd:date .', {"datedOn"}),
    ('id:a a md:Letter ; md:symbol "A/1" ; md:datedOn "2017-02-31"^^xsd:date .', {"datedOn"}),
    ('id:a a md:Letter ; md:symbol "A/1" ; md:datedOn "2017-02-01"^^xsd:date , "2017-02-02"^^xsd:date .', {"datedOn"}),
    ('id:a a md:Acceptance ; md:actDocument id:d ; md:actDate "2017"^^xsd:gYear . id:m md:hasAct id:a .', set()),
    ('id:a a md:Acceptance ; md:actDocument id:d ; md:actDate "2017" . id:m md:hasAct id:a .', {"actDate"}),
    ("id:a a md:Acceptance .", {"actDate", "actDocument", "actMandate"}),
    ('id:s a md:State ; rdfs:label "S"@en , "S"@fr .', set()),
    ('id:s a md:MemberState ; rdfs:label "S"@en , "T"@en .', {"labelFrench", "labelOnce"}),
    ("id:s a md:MemberState ; rdfs:label id:t .", {"labelEnglish", "labelFrench"}),
    ("id:c a md:Citation ; md:citingPart id:p ; md:citedDocument id:d ; md:way way:record .", set()),
    (
        "id:c a md:Citation ; md:citingPart id:p ; md:citedDocument id:d ; md:way way:guess .",
        {"way", "CitationIsAttested"},
    ),
    ("id:c a md:Citation ; md:citingPart id:p , 'q' ; md:citedDocument id:d ; md:way way:record .", {"citingPart"}),
    ("id:m md:hasFunction id:f . id:f a md:FunctionItem .", None),
    ('id:t a md:TermOfOffice ; md:startsOn "2017-02-02"^^xsd:date ; md:endsOn "2016-02-02"^^xsd:date .', None),
    ('id:t a md:TermOfOffice ; md:startsOn "2015-02-02"^^xsd:date ; md:endsOn "2016-02-02"^^xsd:date , "x" .', None),
    ("id:p a md:OperativeParagraph . id:d md:hasPart id:q . id:q md:hasPart id:p . id:d md:record id:r .", None),
]


@pytest.mark.parametrize(("turtle", "shapes"), CASES)
def test_a_shape_finds_what_breaks_it(turtle: str, shapes: set[str] | None) -> None:
    found = find_violations(stated(turtle))
    if shapes is not None:
        assert {one.shape.rpartition("#")[2] for one in found} == shapes
    assert found == pyshacl_engine.find_violations(stated(turtle))


def test_each_query_says_in_two_languages_what_to_mend() -> None:
    assert len(shape_queries()) > 100
    assert all([language for language, _ in one.messages] == ["en", "fr"] for one in shape_queries())


def test_a_part_of_shacl_for_which_there_is_no_query_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix md: <https://w3id.org/mandata/ontology#> ."
        "<x:s> a sh:NodeShape ; sh:targetClass md:Letter ; sh:property <x:p> ."
        '<x:p> sh:path md:symbol ; sh:equals md:title ; sh:message "no"@en , "non"@fr .',
        encoding="utf-8",
    )
    ontology = shipped_path("ontology/mandata.ttl")
    monkeypatch.setattr(
        shape_graph, "shipped_path", {"ontology/shapes.ttl": shapes, "ontology/mandata.ttl": ontology}.get
    )
    with pytest.raises(MandataError, match="there is no query for sh:equals"):
        shape_queries.__wrapped__()


def test_violations_are_read_back_as_they_were_kept(tmp_path: Path) -> None:
    found = [Violation("x:b", "x:s", (("en", "é"), ("fr", "ç")), "1"), Violation("x:a", "x:s", (("en", "no"),))]
    write_violations(tmp_path / "kept", found)
    assert read_violations(tmp_path / "kept") == (found[1], found[0])
