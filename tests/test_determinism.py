"""The same bytes twice: whatever the hash seed, the time zone, the locale and the order of the files."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from mandata.ingest import build as building
from mandata.package_data import shipped_path
from mandata.rdf.namespaces import GRAPH

PUBLISHED = ["inferred.nq", "mandata.nq", "mandata.trig", "mandata.ttl", "report.json"]
TEXTS = sorted(shipped_path("data/texts").glob("*.txt"))
FORMS = ["jsonl", "nquads", "turtle"]
SURROUNDINGS = [
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C", "PYTHONUTF8": "0"},
    {"PYTHONHASHSEED": "4294967295", "TZ": "America/New_York", "LC_ALL": "POSIX", "LANGUAGE": "fr"},
]


def command(*arguments: str, surroundings: dict[str, str]) -> bytes:
    run = [sys.executable, "-m", "mandata", *arguments]
    environment = {"PATH": os.environ["PATH"], **surroundings}
    return subprocess.run(run, env=environment, capture_output=True, check=True, timeout=120).stdout


def digests(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in PUBLISHED}


def test_built_twice_is_built_once(kb: Path, tmp_path: Path) -> None:
    """Over the one that stands there; nothing but its lock is left beside it."""
    out = tmp_path / "kb"
    for _ in range(2):
        building.build([], out, str)
        assert digests(out) == digests(kb)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".kb.lock", "kb"]


def test_a_text_given_twice_is_stated_once(kb: Path, tmp_path: Path) -> None:
    building.build([*TEXTS, TEXTS[0].parent], tmp_path / "kb", str)
    found, wanted = digests(tmp_path / "kb"), digests(kb)
    assert found == wanted


@pytest.mark.parametrize("form", FORMS)
def test_convert_writes_the_same_bytes_in_other_surroundings(form: str) -> None:
    first, second = (
        command("convert", str(TEXTS[0]), "--format", form, surroundings=SURROUNDINGS[number]) for number in (0, 1)
    )
    assert first and first == second


def test_no_trace_of_the_machine_is_published(kb: Path, tmp_path: Path) -> None:
    """No path of the texts or of the folder stands in what is published."""
    for name in PUBLISHED:
        text = (kb / name).read_text(encoding="utf-8")
        assert str(TEXTS[0].parent) not in text
        assert str(kb.parent) not in text


@pytest.fixture(scope="module")
def parsed(kb: Path) -> set[ox.Quad]:
    return set(ox.parse(path=str(kb / "mandata.nq")))


def as_ours(node: object) -> ox.NamedNode | ox.Literal:
    """Return a term of rdflib's as one of pyoxigraph's; a blank node is none of either."""
    if isinstance(node, rdflib.URIRef):
        return ox.NamedNode(str(node))
    assert isinstance(node, rdflib.Literal)
    if node.language:
        return ox.Literal(str(node), language=node.language)
    return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype))) if node.datatype else ox.Literal(str(node))


def triple(subject: object, predicate: object, value: object) -> ox.Triple:
    named = as_ours(subject), as_ours(predicate)
    assert isinstance(named[0], ox.NamedNode) and isinstance(named[1], ox.NamedNode)
    return ox.Triple(named[0], named[1], as_ours(value))


def test_rdflib_reads_the_turtle_back_to_the_same_triples(kb: Path, parsed: set[ox.Quad]) -> None:
    graph = rdflib.Graph().parse(kb / "mandata.ttl", format="turtle")
    assert {triple(*each) for each in graph} == {quad.triple for quad in parsed}


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize(("name", "form"), [("mandata.nq", "nquads"), ("mandata.trig", "trig")])
def test_rdflib_reads_quads_back_to_the_same_quads(name: str, form: str, kb: Path, parsed: set[ox.Quad]) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(kb / name, format=form)
    found = {(triple(s, p, o), str(g)) for s, p, o, g in dataset.quads()}
    assert found == {(quad.triple, str(getattr(quad.graph_name, "value", ""))) for quad in parsed}


def test_all_three_dumps_say_the_same(kb: Path, parsed: set[ox.Quad]) -> None:
    """The Turtle is the N-Quads without the graphs, the TriG is the N-Quads."""
    turtle = list(ox.parse(path=str(kb / "mandata.ttl")))
    assert {quad.triple for quad in turtle} == {quad.triple for quad in parsed}
    assert len(turtle) == len({quad.triple for quad in turtle})
    assert set(ox.parse(path=str(kb / "mandata.trig"))) == parsed


@pytest.mark.parametrize("name", ["mandata.nq", "inferred.nq"])
def test_the_quads_are_sorted_lines_each_once_without_blank_nodes(name: str, kb: Path) -> None:
    lines = (kb / name).read_bytes().splitlines(keepends=True)
    assert lines == sorted(set(lines))
    quads = list(ox.parse(path=str(kb / name)))
    assert len(quads) == len(lines)
    assert not [quad for quad in quads if any(isinstance(each, ox.BlankNode) for each in quad)]


def test_every_statement_stands_in_a_named_graph_and_the_inferred_apart(kb: Path, parsed: set[ox.Quad]) -> None:
    asserted = {getattr(quad.graph_name, "value", "") for quad in parsed}
    inferred = {getattr(quad.graph_name, "value", "") for quad in ox.parse(path=str(kb / "inferred.nq"))}
    assert all(name.startswith(GRAPH) for name in asserted)
    assert inferred == {GRAPH + "inferred"} and not inferred & asserted


def test_nothing_inferred_is_asserted_too(kb: Path, parsed: set[ox.Quad]) -> None:
    inferred = {quad.triple for quad in ox.parse(path=str(kb / "inferred.nq"))}
    assert inferred and not inferred & {quad.triple for quad in parsed}


def test_the_turtle_is_readable(kb: Path) -> None:
    """Prefixed names throughout, and one document together: nothing else between two of its parts."""
    lines = (kb / "mandata.ttl").read_text(encoding="utf-8").splitlines()
    subjects = [line.split(" ")[0] for line in lines if line and not line.startswith(("\t", "@prefix", " "))]
    assert len(subjects) == len(set(subjects))
    assert not [subject for subject in subjects if subject.startswith("<")]
    of_document = [number for number, subject in enumerate(subjects) if subject.startswith("id:A_RES_72_7")]
    assert of_document == list(range(of_document[0], of_document[-1] + 1))
