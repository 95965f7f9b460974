"""Every file bears its checksum, every term is declared, and every name is in order."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from mandata.package_data import shipped_path
from mandata.rdf.local_names import read_name
from mandata.rdf.namespaces import ID, MD, PREFIXES, RDF, SCHEME
from mandata.reason import Fact, Term, fact_of
from mandata.reason.close import close
from mandata.reason.facts import is_trivial, sorted_triples
from mandata.reason.owl_rl.rule_table import RULES
from mandata.reason.owlrl_engine import owlrl_closure
from mandata.reason.rules.restatement import find_restatements
from mandata.un import symbol

TEXTS = shipped_path("data/texts")
TYPE = ox.NamedNode(RDF + "type")


def md(local: str) -> ox.NamedNode:
    return ox.NamedNode(MD + local)


def iri(term: Term) -> str:
    assert isinstance(term, ox.NamedNode)
    return term.value


def plain(term: Term) -> str:
    assert isinstance(term, ox.Literal)
    return term.value


class Graph:
    """The asserted statements, looked up by subject and property."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.facts = list(facts)
        self.values: dict[tuple[Term, Term], set[Term]] = defaultdict(set)
        for subject, predicate, value in self.facts:
            self.values[subject, predicate].add(value)

    def get(self, subject: Term, local: str) -> set[Term]:
        return self.values.get((subject, md(local)), set())

    def of_class(self, local: str) -> set[Term]:
        return {subject for subject, predicate, value in self.facts if (predicate, value) == (TYPE, md(local))}


@pytest.fixture(scope="module")
def graph(quads: list[ox.Quad]) -> Graph:
    return Graph(map(fact_of, quads))


def test_every_file_bears_the_checksum_of_its_bytes(graph: Graph) -> None:
    files = graph.of_class("SourceFile")
    assert len(files) == len(list(TEXTS.glob("*.txt")))
    for file in files:
        (name,), (checksum,) = graph.get(file, "fileName"), graph.get(file, "checksum")
        assert hashlib.sha256((TEXTS / plain(name)).read_bytes()).hexdigest() == plain(checksum)
        assert read_name(iri(file).removeprefix(ID)).file == plain(checksum)[:8]


def names(facts: Iterable[Fact]) -> set[str]:
    """Return the IRIs of all that is spoken of, datatypes too."""
    found = {term for fact in facts for term in fact}
    datatypes = {term.datatype.value for term in found if isinstance(term, ox.Literal)}
    return datatypes | {term.value for term in found if isinstance(term, ox.NamedNode)}


@pytest.fixture(scope="module")
def inferred(kb: Path) -> list[Fact]:
    return [fact_of(quad) for quad in ox.parse(path=str(kb / "inferred.nq"))]


def test_no_term_is_used_that_the_ontology_or_a_scheme_does_not_declare(graph: Graph, inferred: list[Fact]) -> None:
    files = [shipped_path("ontology/mandata.ttl"), *shipped_path("ontology/schemes").glob("*.ttl")]
    axioms = [fact_of(quad) for path in files for quad in ox.parse(path=str(path))]
    declared = names((s, p, s) for s, p, _ in axioms if p == TYPE)
    used = {name for name in names([*graph.facts, *inferred]) if name.startswith((MD, SCHEME))}
    assert used and not used - declared


def test_every_thing_spoken_of_has_an_asserted_class(graph: Graph) -> None:
    typed = {iri(subject) for subject, predicate, _ in graph.facts if predicate == TYPE}
    spoken_of = {name for name in names(f for f in graph.facts if f[1] != md("evidence")) if name.startswith(ID)}
    assert len(spoken_of) > 800 and not sorted(spoken_of - typed)


def test_every_thing_that_a_rule_makes_has_a_class(graph: Graph, inferred: list[Fact]) -> None:
    typed = {subject for subject, predicate, _ in (*graph.facts, *inferred) if predicate == TYPE}
    assert not sorted(name for name in names(inferred) if name.startswith(ID) and ox.NamedNode(name) not in typed)


LEGAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")  # a local name that Turtle needs no escape for


def test_every_local_name_is_legal_turtle_as_it_stands(
    quads: list[ox.Quad], graph: Graph, inferred: list[Fact]
) -> None:
    graphs = {str(quad.graph_name).strip("<>") for quad in quads}
    for name in names([*graph.facts, *inferred]) | graphs:
        for prefix in ("id", "graph", "md"):
            if name.startswith(PREFIXES[prefix]):
                assert LEGAL.fullmatch(name.removeprefix(PREFIXES[prefix])), name


def test_every_name_of_a_document_and_its_parts_is_read_back(graph: Graph) -> None:
    """Printing what was read gives the name; its document is a symbol's local name, which reads back too."""
    documents = {iri(subject) for subject, predicate, _ in graph.facts if predicate == md("symbol")}
    found = {name.removeprefix(ID) for name in names(graph.facts) if name.startswith(tuple(documents))}
    assert len(found) > 400
    for local in found:
        name = read_name(local)
        assert str(name) == local
        assert ID + name.document in documents, local
        assert symbol.from_local_name(name.document).local_name == name.document


PARTS = [  # local name, document, part, language, file, span, role
    ("A_RES_72_7", ("A_RES_72_7", None, None, None, None, None)),
    ("A_RES_53_243_A", ("A_RES_53_243_A", None, None, None, None, None)),
    ("A_RES_72_7.op1.a", ("A_RES_72_7", "op1.a", None, None, None, None)),
    ("A_RES_72_7.pp2.fr", ("A_RES_72_7", "pp2", "fr", None, None, None)),
    ("A_RES_72_7.fr.1a2b3c4d", ("A_RES_72_7", None, "fr", "1a2b3c4d", None, None)),
    ("A_RES_72_7.fr.1a2b3c4d.span-10-17", ("A_RES_72_7", None, "fr", "1a2b3c4d", (10, 17), None)),
    ("A_71_982-S_2017_600.annex1.p7", ("A_71_982-S_2017_600", "annex1.p7", None, None, None, None)),
    ("A_C.2_72_3.annex1", ("A_C.2_72_3", "annex1", None, None, None, None)),
    ("A_76_L.74_Add.1", ("A_76_L.74_Add.1", None, None, None, None, None)),
    ("A_RES_72_7.pp2.cites-S_2007_279", ("A_RES_72_7", "pp2", None, None, None, "cites-S_2007_279")),
    ("S_2007_279.p3.5", ("S_2007_279", "p3.5", None, None, None, None)),
    ("S_2007_280.record", ("S_2007_280", None, None, None, None, "record")),
    ("S_2007_279.fr.f1c8ed79.identification", ("S_2007_279", None, "fr", "f1c8ed79", None, "identification")),
    ("A_RES_72_7.op1.aa.iv", ("A_RES_72_7", "op1.aa.iv", None, None, None, None)),
    ("A_RES_72_7.op1.aa.iv.fr", ("A_RES_72_7", "op1.aa.iv", "fr", None, None, None)),
    ("A_RES_72_7.und.1a2b3c4d", ("A_RES_72_7", None, "und", "1a2b3c4d", None, None)),
    ("unidentified-1a2b3c4d.p1", ("unidentified-1a2b3c4d", "p1", None, None, None, None)),
]


@pytest.mark.parametrize(("local", "parts"), PARTS)
def test_a_local_name_is_read_into_its_parts(local: str, parts: tuple[object, ...]) -> None:
    name = read_name(local)
    assert (name.document, name.part, name.language, name.file, name.span, name.role) == parts
    assert str(name) == local


def test_owlrl_and_our_own_engine_conclude_the_same(quads: list[ox.Quad], graph: Graph, inferred: list[Fact]) -> None:
    """One run of owlrl over what is given and what our own rules conclude finds all that ours finds, and no more."""
    axioms = [fact_of(quad) for quad in ox.parse(path=str(shipped_path("ontology/mandata.ttl")))]
    restated = find_restatements(quads)
    ours = close(graph.facts, axioms, shipped_path("ontology/rules"), computed=restated)
    of_owl = {row.name for row in RULES}
    by_own_rules = {fact for fact, step in ours.steps.items() if step.rule not in of_owl}
    given = {*axioms, *graph.facts}
    closed, messages = owlrl_closure(given | by_own_rules)
    theirs = (fact for fact in closed - given if not is_trivial(fact))
    named = {fact for fact in theirs if not any(isinstance(term, ox.BlankNode) for term in fact)}
    assert set(sorted_triples(named)) == set(ours.published) == set(sorted_triples(inferred))
    assert by_own_rules and not messages and not ours.contradictions
