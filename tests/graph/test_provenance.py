"""Every statement drawn from a text is attested by words that stand in the file, and every name is in order."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from mandata.package_data import shipped
from mandata.rdf.local_names import read_name
from mandata.rdf.namespaces import ID, MD, PREFIXES, RDF, SCHEME
from mandata.reason import Fact, Term, fact_of
from mandata.reason.close import close
from mandata.reason.facts import sorted_triples, trivial
from mandata.reason.owl_rl.rule_table import RULES
from mandata.reason.owlrl_engine import owlrl_closure
from mandata.reason.rules.restatement import find_restatements
from mandata.un import symbol

TEXTS = shipped("data/texts")
TYPE = ox.NamedNode(RDF + "type")
PARAGRAPHS = {"AnnexParagraph", "FunctionItem", "LetterParagraph", "OperativeParagraph", "PreambularParagraph"}
SHOWN_BY_OBJECT = {"hasAct", "hasFunction", "hasPart", "hasVersion", "transmits"}  # what shows the object shows the tie
SHOWN_BY_ANY_WORDS = {"atMeeting", "ofDocument", "position", "type"}  # what a thing is, shown by whatever tells of it
TOLD_BY_NAME = {"inSession", "number", "represents", "symbol", "type"}  # what the words that name a thing tell of it
TOLD_BY_CITATION = {"symbol", "type"}

# Statements in the graph of a text without words that say them: (class, or * for any; property) -> why.
WORDLESS = {
    ("Evidence", "*"): "they are the attestation",
    ("*", "evidence"): "it is the attestation",
    ("LanguageVersion", "*"): "of the file that was read, not in it",
    ("SourceFile", "*"): "of the file that was read, not in it",
    ("*", "realizedBy"): "to the file that was read",
    ("Identification", "*"): "says by itself on what it relies",
    ("*", "identifiedBy"): "to what says on what it relies",
    ("*", "supplements"): "the symbol says it by its form, whoever cites it",
    ("*", "label"): "made from what is attested, for want of a name",
}


def md(local: str) -> ox.NamedNode:
    return ox.NamedNode(MD + local)


def iri(term: Term) -> str:
    assert isinstance(term, ox.NamedNode)
    return term.value


def plain(term: Term) -> str:
    assert isinstance(term, ox.Literal)
    return term.value


class Graph:
    """The asserted statements, looked up by subject and property."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.facts = list(facts)
        self.values: dict[tuple[Term, Term], set[Term]] = defaultdict(set)
        self.citations: dict[tuple[Term, Term], set[Term]] = defaultdict(set)
        for subject, predicate, value in self.facts:
            self.values[subject, predicate].add(value)
        for subject, predicate, value in self.facts:
            if predicate in (md("citedDocument"), md("citedPart")):
                for citing in self.get(subject, "citingPart"):
                    self.citations[citing, value].add(subject)
        self.named = {value for _, predicate, value in self.facts if predicate == md("attestsObject")}
        self.cited = {to for (_, to), made in self.citations.items() if any(map(self.general, made))}

    def get(self, subject: Term, local: str) -> set[Term]:
        return self.values.get((subject, md(local)), set())

    def of_class(self, local: str) -> set[Term]:
        return {subject for subject, predicate, value in self.facts if (predicate, value) == (TYPE, md(local))}

    def classes(self, subject: Term) -> set[str]:
        return {iri(cls).removeprefix(MD) for cls in self.values.get((subject, TYPE), ())}

    def general(self, subject: Term) -> set[Term]:
        """Return the evidence of a thing as a whole: it attests no property that the thing has."""
        return {
            each
            for each in self.get(subject, "evidence")
            if not any((subject, prop) in self.values for prop in self.get(each, "attestsProperty"))
        }

    def attested(self, fact: Fact) -> bool:
        """Tell whether words attest a statement: its own, its citation's, or some that show its subject."""
        subject, predicate, value = fact
        local = re.split(r"[#/]", iri(predicate))[-1]
        return any(
            (
                any(self.attests(each, fact) for each in self.get(subject, "evidence")),
                any(self.general(citation) for citation in self.citations.get((subject, value), ())),
                local in SHOWN_BY_OBJECT and self.get(value, "evidence"),
                local in SHOWN_BY_ANY_WORDS and self.get(subject, "evidence"),
                local in TOLD_BY_NAME and subject in self.named,
                local in TOLD_BY_CITATION and subject in self.cited,
                self.general(subject),
            )
        )

    def attests(self, evidence: Term, fact: Fact) -> bool:
        values = self.get(evidence, "attestsObject") or {fact[2]}
        return fact[1] in self.get(evidence, "attestsProperty") and fact[2] in values


@pytest.fixture(scope="module")
def graph(quads: list[ox.Quad]) -> Graph:
    return Graph(map(fact_of, quads))


@pytest.fixture(scope="module")
def drawn(quads: list[ox.Quad]) -> list[Fact]:
    """The statements of the graphs of texts."""
    texts = {quad.graph_name for quad in quads if quad.predicate == md("realizedBy")}
    assert len(texts) == len(list(TEXTS.glob("*.txt")))
    return [fact_of(quad) for quad in quads if quad.graph_name in texts]


@pytest.mark.parametrize("classes", [PARAGRAPHS, {"Footnote"}, {"Citation"}, {"ParagraphVersion"}], ids=min)
def test_every_part_of_a_text_and_every_citation_has_words_of_its_own(
    classes: set[str], graph: Graph, drawn: list[Fact]
) -> None:
    things = {fact[0] for fact in drawn if fact[1] == TYPE and graph.classes(fact[0]) & classes}
    assert things
    assert not [each for each in things if not graph.general(each)]


def test_every_statement_drawn_from_a_text_has_words_save_the_listed_kinds(graph: Graph, drawn: list[Fact]) -> None:
    bare, excused = set(), set()
    for fact in drawn:
        if not graph.attested(fact):
            local = re.split(r"[#/]", iri(fact[1]))[-1]
            kinds = {(cls, name) for cls in (*graph.classes(fact[0]), "*") for name in (local, "*")} & WORDLESS.keys()
            excused |= kinds
            bare |= set() if kinds else {(iri(fact[0]), local)}
    assert not sorted(bare)
    assert excused == WORDLESS.keys()


def test_every_quotation_stands_in_its_file_where_it_says(graph: Graph) -> None:
    """The file is known by its checksum and name, the place by characters into the file as received."""
    assert len(graph.of_class("Evidence")) > 500
    for each in graph.of_class("Evidence"):
        (quotation,), (start,), (end,) = (graph.get(each, local) for local in ("quotation", "start", "end"))
        (file,) = graph.get(each, "inFile")
        (name,) = graph.get(file, "fileName")
        raw = raw_text(plain(name))
        assert raw[int(plain(start)) : int(plain(end))] == plain(quotation)
        found = read_name(iri(each).removeprefix(ID))
        assert found.span == (int(plain(start)), int(plain(end)))
        assert iri(file) == f"{ID}{found.document}.{found.language}.{found.file}"


def test_every_file_bears_the_checksum_of_its_bytes(graph: Graph) -> None:
    files = graph.of_class("SourceFile")
    assert len(files) == len(list(TEXTS.glob("*.txt")))
    for file in files:
        (name,), (checksum,) = graph.get(file, "fileName"), graph.get(file, "checksum")
        assert hashlib.sha256((TEXTS / plain(name)).read_bytes()).hexdigest() == plain(checksum)
        assert read_name(iri(file).removeprefix(ID)).file == plain(checksum)[:8]


@cache
def raw_text(name: str) -> str:
    return (TEXTS / name).read_bytes().decode("utf-8")


LETTERS = re.compile(r"\w")
MARKS = re.compile(r"<sup>\d+</sup>|\^|[¹²³⁴⁵⁶⁷⁸⁹⁰]+")


def test_a_paragraph_says_what_its_quotations_say(graph: Graph, drawn: list[Fact]) -> None:
    """Letter for letter, mark-up, note calls and white space apart; its runs in the order of the file."""
    seen = 0
    for subject, predicate, value in drawn:
        if predicate == md("text") and graph.classes(subject) & PARAGRAPHS:
            runs = sorted(graph.general(subject), key=lambda each: int(plain(*graph.get(each, "start"))))
            quoted = " ".join(plain(*graph.get(each, "quotation")) for each in runs)
            assert LETTERS.findall(MARKS.sub("", quoted)) == LETTERS.findall(plain(value)), subject
            seen += 1
    assert seen > 90


def names(facts: Iterable[Fact]) -> set[str]:
    """Return the IRIs of all that is spoken of, datatypes too."""
    found = {term for fact in facts for term in fact}
    datatypes = {term.datatype.value for term in found if isinstance(term, ox.Literal)}
    return datatypes | {term.value for term in found if isinstance(term, ox.NamedNode)}


@pytest.fixture(scope="module")
def inferred(kb: Path) -> list[Fact]:
    return [fact_of(quad) for quad in ox.parse(path=str(kb / "inferred.nq"))]


def test_no_term_is_used_that_the_ontology_or_a_scheme_does_not_declare(graph: Graph, inferred: list[Fact]) -> None:
    files = [shipped("ontology/mandata.ttl"), *shipped("ontology/schemes").glob("*.ttl")]
    axioms = [fact_of(quad) for path in files for quad in ox.parse(path=str(path))]
    declared = names((s, p, s) for s, p, _ in axioms if p == TYPE)
    used = {name for name in names([*graph.facts, *inferred]) if name.startswith((MD, SCHEME))}
    assert used and not used - declared


def test_every_thing_spoken_of_has_an_asserted_class(graph: Graph) -> None:
    typed = {iri(subject) for subject, predicate, _ in graph.facts if predicate == TYPE}
    spoken_of = {name for name in names(graph.facts) if name.startswith(ID)}
    assert len(spoken_of) > 1000 and not sorted(spoken_of - typed)


def test_every_thing_that_a_rule_makes_has_a_class(graph: Graph, inferred: list[Fact]) -> None:
    typed = {subject for subject, predicate, _ in (*graph.facts, *inferred) if predicate == TYPE}
    assert not sorted(name for name in names(inferred) if name.startswith(ID) and ox.NamedNode(name) not in typed)


LEGAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")  # a local name that Turtle needs no escape for


def test_every_local_name_is_legal_turtle_as_it_stands(
    quads: list[ox.Quad], graph: Graph, inferred: list[Fact]
) -> None:
    graphs = {str(quad.graph_name).strip("<>") for quad in quads}
    for name in names([*graph.facts, *inferred]) | graphs:
        for prefix in ("id", "graph", "md"):
            if name.startswith(PREFIXES[prefix]):
                assert LEGAL.fullmatch(name.removeprefix(PREFIXES[prefix])), name


def test_every_name_of_a_document_and_its_parts_is_read_back(graph: Graph) -> None:
    """Printing what was read gives the name; its document is a symbol's local name, which reads back too."""
    documents = {iri(subject) for subject, predicate, _ in graph.facts if predicate == md("symbol")}
    found = {name.removeprefix(ID) for name in names(graph.facts) if name.startswith(tuple(documents))}
    assert len(found) > 800
    for local in found:
        name = read_name(local)
        assert str(name) == local
        assert ID + name.document in documents, local
        assert symbol.from_local_name(name.document).local_name == name.document


PARTS = [  # local name, document, part, language, file, span, role
    ("A_RES_72_7", ("A_RES_72_7", None, None, None, None, None)),
    ("A_RES_53_243_A", ("A_RES_53_243_A", None, None, None, None, None)),
    ("A_RES_72_7.op1.a", ("A_RES_72_7", "op1.a", None, None, None, None)),
    ("A_RES_72_7.pp2.fr", ("A_RES_72_7", "pp2", "fr", None, None, None)),
    ("A_RES_72_7.fr.1a2b3c4d", ("A_RES_72_7", None, "fr", "1a2b3c4d", None, None)),
    ("A_RES_72_7.fr.1a2b3c4d.span-10-17", ("A_RES_72_7", None, "fr", "1a2b3c4d", (10, 17), None)),
    ("A_71_982-S_2017_600.annex1.p7", ("A_71_982-S_2017_600", "annex1.p7", None, None, None, None)),
    ("A_C.2_72_3.annex1", ("A_C.2_72_3", "annex1", None, None, None, None)),
    ("A_76_L.74_Add.1", ("A_76_L.74_Add.1", None, None, None, None, None)),
    ("A_RES_72_7.pp2.cites-S_2007_279", ("A_RES_72_7", "pp2", None, None, None, "cites-S_2007_279")),
    ("S_2007_279.p3.5", ("S_2007_279", "p3.5", None, None, None, None)),
    ("S_2007_280.record", ("S_2007_280", None, None, None, None, "record")),
    ("S_2007_279.fr.f1c8ed79.identification", ("S_2007_279", None, "fr", "f1c8ed79", None, "identification")),
    ("A_RES_72_7.op1.aa.iv", ("A_RES_72_7", "op1.aa.iv", None, None, None, None)),
    ("A_RES_72_7.op1.aa.iv.fr", ("A_RES_72_7", "op1.aa.iv", "fr", None, None, None)),
    ("A_RES_72_7.und.1a2b3c4d", ("A_RES_72_7", None, "und", "1a2b3c4d", None, None)),
    ("unidentified-1a2b3c4d.p1", ("unidentified-1a2b3c4d", "p1", None, None, None, None)),
]


@pytest.mark.parametrize(("local", "parts"), PARTS)
def test_a_local_name_is_read_into_its_parts(local: str, parts: tuple[object, ...]) -> None:
    name = read_name(local)
    assert (name.document, name.part, name.language, name.file, name.span, name.role) == parts
    assert str(name) == local


def test_owlrl_and_our_own_engine_conclude_the_same(quads: list[ox.Quad], graph: Graph, inferred: list[Fact]) -> None:
    """One run of owlrl over what is given and what our own rules conclude finds all that ours finds, and no more."""
    axioms = [fact_of(quad) for quad in ox.parse(path=str(shipped("ontology/mandata.ttl")))]
    restated = find_restatements(quads)
    ours = close(graph.facts, axioms, shipped("ontology/rules"), computed=restated)
    of_owl = {row.name for row in RULES}
    by_own_rules = {fact for fact, step in ours.steps.items() if step.rule not in of_owl}
    given = {*axioms, *graph.facts}
    closed, messages = owlrl_closure(given | by_own_rules)
    theirs = (fact for fact in closed - given if not trivial(fact))
    named = {fact for fact in theirs if not any(isinstance(term, ox.BlankNode) for term in fact)}
    assert set(sorted_triples(named)) == set(ours.published) == set(sorted_triples(inferred))
    assert by_own_rules and not messages and not ours.contradictions
