"""Proofs are told in sentences and go down to words, offsets and records."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from collection import closure, facts_at_hand, proof, words
from pyoxigraph import NamedNode, parse

from mandata.errors import MandataError
from mandata.package_data import shipped_path
from mandata.proof import FactSource, Verbalizer, prove, to_json, to_text
from mandata.proof.forms.text import sentences
from mandata.proof.quotation import Quotation, QuotedFile
from mandata.proof.verbalizer import MOST_QUOTED, languages
from mandata.proof.verbalizer import sentences as sentences_of_language
from mandata.rdf.evidence import Evidence
from mandata.rdf.namespaces import ID, MD
from mandata.reason import fact_of
from mandata.reason.close import close
from mandata.reason.owl_rl.rule_table import RULES as TABLE
from turtle_text import fact, facts, triples


def tree(subject: str, predicate: str, value: str, language: str = "en", *, full: bool = False) -> str:
    return to_text(proof(subject, predicate, value), words(language), full=full)


def test_a_proof_goes_down_to_the_quotation_its_paragraph_language_file_and_offsets() -> None:
    """The same symbol stands twice in the paragraph: each place is told."""
    assert tree("id:A_RES_59_7", "md:cites", "id:S_1999_10") == "\n".join(
        [
            "A/RES/59/7 cites S/1999/10",
            "  because “cites” follows along: has part, cites [prp-spo2]",
            "    A/RES/59/7 has part A/RES/59/7 pp1 - "
            "A/RES/59/7 pp1 (en): “Reaffirming the letter of the Secretary-General (S/1999/10) and that letter "
            "(S/1999/10)” (resolution.txt, characters 20 to 107)",
            "    A/RES/59/7 pp1 cites S/1999/10, since A/RES/59/7 pp1 reaffirms S/1999/10 and “reaffirms” is a kind of "
            "“cites” [prp-spo1] - A/RES/59/7 pp1 (en): “S/1999/10” (resolution.txt, characters 69 to 78), "
            "“S/1999/10” (resolution.txt, characters 97 to 106)",
        ]
    )


def test_the_full_proof_shows_each_step_by_itself() -> None:
    lines = tree("id:A_RES_59_7", "md:cites", "id:S_1999_10", full=True).splitlines()
    assert lines[3:5] == [
        "    A/RES/59/7 pp1 cites S/1999/10",
        "      because “reaffirms” is a kind of “cites” [prp-spo1]",
    ]
    assert lines[5].startswith("        A/RES/59/7 pp1 reaffirms S/1999/10 - ")


def test_a_proof_by_trivial_steps_alone_is_three_sentences() -> None:
    """A member of a wide class: the fact, the axioms that lead to it, the words."""
    told = sentences(proof("id:S_1999_10.p2.1", "rdf:type", "md:DocumentPart"), words())
    assert [depth for depth, _ in told] == [0, 1, 2]
    assert told[1][1].startswith("because ")


@pytest.mark.parametrize(("language", "rest"), [("en", "; and 2 more places"), ("fr", " ; et 2 autres endroits")])
def test_of_very_many_quotations_some_are_written_out_and_the_others_counted(language: str, rest: str) -> None:
    part, file = NamedNode(ID + "x.p1"), QuotedFile(NamedNode(ID + "x.en.0a"), "x.txt")
    places = [Evidence("x.p1", at, at + 3, "x.en.0a", at, at + 3) for at in range(MOST_QUOTED + 2)]
    source = FactSource(
        "text", quotations=tuple(Quotation("abc", "en", NamedNode(str(part)[1:-1]), at, file) for at in places)
    )
    assert words(language).source(source).count("abc") == MOST_QUOTED
    assert words(language).source(source).endswith(rest)


def test_a_proof_names_the_record_of_what_is_not_held() -> None:
    text = tree("id:mandate-LAKE", "md:foundedBy", "id:S_1999_11")
    assert "S/1999/11 is a letter; replies to S/1999/10; accepts S/1999/10 - by record: the yearbook, page 7" in text
    assert "[founding-letter-reply]" in text
    assert "Weak evidence: a catalogue record, no text of it is held - S/1999/11: the yearbook, page 7" in text


def test_the_weakest_evidence_stands_first() -> None:
    """What is known by record alone comes before what a text says, whatever the order of the rule's body."""
    lines = tree("id:mandate-LAKE", "md:foundedBy", "id:S_1999_11").splitlines()
    assert "by record" in lines[2]
    assert not any("by record" in line for line in lines[3:-1])


def test_a_proof_tells_reference_facts_from_words() -> None:
    text = tree("id:mandate-LAKE", "md:serves", "id:state-AAA")
    assert (
        "Lake Centre covers region region-LAKE - reference fact: data/entities, data/entities/organisations.yaml"
        in text
    )
    assert "Aland is a Member State - reference fact: data/entities" in text or "Aland lies in region-LAKE" in text


def test_what_was_proved_above_is_not_proved_again() -> None:
    again = 0
    for triple in closure().published:
        found = prove(closure(), triple, facts_at_hand())
        assert found is not None
        lines = [line.strip() for line in to_text(found, words()).splitlines()]
        headed = [line for line, after in pairwise(lines) if after.startswith("because")]
        assert len(headed) == len(set(headed))
        again += any(line.endswith("(as above)") for line in lines)
    assert again


def test_a_proof_in_french_uses_french_labels_and_sentences() -> None:
    text = tree("id:A_RES_59_7", "md:restsOn", "id:S_1999_10", "fr")
    assert text.startswith("A/RES/59/7 repose sur S/1999/10\n  parce que : un document qui cite une lettre fondatrice")
    assert "S/1999/10 a la qualité de « lettre fondatrice »" in text


def test_a_stated_fact_is_its_own_proof() -> None:
    text = tree("id:A_RES_60_3.pp3", "md:recalls", "id:S_1999_10")
    assert text.splitlines()[0] == "A/RES/60/3 pp3 recalls S/1999/10 - by record: the resolution as published"


def test_what_is_neither_stated_nor_concluded_has_no_proof() -> None:
    assert prove(closure(), fact("id:A_RES_60_3", "md:cites", "id:A_RES_62_1"), facts_at_hand()) is None


def test_json_says_the_same_and_more() -> None:
    value = json.loads(json.dumps(to_json(proof("id:A_RES_59_7", "md:cites", "id:S_1999_10"), words())))
    leaf = value["premises"][1]["premises"][0]["source"]
    assert (leaf["quotation"], leaf["file"], leaf["start"], leaf["end"]) == ("S/1999/10", "resolution.txt", 69, 78)
    assert (leaf["part_start"], leaf["part_end"]) == (49, 58)
    assert [(one["start"], one["end"], one["quotation"]) for one in leaf["more"]] == [(97, 106, "S/1999/10")]
    assert (leaf["symbol"], leaf["language"]) == ("A/RES/59/7", "en")
    assert leaf["part"].endswith("A_RES_59_7.pp1>")
    assert value["axioms"][0]["source"]["kind"] == "ontology"
    assert value["sentences"][0] == "A/RES/59/7 cites S/1999/10"
    assert value["weak"] == []


def test_every_conclusion_of_the_collection_can_be_explained() -> None:
    """No proof of an inferred triple fails to print, in any language, folded or in full."""
    for language in languages():
        say = words(language)
        for triple in closure().inferred:
            found = prove(closure(), triple, facts_at_hand())
            assert found is not None
            for full in (False, True):
                text = to_text(found, say, full=full)
                assert "None" not in text
                assert "“”" not in text


def keys(value: dict[str, Any], before: str = "") -> set[str]:
    """Return all keys of nested values, with those above them."""
    below = (keys(part, f"{before}{key}.") for key, part in value.items() if isinstance(part, dict))
    return {before + key for key in value}.union(*below)


def test_languages_have_the_same_sentences() -> None:
    english, *others = (keys(sentences_of_language(language)) for language in ("en", *languages()))
    assert all(english == other for other in others)


def test_every_rule_of_the_table_that_joins_facts_has_a_sentence() -> None:
    """Those of the schema alone may say only by which rule it follows."""
    told = sentences_of_language("en")["rules"].keys()
    assert not {row.name for row in TABLE if not row.name.startswith("scm-")} - {"dt-type1"} - told


def test_every_phrase_is_of_a_property_and_names_both_ends() -> None:
    axioms = [fact_of(quad) for quad in parse(path=shipped_path("ontology/mandata.ttl"))]
    properties = {str(s).strip("<>").removeprefix(MD) for s, _, o in axioms if str(o).endswith("Property>")}
    for language in languages():
        phrases = sentences_of_language(language)["phrases"]
        assert not {name for name in phrases if ":" not in name} - properties
        assert all("s}" in phrase and "o}" in phrase for phrase in phrases.values())


def test_an_unknown_language_is_refused_in_one_line() -> None:
    with pytest.raises(MandataError, match="use one of en, fr"):
        Verbalizer(facts_at_hand(), {}, "xx")


def test_a_contradiction_is_said_in_a_sentence() -> None:
    found = close(triples("id:x a md:Letter , md:Report . md:Letter owl:disjointWith md:Report .")).contradictions
    assert [words().contradiction(each) for each in found] == [
        "these cannot all hold: x is a letter; x is a report, because nothing is both a letter and a report [cax-dw]"
    ]


def test_an_axiom_is_told_as_a_sentence() -> None:
    told = [words().fact(each) for each in facts("md:Letter rdfs:subClassOf md:Document . :a owl:sameAs :b .")]
    assert told[0] == "every letter is a document"
    assert " is the same thing as " in told[1]


NAMED = [
    ("id:S_1999_10", "S/1999/10"),
    ("id:S_1999_10.p2.1", "S/1999/10 p2.1"),
    ("id:A_RES_59_7.pp1.cites-S_1999_10", "the citation of S/1999/10 in A/RES/59/7 pp1"),
    ("id:S_1999_11.record", "the record of S/1999/11"),
    ("id:A_RES_59_7.rests-on-S_1999_10", "the path from A/RES/59/7 to S/1999/10"),
    ("id:S_1999_10.en.0a0a0a0a", "letter.txt"),
    ("id:S_1999_10.en.0a0a0a0a.span-0-9", "characters 0 to 9 of S/1999/10"),
    ("id:S_1999_10.en", "S/1999/10 (en)"),
    ("id:centre-LAKE", "Lake Centre"),
    ("md:FoundingLetter", "founding letter"),
    ("owl:sameAs", "owl:sameAs"),
]


@pytest.mark.parametrize(("term", "name"), NAMED)
def test_a_thing_is_called_by_what_a_reader_knows(term: str, name: str) -> None:
    assert words().name(fact(term, term, term)[0]) == name
