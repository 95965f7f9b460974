"""On a hundred thousand triples, the closure is that of another engine, written in another language by others.

sparq (0.1.6) knows no property chains, so ours are given to it as its own rules, in turns with OWL's until neither adds
anything; and it knows that every integer is a decimal, which W3C's table does not say.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sparq
from pyoxigraph import Literal, NamedNode

from benchmarks.engines import write
from mandata.rdf.namespaces import XSD
from mandata.reason import fact_of
from mandata.reason.close import entail
from mandata.reason.facts import sorted_triples
from mandata.reason.files import read_facts

DECIMAL = re.compile(rf"(?:#subClassOf|#range)> <{XSD}decimal> \.$")
"""What follows from every integer being a decimal."""


def chains_as_rules(files: list[Path]) -> str:
    """Return the property chains of the ontology as rules of Notation3."""
    facts = [fact_of(quad) for quad in read_facts(files)]
    after = {(s, p.value.rpartition("#")[2]): o for s, p, o in facts if isinstance(p, NamedNode)}
    rules = []
    for prop, predicate, head in facts:
        if isinstance(predicate, NamedNode) and predicate.value.endswith("#propertyChainAxiom"):
            first, rest = after[head, "first"], after[head, "rest"]
            rules.append(f"{{ ?x {first} ?y . ?y {after[rest, 'first']} ?z }} => {{ ?x {prop} ?z }} .")
    return "\n".join(rules)


def closed_by_sparq(files: list[Path]) -> set[str]:
    """Return everything known to sparq in the end, as lines of N-Triples."""
    graph = sparq.Graph.load("".join(file.read_text(encoding="utf-8") for file in files), format="ntriples")
    rules, size = chains_as_rules(files[:1]), -1
    while len(graph) != size:
        size = len(graph)
        graph.reason("owl")
        graph.reason_n3_with(rules)
    return {" ".join(map(text, row)) + " .\n" for row in graph.construct("CONSTRUCT WHERE { ?s ?p ?o }")}


def text(term: sparq.Term) -> str:
    if term.kind != "literal":
        return f"<{term.value}>" if term.kind == "uri" else f"_:{term.value}"
    if term.language:
        return str(Literal(term.value, language=term.language))
    return str(Literal(term.value, datatype=NamedNode(term.datatype or XSD + "string")))


@pytest.mark.parametrize("triples", [3_000, 100_000])
def test_the_same_closure_as_sparq(triples: int, tmp_path: Path) -> None:
    """Blank nodes apart, which each names in its own way, and what is axiomatic."""
    files = write(tmp_path, triples)
    given = {fact_of(quad) for quad in read_facts(files)}
    ours = {line for line in entail(given, useful=True).entailed.lines() if "_:" not in line}
    stated = {f"{triple} .\n" for triple in sorted_triples(given)}
    theirs = {line for line in closed_by_sparq(files) - stated if "_:" not in line}
    assert ours - theirs == set()
    assert {line for line in theirs - ours if not DECIMAL.search(line)} == set()
    assert len(ours) > triples / 2
