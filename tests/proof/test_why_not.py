"""Why a statement does not follow: the nearest rule instances, what they lack, and what stands against them."""

from __future__ import annotations

import pytest
from collection import closed, closure, instances, instances_of, stated, words

from mandata.proof.why_not import NearInstance, nearest_instances, similar_facts
from mandata.reason import fact_of
from turtle_text import fact, facts

ASKED = [  # a statement that does not hold, the nearest rule, what it lacks
    (
        ("id:A_55_9", "md:restsOn", "id:S_1999_10"),
        "rests-on-direct",
        [("id:A_55_9", "md:cites", "id:S_1999_10")],
    ),
    (
        ("id:mandate-LAKE", "md:serves", "id:state-CCC"),
        "mandate-serves",
        [("id:state-CCC", "md:inRegion", "id:region-LAKE")],
    ),
    (("id:A_RES_59_7", "md:cites", "id:A_50_1"), "prp-spo2", [("id:A_RES_59_7.pp1", "md:cites", "id:A_50_1")]),
]


@pytest.mark.parametrize(("asked", "rule", "lacks"), ASKED)
def test_the_nearest_rule_names_the_premise_that_is_missing(
    asked: tuple[str, str, str], rule: str, lacks: list[tuple[str, str, str]]
) -> None:
    one = fact(*asked)
    assert one not in closure().steps and one not in stated()
    found = nearest_instances(one, instances(), 5).found
    wanted = [tuple(fact(*each)) for each in lacks]
    assert any(near.step.rule == rule and list(near.missing) == wanted for near in found), found


@pytest.mark.parametrize(("asked", "rule", "lacks"), ASKED)
def test_with_the_missing_premise_the_statement_follows(
    asked: tuple[str, str, str], rule: str, lacks: list[tuple[str, str, str]]
) -> None:
    """What is named as missing is truly what is wanting."""
    after = closed([*stated(), *(fact(*each) for each in lacks)])
    assert fact(*asked) in set(map(fact_of, after.inferred))


def test_what_lacks_less_comes_first_and_what_is_held_is_told() -> None:
    found = nearest_instances(fact("id:mandate-LAKE", "md:serves", "id:state-CCC"), instances(), 5).found
    lacking = [len(near.missing) for near in found]
    assert lacking == sorted(lacking)
    assert found[0].known_premises == (
        fact("id:mandate-LAKE", "md:mandateOf", "id:centre-LAKE"),
        fact("id:centre-LAKE", "md:coversRegion", "id:region-LAKE"),
        fact("id:state-CCC", "rdf:type", "md:MemberState"),
    )


def against() -> tuple[NearInstance, ...]:
    """Return what is near to a letter resting on the other of its exchange, which the rule excludes."""
    given = (*stated(), *facts("id:S_1999_11.p1 md:cites id:S_1999_10 . id:S_1999_11 md:hasPart id:S_1999_11.p1 ."))
    return nearest_instances(
        fact("id:S_1999_11", "md:restsOn", "id:S_1999_10"), instances_of(given, closed(given))
    ).found


def test_what_a_rule_asks_the_absence_of_is_named() -> None:
    found = [near for near in against() if near.step.rule == "rests-on-direct"]
    assert [near.missing for near in found] == [()]
    assert found[0].blocking == (
        fact("id:mandate-LAKE", "md:foundedBy", "id:S_1999_11"),
        fact("id:mandate-LAKE", "md:foundedBy", "id:S_1999_10"),
    )


def test_a_premise_of_which_any_would_do_is_left_open() -> None:
    given = tuple(facts("id:x a md:OperativeParagraph ."))
    found = nearest_instances(fact("id:x", "rdf:type", "md:Provision"), instances_of(given, closed(given)), 5).found
    subject, operator = fact("id:x", "md:operator", "id:x")[:2]
    assert ((subject, operator, None),) in [near.missing for near in found]


def test_no_instance_asks_for_a_member_of_the_empty_class() -> None:
    found = nearest_instances(fact("id:A_50_1", "rdf:type", "md:Region"), instances(), 10).found
    assert not any("Nothing" in str(term) for near in found for pattern in near.missing for term in pattern)


def test_what_is_said_of_the_same_two_things_is_told_beside() -> None:
    asked = fact("id:A_RES_59_7.pp1", "md:notes", "id:S_1999_10")
    assert [words().fact(each) for each in similar_facts(asked, instances())] == [
        "A/RES/59/7 pp1 cites S/1999/10",
        "A/RES/59/7 pp1 recalls or reaffirms S/1999/10",
        "A/RES/59/7 pp1 reaffirms S/1999/10",
    ]
