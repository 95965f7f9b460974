"""The ontology is in OWL 2 DL and in OWL 2 RL, alone, with its alignments, and with all that is published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from owl2 import dl, rl
from owl2.read import Ontology, read
from rdflib import Graph, URIRef

from mandata.package_data import shipped_path
from mandata.rdf.namespaces import expand

ONTOLOGY = shipped_path("ontology")
CORE, ALIGNMENTS = ONTOLOGY / "mandata.ttl", ONTOLOGY / "alignments.ttl"
SCHEMES = sorted((ONTOLOGY / "schemes").glob("*.ttl"))
CASES: dict[str, list[Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "tables" / "profiles.yaml").read_text(encoding="utf-8")
)
# Dates as texts give them are data of their own datatypes, which RDF 1.1 has and the datatype map of OWL 2 has not; no
# axiom speaks of them, so a reasoner may take them for names of values.
DATES = {URIRef(expand(f"xsd:{name}")) for name in ("date", "gYear", "gYearMonth")}
_DECLARED = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://example.org/> a owl:Ontology .
:C a owl:Class . :D a owl:Class . :E a owl:Class .
:p a owl:ObjectProperty . :q a owl:ObjectProperty . :r a owl:ObjectProperty .
:d a owl:DatatypeProperty . :e a owl:DatatypeProperty . :a a owl:AnnotationProperty . :t a rdfs:Datatype .
"""


def parsed(*paths: Path) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


def small(turtle: str) -> Ontology:
    return read([Graph().parse(data=_DECLARED + turtle, format="turtle")])


@pytest.mark.parametrize("turtle", CASES["inside"])
def test_what_both_profiles_allow_is_not_told(turtle: str) -> None:
    assert dl.violations(small(turtle)) == []
    assert rl.violations(small(turtle)) == []


@pytest.mark.parametrize("case", CASES["outside"], ids=lambda case: case["what"])
def test_what_a_profile_forbids_is_told(case: dict[str, str]) -> None:
    """What DL forbids is told by DL; what RL alone forbids, by RL alone."""
    found = dl.violations(small(case["turtle"]))
    if "dl" in case:
        assert any(fault.startswith(case["dl"]) for fault in found), found
    else:
        assert found == []
        faults = rl.violations(small(case["turtle"]))
        assert any(fault.startswith(case["rl"]) for fault in faults), faults


@pytest.mark.parametrize("files", [(CORE,), (CORE, ALIGNMENTS)], ids=["core", "core and alignments"])
def test_the_ontology_violates_neither_profile(files: tuple[Path, ...]) -> None:
    ontology = read([parsed(path) for path in files])
    assert len(ontology.axioms) > 1000
    assert dl.violations(ontology) == []
    assert rl.violations(ontology) == []


def test_what_is_published_violates_neither_profile(kb: Path) -> None:
    """The core, its alignments, the schemes and all data, as one ontology."""
    data = Graph().parse(kb / "mandata.ttl", format="turtle")
    ontology = read([parsed(CORE, *SCHEMES) + data, parsed(ALIGNMENTS)])
    assert len(ontology.axioms) > 10_000
    assert dl.violations(ontology, DATES) == []
    assert rl.violations(ontology) == []
