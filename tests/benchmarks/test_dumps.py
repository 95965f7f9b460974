"""Turtle is written faster than rdflib does; the whole tables are for ``make bench``."""

from __future__ import annotations

from pathlib import Path

import pytest

from mandata.kb.knowledge_base import open_kb
from mandata.kb.statements import Statements
from mandata.rdf.canonical import CanonicalStatements, canonicalize

from .dumps import held, invented, lines_of, multiplied, rate, rate_of_rdflib, shuffled, stages


def test_the_same_number_of_documents_is_the_same_statements() -> None:
    assert list(invented(3)) == list(invented(3))


def test_a_multiple_of_a_knowledge_base_has_so_many_documents_and_each_symbol_once(kb: Path, tmp_path: Path) -> None:
    once = open_kb(kb).statements
    twice = Statements(multiplied(canonicalize(once.asserted), 2, tmp_path / "twice.nq"), ())
    assert held(twice) == 2 * held(once)
    assert set(once.asserted) <= set(twice.asserted)
    assert [path.name for path in tmp_path.iterdir()] == ["twice.nq"]


def test_each_stage_of_a_release_is_measured() -> None:
    found = stages(Statements(CanonicalStatements(lines_of(1)), ()), site=False)
    assert found.keys() == {"dumps", "documents"}
    assert all(one.seconds > 0 for one in found.values())


@pytest.mark.timed
@pytest.mark.parametrize("number", [100, 1_000])
def test_some_hundred_thousand_statements_are_written_in_a_second(number: int) -> None:
    lines = lines_of(number)
    turtle, mixed = rate("Turtle", lines), rate("Turtle", shuffled(lines), ordered=False)
    assert turtle >= 150_000
    assert rate("N-Quads", lines) >= turtle
    assert rate("N-Quads", shuffled(lines), ordered=False) >= mixed


@pytest.mark.timed
@pytest.mark.parametrize("number", [100, 1_000])
def test_turtle_is_written_several_times_as_fast_as_by_rdflib(number: int) -> None:
    """Measured are 7 to 8 times."""
    lines = lines_of(number)
    assert rate("Turtle", lines) >= 5 * rate_of_rdflib(lines)
