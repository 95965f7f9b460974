"""Each contradiction seeded into the graph of the five texts is found, explained and mended, and spreads no further.

To a copy of the graph a statement or two are added that contradict it; the same kind of fault and no other is told.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from collection import closed, finder_of, words

from mandata import pipeline
from mandata.kb import layout
from mandata.kb.knowledge_base import describe
from mandata.kb.store import create, in_memory, with_default_graph
from mandata.package_data import shipped_path
from mandata.proof import StoreFacts
from mandata.proof.conflict import MOST_EXPLAINED, Conflicts, conflict_lines, conflicts_json, explain_conflicts
from mandata.proof.knowledge import Knowledge
from mandata.rdf.canonical import nquads
from mandata.rdf.namespaces import GRAPH
from mandata.reason import Closure, Contradiction, Fact, fact_of, read_rules, write_steps
from mandata.reason.close import close_as_built
from mandata.reason.contradiction_file import read_contradictions, write_contradictions
from mandata.reason.engine.blank_names import rename_blank_nodes
from mandata.validation.violation import write_violations
from step_checker import false_alarms
from turtle_text import facts

SEEDED = {  # name -> what is added, the rules that tell it
    "disjoint classes": ("id:A_RES_72_7 a md:Letter .", {"cax-dw", "cax-adc"}),
    "disjoint classes, one by inference": ("id:A_RES_72_7 md:repliesTo id:S_2007_279 .", {"cax-dw", "cax-adc"}),
    "a citation of two documents": (
        "id:A_RES_72_7.pp2.cites-S_2007_279 md:citedDocument id:S_2007_280 .",
        {"unique-names"},
    ),
    "a mandate of two centres": ("id:mandate-UNRCCA md:mandateOf id:centre-OTHER .", {"unique-names"}),
    "two documents said to be one": (
        "id:A_RES_72_7 <http://www.w3.org/2002/07/owl#sameAs> id:A_RES_76_299 .",
        {"unique-names"},
    ),
    "letters that reply to each other": (
        "id:S_2007_279 md:repliesTo id:S_2007_280 .",
        {"prp-asyp", "anachronism"},
    ),
    "parts that hold each other": ("id:A_RES_72_7.pp2 md:hasPart id:A_RES_72_7 .", {"prp-asyp"}),
    "a draft of itself": ("id:A_72_L.4 md:hasDraft id:A_72_L.4 .", {"prp-irp", "prp-asyp"}),
    "a letter that replies to a later one": (
        'id:S_2007_280 md:repliesTo id:S_2099_1 . id:S_2099_1 md:datedOn "2099-01-01"^^xsd:date .',
        {"anachronism"},
    ),
    "a resolution that cites a later one": (
        "id:A_RES_72_7.pp3 md:recalls id:A_RES_76_299 .",
        {"anachronism"},
    ),
    "a letter that cites a later resolution": (
        "id:S_2007_279.p2 md:recalls id:A_RES_76_299 .",
        {"anachronism"},
    ),
    "a resolution that cites a later letter": (
        'id:A_RES_72_7.pp3 md:recalls id:S_2099_1 . id:S_2099_1 md:datedOn "2099-01-01"^^xsd:date .',
        {"anachronism"},
    ),
    "a letter that cites a later one": (
        'id:S_2007_279.p2 md:recalls id:S_2099_1 . id:S_2099_1 md:datedOn "2099-01-01"^^xsd:date .',
        {"anachronism"},
    ),
    "two symbols for one document": ('id:A_RES_72_7 md:symbol "A/RES/72/8" .', {"one-symbol-for-a-document"}),
    "one symbol for two documents": (
        'id:A_RES_99_1 md:symbol "A/RES/72/7" .',
        {"one-document-for-a-symbol"},
    ),
    "a date that is none": ('id:S_2007_279 md:datedOn "soon"^^xsd:date .', {"dt-not-type"}),
}
SOUND = {  # what may look like a contradiction and is none
    "two symbols of a joint document": 'id:A_99_1-S_2099_1 md:symbol "A/99/1" , "S/2099/1" .',
    "a citation of a document of the same day": (
        'id:A_RES_72_7.pp3 md:recalls id:A_RES_72_99 . id:A_RES_72_99 md:adoptedOn "2017-11-17"^^xsd:date .'
    ),
    "a date of which only the month is known": (
        'id:A_RES_72_7.pp3 md:recalls id:S_2017_1 . id:S_2017_1 md:datedOn "2018-01"^^xsd:gYearMonth .'
    ),
    "a second file of the same version": "id:A_RES_72_7.fr md:embodiedBy id:A_RES_72_7.fr.00000000 .",
}
MOST_SPREAD = 100  # conclusions of one wrong statement; were two documents made one, there would be thousands


@pytest.fixture(scope="module")
def knowledge(kb: Path) -> Knowledge:
    return Knowledge(kb)


def seeded(knowledge: Knowledge, turtle: str) -> tuple[set[Fact], list[ox.Quad], Closure]:
    added = set(facts(turtle))
    place = ox.NamedNode(GRAPH + "seeded")
    quads = [*knowledge.asserted, *(ox.Quad(s, p, o, place) for s, p, o in sorted(added, key=str))]  # type: ignore[arg-type]
    return added, quads, close_as_built(quads)


def explained(knowledge: Knowledge, quads: list[ox.Quad], closure: Closure) -> tuple[Conflicts, StoreFacts]:
    finder = finder_of(tuple(map(fact_of, quads)), closure)
    at_hand = StoreFacts(in_memory(quads), knowledge.evidence)
    return explain_conflicts(closure.contradictions, closure.steps, at_hand, finder), at_hand


def test_the_five_texts_contradict_nothing(knowledge: Knowledge) -> None:
    assert knowledge.closure.contradictions == ()


@pytest.mark.parametrize("name", SEEDED)
def test_a_seeded_contradiction_is_found_and_spreads_no_further(name: str, knowledge: Knowledge) -> None:
    turtle, rules = SEEDED[name]
    added, _, closure = seeded(knowledge, turtle)
    told = {found.rule for found in closure.contradictions}
    assert told and told <= rules
    assert false_alarms(closure.contradictions, lists()) == []
    wrong = [spoilt(found) for found in closure.contradictions if found.rule not in OF_LITERALS]
    assert false_alarms(wrong, lists()) == wrong
    before, after = (set(map(fact_of, one.inferred)) for one in (knowledge.closure, closure))
    assert after - before <= depending_on(added, closure)
    assert len(after - before) < MOST_SPREAD


OF_LITERALS = {"dt-not-type", "dt-diff"}


def lists() -> list[Fact]:
    """Return the axioms, of which the checker needs the lists."""
    return rename_blank_nodes(map(fact_of, ox.parse(path=str(shipped_path("ontology/mandata.ttl")))))


def spoilt(found: Contradiction) -> Contradiction:
    """Return a contradiction of other facts, which is none."""
    harmless = facts("id:A_RES_72_7 a md:Document . id:A_RES_72_7 md:sameSubject id:A_RES_72_7 .")
    return replace(found, premises=tuple(harmless[: len(found.premises)]))


def depending_on(added: set[Fact], closure: Closure) -> set[Fact]:
    """Return the conclusions whose proof needs one of some facts."""
    found = set(added)
    while more := {f for f, step in closure.steps.items() if f not in found and found & {*step.premises}}:
        found |= more
    return found


@pytest.mark.parametrize("name", SOUND)
def test_what_is_sound_is_not_told(name: str, knowledge: Knowledge) -> None:
    _, _, closure = seeded(knowledge, SOUND[name])
    assert closure.contradictions == ()


@pytest.mark.parametrize(
    "name", ["disjoint classes", "a citation of two documents", "a letter that cites a later resolution"]
)
def test_a_contradiction_is_explained_and_the_smallest_repair_mends_it(name: str, knowledge: Knowledge) -> None:
    """Each side is proved down to what was stated; the repair is one fact, without which nothing contradicts."""
    _, quads, closure = seeded(knowledge, SEEDED[name][0])
    conflicts, _ = explained(knowledge, quads, closure)
    assert all(len(one.proofs) == len(one.found.premises) for one in conflicts.each)
    assert len(conflicts.repair.facts) == 1
    left = [quad for quad in quads if fact_of(quad) not in conflicts.repair.facts]
    assert close_as_built(left).contradictions == ()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_contradiction_is_told_in_words(language: str, knowledge: Knowledge) -> None:
    _, quads, closure = seeded(knowledge, SEEDED["disjoint classes"][0])
    conflicts, at_hand = explained(knowledge, quads, closure)
    words = knowledge.verbalizer(language)
    lines = list(conflict_lines(conflicts, words, at_hand))
    told = {
        "en": "nothing is both a resolution and a letter [cax-dw]",
        "fr": "rien n'est à la fois « résolution » et « lettre » [cax-dw]",
    }
    assert any(told[language] in line or "cax-" in line for line in lines)
    assert any("000_7f83ad6d9a316033.txt" in line for line in lines)
    value = conflicts_json(conflicts, words, at_hand)
    assert len(value["contradictions"]) == len(closure.contradictions)
    assert value["repair"]["smallest"]


def test_check_tells_contradictions_and_their_repair_and_fails(kb: Path, knowledge: Knowledge, tmp_path: Path) -> None:
    """Where a resolution is also said to be a letter, the answer is no, and says what to withdraw."""
    _, quads, closure = seeded(knowledge, SEEDED["disjoint classes"][0])
    place = ox.NamedNode(GRAPH + "inferred")
    inferred = [ox.Quad(t.subject, t.predicate, t.object, place) for t in closure.published]
    create(tmp_path / layout.STORE, with_default_graph([*quads, *inferred]))
    (tmp_path / layout.ASSERTED).write_text(nquads(quads), encoding="utf-8")
    write_steps(tmp_path / layout.STEPS, closure.steps)
    write_contradictions(tmp_path / layout.CONTRADICTIONS, closure.contradictions)
    write_violations(tmp_path / layout.VIOLATIONS, [])
    (tmp_path / layout.INFERRED).write_text(nquads(inferred), encoding="utf-8")
    shutil.copy(kb / layout.EVIDENCE, tmp_path)
    describe(tmp_path)
    checked = pipeline.check(tmp_path)
    assert not checked.ok
    text = "\n".join(checked.lines)
    assert f"consistency: {len(closure.contradictions)} contradictions" in text
    assert "Smallest repair of all, to withdraw 1:\n    A/RES/72/7 is a letter - " in text
    assert checked.json["repair"]["smallest"]


@pytest.mark.parametrize("name", ["disjoint classes", "a date that is none"])
def test_contradictions_are_read_back_as_they_were_kept(name: str, knowledge: Knowledge, tmp_path: Path) -> None:
    _, _, closure = seeded(knowledge, SEEDED[name][0])
    write_contradictions(tmp_path / "kept.json", closure.contradictions)
    assert closure.contradictions and read_contradictions(tmp_path / "kept.json") == closure.contradictions


def test_every_rule_that_tells_a_contradiction_is_shown_here() -> None:
    own = {rule.name for rule in read_rules(shipped_path("ontology/rules")) if not rule.head}
    assert own == own & set[str]().union(*(rules for _, rules in SEEDED.values()))


def test_one_fault_that_contradicts_a_hundred_times_is_explained_some_times_and_counted() -> None:
    given = tuple(facts(" ".join(f"id:x{n} a md:Draft , md:Letter ." for n in range(MOST_EXPLAINED))))
    closure = closed(given)
    store = in_memory(ox.Quad(s, p, o) for s, p, o in given)  # type: ignore[arg-type]
    finder = finder_of(given, closure)
    found = [*closure.contradictions, *closure.contradictions]
    conflicts = explain_conflicts(found, closure.steps, StoreFacts(store), finder)
    assert (len(conflicts.each), conflicts.left_out) == (MOST_EXPLAINED, len(found) - MOST_EXPLAINED)
    assert not conflicts.repair.smallest
    lines = list(conflict_lines(conflicts, words(), StoreFacts(store)))
    assert f"(and {conflicts.left_out} more, not explained)" in lines
