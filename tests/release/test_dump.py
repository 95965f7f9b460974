"""A dump is readable, complete, and the same bytes each time."""

from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph
from rdflib.compare import to_isomorphic

from mandata.errors import MandataError
from mandata.rdf.canonical import nquads
from mandata.rdf.namespaces import PREFIXES, expand
from mandata.rdf.natural_order import natural_sort_key
from mandata.rdf.turtle import trig, turtle, turtle_of_triples

FIXTURE = Path(__file__).parent.parent / "query" / "fixture.trig"
QUADS = list(ox.parse(path=str(FIXTURE)))
WRITERS = [turtle, trig, nquads]


def node(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand(curie))


def quad(subject: str, predicate: str, value: ox.NamedNode | ox.Literal, graph: str = "graph:x") -> ox.Quad:
    return ox.Quad(node(subject), node(predicate), value, node(graph))


@pytest.mark.parametrize("write", WRITERS)
def test_the_order_and_number_of_the_statements_fed_leave_no_trace(write: object) -> None:
    assert callable(write)
    shuffled = [*QUADS, *QUADS[:50]]
    random.Random(7).shuffle(shuffled)
    assert write(shuffled) == write(QUADS)


def test_each_form_reads_back_as_what_was_written() -> None:
    assert set(ox.parse(trig(QUADS), format=ox.RdfFormat.TRIG)) == set(QUADS)
    assert set(ox.parse(nquads(QUADS), format=ox.RdfFormat.N_QUADS)) == set(QUADS)
    triples = {quad.triple for quad in QUADS}
    assert {quad.triple for quad in ox.parse(turtle(QUADS), format=ox.RdfFormat.TURTLE)} == triples


def test_rdflib_reads_the_same_graph_from_each_form() -> None:
    whole = Dataset(default_union=True)
    whole.parse(data=trig(QUADS), format="trig")
    flat = Graph().parse(data=turtle(QUADS), format="turtle")
    assert set(flat) == {(s, p, o) for s, p, o, _ in whole.quads()}
    assert to_isomorphic(flat) == to_isomorphic(Graph().parse(data=turtle(QUADS), format="turtle"))


def test_a_document_stands_together_its_paragraphs_in_natural_order() -> None:
    names = ["A_72_L.4", "A_72_L.4_Add.1", "A_RES_72_7", "A_RES_72_7.op1", "A_RES_72_7.pp2", "A_RES_72_7.pp10"]
    names += ["A_RES_72_7-S_1", "A_RES_72_8", "A_RES_72_70", "A_RES_720_1"]
    backwards = [quad(f"id:{name}", "rdf:type", node("md:Document")) for name in reversed(names)]
    subjects = [line.split()[0] for line in turtle(backwards).splitlines() if line.startswith("id:")]
    assert subjects == [f"id:{name}" for name in names]


def test_turtle_reads_as_a_person_would_write_it() -> None:
    text = turtle(
        [
            quad("id:A_RES_72_7.pp2", "md:position", ox.Literal(2)),
            quad("id:A_RES_72_7.pp2", "md:text", ox.Literal("Rappelant « l'échange »\nde lettres", language="fr")),
            quad("id:A_RES_72_7.pp2", "rdf:type", node("md:PreambularParagraph")),
            quad("id:A_RES_72_7.pp2", "md:recalls", node("id:S_2007_280")),
            quad("id:A_RES_72_7.pp2", "md:recalls", node("id:S_2007_279")),
            quad("id:A_RES_72_7", "rdf:type", node("md:Resolution")),
        ]
    )
    head, first, second = text.partition("id:A_RES_72_7 a md:Resolution .\n")
    assert {line.split()[1] for line in head.splitlines()} == {f"{name}:" for name in PREFIXES}
    assert first and second == (
        "id:A_RES_72_7.pp2 a md:PreambularParagraph ;\n"
        "\tmd:position 2 ;\n"
        "\tmd:recalls id:S_2007_279 , id:S_2007_280 ;\n"
        '\tmd:text "Rappelant « l\'échange »\\nde lettres"@fr .\n'
    )


def test_trig_keeps_each_graph_together() -> None:
    text = trig(
        [
            quad("id:b", "rdf:type", node("md:Document"), "graph:y2"),
            quad("id:a", "rdf:type", node("md:Document"), "graph:y10"),
            quad("id:a", "rdf:type", node("md:Letter"), "graph:y2"),
            ox.Quad(node("id:d"), node("rdf:type"), node("md:Letter")),
        ]
    )
    assert text.endswith(
        "id:d a md:Letter .\n"
        "graph:y2 {\n\tid:a a md:Letter .\n\tid:b a md:Document .\n}\n"
        "graph:y10 {\n\tid:a a md:Document .\n}\n"
    )


@pytest.mark.parametrize("text", ["\u2028\u0085\x0b\x1c", 'a"b\\', "\r\n\t", "'''\"\"\"", "\U0001f600", "@prefix x"])
def test_no_character_in_a_literal_breaks_a_line(text: str) -> None:
    quads = [quad("id:a", "md:text", ox.Literal(text)), quad("id:b", "md:text", ox.Literal(text, language="fr"))]
    assert set(ox.parse(trig(quads), format=ox.RdfFormat.TRIG)) == set(quads)
    assert set(ox.parse(nquads(quads), format=ox.RdfFormat.N_QUADS)) == set(quads)
    assert {q.triple for q in ox.parse(turtle(quads), format=ox.RdfFormat.TURTLE)} == {q.triple for q in quads}


def test_literals_keep_the_form_they_have() -> None:
    literal = ox.Literal("007", datatype=node("xsd:integer"))
    assert '"007"^^<http://www.w3.org/2001/XMLSchema#integer>' in nquads([quad("id:a", "md:position", literal)])


@pytest.mark.parametrize("write", WRITERS)
def test_a_blank_node_is_refused(write: object) -> None:
    assert callable(write)
    for triple in (
        (ox.BlankNode("b"), node("rdf:type"), node("md:Document")),
        (node("id:a"), node("md:cites"), ox.BlankNode("b")),
    ):
        with pytest.raises(MandataError, match="a blank node may not be published"):
            write([ox.Quad(*triple)])
    with pytest.raises(MandataError, match="a blank node may not be published"):
        trig([ox.Quad(node("id:a"), node("md:cites"), node("id:b"), ox.BlankNode("g"))])
    assert "_:b a md:Document" in turtle_of_triples(
        [ox.Triple(ox.BlankNode("b"), node("rdf:type"), node("md:Document"))]
    )


def test_nothing_is_written_as_nothing() -> None:
    assert nquads([]) == ""
    assert turtle([]) == trig([]) == turtle_of_triples([]) == ""


def test_natural_order_never_compares_a_number_with_a_word() -> None:
    names = ["", "1", "1a", "2", "10", "a", "a01", "a1", "a1.2", "a1-2", "a1b", "a9999999999", "a10000000000"]
    for seed in range(20):
        assert sorted(random.Random(seed).sample(names, len(names)), key=natural_sort_key) == names


def test_objects_and_subjects_stand_in_the_order_of_their_values() -> None:
    """Numbers of many digits, twins of a number, and a name that another one begins with, each in its place."""
    names = ["a", "a.p1", "a.p02", "a.p2", "a.p10", "a.p1234567890", "a.p12345678901", "a-1", "b"]
    for seed in range(20):
        mixed = random.Random(seed).sample(names, len(names))
        listed = turtle([quad("id:s", "md:cites", node(f"id:{name}")) for name in mixed])
        assert (
            listed[listed.index("id:s md") :] == "id:s md:cites " + " , ".join(f"id:{name}" for name in names) + " .\n"
        )


def test_a_statement_of_several_graphs_is_written_once_in_turtle_and_once_a_graph_in_trig() -> None:
    cites = [node(f"id:{name}") for name in ("a", "a.x", "a01", "a1")]
    quads = [quad("id:s", "md:cites", value, f"graph:{at}") for value in cites for at in ("x", "x1", "y", "x01")]
    quads += [ox.Quad(node("id:s"), node("md:cites"), value) for value in cites]
    quads += [quad("id:s1", "md:cites", cites[0], "graph:y"), quad("id:s01", "md:cites", cites[0], "graph:y")]
    random.Random(3).shuffle(quads)
    read = [one.triple for one in ox.parse(turtle(quads), format=ox.RdfFormat.TURTLE)]
    assert len(read) == len(set(read)) == len({one.triple for one in quads})
    again = list(ox.parse(trig(quads), format=ox.RdfFormat.TRIG))
    assert len(again) == len(quads) and set(again) == set(quads)
    assert trig(quads).count("graph:x {") == 1
