"""Proofs go down to words, offsets and records; steps are kept and read back as they were."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store, parse
from turtle_text import fact, facts, triples

from mandata.errors import MandataError
from mandata.reason import (
    Closure,
    Step,
    StepFile,
    StoreFacts,
    Words,
    close,
    prove,
    read_rules,
    read_step,
    to_json,
    to_text,
    write_steps,
)
from mandata.reason.words import _sentences
from mandata.resources import shipped
from mandata.vocab import GRAPH

RULES = shipped("ontology/rules")
KB = Path(__file__).with_name("kb.ttl")


@cache
def closure() -> Closure:
    return close(parse(path=KB), parse(path=shipped("ontology/mandata.ttl")), RULES)


@cache
def facts_at_hand() -> StoreFacts:
    """Return a store as the build makes it: catalogue, entities, texts, ontology and the inferred apart."""
    store = Store()
    for quad in parse(path=KB):
        store.add(Quad(quad.subject, quad.predicate, quad.object, NamedNode(GRAPH + _graph(str(quad.subject)))))
    for quad in parse(path=shipped("ontology/mandata.ttl")):
        store.add(Quad(quad.subject, quad.predicate, quad.object, NamedNode(GRAPH + "ontology")))
    for triple in closure().published:
        store.add(Quad(triple.subject, triple.predicate, triple.object, NamedNode(GRAPH + "inferred")))
    return StoreFacts(store)


def _graph(subject: str) -> str:
    local = subject.rpartition("/")[2]
    if local.startswith(("S_1999_11", "A_RES_60_3")):
        return "catalogue"
    if local.startswith(("centre-", "state-", "region-")):
        return "entities"
    return "S_1999_10" if local.startswith(("mandate-", "S_1999_10")) else "A_RES_59_7"


def words(language: str = "en") -> Words:
    return Words(facts_at_hand(), {rule.name: rule.sentences for rule in read_rules(RULES)}, language)


def tree(subject: str, predicate: str, value: str, language: str = "en") -> str:
    proof = prove(closure(), fact(subject, predicate, value), facts_at_hand())
    assert proof is not None
    return to_text(proof, words(language))


def test_a_proof_goes_down_to_the_quotation_with_its_offsets() -> None:
    """The direct edge is attested by the evidence of its citation, not of the whole paragraph."""
    assert tree("id:A_RES_59_7", "md:cites", "id:S_1999_10") == "\n".join(
        [
            "A/RES/59/7 cites S/1999/10",
            "  because “cites” runs along: has part, cites [prp-spo2]",
            "    A/RES/59/7 has part A/RES/59/7 pp1 - A/RES/59/7: “A/RES/59/7” (resolution.txt, characters 0 to 10)",
            "    A/RES/59/7 pp1 cites S/1999/10",
            "      because “reaffirms” is a kind of “cites” [prp-spo1]",
            "        A/RES/59/7 pp1 reaffirms S/1999/10 - A/RES/59/7 pp1: “S/1999/10” "
            "(resolution.txt, characters 40 to 49)",
        ]
    )


def test_a_proof_names_the_record_of_what_is_not_held() -> None:
    proof = tree("id:mandate-LAKE", "md:foundedBy", "id:S_1999_11")
    assert "S/1999/11 replies to S/1999/10 - by record: the yearbook, page 7" in proof
    assert "[founding-letter-reply]" in proof


def test_a_proof_tells_reference_facts_from_words() -> None:
    proof = tree("id:mandate-LAKE", "md:serves", "id:state-AAA")
    assert (
        "Lake Centre covers region region-LAKE - reference fact: data/entities, data/entities/organisations.yaml"
        in proof
    )
    assert "Aland is a: Member State - reference fact: data/entities" in proof


def test_what_was_proved_above_is_not_proved_again() -> None:
    folded = 0
    for triple in closure().published:
        proof = prove(closure(), triple, facts_at_hand())
        assert proof is not None
        lines = [line.strip() for line in to_text(proof, words()).splitlines()]
        headed = [line for line, after in pairwise(lines) if after.startswith("because")]
        assert len(headed) == len(set(headed))
        folded += any(line.endswith("(as above)") for line in lines)
    assert folded


def test_a_proof_in_french_uses_french_labels_and_sentences() -> None:
    proof = tree("id:A_RES_59_7", "md:restsOn", "id:S_1999_10", "fr")
    assert proof.startswith("A/RES/59/7 repose sur S/1999/10\n  parce que : un document qui cite une lettre fondatrice")


def test_a_stated_fact_is_its_own_proof() -> None:
    proof = tree("id:A_RES_60_3.pp3", "md:recalls", "id:S_1999_10")
    assert proof == "A/RES/60/3 pp3 recalls S/1999/10 - by record: the resolution as published"


def test_what_is_neither_stated_nor_concluded_has_no_proof() -> None:
    assert prove(closure(), fact("id:A_RES_60_3", "md:cites", "id:A_RES_62_1"), facts_at_hand()) is None


def test_json_says_the_same_and_more() -> None:
    proof = prove(closure(), fact("id:A_RES_59_7", "md:cites", "id:S_1999_10"), facts_at_hand())
    assert proof is not None
    value = json.loads(json.dumps(to_json(proof, words())))
    leaf = value["premises"][1]["premises"][0]["source"]
    assert (leaf["quotation"], leaf["file"], leaf["start"], leaf["end"]) == ("S/1999/10", "resolution.txt", 40, 49)
    assert value["axioms"][0]["source"]["kind"] == "ontology"


def test_every_conclusion_of_the_collection_can_be_explained() -> None:
    """No proof of an inferred triple fails to print, in either language."""
    for language in ("en", "fr"):
        say = words(language)
        for triple in closure().inferred:
            proof = prove(closure(), triple, facts_at_hand())
            assert proof is not None
            text = to_text(proof, say)
            assert "None" not in text
            assert "“”" not in text


def test_languages_have_the_same_sentences() -> None:
    english, french = _sentences()["en"], _sentences()["fr"]
    assert english.keys() == french.keys()
    assert english["rules"].keys() == french["rules"].keys()


def test_an_unknown_language_is_refused_in_one_line() -> None:
    with pytest.raises(MandataError, match="use one of en, fr"):
        Words(facts_at_hand(), {}, "xx")


def test_a_contradiction_is_said_in_a_sentence() -> None:
    found = close(triples("id:x a md:Letter , md:Report . md:Letter owl:disjointWith md:Report .")).contradictions
    assert [words().contradiction(each) for each in found] == [
        "these cannot all hold: x is a: letter; x is a: report, because nothing is both a letter and a report"
    ]


def test_steps_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "steps.sqlite"
    write_steps(path, closure().steps)
    with StepFile(path) as steps:
        assert all(steps.get(each) == step for each, step in closure().steps.items())
    assert read_step(path, fact("id:x", "md:cites", "id:y")) is None


def test_steps_are_the_same_bytes_twice(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    write_steps(one, closure().steps)
    write_steps(two, dict(reversed(list(closure().steps.items()))))
    assert one.read_bytes() == two.read_bytes()


def test_odd_literals_survive_the_step_file(tmp_path: Path) -> None:
    """A literal as a subject (generalised RDF), quotes, line breaks, languages; and a store's 0.5 finds our 0.500."""
    said = facts(':a :p "x \\"y\\" . \\n z"@fr , "0.500"^^xsd:decimal .')
    odd = (Literal('a "b" c', language="en"), *said[0][1:])
    steps = {odd: Step("eq-rep-s", (), (said[0],)), said[1]: Step("wording", (), ())}
    write_steps(tmp_path / "s", steps)
    with StepFile(tmp_path / "s") as file:
        assert file.get(odd) == steps[odd]
        half = Literal("0.5", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))
        assert file.get((said[1][0], said[1][1], half)) == steps[said[1]]


def test_a_missing_step_file_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(MandataError, match="build the knowledge base again"):
        StepFile(tmp_path / "none")
