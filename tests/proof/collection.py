"""The invented collection of ``tests/reason/kb.ttl``, closed, in a store as the build makes it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, Quad, parse

from mandata.kb.store import in_memory
from mandata.package_data import shipped
from mandata.proof import Proof, StoreFacts, Words, prove
from mandata.proof.justifications import SupportFinder
from mandata.proof.rule_instances import Instances
from mandata.rdf.namespaces import GRAPH
from mandata.reason import Closure, Fact, fact_of, read_rules
from mandata.reason.close import close
from mandata.reason.engine.blank_names import renamed
from mandata.reason.engine.fact_index import Index
from mandata.reason.engine.ground_rules import Terms
from turtle_text import fact

RULES = shipped("ontology/rules")
KB = Path(__file__).parents[1] / "reason" / "kb.ttl"


@cache
def stated() -> tuple[Fact, ...]:
    return tuple(map(fact_of, parse(path=KB)))


@cache
def axioms() -> tuple[Fact, ...]:
    return tuple(map(fact_of, parse(path=shipped("ontology/mandata.ttl"))))


def closed(facts: object = None, *, unique_names: bool = True) -> Closure:
    return close(stated() if facts is None else facts, axioms(), RULES, unique_names=unique_names)  # type: ignore[arg-type]


@cache
def closure() -> Closure:
    return closed()


class WholeIndex(Index):
    """All that is known of a small collection, held in memory: every match is given."""

    cut = False


def instances_of(facts: Iterable[Fact], closure: Closure) -> Instances:
    """Return the rule instances over some facts, the ontology, and what follows from them."""
    terms, index = Terms(), WholeIndex()
    for each in (*renamed([*axioms(), *facts]), *closure.steps):
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


@cache
def facts_at_hand() -> StoreFacts:
    """Return a store as the build makes it: catalogue, entities, texts, ontology and the inferred apart."""
    ontology, inferred = (NamedNode(GRAPH + name) for name in ("ontology", "inferred"))
    quads = [Quad(s, p, o, NamedNode(GRAPH + _graph(str(s)))) for s, p, o in stated()]  # type: ignore[arg-type]
    axioms = parse(path=shipped("ontology/mandata.ttl"))
    quads += (Quad(one.subject, one.predicate, one.object, ontology) for one in axioms)
    quads += (Quad(one.subject, one.predicate, one.object, inferred) for one in closure().published)
    return StoreFacts(in_memory(quads))


def _graph(subject: str) -> str:
    local = subject.rpartition("/")[2]
    if local.startswith(("S_1999_11", "A_RES_60_3")):
        return "catalogue"
    if local.startswith(("centre-", "state-", "region-")):
        return "entities"
    return "S_1999_10" if local.startswith(("mandate-", "S_1999_10")) else "A_RES_59_7"


@cache
def words(language: str = "en") -> Words:
    return Words(facts_at_hand(), {rule.name: rule.sentences for rule in read_rules(RULES)}, language)


def proof(subject: str, predicate: str, value: str) -> Proof:
    found = prove(closure(), fact(subject, predicate, value), facts_at_hand())
    assert found is not None
    return found
