"""Every term of another vocabulary that a reader may look for is aligned, or left out with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef, namespace
from rdflib.term import Node

from mandata.package_data import shipped_path
from mandata.rdf.namespaces import ID, MD
from mandata.reason.close import entail

ALIGNMENTS = shipped_path("ontology/alignments.ttl")
TEXT = ALIGNMENTS.read_text(encoding="utf-8")
GRAPH = Graph().parse(data=TEXT, format="turtle")
HEADER = URIRef("https://w3id.org/mandata/alignments")
RELATIONS = {"subClassOf": RDFS.subClassOf, "subPropertyOf": RDFS.subPropertyOf, "closeMatch": SKOS.closeMatch}
CONSIDERED: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).parents[1] / "tables" / "alignments.yaml").read_text(encoding="utf-8")
)
MATCHED = CONSIDERED.pop("matched")
DECISIONS = {term: decision for group in CONSIDERED.values() for term, decision in group.items()}
LEFT_OUT = dict(re.findall(r"^# left out: (\S+): (.+)$", TEXT, re.MULTILINE))
KNOWN = ("DCTERMS", "FOAF", "ORG", "PROV", "SDO", "SKOS", "TIME")
"""The vocabularies whose terms rdflib lists."""


def iri(term: str) -> URIRef:
    """Return the IRI of a prefixed name, by the prefixes of the file."""
    prefix, _, local = term.partition(":")
    found = dict(GRAPH.namespaces()).get(prefix)
    return URIRef(f"{found}{local}" if found else term)


def own(node: Node) -> bool:
    return str(node).startswith(MD)


def aligned() -> Iterator[tuple[Node, Node, Node]]:
    yield from ((s, p, o) for p in RELATIONS.values() for s, o in GRAPH.subject_objects(p))


@pytest.mark.parametrize(("term", "decision"), DECISIONS.items(), ids=list(DECISIONS))
def test_a_term_that_was_considered_is_aligned_or_left_out_with_a_reason(term: str, decision: str) -> None:
    relations = {p for s, p, o in aligned() if o == iri(term)}
    if decision == "left out":
        assert not relations
        reason = LEFT_OUT[term]
        assert len(reason.split()) > 3 or reason.removeprefix("as ") in LEFT_OUT
    else:
        assert RELATIONS[decision] in relations
        assert term not in LEFT_OUT


def test_nothing_is_left_out_or_aligned_that_was_not_considered() -> None:
    assert not LEFT_OUT.keys() - DECISIONS.keys()
    known = {iri(term) for term in DECISIONS}
    assert not {str(o) for _, p, o in aligned() if p != SKOS.closeMatch} - set(map(str, known))


@pytest.mark.parametrize("name", KNOWN)
def test_a_term_is_one_that_its_vocabulary_has(name: str) -> None:
    known: type[namespace.DefinedNamespace] = getattr(namespace, name)
    used = {o for _, _, o in aligned() if str(o).startswith(str(known._NS))}
    assert used
    assert not [str(one) for one in used if str(one) not in known]


def test_an_alignment_leads_from_our_term_to_theirs() -> None:
    for s, p, o in GRAPH:
        if s == HEADER:
            continue
        if own(s):
            assert p in RELATIONS.values() and not own(o)
        else:
            assert p == RDF.type and o in {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}


def test_what_is_declared_stands_above_a_term_of_ours() -> None:
    above = {o for p in (RDFS.subClassOf, RDFS.subPropertyOf) for o in GRAPH.objects(None, p)}
    assert {s for s in GRAPH.subjects(RDF.type) if s != HEADER} == above - {SKOS.Concept}


def test_the_alignments_import_the_core_and_nothing_else() -> None:
    assert list(GRAPH.subject_objects(OWL.imports)) == [(HEADER, URIRef(MD.removesuffix("#")))]


def test_things_of_ours_are_matched_to_outside_things(quads: list[ox.Quad]) -> None:
    stated = {(str(q.subject), str(q.object)) for q in quads if q.predicate.value == str(SKOS.exactMatch)}
    assert not {(f"<{ID}{ours}>", f"<{theirs}>") for ours, theirs in MATCHED.items()} - stated


# A resolution that recalls another, and mentions a State; an agent and its post: what a reader who knows other
# vocabularies alone finds in it.
_DATA = """
id:A_RES_1_1 a md:Resolution ; md:hasPart id:A_RES_1_1.pp1 ; md:adoptedBy id:organ-GA ; md:realizedBy id:A_RES_1_1.fr .
id:A_RES_1_1.pp1 a md:PreambularParagraph ; md:recalls id:A_RES_1_2 ; md:mentions id:state-TKM .
id:A_RES_1_1.pp1.cites-A_RES_1_2 a md:Citation ; md:citingPart id:A_RES_1_1.pp1 ; md:citedDocument id:A_RES_1_2 ;
    md:intent op:recalling .
id:A_RES_1_2 a md:Resolution ; md:symbol "A/RES/1/2" .
id:organ-GA a md:Organ . id:state-TKM a md:MemberState . id:person-X md:holds id:post-Y .
id:S_1 a md:Letter ; md:repliesTo id:S_2 . id:A_1_Corr.1 md:corrects id:A_1 .
"""
_ASKED = [  # in the words of UNDO and others: which documents refer to one, what one refers to, who recalls it
    ("SELECT ?x { ?x a undo:Document ; allot:mentions id:state-TKM }", "A_RES_1_1"),
    ("SELECT ?x { id:A_RES_1_1 allot:mentions ?x }", "state-TKM"),
    (
        "SELECT ?x { ?r a undo:Relation ; undo:hasProponent/dcterms:isPartOf ?x ; undo:hasReceiver id:A_RES_1_2 }",
        "A_RES_1_1",
    ),
    ("SELECT ?x { ?x allot:hasRealization id:A_RES_1_1.fr }", "A_RES_1_1"),
    ("SELECT ?x { ?c a cito:Citation ; cito:hasCitedEntity ?x }", "A_RES_1_2"),
    ("SELECT ?x { ?x a undo:Resolution ; cito:cites id:A_RES_1_2 }", "A_RES_1_1"),
    ("SELECT ?x { ?x dcterms:identifier 'A/RES/1/2' ; dcterms:isReferencedBy id:A_RES_1_1 }", "A_RES_1_2"),
    ("SELECT ?x { ?x cito:repliesTo id:S_2 ; a undo:OfficialLetter }", "S_1"),
    ("SELECT ?x { ?x cito:corrects id:A_1 }", "A_1_Corr.1"),
    ("SELECT ?x { ?x a foaf:Person , allot:Person , undo:Agent ; org:holds ?post . ?post a org:Post }", "person-X"),
    ("SELECT ?x { ?x a org:Organization , prov:Agent }", "organ-GA"),
]


@pytest.fixture(scope="module")
def closed() -> Graph:
    """What follows from a small collection with the core and the alignments."""
    prefixes = f"@prefix md: <{MD}> . @prefix id: <{ID}> . @prefix op: <https://w3id.org/mandata/scheme/operators/> .\n"
    whole = Graph().parse(data=prefixes + _DATA, format="turtle")
    whole.parse(shipped_path("ontology/mandata.ttl")).parse(ALIGNMENTS)
    found = entail(ox.parse(whole.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES), useful=True)
    whole.parse(data="".join(f"{triple} .\n" for triple in found.published), format="nt")
    return whole


@pytest.mark.parametrize(("question", "answer"), _ASKED)
def test_a_question_in_the_words_of_another_vocabulary_is_answered(question: str, answer: str, closed: Graph) -> None:
    prefixes = "".join(f"PREFIX {prefix}: <{name}>\n" for prefix, name in GRAPH.namespaces())
    rows = closed.query(f"{prefixes}PREFIX id: <{ID}>\n{question}")
    assert URIRef(ID + answer) in {row[0] for row in rows}  # type: ignore[index]
