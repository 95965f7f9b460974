"""Evidence as a value, and as RDF: what names a statement, and what shows it."""

from __future__ import annotations

import hashlib

import pyoxigraph as ox

from mandata.rdf.attested_lines import attested_lines, read_attested
from mandata.rdf.canonical import nquads
from mandata.rdf.evidence import Evidence, Statement, evidence_quads, statement_iri, statement_key
from mandata.rdf.namespaces import expand

FILE = "A_RES_72_7.fr.1a2b3c4d"
SYMBOL = Evidence("A_RES_72_7.pp2", 10, 20, FILE, 110, 120)
WHOLE = Evidence("A_RES_72_7.pp2", 0, 20, FILE, 100, 120)
GRAPH = ox.NamedNode("https://w3id.org/mandata/graph/A_RES_72_7")


def node(curie: str) -> ox.NamedNode:
    return ox.NamedNode(expand(curie))


def quad(subject: str, prop: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
    return ox.Quad(node(subject), node(prop), value, GRAPH)


TEXT = Statement(quad("id:A_RES_72_7.pp2", "md:text", ox.Literal("Rappelant S/2007/279", language="fr")), (WHOLE,))
CITES = Statement(quad("id:A_RES_72_7.pp2", "md:recalls", node("id:S_2007_279")), (WHOLE, SYMBOL))
BARE = Statement(quad("id:A_RES_72_7", "rdfs:label", ox.Literal("minted")))
STATEMENTS = [TEXT, CITES, BARE]


def test_a_statement_is_named_by_the_digest_of_its_line_of_n_triples() -> None:
    words = ox.Literal('a "b"\\\n\tc\u0001\u007f\u00e9\u2028', language="fr")
    triple = ox.Triple(node("id:a"), node("md:text"), words)
    line = ox.serialize([triple], format=ox.RdfFormat.N_TRIPLES)
    assert line
    digest = hashlib.sha256(line.removesuffix(b"\n")).hexdigest()
    assert statement_key(triple) == f"st-{digest[:16]}"
    assert statement_key(ox.Quad(node("id:a"), node("md:text"), words, GRAPH)) == statement_key(triple)


def test_the_rdf_of_evidence_names_the_statement_its_part_and_its_file() -> None:
    quads = list(evidence_quads("A_RES_72_7", STATEMENTS))
    assert {q.graph_name for q in quads} == {ox.NamedNode(f"{GRAPH.value}/evidence")}
    assert len(quads) == len(set(quads)) == 2 * 4 + 3 + 2 * 8
    st = statement_iri("A_RES_72_7", CITES.quad)
    told = {(q.predicate.value, q.object) for q in quads if q.subject == st}
    assert told == {
        (expand("rdf:type"), node("rdf:Statement")),
        (expand("rdf:subject"), node("id:A_RES_72_7.pp2")),
        (expand("rdf:predicate"), node("md:recalls")),
        (expand("rdf:object"), node("id:S_2007_279")),
        (expand("md:evidence"), node(f"id:{FILE}.span-100-120")),
        (expand("md:evidence"), node(f"id:{FILE}.span-110-120")),
    }
    shown = {q.predicate.value.partition("#")[2]: q.object for q in quads if q.subject == SYMBOL.iri}
    assert shown == {
        "type": node("md:Evidence"),
        "quotation": ox.Literal("S/2007/279", language="fr"),
        "inPart": node("id:A_RES_72_7.pp2"),
        "partStart": ox.Literal(10),
        "partEnd": ox.Literal(20),
        "inFile": node(f"id:{FILE}"),
        "start": ox.Literal(110),
        "end": ox.Literal(120),
    }


def test_in_rdf_1_2_the_same_node_reifies_the_statement() -> None:
    quads = list(evidence_quads("A_RES_72_7", STATEMENTS, reifiers=True))
    text = ox.serialize(quads, format=ox.RdfFormat.TRIG)
    assert text
    assert set(ox.parse(text, format=ox.RdfFormat.TRIG)) == set(quads), "it is read back as it was written"
    reified = {q.object for q in quads if q.predicate == node("rdf:reifies")}
    assert reified == {TEXT.quad.triple, CITES.quad.triple}
    assert {q.subject for q in quads if q.predicate == node("md:evidence")} == {
        statement_iri("A_RES_72_7", one.quad) for one in (TEXT, CITES)
    }


def test_statements_with_their_evidence_are_read_back_and_are_plain_n_quads() -> None:
    tricky = Statement(quad("id:a", "md:text", ox.Literal("ends as a comment . # 0,1,2,0,3,4")))
    text = attested_lines([CITES, tricky, TEXT, BARE])
    assert set(read_attested(text)) == {CITES, tricky, TEXT, BARE}
    assert attested_lines(read_attested(text)) == text
    plain = list(ox.parse(text, format=ox.RdfFormat.N_QUADS))
    assert plain == [one.quad for one in read_attested(text)]
    assert nquads(plain).splitlines() == [line.rpartition(" #")[0] for line in text.splitlines()[1:]]
