"""Nothing with a fault is published, and each fault is told so that a person can mend it."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from itertools import chain
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import built
from mandata.errors import MandataError
from mandata.kb import knowledge_base, layout
from mandata.kb.evidence import evidence_graphs
from mandata.kb.knowledge_base import KnowledgeBase, open_kb
from mandata.kb.statements import Statements, axioms
from mandata.rdf.namespaces import expand
from mandata.reason.close import close_as_built
from mandata.release import expectations
from mandata.release.gate import (
    CONTRADICTIONS,
    INTEGRITY,
    SHAPES,
    BuildFindings,
    examine,
    read_build_findings,
    violation_finding,
)
from mandata.release.integrity import checks, find_faults
from mandata.validation.find import find_violations

from .faults import Fault, Whole, batches, with_faults
from .faulty_links import LINKS
from .faulty_values import VALUES

CASES = Path(__file__).parents[1] / "cases"
SEEDED = int(os.environ.get("MANDATA_FAULTS", "100"))
AT_ONCE = int(os.environ.get("MANDATA_FAULTS_AT_ONCE", "25"))
KINDS = (*VALUES, *LINKS)
FEWEST_CAUGHT = 0.95


@pytest.fixture(scope="module")
def statements(kb: Path) -> Statements:
    """What a knowledge base holds that was built with the evidence in its store."""
    with KnowledgeBase(kb) as opened:
        found = opened.statements
        return Statements([*found.asserted, *evidence_graphs(opened.evidence)], found.inferred)


def named(quads: list[ox.Quad]) -> set[str]:
    """Return the things and values that the gate names in what is wrong with statements and what follows from them."""
    closure = close_as_built(quads)
    inferred = [ox.Quad(one.subject, one.predicate, one.object, node("graph:inferred")) for one in closure.published]
    found = [*map(violation_finding, find_violations(quads)), *find_faults([*quads, *inferred, *axioms()])]
    contradicting = {part for one in closure.contradictions for fact in one.premises for part in fact}
    return {name for one in found for name in (one.thing, one.value)} | {one.value for one in contradicting}


def test_of_seeded_faults_nearly_all_are_caught(statements: Statements) -> None:
    """Many at once, each about another thing, so that what a check names tells which of them it caught."""
    whole, made, missed = Whole(statements.asserted), Counter[str](), list[Fault]()
    assert named(whole.quads) == set()
    for batch in batches(whole, KINDS, SEEDED, AT_ONCE):
        found = named(with_faults(whole, batch))
        made.update(fault.kind for fault in batch)
        missed += [fault for fault in batch if not fault.about & found]
    escaped = Counter(fault.kind for fault in missed)
    print(*(f"{kind}: {number - escaped[kind]} of {number} caught" for kind, number in sorted(made.items())), sep="\n")
    print(f"{SEEDED - len(missed)} of {SEEDED} faults caught")
    assert made.total() == SEEDED
    assert len(missed) <= (1 - FEWEST_CAUGHT) * SEEDED, escaped


def test_a_seed_makes_the_same_fault_and_every_kind_is_made(statements: Statements) -> None:
    whole = Whole(statements.asserted)
    first, again = (list(chain(*batches(whole, KINDS, 2 * len(KINDS), 20))) for _ in range(2))
    assert first == again
    assert len({fault.kind for fault in first}) == len(KINDS)


@pytest.mark.parametrize("check", checks(), ids=lambda check: check.name)
def test_an_integrity_query_says_what_is_wrong_in_two_languages(check: object) -> None:
    words, mend = dict(check.words), check.mend  # type: ignore[attr-defined]
    assert words.keys() == {"en", "fr"}
    assert all(re.match(r"\w", said) and not said.endswith(".") for said in (*words.values(), mend))


def node(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand(curie))


def stated(subject: str, name: str, value: str | ox.Literal, place: str = "graph:x") -> ox.Quad:
    return ox.Quad(node(subject), node(name), node(value) if isinstance(value, str) else value, node(place))


def day(value: str) -> ox.Literal:
    return ox.Literal(value, datatype=node("xsd:date"))


@pytest.mark.parametrize(
    ("quads", "found"),
    [
        ([stated("id:a", "md:cites", "id:b")], {"dangling-reference", "edge-without-citation"}),
        ([stated("id:a", "md:sites", ox.Literal("x"))], {"undefined-property"}),
        ([stated("id:a", "rdf:type", "md:Dokument")], {"undefined-class"}),
        ([stated("id:a", "md:force", "force:no_such")], {"undefined-concept"}),
        ([stated("id:a", "rdfs:label", ox.Literal("TODO", language="en"))], {"placeholder"}),
        ([stated("id:a", "rdfs:label", ox.Literal(" a", language="en"))], {"empty-words"}),
        ([stated("id:a", "rdfs:label", ox.Literal("a"))], {"words-without-language"}),
        ([stated("id:a", "md:title", "id:a")], {"link-for-words"}),
        ([stated("id:a", "skos:exactMatch", ox.Literal("Q1"))], {"words-for-a-link"}),
        ([stated("scheme:s", "rdf:type", "skos:ConceptScheme")], {"missing-licence"}),
        ([stated("id:a", "md:number", ox.Literal("1"))], {"missing-class"}),
        ([stated("id:a", "md:subOrganOf", "id:b"), stated("id:b", "md:subOrganOf", "id:a")], {"own-ancestor"}),
        ([stated("id:a", "md:title", ox.Literal("Резолюция", language="fr"))], {"another-script"}),
        ([stated("id:a", "md:title", ox.Literal("A", language="french"))], {"broken-language-tag"}),
        ([stated("id:A_1", "md:symbol", ox.Literal(one)) for one in ("A/1", "A/2")], {"symbol-misnamed"}),
        (
            [stated("id:c", "md:citedDocument", "id:a"), stated("id:c", "md:citedPart", "id:b.op1")],
            {"cited-part-elsewhere"},
        ),
        (
            [stated("id:a", "md:distributedOn", day("2001-01-01")), stated("id:a", "md:datedOn", day("2001-01-02"))],
            {"distributed-before"},
        ),
        (
            [stated("scheme:s", "skos:prefLabel", ox.Literal(one, language="fr")) for one in "ab"],
            {"two-preferred-labels"},
        ),
        (
            [
                stated("id:a", "md:inSession", "id:session-GA-72"),
                stated("id:a", "md:adoptedOn", day("2019-01-01")),
                stated("id:session-GA-72", "md:number", ox.Literal("72")),
            ],
            {"adopted-outside-session"},
        ),
    ],
)
def test_what_is_wrong_is_found_by_the_query_for_it(quads: list[ox.Quad], found: set[str]) -> None:
    assert found <= {one.check for one in find_faults([*quads, *axioms()])}


def test_a_link_to_a_name_that_is_gone_is_a_fault() -> None:
    true = ox.Literal("true", datatype=node("xsd:boolean"))
    quads = [stated("id:b", "owl:deprecated", true, "graph:deprecated"), stated("id:a", "md:mentions", "id:b")]
    lines = [one.line("en") for one in find_faults(quads) if one.check == "deprecated-term"]
    assert lines == [
        "deprecated-term: id:a: a statement uses a term or leads to a name that is deprecated (id:b) "
        "- use what took its place"
    ]


def test_a_release_without_a_fault_passes_and_says_so_in_figures(statements: Statements) -> None:
    gate = examine(statements, BuildFindings())
    assert gate.passed
    assert gate.figures == {SHAPES: 0, INTEGRITY: 0, CONTRADICTIONS: 0}


def test_documents_of_every_kind_pass(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Lettered resolutions, headings, numbering that begins anew, organs of programmes: what is right is no fault."""
    found = open_kb(built(sorted(CASES.glob("*.txt")), tmp_path_factory)).statements
    assert [one.line("en") for one in find_faults([*found.together, *axioms()])] == []


@pytest.mark.parametrize("name", [layout.INFERRED, layout.ASSERTED, layout.VIOLATIONS, layout.CONTRADICTIONS])
def test_a_file_that_is_not_as_it_was_built_is_stale(name: str, kb: Path, tmp_path: Path) -> None:
    """One byte more, and nothing that was found when it was built can be trusted."""
    shutil.copytree(kb, tmp_path / "kb")
    assert read_build_findings(KnowledgeBase(tmp_path / "kb")).altered == ()
    with (tmp_path / "kb" / name).open("ab") as file:
        file.write(b"\n")
    found = examine(Statements((), ()), read_build_findings(KnowledgeBase(tmp_path / "kb"))).findings
    assert [one.line("en") for one in found] == [f"stale: {name}: is not as it was built - run mandata build"]


def test_what_another_version_built_is_stale(kb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge_base, "build_fingerprint", lambda: "another")
    (found,) = examine(Statements((), ()), read_build_findings(KnowledgeBase(kb))).findings
    assert found.line("en") == (
        "stale: knowledge-base.json: another version of the program, the rules or the reference data built it "
        "- run mandata build"
    )


def test_a_contradiction_is_a_fault_that_names_its_facts() -> None:
    twice = [
        stated("id:a", "rdf:type", "md:Letter"),
        stated("id:a", "rdf:type", "md:Decision"),
        stated("id:a", "rdfs:label", ox.Literal("a", language="en")),
    ]
    kept = BuildFindings(close_as_built(twice).contradictions)
    found = [one for one in examine(Statements(twice, ()), kept).findings if one.check == "contradiction"]
    assert found
    assert "id:a" in found[0].line("en")


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        ({"documents": {"least": 1}}, []),
        ({"documents": {"least": 10_000}}, ["expected: documents: there are {documents}, wanted: least 10000"]),
        ({"mandates": {"least": 0, "most": 0}}, ["expected: mandates: there are {mandates}, wanted: least 0, most 0"]),
    ],
)
def test_what_is_expected_is_held_against_what_there_is(
    expected: expectations.Expected, told: list[str], statements: Statements
) -> None:
    counts = expectations.counts(statements)
    found = examine(statements, BuildFindings(), [expected]).findings
    assert [one.line("en") for one in found] == [line.format(**counts) for line in told]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("documents: {least: five}", "is no bound of documents"),
        ("documents: {fewest: 5}", "fewest is no bound of documents"),
        ("papers: {least: 5}", "papers is no figure - use asserted_statements, citations, documents"),
        ("- documents", "has no figures with bounds"),
    ],
)
def test_a_faulty_file_of_expectations_is_one_line(text: str, fault: str, tmp_path: Path) -> None:
    (tmp_path / "expected.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(MandataError, match=fault):
        expectations.read_expected(tmp_path / "expected.yaml")


def test_a_value_that_is_no_date_is_told_by_the_shapes_and_in_no_other_way(capfd: pytest.CaptureFixture[str]) -> None:
    """A date that rdflib cannot read filled the screen; violations with and without a value were not sorted."""
    day = ox.Literal("2017-13-40", datatype=node("xsd:date"))
    quads = [stated("id:A_1", "rdf:type", "md:Resolution"), stated("id:A_1", "md:adoptedOn", day)]
    quads += [stated("id:A_1", "md:symbol", ox.Literal("a/1"))]
    assert {one.thing for one in find_violations(quads)} == {expand("id:A_1")}
    assert capfd.readouterr().err == ""


def test_nothing_is_expected_of_nothing() -> None:
    assert examine(Statements((), ()), BuildFindings()).figures[SHAPES] == 0
