"""Whoever asks without a graph sees each statement once; graphs keep their meaning in SPARQL."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from mandata.kb.knowledge_base import KnowledgeBase, open_kb
from mandata.query.source import Embedded, Source, select

PATTERNS = ["?s ?p ?o", "id:A_RES_75_272 md:symbol ?o", "?s a ?o", "?s md:cites ?o", "?s rdfs:subClassOf ?o"]


@pytest.fixture(scope="module")
def opened(kb: Path) -> KnowledgeBase:
    return open_kb(kb)


@pytest.fixture(scope="module")
def source(opened: KnowledgeBase) -> Source:
    return Embedded(opened.store)


def count(source: Source, query: str) -> int:
    (row,) = select(source, query)
    return int(row["n"].value)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_what_is_counted_is_distinct(pattern: str, source: Source) -> None:
    all_, distinct = f"{{ {pattern} }}", f"{{ SELECT DISTINCT * {{ {pattern} }} }}"
    found = count(source, f"SELECT (COUNT(*) AS ?n) {all_}")
    assert found == count(source, f"SELECT (COUNT(*) AS ?n) {distinct}") > 0


def test_a_symbol_that_several_documents_state_is_counted_once(source: Source) -> None:
    pattern = "id:A_RES_75_272 md:symbol ?s"
    assert count(source, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}") == 1
    assert count(source, f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ {pattern} }} }}") > 1


def test_the_default_graph_is_the_union_of_the_named_ones_and_of_nothing_else(opened: KnowledgeBase) -> None:
    stated = {quad.triple for quad in opened.store.quads_for_pattern(None, None, None, None)}
    once = [quad.triple for quad in opened.store.quads_for_pattern(None, None, None, ox.DefaultGraph())]
    assert len(once) == len(set(once)) and set(once) == stated


def test_every_statement_of_the_files_stands_there(opened: KnowledgeBase) -> None:
    """Literals of one value apart: a store writes 007 as 7."""
    once = {str(quad.triple) for quad in opened.store.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    named = [quad for quad in opened.statements.together if not isinstance(quad.object, ox.Literal)]
    assert named and all(str(quad.triple) in once for quad in named)
