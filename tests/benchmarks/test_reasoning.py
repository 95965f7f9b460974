"""Reasoning with proofs keeps pace with engines that keep none; the whole tables are for ``make bench``."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from mandata.package_data import shipped_path
from mandata.reason.close import close

from .engines import ENGINES, run, write
from .reasoning import growth
from .un_graphs import lines

SLOWEST_BESIDE_SPARQ = 1.5
FASTEST_GROWTH = 1.15
MEGABYTES_AT_A_MILLION = 600


def test_a_graph_is_the_same_each_time_and_a_larger_one_begins_with_it() -> None:
    assert list(lines(500)) == list(lines(500)) == list(islice(lines(5_000), 500))
    assert len(list(lines(1_234))) == 1_234


def test_graphs_are_consistent_and_use_the_ontology() -> None:
    """Classes, properties, inverses and chains all conclude something."""
    graph = parse("".join(lines(2_000)), RdfFormat.N_TRIPLES)
    closure = close(graph, parse(path=str(shipped_path("ontology/mandata.ttl"))))
    assert closure.contradictions == ()
    used = {step.rule for step in closure.steps.values()}
    assert used >= {"cax-sco", "prp-dom", "prp-rng", "prp-spo1", "prp-spo2", "prp-inv1"}


@pytest.mark.parametrize("engine", ENGINES)
def test_each_engine_runs(engine: str, tmp_path: Path) -> None:
    cost = run(engine, write(tmp_path, 300))
    assert cost.concluded > 0
    assert cost.megabytes > 0


@pytest.mark.timed
def test_not_slower_than_sparq_and_no_faster_growth_than_the_data(tmp_path: Path) -> None:
    files = {size: write(tmp_path, size, chains=False) for size in (100_000, 1_000_000)}
    native = {size: run("native", each, times=3) for size, each in files.items()}
    assert native[100_000].reasoning < SLOWEST_BESIDE_SPARQ * run("sparq", files[100_000], times=3).reasoning
    assert native[1_000_000].reasoning < run("sparq", files[1_000_000]).reasoning
    assert native[1_000_000].megabytes < MEGABYTES_AT_A_MILLION
    assert growth(list(native.items())) < FASTEST_GROWTH
