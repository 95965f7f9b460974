"""Every inferred statement about a thing of ours has a proof that holds and goes down to words, records or axioms."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import pyoxigraph as ox
import pytest

from mandata.kb import layout
from mandata.kb.evidence import EvidenceIndex
from mandata.kb.knowledge_base import open_kb
from mandata.package_data import shipped_path
from mandata.proof import StoreFacts
from mandata.proof.fact_source import FactSource, FactSources
from mandata.proof.forms.explanation import ExplanationOptions, why, without
from mandata.proof.forms.text import sentences
from mandata.proof.knowledge import Knowledge
from mandata.rdf.local_names import term, thing
from mandata.rdf.namespaces import GRAPH, ID, MD, RDF, expand
from mandata.reason import Fact, RuleFile, Step, StepFile, fact_of, read_rules
from mandata.reason.owl_rl.rule_table import RULES
from mandata.reason.rules.restatement import find_restatements
from step_checker import faults

TEXTS = shipped_path("data/texts")
OWN_RULES = read_rules(shipped_path("ontology/rules"))
NOT_FROM_A_TEXT = {GRAPH + name for name in ("alignments", "catalogue", "entities", "inferred", "ontology", "schemes")}


@pytest.fixture(scope="module")
def conclusions(kb: Path) -> list[Fact]:
    """The inferred statements whose subject is a thing of ours."""
    facts = map(fact_of, ox.parse(path=str(kb / "inferred.nq")))
    return [fact for fact in facts if isinstance(fact[0], ox.NamedNode) and fact[0].value.startswith(ID)]


@pytest.fixture(scope="module")
def steps(kb: Path, conclusions: list[Fact]) -> dict[Fact, Step]:
    """Each step that the proofs of the conclusions need, as the knowledge base keeps it."""
    found: dict[Fact, Step] = {}
    todo = list(conclusions)
    with closing(StepFile(kb / layout.STEPS)) as file:
        while todo:
            fact = todo.pop()
            if fact not in found and (step := file.get(fact)):
                found[fact] = step
                todo += [*step.axioms, *step.premises]
    return found


@pytest.fixture(scope="module")
def given(quads: list[ox.Quad]) -> set[Fact]:
    """The asserted statements and the axioms, whose blank nodes bear the numbers in which they come."""
    numbered: dict[ox.BlankNode, ox.BlankNode] = {}

    def named(one: Any) -> Any:
        return numbered.setdefault(one, ox.BlankNode(f"b{len(numbered)}")) if isinstance(one, ox.BlankNode) else one

    axioms = [fact_of(quad) for quad in ox.parse(path=str(shipped_path("ontology/mandata.ttl")))]
    return {*((named(s), named(p), named(o)) for s, p, o in axioms), *map(fact_of, quads)}


@pytest.fixture(scope="module")
def leaves(steps: dict[Fact, Step]) -> set[Fact]:
    """What the proofs rest on."""
    return {fact for step in steps.values() for fact in (*step.axioms, *step.premises) if fact not in steps}


@pytest.fixture(scope="module")
def knowledge(kb: Path) -> Knowledge:
    return Knowledge(kb)


@pytest.fixture(scope="module")
def store(kb: Path) -> ox.Store:
    return open_kb(kb).store


def test_every_conclusion_about_a_thing_of_ours_has_a_step(conclusions: list[Fact], steps: dict[Fact, Step]) -> None:
    assert len(conclusions) > 1000
    assert not [fact for fact in conclusions if fact not in steps]


def test_every_step_is_an_instance_of_its_rule_and_no_proof_rests_on_itself(
    steps: dict[Fact, Step], given: set[Fact], quads: list[ox.Quad]
) -> None:
    """SPARQL runs each rule on the step's premises alone; what is alike in wording is compared again."""
    assert faults(steps, given, find_restatements(quads)) == []


def another(number: int) -> Fact:
    return ox.NamedNode(f"x:s{number}"), ox.NamedNode("x:p"), ox.NamedNode("x:o")


SPOILT: dict[str, Callable[[Fact, Step, int], tuple[Fact, Step]]] = {
    "another conclusion": lambda _, step, number: (another(number), step),
    "a premise too few": lambda fact, step, _: (fact, replace(step, premises=step.premises[1:])),
    "another premise": lambda fact, step, _: (fact, replace(step, premises=(another(0), *step.premises[1:]))),
    "another rule": lambda fact, step, _: (fact, replace(step, rule="eq-sym")),
    "no rule": lambda fact, step, _: (fact, replace(step, rule="because")),
}


@pytest.mark.parametrize("how", SPOILT)
def test_the_checker_refuses_a_step_of_any_rule_that_is_spoilt(
    how: str, steps: dict[Fact, Step], given: set[Fact]
) -> None:
    some = dict({step.rule: (fact, step) for fact, step in steps.items() if step.rule != "wording"}.values())
    spoilt = dict(SPOILT[how](fact, step, number) for number, (fact, step) in enumerate(some.items()))
    rests_on = {*given, *(each for step in some.values() for each in (*step.axioms, *step.premises))}
    assert faults(some, rests_on) == []
    assert len(faults(spoilt, rests_on)) == len(spoilt)


def test_nothing_rests_on_what_is_not_stated(leaves: set[Fact], given: set[Fact]) -> None:
    assert leaves and not leaves - given


def test_every_step_names_a_rule_that_there_is(steps: dict[Fact, Step]) -> None:
    rules = {row.name for row in RULES} | {rule.name for rule in OWN_RULES} | {"wording"}
    assert not {step.rule for step in steps.values()} - rules


@pytest.mark.parametrize("rule", OWN_RULES, ids=lambda rule: rule.name)
def test_a_rule_concludes_what_its_query_constructs(rule: RuleFile, steps: dict[Fact, Step], store: ox.Store) -> None:
    """Its query, run as SPARQL over the closed knowledge base, makes each of them, and nothing that is missing."""
    query = shipped_path(f"ontology/rules/{rule.name}.rq").read_text(encoding="utf-8")
    triples = store.query(query)
    assert isinstance(triples, ox.QueryTriples)
    constructed = {fact_of(triple) for triple in triples}
    assert not {fact for fact, step in steps.items() if step.rule == rule.name} - constructed
    assert not [fact for fact in constructed if not list(StoreFacts(store).graphs(fact))]


def test_what_a_text_says_is_quoted(leaves: set[Fact], store: ox.Store, kb: Path) -> None:
    """Each leaf that stands in the graph of a text and in no record has a quotation, at its place in the file."""
    facts, bare, quoted = StoreFacts(store, EvidenceIndex(kb / layout.EVIDENCE)), set(), 0
    sources = FactSources(facts)
    for leaf in leaves:
        graphs = {name.value for name in facts.graphs(leaf)}
        if not graphs or graphs & NOT_FROM_A_TEXT:
            continue
        source = sources.of(leaf)
        quoted += stands(source)
        if not source.quotations:
            bare.add(str(leaf[1]).strip("<>").removeprefix(MD))
    assert quoted > 500
    assert not bare


_MARKUP = re.compile(r"<sup>\d+</sup>|</?[A-Za-z][^>]*>|[¹²³⁴⁵⁶⁷⁸⁹⁰]+")


def letters(text: str) -> list[str]:
    """Return what a reader sees of a text, spaces and signs apart."""
    return re.findall(r"[^\W_]", _MARKUP.sub("", text))


def raw(file: str) -> str:
    return (TEXTS / file).read_bytes().decode("utf-8")


def stands(source: FactSource) -> bool:
    """Compare quotations with their files; return whether there are any."""
    for one in source.quotations:
        assert one.words and letters(raw(one.file.name)[one.evidence.start : one.evidence.end]) == letters(one.words)
    return bool(source.quotations)


def test_half_of_all_conclusions_are_told_in_three_sentences(knowledge: Knowledge, kb: Path) -> None:
    """Steps that only follow a word to a wider or an inverse one are folded; what is left can be read."""
    told = []
    for quad in ox.parse(path=str(kb / "inferred.nq")):
        proof = knowledge.proof(fact_of(quad))
        assert proof is not None
        told.append(len(sentences(proof, knowledge.verbalizer("en"))))
    assert median(told) <= 3
    assert quantiles(told, n=20)[-1] <= 12


EXPLAINED = [  # statement, rule at the top, words quoted at some leaf
    ("A_RES_72_7 md:cites S_2007_279", "prp-spo2", "S/2007/279"),
    ("A_RES_72_7 md:restsOn S_2007_280", "rests-on-direct", "S/2007/280"),
    ("A_RES_76_299 md:restsOn S_2007_279", "rests-on-chain", "résolution 75/272"),
    ("A_RES_72_7 md:cites A_71_982-S_2017_600", "prp-spo2", "A/71/982-S/2017/600"),
    ("A_RES_72_7.op1 md:restates mandate-UNRCCA.f1", "wording", "Faire la liaison"),
    ("S_2007_279 rdf:type md:FoundingLetter", "founding-letter", "mon intention de créer"),
    ("S_2007_280 rdf:type md:FoundingLetter", "founding-letter-reply", "mon intention de créer"),
    ("mandate-UNRCCA md:serves state-TJK", "mandate-serves", "Les fonctions du Centre"),
    ("mandate-UNRCCA md:foundedBy S_2007_280", "founding-letter-reply", "mon intention de créer"),
    ("mandate-UNRCCA md:hasBasis A_59_565", "mandate-basis-accordance", "Groupe de personnalités de haut niveau"),
    ("A_RES_72_7.op1 rdf:type md:Provision", "provision", "Encourage"),
    ("centre-UNRCCA md:hasMandate mandate-UNRCCA", "prp-inv2", "Les fonctions du Centre"),
]


def written(name: str) -> str:
    return expand(name) if ":" in name else thing(name)


def quotations(proof: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the sources of a proof that quote a text."""
    source = proof.get("source", {})
    here = [source, *source.get("more", [])] if "quotation" in source else []
    below = [*proof.get("axioms", []), *proof.get("premises", [])]
    return here + [one for each in below for one in quotations(each)]


@pytest.mark.parametrize(("statement", "rule", "words"), EXPLAINED)
def test_why_prints_the_quotation_its_file_and_its_place(
    statement: str, rule: str, words: str, knowledge: Knowledge
) -> None:
    told = why(knowledge, fact(*statement.split(" ")), ExplanationOptions())
    assert f"[{rule}]" in told.text.splitlines()[1]
    found = [one for one in quotations(told.json) if words in one["quotation"]]
    assert found
    for one in found:
        assert letters(raw(one["file"])[one["start"] : one["end"]]) == letters(one["quotation"])
        assert hashlib.sha256((TEXTS / one["file"]).read_bytes()).hexdigest() == one["checksum"]
        shown = f"({one['file']}, characters {one['start']} to {one['end']})"
        assert any(words in line and shown in line for line in told.text.splitlines()), shown
        assert f"file {one['file']}: SHA-256 {one['checksum']}" in told.text


def fact(subject: str, predicate: str, value: str) -> Fact:
    return ox.NamedNode(written(subject)), ox.NamedNode(written(predicate)), ox.NamedNode(written(value))


def test_why_speaks_french_too(knowledge: Knowledge) -> None:
    told = why(knowledge, fact("A_RES_76_299", "md:restsOn", "S_2007_279"), ExplanationOptions("fr")).text
    assert "un document qui en cite un autre reposant sur une lettre fondatrice" in told
    assert RDF not in told and MD not in told


PLACES = [  # statement, the part in which its words stand
    ("A_RES_72_7.pp2 md:recalls S_2007_279", "A_RES_72_7.fn1"),
    ("S_2007_279 rdf:type md:Letter", "S_2007_279.fr"),
    ("S_2007_279.p2 md:isInAccordanceWith A_RES_60_288", "S_2007_279.p2"),
    ("mandate-UNRCCA md:hasFunction mandate-UNRCCA.f1", "S_2007_279.p3.1"),
    ("mandate-UNRCCA.f1 rdf:type md:MandateFunction", "S_2007_279.p3.1"),
]


@pytest.mark.parametrize(("statement", "part"), PLACES)
def test_a_quotation_is_placed_in_its_paragraph(statement: str, part: str, knowledge: Knowledge) -> None:
    assert FactSources(knowledge.facts).of(fact(*statement.split(" "))).quotations[0].part == ox.NamedNode(thing(part))


def test_the_weakest_evidence_is_named_first(knowledge: Knowledge) -> None:
    """Which letter it is was inferred, that A/RES/75/272 cites it stands in a record: both are said, in that order."""
    told = why(knowledge, fact("A_RES_76_299", "md:restsOn", "S_2007_279"), ExplanationOptions())
    assert [one["kind"] for one in told.json["weak"]] == ["identity", "record"]
    weak = [line for line in told.text.splitlines() if line.startswith("Weak evidence: ")]
    assert "S/2007/279 is inferred" in weak[0] and "A/RES/75/272" in weak[1]
    alike = why(knowledge, fact("A_RES_72_7.op1", "md:restates", "mandate-UNRCCA.f1"), ExplanationOptions())
    assert [one["kind"] for one in alike.json["weak"]] == ["identity", "wording"]


def test_what_is_alike_in_wording_is_told_with_its_words_and_score(knowledge: Knowledge) -> None:
    because = why(
        knowledge, fact("A_RES_72_7.op1", "md:restates", "mandate-UNRCCA.f1"), ExplanationOptions()
    ).text.splitlines()[1]
    assert "diplomatie, préventive" in because and "(likeness 0." in because


def test_why_not_names_the_premise_that_is_missing(knowledge: Knowledge) -> None:
    told = why(knowledge, fact("A_C.2_72_3", "md:restsOn", "S_2007_279"), ExplanationOptions())
    assert not told.holds
    assert "not stated in what is held: A/70/674 rests on S/2007/279" in told.text
    assert told.text.endswith("What is not stated is not thereby false: other documents may say it.")


def test_all_the_ways_in_which_a_statement_holds_are_told(knowledge: Knowledge) -> None:
    told = why(knowledge, fact("S_2007_279", "rdf:type", "md:FoundingLetter"), ExplanationOptions(most=3))
    assert "Minimal sets of stated facts that give it: 3" in told.text
    assert [len(one) for one in told.json["supports"]] == sorted(len(one) for one in told.json["supports"])
    assert told.json["exact"] and not told.json["all"]


def test_what_falls_without_a_paragraph_is_what_rested_on_it(knowledge: Knowledge) -> None:
    """A/RES/72/7 cites the letters in its second paragraph alone, and A/RES/76/299 does not need it."""
    told = without(knowledge, ox.NamedNode(thing("A_RES_72_7.pp2")), "en")
    fallen = {(one["subject"], one["predicate"], one["object"]) for one in told.json["fallen"]}
    rests, letter = f"<{term('restsOn')}>", f"<{thing('S_2007_279')}>"
    assert (f"<{thing('A_RES_72_7')}>", rests, letter) in fallen
    assert (f"<{thing('A_RES_76_299')}>", rests, letter) not in fallen
    assert told.text.splitlines()[0].startswith("Without A/RES/72/7 pp2: ")
