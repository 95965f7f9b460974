"""Each rule of OWL 2 RL concludes what W3C's table says it does."""

from __future__ import annotations

import pytest

from mandata.reason.close import close, entail
from mandata.reason.owl_rl.rule_table import REFLEXIVITY, RULES
from step_checker import faults
from turtle_text import facts, triples

ENTAILMENTS: list[tuple[str, str, str]] = [
    ("eq-sym", ":a owl:sameAs :b .", ":b owl:sameAs :a ."),
    ("eq-trans", ":a owl:sameAs :b . :b owl:sameAs :c .", ":a owl:sameAs :c ."),
    ("eq-rep-s", ":a owl:sameAs :b ; :p :c .", ":b :p :c ."),
    ("eq-rep-p", ":p owl:sameAs :q . :a :p :b .", ":a :q :b ."),
    ("eq-rep-o", ":b owl:sameAs :c . :a :p :b .", ":a :p :c ."),
    ("prp-dom", ":p rdfs:domain :C . :a :p :b .", ":a a :C ."),
    ("prp-rng", ":p rdfs:range :C . :a :p :b .", ":b a :C ."),
    ("prp-fp", ":p a owl:FunctionalProperty . :a :p :b , :c .", ":b owl:sameAs :c ."),
    ("prp-ifp", ":p a owl:InverseFunctionalProperty . :a :p :c . :b :p :c .", ":a owl:sameAs :b ."),
    ("prp-symp", ":p a owl:SymmetricProperty . :a :p :b .", ":b :p :a ."),
    ("prp-trp", ":p a owl:TransitiveProperty . :a :p :b . :b :p :c .", ":a :p :c ."),
    ("prp-spo1", ":p rdfs:subPropertyOf :q . :a :p :b .", ":a :q :b ."),
    ("prp-spo2", ":r owl:propertyChainAxiom (:p :q) . :a :p :b . :b :q :c .", ":a :r :c ."),
    ("prp-spo2", ":r owl:propertyChainAxiom (:p :q :p) . :a :p :b . :b :q :c . :c :p :d .", ":a :r :d ."),
    ("prp-eqp1", ":p owl:equivalentProperty :q . :a :p :b .", ":a :q :b ."),
    ("prp-eqp2", ":p owl:equivalentProperty :q . :a :q :b .", ":a :p :b ."),
    ("prp-inv1", ":p owl:inverseOf :q . :a :p :b .", ":b :q :a ."),
    ("prp-inv2", ":p owl:inverseOf :q . :a :q :b .", ":b :p :a ."),
    ("prp-key", ":C owl:hasKey (:p :q) . :a a :C ; :p 1 ; :q 2 . :b a :C ; :p 1 ; :q 2 .", ":a owl:sameAs :b ."),
    ("cls-int1", ":C owl:intersectionOf (:D :E) . :a a :D , :E .", ":a a :C ."),
    ("cls-int2", ":C owl:intersectionOf (:D :E) . :a a :C .", ":a a :D , :E ."),
    ("cls-uni", ":C owl:unionOf (:D :E) . :a a :E .", ":a a :C ."),
    ("cls-svf1", ":C owl:someValuesFrom :D ; owl:onProperty :p . :a :p :b . :b a :D .", ":a a :C ."),
    ("cls-svf2", ":C owl:someValuesFrom owl:Thing ; owl:onProperty :p . :a :p :b .", ":a a :C ."),
    ("cls-avf", ":C owl:allValuesFrom :D ; owl:onProperty :p . :a a :C ; :p :b .", ":b a :D ."),
    ("cls-hv1", ":C owl:hasValue :b ; owl:onProperty :p . :a a :C .", ":a :p :b ."),
    ("cls-hv2", ":C owl:hasValue :b ; owl:onProperty :p . :a :p :b .", ":a a :C ."),
    ("cls-maxc2", ":C owl:maxCardinality 1 ; owl:onProperty :p . :a a :C ; :p :b , :c .", ":b owl:sameAs :c ."),
    (
        "cls-maxqc3",
        ":C owl:maxQualifiedCardinality 1 ; owl:onProperty :p ; owl:onClass :D ."
        " :a a :C ; :p :b , :c , :e . :b a :D . :c a :D .",
        ":b owl:sameAs :c .",
    ),
    (
        "cls-maxqc4",
        ":C owl:maxQualifiedCardinality 1 ; owl:onProperty :p ; owl:onClass owl:Thing . :a a :C ; :p :b , :c .",
        ":b owl:sameAs :c .",
    ),
    ("cls-oo", ":C owl:oneOf (:a :b) .", ":a a :C . :b a :C ."),
    ("cax-sco", ":C rdfs:subClassOf :D . :a a :C .", ":a a :D ."),
    ("cax-eqc1", ":C owl:equivalentClass :D . :a a :C .", ":a a :D ."),
    ("cax-eqc2", ":C owl:equivalentClass :D . :a a :D .", ":a a :C ."),
    ("dt-type2", ':C owl:someValuesFrom xsd:decimal ; owl:onProperty :p . :a :p "7"^^xsd:integer .', ":a a :C ."),
    ("scm-sco", ":C rdfs:subClassOf :D . :D rdfs:subClassOf :E .", ":C rdfs:subClassOf :E ."),
    ("scm-eqc1", ":C owl:equivalentClass :D .", ":C rdfs:subClassOf :D . :D rdfs:subClassOf :C ."),
    ("scm-eqc2", ":C rdfs:subClassOf :D . :D rdfs:subClassOf :C .", ":C owl:equivalentClass :D ."),
    ("scm-spo", ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :r .", ":p rdfs:subPropertyOf :r ."),
    ("scm-eqp1", ":p owl:equivalentProperty :q .", ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p ."),
    ("scm-eqp2", ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p .", ":p owl:equivalentProperty :q ."),
    ("scm-dom1", ":p rdfs:domain :C . :C rdfs:subClassOf :D .", ":p rdfs:domain :D ."),
    ("scm-dom2", ":q rdfs:domain :C . :p rdfs:subPropertyOf :q .", ":p rdfs:domain :C ."),
    ("scm-rng1", ":p rdfs:range :C . :C rdfs:subClassOf :D .", ":p rdfs:range :D ."),
    ("scm-rng2", ":q rdfs:range :C . :p rdfs:subPropertyOf :q .", ":p rdfs:range :C ."),
    (
        "scm-hv",
        ":C owl:hasValue :v ; owl:onProperty :p . :D owl:hasValue :v ; owl:onProperty :q . :p rdfs:subPropertyOf :q .",
        ":C rdfs:subClassOf :D .",
    ),
    (
        "scm-svf1",
        ":C owl:someValuesFrom :Y ; owl:onProperty :p . :D owl:someValuesFrom :Z ; owl:onProperty :p ."
        " :Y rdfs:subClassOf :Z .",
        ":C rdfs:subClassOf :D .",
    ),
    (
        "scm-svf2",
        ":C owl:someValuesFrom :Y ; owl:onProperty :p . :D owl:someValuesFrom :Y ; owl:onProperty :q ."
        " :p rdfs:subPropertyOf :q .",
        ":C rdfs:subClassOf :D .",
    ),
    (
        "scm-avf1",
        ":C owl:allValuesFrom :Y ; owl:onProperty :p . :D owl:allValuesFrom :Z ; owl:onProperty :p ."
        " :Y rdfs:subClassOf :Z .",
        ":C rdfs:subClassOf :D .",
    ),
    (
        "scm-avf2",
        ":C owl:allValuesFrom :Y ; owl:onProperty :p . :D owl:allValuesFrom :Y ; owl:onProperty :q ."
        " :p rdfs:subPropertyOf :q .",
        ":D rdfs:subClassOf :C .",
    ),
    ("scm-int", ":C owl:intersectionOf (:D :E) .", ":C rdfs:subClassOf :D , :E ."),
    ("scm-uni", ":C owl:unionOf (:D :E) .", ":D rdfs:subClassOf :C . :E rdfs:subClassOf :C ."),
    # lists of one, of three and more, and unnamed classes and properties:
    ("prp-spo2", ":r owl:propertyChainAxiom (:p) . :a :p :b .", ":a :r :b ."),
    ("prp-spo2", ":r owl:propertyChainAxiom (:p :p :p :p) . :a :p :b . :b :p :a .", ":a :r :a . :b :r :b ."),
    ("prp-spo2", ":p owl:propertyChainAxiom (:p :p) . :a :p :b . :b :p :c . :c :p :d .", ":a :p :d ."),
    ("prp-key", ":C owl:hasKey (:p) . :a a :C ; :p 1 . :b a :C ; :p 2 , 1 .", ":a owl:sameAs :b ."),
    (
        "prp-key",
        ":C owl:hasKey (:p :q :r) . :a a :C ; :p 1 ; :q 2 ; :r :x . :b a :C ; :p 1 ; :q 2 ; :r :y . :x owl:sameAs :y .",
        ":a owl:sameAs :b .",
    ),
    ("cls-int1", ":C owl:intersectionOf (:D :E :F) . :a a :D , :E , :F .", ":a a :C ."),
    ("cls-uni", ":C owl:unionOf (:D :E :F) . :a a :F .", ":a a :C ."),
    ("cls-oo", ":C owl:oneOf (:a) .", ":a a :C ."),
    ("prp-fp", ":p a owl:FunctionalProperty . :a :p :b , :c , :d .", ":b owl:sameAs :c , :d . :d owl:sameAs :c ."),
    ("cls-avf", ":C rdfs:subClassOf [ owl:onProperty :p ; owl:allValuesFrom :D ] . :a a :C ; :p :b .", ":b a :D ."),
    ("cls-hv1", ":C rdfs:subClassOf [ owl:onProperty :p ; owl:hasValue 1 ] . :a a :C .", ":a :p 1 ."),
    ("cls-hv2", "[ owl:onProperty :p ; owl:hasValue 1 ] rdfs:subClassOf :C . :a :p 1 .", ":a a :C ."),
    ("cls-svf1", "[ owl:onProperty :p ; owl:someValuesFrom :D ] rdfs:subClassOf :C . :a :p [ a :D ] .", ":a a :C ."),
    (
        "cls-maxc2",
        ":C rdfs:subClassOf [ owl:maxCardinality 1 ; owl:onProperty :p ] . :a a :C ; :p :b , :c .",
        ":b owl:sameAs :c .",
    ),
    ("prp-inv2", ":q owl:equivalentProperty [ owl:inverseOf :p ] . :a :p :b .", ":b :q :a ."),
    ("prp-inv1", ":p owl:inverseOf :p . :a :p :b .", ":b :p :a ."),
    ("eq-rep-o", ":C owl:sameAs :D . :D rdfs:subClassOf :E . :a a :C .", ":a a :D , :E ."),
    ("eq-rep-s", ":a owl:sameAs :b . :b owl:sameAs :c . :c :p :d .", ":a owl:sameAs :c ."),
]

TRIVIAL: list[tuple[str, str, str]] = [
    ("eq-ref", ":a :p :b .", ":a owl:sameAs :a . :p owl:sameAs :p . :b owl:sameAs :b ."),
    ("scm-cls", ":C a owl:Class .", ":C rdfs:subClassOf :C , owl:Thing . owl:Nothing rdfs:subClassOf :C ."),
    ("scm-op", ":p a owl:ObjectProperty .", ":p rdfs:subPropertyOf :p ; owl:equivalentProperty :p ."),
    ("scm-dp", ":p a owl:DatatypeProperty .", ":p rdfs:subPropertyOf :p ; owl:equivalentProperty :p ."),
    ("cls-thing", ":a :p :b .", "owl:Thing a owl:Class ."),
    ("dt-type1", ":a :p :b .", "xsd:unsignedByte a rdfs:Datatype . rdf:XMLLiteral a rdfs:Datatype ."),
    ("cls-nothing1", ":a :p :b .", "owl:Nothing a owl:Class ."),
    ("prp-ap", ":a :p :b .", "rdfs:label a owl:AnnotationProperty ."),
]

CONTRADICTIONS: list[tuple[str, str]] = [
    ("eq-diff1", ":a owl:sameAs :b ; owl:differentFrom :b ."),
    ("eq-diff1", ":a owl:differentFrom :a ."),
    ("eq-diff2", ":x a owl:AllDifferent ; owl:members (:a :b :c) . :b owl:sameAs :c ."),
    ("eq-diff3", ":x a owl:AllDifferent ; owl:distinctMembers (:a :b :c) . :a owl:sameAs :c ."),
    ("prp-irp", ":p a owl:IrreflexiveProperty . :a :p :a ."),
    ("prp-asyp", ":p a owl:AsymmetricProperty . :a :p :b . :b :p :a ."),
    ("prp-pdw", ":p owl:propertyDisjointWith :q . :a :p :b ; :q :b ."),
    ("prp-adp", ":x a owl:AllDisjointProperties ; owl:members (:p :q :r) . :a :q :b ; :r :b ."),
    ("prp-npa1", ":x owl:sourceIndividual :a ; owl:assertionProperty :p ; owl:targetIndividual :b . :a :p :b ."),
    ("prp-npa2", ":x owl:sourceIndividual :a ; owl:assertionProperty :p ; owl:targetValue 1 . :a :p 1 ."),
    ("cls-nothing2", ":a a owl:Nothing ."),
    ("cls-com", ":C owl:complementOf :D . :a a :C , :D ."),
    ("cls-maxc1", ":C owl:maxCardinality 0 ; owl:onProperty :p . :a a :C ; :p :b ."),
    (
        "cls-maxqc1",
        ":C owl:maxQualifiedCardinality 0 ; owl:onProperty :p ; owl:onClass :D . :a a :C ; :p :b . :b a :D .",
    ),
    (
        "cls-maxqc2",
        ":C owl:maxQualifiedCardinality 0 ; owl:onProperty :p ; owl:onClass owl:Thing . :a a :C ; :p :b .",
    ),
    ("cax-dw", ":C owl:disjointWith :D . :a a :C , :D ."),
    ("cax-adc", ":x a owl:AllDisjointClasses ; owl:members (:C :D :E) . :a a :D , :E ."),
    ("dt-not-type", ':a :p "many"^^xsd:integer .'),
    ("dt-not-type", ':p rdfs:range xsd:integer . :a :p "seven" .'),
    ("dt-diff", ":p a owl:FunctionalProperty . :a :p 1 , 2 ."),
    ("dt-diff", ':p a owl:FunctionalProperty . :a :p "x"@en , "x"@fr .'),
    (
        "dt-diff",
        ":C owl:hasKey (:q) . :p a owl:FunctionalProperty . :a a :C ; :q 1 ; :p true . :b a :C ; :q 1 ; :p false .",
    ),
    # what is disjoint with itself is empty; every pair of a list counts, the last member too
    ("cax-dw", ":C owl:disjointWith :C . :a a :C ."),
    ("prp-pdw", ":p owl:propertyDisjointWith :p . :a :p :b ."),
    ("cax-adc", ":x a owl:AllDisjointClasses ; owl:members (:C :D :E) . :a a :C , :E ."),
    ("prp-adp", ":x a owl:AllDisjointProperties ; owl:members (:p :q :r) . :a :p :b ; :r :b ."),
    ("eq-diff2", ":x a owl:AllDifferent ; owl:members (:a :b :c) . :a owl:sameAs :c ."),
    ("eq-diff3", ":x a owl:AllDifferent ; owl:distinctMembers (:a :b :c :d) . :c owl:sameAs :d ."),
    # what is concluded counts as what is stated
    ("cax-dw", ":C owl:disjointWith :D . :E rdfs:subClassOf :C , :D . :a a :E ."),
    ("cls-nothing2", ":E rdfs:subClassOf owl:Nothing . :p rdfs:range :E . :a :p :b ."),
    ("cls-com", ":C owl:equivalentClass [ owl:complementOf :D ] . :a a :C , :D ."),
    ("prp-irp", ":p a owl:IrreflexiveProperty . :q rdfs:subPropertyOf :p . :a :q :b . :a owl:sameAs :b ."),
    ("prp-asyp", ":p a owl:AsymmetricProperty , owl:SymmetricProperty . :a :p :b ."),
    ("eq-diff1", ":p a owl:InverseFunctionalProperty . :a :p :c . :b :p :c . :a owl:differentFrom :b ."),
    (
        "cls-maxc1",
        ":C rdfs:subClassOf [ owl:maxCardinality 0 ; owl:onProperty :p ] . :q rdfs:subPropertyOf :p . :a a :C ; :q 1 .",
    ),
]

CONSISTENT: list[str] = [
    ":x a owl:AllDisjointClasses ; owl:members (:C :D :E) . :a a :C . :b a :D . :c a :E .",
    ":x a owl:AllDisjointProperties ; owl:members (:p :q :r) . :a :p :b ; :q :c ; :r :d .",
    ":x a owl:AllDifferent ; owl:distinctMembers (:a :b :c) . :a :p :b , :c .",
    ":p a owl:IrreflexiveProperty , owl:FunctionalProperty . :a :p :b . :b :p :a .",
    ":C owl:maxQualifiedCardinality 0 ; owl:onProperty :p ; owl:onClass :D . :a a :C ; :p :b . :c a :D .",
    ":C owl:maxQualifiedCardinality 1 ; owl:onProperty :p ; owl:onClass :D . :a a :C ; :p :b , :c . :b a :D .",
    ":x owl:sourceIndividual :a ; owl:assertionProperty :p ; owl:targetValue 1 . :a :p 2 .",
    ":C owl:intersectionOf () . :D owl:unionOf () . :p owl:propertyChainAxiom () . :E owl:hasKey () . :a a :E ; :p 1 .",
    ":C rdfs:subClassOf owl:Nothing .",
    ":p a owl:FunctionalProperty . :a :p :b , :c .",
    ':p a owl:FunctionalProperty . :a :p "1.0"^^xsd:double , "1"^^xsd:double .',
    ':p rdfs:range :Own . :Own a rdfs:Datatype ; owl:onDatatype xsd:integer . :a :p "x"^^:Own .',
    ":p rdfs:range xsd:integer . :a :p :b .",
    ":a owl:sameAs :b ; owl:differentFrom :c .",
    ":x a owl:AllDifferent ; owl:members (:a :b) . :a owl:sameAs :c .",
    ":p a owl:IrreflexiveProperty , owl:AsymmetricProperty . :a :p :b .",
    ":p owl:propertyDisjointWith :q . :a :p :b ; :q :c .",
    ":x owl:sourceIndividual :a ; owl:assertionProperty :p ; owl:targetIndividual :b . :a :p :c .",
    ":C owl:complementOf :D . :a a :C . :b a :D .",
    ":C owl:maxCardinality 0 ; owl:onProperty :p . :a a :C . :b :p :c .",
    ":C owl:disjointWith :D . :a a :C . :b a :D .",
    ':p a owl:FunctionalProperty . :a :p "1"^^xsd:integer , "01"^^xsd:integer , "1.0"^^xsd:decimal .',
    ':p rdfs:range xsd:decimal . :a :p 7 . :q rdfs:range xsd:date . :a :q "2007-05-07"^^xsd:date .',
    ':a :p "2007-12"^^xsd:gYearMonth , "x"@en , true , <https://example.org/i> .',
    ':a :p "2007-05-07T00:00:00Z"^^xsd:dateTime . :p rdfs:range xsd:dateTime .',
]


@pytest.mark.parametrize(("rule", "given", "follows"), ENTAILMENTS, ids=[row[0] for row in ENTAILMENTS])
def test_rule_concludes(rule: str, given: str, follows: str) -> None:
    """The conclusion is drawn, by a rule of that name somewhere in the proof, and every proof holds."""
    closure = close(triples(given))
    missing = set(triples(follows)) - set(closure.inferred)
    assert not missing
    assert rule in {step.rule for step in closure.steps.values()}
    assert all(fact in closure.steps for fact in facts(follows))


@pytest.mark.parametrize(("rule", "given", "follows"), TRIVIAL, ids=[row[0] for row in TRIVIAL])
def test_trivial_rule_concludes_where_the_whole_table_is_asked_for(rule: str, given: str, follows: str) -> None:
    """What is reflexive or axiomatic is told by ``entail`` alone."""
    assert set(triples(follows)) <= set(entail(triples(given)).inferred)
    assert not set(triples(follows)) & set(close(triples(given)).inferred)


@pytest.mark.parametrize(("rule", "given"), CONTRADICTIONS, ids=[row[0] for row in CONTRADICTIONS])
def test_rule_finds_the_contradiction(rule: str, given: str) -> None:
    """It is found under W3C's name, with the facts that clash."""
    found = close(triples(given)).contradictions
    assert rule in {each.rule for each in found}
    assert all(each.premises for each in found)


@pytest.mark.parametrize("given", CONSISTENT)
def test_no_false_alarm(given: str) -> None:
    assert close(triples(given)).contradictions == ()


def test_every_rule_of_the_table_has_a_test() -> None:
    tested = {row[0] for row in ENTAILMENTS + TRIVIAL} | {row[0] for row in CONTRADICTIONS}
    assert {row.name for row in RULES + REFLEXIVITY} <= tested


@pytest.mark.parametrize("given", [row[1] for row in ENTAILMENTS if "[" not in row[1] and "(" not in row[1]])
def test_every_proof_of_the_table_holds(given: str) -> None:
    """The independent checker accepts each step."""
    assert faults(close(triples(given)).steps, facts(given)) == []


@pytest.mark.parametrize("list_", ["owl:members", "owl:distinctMembers"])
def test_one_thing_named_twice_among_all_different_is_a_contradiction(list_: str) -> None:
    """Each is the same as itself; so it needs no premise."""
    found = close(triples(f":x a owl:AllDifferent ; {list_} (:a :b :a) .")).contradictions
    assert {each.rule for each in found} == {"eq-diff2" if list_ == "owl:members" else "eq-diff3"}


def test_no_key_makes_strangers_the_same() -> None:
    """One property of a key of two in common is not enough (owlrl's prp-key errs here)."""
    given = ":C owl:hasKey (:p :q) . :a a :C ; :p 1 ; :q 2 . :b a :C ; :p 1 ; :q 3 ."
    assert close(triples(given)).inferred == ()


def test_a_list_that_is_broken_or_runs_in_a_circle_ends_there() -> None:
    """What can be read of it counts; nothing hangs."""
    given = ":C owl:unionOf _:l . _:l rdf:first :D ; rdf:rest _:l . :a a :D . :E owl:unionOf [ rdf:first :D ] ."
    assert set(triples(":a a :C , :E .")) <= set(close(triples(given)).inferred)


def test_unnamed_things_are_told_by_entail() -> None:
    """In the input they are named anew, in what is published they do not stand."""
    closure = entail(triples(":C rdfs:subClassOf :D . [] a :C ."), useful=True)
    assert list(closure.entailed.lines()) == [
        "_:b0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://example.org/D> .\n"
    ]
    assert closure.published == ()


def test_axioms_that_follow_make_new_rules() -> None:
    """A property that turns out to be transitive is run as one, and a chain may feed a class axiom."""
    given = ":P rdfs:subClassOf owl:TransitiveProperty . :p a :P . :a :p :b . :b :p :c ."
    assert set(triples(":a :p :c .")) <= set(close(triples(given)).inferred)
