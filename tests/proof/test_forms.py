"""A proof as provenance and as a drawing: the same facts, well-formed, the same bytes twice."""

from __future__ import annotations

import re

import pytest
from collection import closure, facts_at_hand, proof, words
from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse, serialize

from mandata.proof import Proof, prove
from mandata.proof.fold import proofs_within
from mandata.proof.forms.mermaid import to_mermaid
from mandata.proof.forms.prov import statement_name, to_prov
from mandata.rdf.namespaces import PROV, RDF
from mandata.rdf.turtle import turtle_of_triples

ASKED = [
    ("id:A_RES_59_7", "md:restsOn", "id:S_1999_10"),
    ("id:mandate-LAKE", "md:serves", "id:state-AAA"),
    ("id:A_RES_60_3.pp3", "md:recalls", "id:S_1999_10"),
]


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_provenance_has_an_activity_for_each_step_and_an_entity_for_each_fact(asked: tuple[str, str, str]) -> None:
    whole = proof(*asked)
    triples = to_prov(whole, words(), "en")
    steps = [each for each in proofs_within(whole) if each.step]
    generated = {str(t.subject) for t in triples if t.predicate.value == PROV + "wasGeneratedBy"}
    assert generated == {str(statement_name(each.fact)) for each in steps}
    entities = {
        t.subject for t in triples if t.predicate.value == RDF + "type" and t.object == NamedNode(PROV + "Entity")
    }
    assert {statement_name(each.fact) for each in proofs_within(whole)} <= entities
    used = {t.object for t in triples if t.predicate.value in (PROV + "used", PROV + "wasDerivedFrom")}
    assert used <= entities


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_provenance_is_turtle_without_blank_nodes_and_the_same_bytes_twice(asked: tuple[str, str, str]) -> None:
    text = turtle_of_triples(to_prov(proof(*asked), words(), "en"))
    assert text == turtle_of_triples(reversed(to_prov(proof(*asked), words(), "en")))
    read = list(parse(text, format=RdfFormat.TURTLE))
    assert {q.triple for q in read} == set(to_prov(proof(*asked), words(), "en"))
    assert not any(isinstance(term, BlankNode) for q in read for term in (q.subject, q.object))


def test_provenance_quotes_the_words_and_names_their_paragraph_and_file() -> None:
    triples = to_prov(proof("id:A_RES_59_7", "md:cites", "id:S_1999_10"), words(), "en")
    text = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
    span = "<https://w3id.org/mandata/id/A_RES_59_7.en.0b0b0b0b.span-69-78>"
    assert f'{span} <{PROV}value> "S/1999/10"@en .' in text
    assert f"{span} <{PROV}wasQuotedFrom> <https://w3id.org/mandata/id/A_RES_59_7.pp1> ." in text
    assert f"{span} <{PROV}hadPrimarySource> <https://w3id.org/mandata/id/A_RES_59_7.en.0b0b0b0b> ." in text


LINE = re.compile(
    r'flowchart TD|  [frs]\d+(?:\["[^"]*"\]|\{\{"[^"]*"\}\}|>"[^"]*"\])|  [frs]\d+ (?:-->|-\.->) [frs]\d+'
)


def test_every_drawing_is_made_of_nodes_and_arrows_between_them() -> None:
    for triple in closure().published:
        found = prove(closure(), triple, facts_at_hand())
        assert found is not None
        lines = to_mermaid(found, words()).splitlines()
        assert all(LINE.fullmatch(line) for line in lines), lines
        nodes = {line.split("[")[0].split("{")[0].split(">")[0].strip() for line in lines[1:] if "-" not in line[:8]}
        arrows = [re.split(r" -->| -\.->", line.strip()) for line in lines[1:] if "-->" in line or "-.->" in line]
        assert {end.strip() for arrow in arrows for end in arrow} <= nodes


def test_a_label_cannot_end_its_quotes() -> None:
    whole = proof("id:A_RES_60_3.pp3", "md:recalls", "id:S_1999_10")
    assert isinstance(whole, Proof)
    assert '"]' in to_mermaid(whole, words())
