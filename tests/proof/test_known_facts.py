"""What is looked up pattern by pattern in a knowledge base is what its closed graph holds in memory."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from collection import instances_of

from mandata.proof import known_facts, why_not
from mandata.proof.knowledge import Knowledge
from mandata.proof.rule_instances import Instances
from mandata.proof.why_not import nearest_instances, similar_facts
from mandata.reason import fact_of
from mandata.reason.close import close_as_built
from mandata.reason.engine.ground_rules import Ids
from mandata.reason.facts import text_of
from turtle_text import fact

ASKED = [
    ("id:A_RES_72_7", "md:restsOn", "id:A_71_982-S_2017_600"),
    ("id:A_RES_72_7", "rdf:type", "md:FoundingLetter"),
    ("id:mandate-UNRCCA", "md:serves", "id:state-FRA"),
    ("id:A_RES_72_7", "md:cites", "id:A_RES_76_299"),
    ("id:state-TKM", "rdf:type", "md:Provision"),
]


@pytest.fixture(scope="module")
def knowledge(kb: Path) -> Knowledge:
    return Knowledge(kb)


@pytest.fixture(scope="module")
def in_memory(knowledge: Knowledge) -> Instances:
    return instances_of(tuple(map(fact_of, knowledge.asserted)), close_as_built(knowledge.asserted))


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_what_comes_nearest_is_the_same_as_over_the_whole_graph(
    asked: tuple[str, str, str], knowledge: Knowledge, in_memory: Instances
) -> None:
    one = fact(*asked)
    found, expected = nearest_instances(one, knowledge.instances, 10), nearest_instances(one, in_memory, 10)
    assert found.found and found.found == expected.found
    assert similar_facts(one, knowledge.instances) == similar_facts(one, in_memory)


def test_every_pattern_of_a_fact_is_matched_as_in_memory(knowledge: Knowledge, in_memory: Instances) -> None:
    """Store and memory name a literal by its value in one form each, so only facts about things are compared."""
    facts = [one for one in list(in_memory.known.match(-1, -1, -1))[::97] if named(one, in_memory)]
    assert len(facts) > 20
    for ids, kept in product(facts, ((0, 1), (1, 2), (0, 1, 2))):
        pattern = [ids[at] if at in kept else -1 for at in range(3)]
        there = {one for one in in_memory.known.match(*pattern) if named(one, in_memory)}
        asked = [knowledge.instances.terms.number(in_memory.terms.term(n)) if n >= 0 else -1 for n in pattern]
        here = {one for one in knowledge.known.match(*asked) if named(one, knowledge.instances)}
        if len(here) < known_facts.MOST_MATCHES:
            assert {text_of(in_memory.terms.decode(one)) for one in there} == {
                text_of(knowledge.instances.terms.decode(one)) for one in here
            }


def named(ids: Ids, instances: Instances) -> bool:
    return not any(str(instances.terms.term(number)).startswith('"') for number in ids)


def test_a_thing_that_all_name_is_looked_up_no_further_than_the_limit(
    kb: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_facts, "MOST_MATCHES", 3)
    knowledge = Knowledge(kb)
    _, mentions, state = knowledge.instances.terms.encode(fact("id:x", "md:mentions", "id:state-TKM"))
    assert not knowledge.known.cut
    assert len(list(knowledge.known.match(-1, mentions, state))) == 3
    assert knowledge.known.cut


def test_a_search_that_is_cut_says_so(kb: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(why_not, "MOST_IN_ALL", 5)
    assert nearest_instances(fact("id:A_RES_72_7", "rdf:type", "md:FoundingLetter"), Knowledge(kb).instances).cut
