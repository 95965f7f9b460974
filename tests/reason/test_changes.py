"""A closed graph into which facts come, and from which they go, says what closing anew would say, and can prove it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from pyoxigraph import parse
from test_against_owlrl import ontology

from mandata.errors import MandataError
from mandata.package_data import shipped
from mandata.reason import Fact, Step, close, fact_of, materialize
from mandata.reason.engine.materialization import Materialization
from mandata.reason.engine.reasoner import Problem
from mandata.reason.owl_rl.rule_table import RULES
from mandata.reason.verify import faults
from turtle_text import facts

KB = Path(__file__).with_name("kb.ttl")
RULE_FILES = shipped("ontology/rules")


def same_as_anew(closed: Materialization, given: set[Fact], rules: Path | None = None) -> None:
    now, anew = closed.closure(), close(sorted(given, key=str), rules=rules)
    assert set(now.inferred) == set(anew.inferred)
    assert now.contradictions == anew.contradictions
    assert set(now.steps) == set(anew.steps)
    assert len(now.steps) == len(anew.steps)


def without_lists(seed: int) -> str:
    return "\n".join(line for line in ontology(seed).splitlines() if "(" not in line)


@pytest.mark.parametrize("seed", range(40))
def test_random_changes_of_a_random_ontology(seed: int) -> None:
    """Of six changes each, some take axioms, or facts that follow from others too."""
    chance = random.Random(seed)
    given = set(facts(without_lists(seed)))
    closed = Materialization(Problem(sorted(given, key=str), RULES))
    known = sorted(given, key=str)
    for _ in range(6):
        gone = set(chance.sample(known, min(len(known), chance.randrange(4)))) & given
        said = (f":x{chance.randrange(6)} :p{chance.randrange(5)} :x{chance.randrange(6)} ." for _ in range(2))
        come = set(facts(" ".join(said))) | set(chance.sample(known, 1))
        closed.change(come - gone, gone)
        given = (given | come) - gone
        known = sorted({*known, *come}, key=str)
        same_as_anew(closed, given)
        assert faults(closed.closure().steps, given) == []


@pytest.mark.parametrize("seed", range(6))
def test_random_changes_of_the_collection_with_our_own_rules(seed: int) -> None:
    """Rules that ask for an absence take back what they concluded, and conclude what was in the way."""
    chance = random.Random(seed)
    axioms = [fact_of(quad) for quad in parse(path=shipped("ontology/mandata.ttl")) if "_:" not in str(quad)]
    data = sorted((fact_of(quad) for quad in parse(path=KB)), key=str)
    given = {*axioms, *data}
    closed = materialize(sorted(given, key=str), rules=RULE_FILES)
    for _ in range(4):
        gone = set(chance.sample(data, 8))
        closed.change(gone - given, gone & given)
        given = (given | gone) - (gone & given)
        same_as_anew(closed, given, RULE_FILES)


def test_what_is_stated_needs_no_step_and_gets_one_when_it_is_withdrawn() -> None:
    """A fact that was concluded, then stated, then withdrawn, follows again."""
    given = facts(":p a owl:SymmetricProperty . :a :p :b .")
    (back,) = facts(":b :p :a .")
    closed = Materialization(Problem(given, RULES))
    assert closed.closure().steps[back].rule == "prp-symp"
    closed.change([back])
    assert back not in closed.closure().steps
    closed.change(removed=[back])
    assert closed.closure().steps[back].rule == "prp-symp"
    closed.change(removed=facts(":a :p :b ."))
    assert closed.closure().inferred == ()


def test_facts_that_prove_each_other_fall_together() -> None:
    closed = Materialization(Problem(facts(":p a owl:SymmetricProperty , owl:TransitiveProperty . :a :p :b ."), RULES))
    closed.change(removed=facts(":a :p :b ."))
    assert closed.closure().inferred == ()


def test_a_new_axiom_makes_new_rules_and_one_withdrawn_takes_them_back() -> None:
    given = facts(":a :p :b .")
    closed = Materialization(Problem(given, RULES))
    closed.change(facts(":p rdfs:subPropertyOf :q . :q rdfs:domain :C ."))
    assert set(closed.closure().steps) >= set(facts(":a :q :b ; a :C ."))
    closed.change(removed=facts(":q rdfs:domain :C ."))
    assert set(closed.closure().steps) == set(facts(":a :q :b ."))


def test_a_contradiction_comes_and_goes() -> None:
    given = facts(":C owl:disjointWith :D . :a a :C . :p rdfs:range xsd:integer .")
    closed = Materialization(Problem(given, RULES))
    for new, rule in (
        (":a a :D .", "cax-dw"),
        (':a :p "x" .', "dt-not-type"),
        (':a :q "x"^^xsd:byte .', "dt-not-type"),
    ):
        closed.change(facts(new))
        assert [each.rule for each in closed.closure().contradictions] == [rule]
        closed.change(removed=facts(new))
        assert closed.closure().contradictions == ()


def test_a_literal_that_comes_later_is_of_the_datatypes_that_rules_ask_for() -> None:
    given = facts(":C owl:onProperty :p ; owl:someValuesFrom xsd:decimal . :a :q :b .")
    closed = Materialization(Problem(given, RULES))
    closed.change(facts(":a :p 7 ."))
    same_as_anew(closed, {*given, *facts(":a :p 7 .")})
    assert set(facts(":a a :C .")) <= set(closed.closure().steps)


def test_what_was_computed_outside_comes_and_goes_with_its_premises() -> None:
    given = facts(":a :text 1 . :b :text 1 . :p owl:inverseOf :q .")
    (found,) = facts(":a :p :b .")
    step = Step("wording", (), (given[0], given[1]))
    closed = Materialization(Problem(given, RULES))
    closed.change(computed={found: step})
    assert closed.closure().steps[found] == step
    assert set(facts(":b :q :a .")) <= set(closed.closure().steps)
    closed.change(removed=[given[0]], computed={})
    assert closed.closure().inferred == ()
    with pytest.raises(MandataError, match="what is not known"):
        closed.change(facts(":c :q :d ."), computed={found: step})
    assert closed.closure().inferred == ()
    closed.change([given[0]], [given[0]], computed={found: step})
    assert set(closed.closure().steps) == {found, *facts(":b :q :a .")}


def test_unnamed_things_keep_the_names_they_were_given() -> None:
    given = facts(":C rdfs:subClassOf :D . _:x a :C . _:y a :C .")
    closed = Materialization(Problem(given, RULES))
    closed.change(facts(":D rdfs:subClassOf :E ."), [given[1]])
    assert [str(triple.object) for triple in closed.closure().inferred if "b1" in str(triple.subject)] == [
        "<https://example.org/D>",
        "<https://example.org/E>",
    ]
