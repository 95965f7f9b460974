"""On random ontologies of every kind of axiom, the engine finds what owlrl finds, and can prove it.

``owl:hasKey`` is left out (owlrl's prp-key is unsound), AllDifferent and AllDisjointProperties too (it never checks
their last member); literals that must be equal and are not are a contradiction to us alone (owlrl has no dt-diff).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.engines import write
from mandata.reason.close import ENGINES, close, entail
from mandata.reason.files import read_facts
from step_checker import faults
from turtle_text import facts, triples

_KINDS = ("TransitiveProperty", "SymmetricProperty", "FunctionalProperty", "InverseFunctionalProperty")


def ontology(seed: int) -> str:
    """Return a small random ontology with data, as Turtle without unnamed nodes but lists."""
    chance = random.Random(seed)

    def c() -> str:
        return f":C{chance.randrange(5)}"

    def p() -> str:
        return f":p{chance.randrange(5)}"

    def x() -> str:
        return f":x{chance.randrange(6)}"

    def r() -> str:
        return f":R{chance.randrange(4)}"

    def c_or_thing() -> str:
        return chance.choice([c(), "owl:Thing"])

    axioms: list[Callable[[], str]] = [
        lambda: f"{c()} rdfs:subClassOf {c()} , {r()} .",
        lambda: f"{p()} rdfs:subPropertyOf {p()} .",
        lambda: f"{p()} rdfs:domain {c()} ; rdfs:range {c()} .",
        lambda: f"{p()} owl:inverseOf {p()} .",
        lambda: f"{p()} a owl:{chance.choice(_KINDS)} .",
        lambda: f"{p()} owl:propertyChainAxiom ({p()} {p()}) .",
        lambda: f"{c()} owl:equivalentClass {chance.choice([c(), r()])} .",
        lambda: f"{r()} owl:onProperty {p()} ; owl:someValuesFrom {c_or_thing()} ; rdfs:subClassOf {c()} .",
        lambda: f"{r()} owl:onProperty {p()} ; owl:allValuesFrom {c()} .",
        lambda: f"{r()} owl:onProperty {p()} ; owl:hasValue {x()} .",
        lambda: f"{c()} owl:intersectionOf ({c()} {c()}) .",
        lambda: f"{c()} owl:unionOf ({c()} {c()}) .",
        lambda: f"{c()} owl:oneOf ({x()} {x()}) .",
        lambda: f"{r()} owl:onProperty {p()} ; owl:maxCardinality 1 .",
        lambda: f"{r()} owl:onProperty {p()} ; owl:maxQualifiedCardinality 1 ; owl:onClass {c_or_thing()} .",
        lambda: f"{x()} owl:sameAs {x()} .",
        lambda: f"{p()} owl:equivalentProperty {p()} .",
        lambda: f"{c()} owl:disjointWith {c()} .",
        lambda: f"owl:Thing rdfs:subClassOf {c()} .",
    ]
    declared = [f":C{i} a owl:Class . :p{i} a owl:ObjectProperty ." for i in range(5)]
    said = [chance.choice(axioms)() for _ in range(chance.randrange(3, 10))]
    data = [f"{x()} {p()} {x()} . {x()} a {c()} ." for _ in range(chance.randrange(3, 9))]
    return "\n".join([*declared, *said, *data])


def test_same_closure_of_documents(tmp_path: Path) -> None:
    """Our ontology over generated documents, with what is trivial and without."""
    files = write(tmp_path, 1_500)
    for useful in (True, False):
        native, oracle = (entail(read_facts(files), engine, useful=useful).inferred for engine in ENGINES)
        about = {
            triple
            for triple in oracle
            if "XMLSchema#" not in str(triple) and "rdf-syntax-ns#" not in str(triple.subject)
        }
        assert about - set(native) == set()
        assert set(native) - set(oracle) == set()


@pytest.mark.parametrize("seed", range(30))
def test_same_closure_same_verdict_and_every_proof_holds(seed: int) -> None:
    text = ontology(seed)
    given = triples(text)
    native, oracle = close(given), close(given, engine="owlrl")
    assert set(native.inferred) == set(oracle.inferred)
    assert bool(native.contradictions) == bool(oracle.contradictions)
    if "(" not in text:  # the parser names list nodes anew each time it reads
        assert faults(native.steps, facts(text)) == []
