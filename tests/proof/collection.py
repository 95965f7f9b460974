"""The invented collection of ``tests/reason/kb.ttl``, closed, in a store as the build makes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import NamedNode, Quad, parse

from mandata.kb.evidence import EvidenceIndex, write_evidence
from mandata.kb.store import in_memory
from mandata.package_data import shipped_path
from mandata.proof import Proof, StoreFacts, Verbalizer, prove
from mandata.proof.justifications import SupportFinder
from mandata.proof.rule_instances import Instances
from mandata.rdf.evidence import Evidence
from mandata.rdf.namespaces import GRAPH, ID, MD
from mandata.reason import Closure, Fact, fact_of, read_rules
from mandata.reason.close import close
from mandata.reason.engine.blank_names import rename_blank_nodes
from mandata.reason.engine.fact_index import FactIndex
from mandata.reason.engine.ground_rules import Terms
from turtle_text import fact, triples

RULES = shipped_path("ontology/rules")
TEXT = NamedNode(MD + "text")
KB = Path(__file__).parents[1] / "reason" / "kb.ttl"


@cache
def stated() -> tuple[Fact, ...]:
    return tuple(map(fact_of, parse(path=KB)))


@cache
def axioms() -> tuple[Fact, ...]:
    return tuple(map(fact_of, parse(path=shipped_path("ontology/mandata.ttl"))))


def closed(facts: object = None, *, unique_names: bool = True) -> Closure:
    return close(stated() if facts is None else facts, axioms(), RULES, unique_names=unique_names)  # type: ignore[arg-type]


@cache
def closure() -> Closure:
    return closed()


class WholeIndex(FactIndex):
    """All that is known of a small collection, held in memory: every match is given."""

    cut = False


def instances_of(facts: Iterable[Fact], closure: Closure) -> Instances:
    """Return the rule instances over some facts, the ontology, and what follows from them."""
    terms, index = Terms(), WholeIndex()
    for each in (*rename_blank_nodes([*axioms(), *facts]), *closure.steps):
        index.add(terms.encode(each))
    return Instances(terms, index, index, closure.steps, read_rules(RULES))


def finder_of(facts: Iterable[Fact], closure: Closure) -> SupportFinder:
    """Return what finds the minimal sets of some stated facts."""
    instances = instances_of(facts, closure)
    return SupportFinder(instances, set(map(instances.terms.encode, facts)).__contains__)


@cache
def instances() -> Instances:
    return instances_of(stated(), closure())


@cache
def finder() -> SupportFinder:
    return finder_of(stated(), closure())


# The file that each part stands in, and the character of it at which the words of the part begin.
PLACES = {
    "S_1999_10.en": ("S_1999_10.en.0a0a0a0a", 0),
    "S_1999_10.p1": ("S_1999_10.en.0a0a0a0a", 10),
    "S_1999_10.p2.1": ("S_1999_10.en.0a0a0a0a", 80),
    "A_RES_59_7.en": ("A_RES_59_7.en.0b0b0b0b", 0),
    "A_RES_59_7.pp1": ("A_RES_59_7.en.0b0b0b0b", 20),
    "A_RES_59_7.op1": ("A_RES_59_7.en.0b0b0b0b", 120),
}
# What words of a part show: each place where they stand in it, all of the part where none are given.
SHOWN = [
    ("S_1999_10.en", "S/1999/10", "id:S_1999_10 a md:Letter ; md:symbol 'S/1999/10' ."),
    ("S_1999_10.p1", "", "id:S_1999_10 md:hasPart id:S_1999_10.p1 . id:S_1999_10.p1 a md:LetterParagraph ."),
    ("S_1999_10.p1", "A/50/1", "id:S_1999_10.p1 md:isInAccordanceWith id:A_50_1 ."),
    ("S_1999_10.p1", "I intend to open a centre", "id:mandate-LAKE md:hasAct id:mandate-LAKE.act-S_1999_10 ."),
    ("S_1999_10.p1", "I intend to open a centre", "id:mandate-LAKE.act-S_1999_10 a md:Announcement ."),
    ("S_1999_10.p1", "I", "id:mandate-LAKE.act-S_1999_10 md:actBy id:post-Secretary-General ."),
    ("S_1999_10.p1", "I intend", "id:mandate-LAKE.act-S_1999_10 md:actPart id:S_1999_10.p1 ."),
    (
        "S_1999_10.p2.1",
        "",
        "id:mandate-LAKE md:hasFunction id:mandate-LAKE.f1 . id:mandate-LAKE.f1 a md:MandateFunction .",
    ),
    ("S_1999_10.p2.1", "", "id:mandate-LAKE.f1 md:statedIn id:S_1999_10.p2.1 ; md:text 'keep the dialogue'@en ."),
    ("S_1999_10.p2.1", "Keep", "id:mandate-LAKE.act-S_1999_10 md:actBy id:post-Secretary-General ."),
    ("A_RES_59_7.en", "A/RES/59/7", "id:A_RES_59_7 a md:Resolution ; md:symbol 'A/RES/59/7' ."),
    ("A_RES_59_7.pp1", "", "id:A_RES_59_7 md:hasPart id:A_RES_59_7.pp1 . id:A_RES_59_7.pp1 a md:PreambularParagraph ."),
    ("A_RES_59_7.pp1", "S/1999/10", "id:A_RES_59_7.pp1 md:reaffirms id:S_1999_10 ."),
    ("A_RES_59_7.pp1", "S/1999/10", "id:A_RES_59_7.pp1.cites-S_1999_10 md:citedDocument id:S_1999_10 ."),
    ("A_RES_59_7.op1", "", "id:A_RES_59_7 md:hasPart id:A_RES_59_7.op1 . id:A_RES_59_7.op1 a md:OperativeParagraph ."),
    ("A_RES_59_7.op1", "Encourages", "id:A_RES_59_7.op1 md:operator op:encourages ."),
]


def evidence() -> Iterator[tuple[Quad, tuple[Evidence, ...]]]:
    """Yield the statements that words show, as a build hands them to the index."""
    words = {subject: value.value for subject, predicate, value in stated() if predicate == TEXT}
    for part, quoted, said in SHOWN:
        text, (file, at) = words[NamedNode(ID + part)], PLACES[part]
        places = [match.span() for match in re.finditer(rf"\b{re.escape(quoted)}\b" if quoted else ".+", text)]
        found = tuple(Evidence(part, start, end, file, at + start, at + end) for start, end in places)
        for triple in triples(said):
            yield Quad(triple.subject, triple.predicate, triple.object, _place(str(triple.subject))), found


@cache
def index() -> EvidenceIndex:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "evidence.sqlite"
        write_evidence(path, evidence())
        return EvidenceIndex(path)  # SQLite keeps the file open


@cache
def facts_at_hand() -> StoreFacts:
    """Return a store as the build makes it: catalogue, entities, texts, ontology and the inferred apart."""
    ontology, inferred = (NamedNode(GRAPH + name) for name in ("ontology", "inferred"))
    quads = [Quad(s, p, o, _place(str(s))) for s, p, o in stated()]  # type: ignore[arg-type]
    axioms = parse(path=shipped_path("ontology/mandata.ttl"))
    quads += (Quad(one.subject, one.predicate, one.object, ontology) for one in axioms)
    quads += (Quad(one.subject, one.predicate, one.object, inferred) for one in closure().published)
    return StoreFacts(in_memory(quads), index())


def _place(subject: str) -> NamedNode:
    return NamedNode(GRAPH + _graph(subject))


def _graph(subject: str) -> str:
    local = subject.rpartition("/")[2]
    if local.startswith(("S_1999_11", "A_RES_60_3")):
        return "catalogue"
    if local.startswith(("centre-", "state-", "region-")):
        return "entities"
    return "S_1999_10" if local.startswith(("mandate-", "S_1999_10")) else "A_RES_59_7"


@cache
def words(language: str = "en") -> Verbalizer:
    return Verbalizer(facts_at_hand(), {rule.name: rule.sentences for rule in read_rules(RULES)}, language)


def proof(subject: str, predicate: str, value: str) -> Proof:
    found = prove(closure(), fact(subject, predicate, value), facts_at_hand())
    assert found is not None
    return found
