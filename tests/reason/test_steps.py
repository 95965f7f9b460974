"""Steps are kept in a file and read back as they were."""

from __future__ import annotations

from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, parse

from mandata.errors import MandataError
from mandata.package_data import shipped_path
from mandata.reason import Closure, Step, StepFile, write_steps
from mandata.reason.close import close
from turtle_text import fact, facts


@cache
def closure() -> Closure:
    kb = Path(__file__).with_name("kb.ttl")
    return close(parse(path=kb), parse(path=shipped_path("ontology/mandata.ttl")), shipped_path("ontology/rules"))


def test_steps_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "steps.sqlite"
    write_steps(path, closure().steps)
    with closing(StepFile(path)) as steps:
        assert all(steps.get(each) == step for each, step in closure().steps.items())
        assert steps.get(fact("id:x", "md:cites", "id:y")) is None


def test_steps_are_the_same_bytes_twice(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    write_steps(one, closure().steps)
    write_steps(two, dict(reversed(list(closure().steps.items()))))
    assert one.read_bytes() == two.read_bytes()


def test_odd_literals_survive_the_step_file(tmp_path: Path) -> None:
    """A literal as a subject (generalised RDF), quotes, line breaks, languages; and a store's 0.5 finds our 0.500."""
    said = facts(':a :p "x \\"y\\" . \\n z"@fr , "0.500"^^xsd:decimal .')
    odd = (Literal('a "b" c', language="en"), *said[0][1:])
    steps = {odd: Step("eq-rep-s", (), (said[0],)), said[1]: Step("wording", (), ())}
    write_steps(tmp_path / "s", steps)
    with closing(StepFile(tmp_path / "s")) as file:
        assert file.get(odd) == steps[odd]
        half = Literal("0.5", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))
        assert file.get((said[1][0], said[1][1], half)) == steps[said[1]]


def test_conclusions_are_found_by_pattern_and_by_what_they_rest_on(tmp_path: Path) -> None:
    a, b, c, d, e = facts(":a :p :b . :b :p :c . :a :q :c . :a :r :c . :z :r :c .")
    steps = {c: Step("one", (), (a, b)), d: Step("two", (b,), (c,)), e: Step("three")}
    write_steps(tmp_path / "s", steps)
    with closing(StepFile(tmp_path / "s")) as file:
        assert list(file.match(None, d[1], d[2])) == [d, e]
        assert list(file.match(a[0], c[1], None)) == [c]
        assert list(file.match(None, a[1], None)) == []
        assert file.predicates == (c[1], d[1])
        assert list(file.depending_on([a])) == [c, d]
        assert list(file.depending_on([d, fact("id:no", "md:cites", "id:no")])) == []


def test_a_missing_step_file_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(MandataError, match="build the knowledge base again"):
        StepFile(tmp_path / "none")
