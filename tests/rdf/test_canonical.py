"""Statements kept as lines are the statements that were given, however they are kept, cut and put together."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest

from mandata.errors import MandataError
from mandata.kb.statements import Statements
from mandata.rdf import canonical as kept
from mandata.rdf.canonical import CanonicalStatements, canonical_file, canonicalize, nquads, split_line
from mandata.rdf.namespaces import GRAPH, ID, PREFIXES, RDF, XSD, expand
from mandata.rdf.turtle import trig, turtle

FIXTURE = Path(__file__).parent.parent / "query" / "fixture.trig"
QUADS = [quad for quad in ox.parse(path=str(FIXTURE)) if isinstance(quad.graph_name, ox.NamedNode)]
TEXTS = [
    "",
    "a b",
    "a <b",
    "a <b> .",
    'a " <b> .',
    "a\n<b> <c> <d> <e> .",
    "\\",
    "<",
    ">",
    '"',
    "@fr",
    "^^<x>",
    "é\u2028\U0001f600",
]
NODE = ox.NamedNode(ID + "x")
TERMS: list[ox.NamedNode | ox.Literal] = [
    *(ox.Literal(text) for text in TEXTS),
    *(ox.Literal(text, language="ar-EG") for text in TEXTS),
    *(ox.Literal(text, datatype=NODE) for text in TEXTS),
    *(
        ox.Literal(text, datatype=ox.NamedNode(XSD + kind))
        for kind in ("integer", "decimal", "double", "boolean", "date", "string")
        for text in (
            "007",
            "7",
            "-7",
            "+7",
            "1.0",
            "1.",
            ".5",
            "1e0",
            "true",
            "1",
            "",
            "x",
            "\u0663",
            "²",
            "2001-01-01",
        )
    ),
    *(
        ox.NamedNode(space + local)
        for space in (*PREFIXES.values(), "http://example.org/", "urn:x:")
        for local in (
            "",
            "a",
            "a.p10",
            "-a",
            "a-",
            ".a",
            "a.",
            "a..b",
            "1",
            "_",
            "a:b",
            "a%20b",
            "é",
            "a/b",
            "a~'(b)",
        )
    ),
]


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines are read in blocks of some hundred bytes, so that what goes on over their ends is tried."""
    monkeypatch.setattr(kept, "BLOCK", 300)


@pytest.mark.usefixtures("small_blocks")
def test_a_subject_stands_whole_in_one_block_and_nothing_is_lost() -> None:
    found = list(canonicalize(QUADS).blocks())
    assert len(found) > 10
    assert b"".join(found).decode() == nquads(QUADS)
    subjects = [{line.split(b" ")[0] for line in block.splitlines()} for block in found]
    assert not any(one & other for one, other in pairwise(subjects))


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("seed", range(5))
def test_parts_read_together_are_each_statement_once_in_order(seed: int) -> None:
    chance = random.Random(seed)
    parts = [chance.sample(QUADS, chance.randrange(len(QUADS))) for _ in range(3)]
    whole = CanonicalStatements(tuple(map(canonicalize, parts)))
    wanted = {quad for part in parts for quad in part}
    assert b"".join(whole.blocks()).decode() == nquads(wanted)
    assert (len(whole), set(whole)) == (len(wanted), wanted)


@pytest.mark.usefixtures("small_blocks")
def test_what_is_written_in_blocks_is_what_is_written_at_once(tmp_path: Path) -> None:
    path = tmp_path / "some.nq"
    path.write_text(nquads(QUADS), encoding="utf-8")
    there = canonical_file(path)
    assert there.source == path
    several = CanonicalStatements((there, canonicalize(QUADS[::2])))
    for one in (there, several):
        assert (turtle(one), trig(one)) == (turtle(QUADS), trig(QUADS))


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines[::-1],
        lambda lines: [*lines, lines[-1]],
        lambda lines: [line.replace(b"> <", b">  <", 1) for line in lines],
        lambda lines: [b"# a comment\n", *lines],
    ],
)
def test_a_file_that_is_not_canonical_is_read_all_the_same(change: object, tmp_path: Path) -> None:
    assert callable(change)
    path = tmp_path / "some.nq"
    path.write_bytes(b"".join(change(nquads(QUADS).encode().splitlines(keepends=True))))
    found = canonical_file(path)
    assert found.source != path
    assert list(found) == list(canonicalize(QUADS))


def test_a_blank_node_and_a_damaged_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MandataError, match="a blank node may not be published"):
        canonicalize([ox.Quad(ox.BlankNode("b"), NODE, NODE)])
    path = tmp_path / "some.nq"
    path.write_text(f"<{ID}x> <{ID}x>", encoding="utf-8")
    with pytest.raises(SyntaxError):
        canonical_file(path)


def test_statements_are_had_one_by_one_and_backwards() -> None:
    found = canonicalize(QUADS)
    assert (found[0], found[1:3], list(reversed(found))[-1]) == (next(iter(found)), list(found)[1:3], found[0])


@pytest.mark.parametrize("graph", [ox.DefaultGraph(), ox.NamedNode(GRAPH + "a")])
def test_a_line_is_split_into_triple_and_graph_whatever_its_literal_holds(
    graph: ox.DefaultGraph | ox.NamedNode,
) -> None:
    name = b"" if isinstance(graph, ox.DefaultGraph) else str(graph).encode()
    for term in TERMS:
        quad = ox.Quad(NODE, NODE, term, graph)
        for line in (f"{quad} .".encode(), ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b""):
            assert split_line(line) == (f"{quad.triple} ".encode(), name)


def test_every_term_is_read_back_from_turtle_as_it_was() -> None:
    quads = [ox.Quad(NODE, NODE, term) for term in TERMS]
    assert {quad.object for quad in ox.parse(turtle(quads), format=ox.RdfFormat.TURTLE)} == set(TERMS)


def test_a_name_with_a_prefix_is_written_with_it() -> None:
    text = turtle([ox.Quad(NODE, ox.NamedNode(RDF + "type"), ox.NamedNode(expand("md:Document")))])
    assert text.endswith("id:x a md:Document .\n")


def test_a_document_is_given_with_its_parts_and_without_those_whose_names_begin_as_its_own() -> None:
    names = [
        "A_RES_72_7",
        "A_RES_72_7.pp1",
        "A_RES_72_70",
        "A_RES_72_7_Add.1",
        "A_RES_72_7-S_1",
        "A_RES_72_7.fr.1a2b3c4d",
    ]
    kind, document = ox.NamedNode(RDF + "type"), ox.NamedNode(expand("md:Document"))
    quads = [ox.Quad(ox.NamedNode(ID + name), kind, document, ox.NamedNode(GRAPH + "a")) for name in names]
    quads += [ox.Quad(ox.NamedNode(ID + "place-Ashgabat"), kind, NODE, ox.NamedNode(GRAPH + "a"))]
    statements = Statements(quads, [])
    found = {
        name: {str(quad.subject)[1:-1].removeprefix(ID) for quad in held} for name, held in statements.by_document()
    }
    assert found.pop("A_RES_72_7") == {"A_RES_72_7", "A_RES_72_7.pp1", "A_RES_72_7.fr.1a2b3c4d"}
    assert found == {name: {name} for name in ("A_RES_72_70", "A_RES_72_7_Add.1", "A_RES_72_7-S_1")}
    assert statements.documents == {"A_RES_72_7", *found}
