"""Minimal supports: each gives the conclusion, none of its facts can be spared, and the smallest come first."""

from __future__ import annotations

import pytest
from collection import RULES, axioms, closure, finder, finder_of, instances, stated

from mandata.proof.justifications import SupportFinder
from mandata.reason import Fact, fact_of
from mandata.reason.close import close
from turtle_text import fact, facts

ASKED = [
    ("id:S_1999_10", "rdf:type", "md:FoundingLetter"),
    ("id:A_RES_59_7", "md:restsOn", "id:S_1999_10"),
    ("id:mandate-LAKE", "md:serves", "id:state-AAA"),
    ("id:A_RES_60_3", "md:cites", "id:S_1999_10"),
    ("id:region-LAKE", "rdf:type", "md:Region"),
    ("id:A_RES_59_7.pp1", "rdf:type", "md:Paragraph"),
]


def holds(asked: Fact, facts: set[Fact]) -> bool:
    closed = close(facts, axioms(), RULES)
    return asked in facts or asked in set(map(fact_of, closed.inferred))


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_a_support_gives_the_conclusion_and_nothing_of_it_can_be_spared(asked: tuple[str, str, str]) -> None:
    one = fact(*asked)
    found = finder().of([one], 2)
    assert found.sets
    for support in found.sets:
        assert set(support) <= set(stated())
        assert holds(one, set(support))
        assert not any(holds(one, set(support) - {each}) for each in support)


def test_every_recorded_step_is_an_instance_that_is_found_backwards() -> None:
    decode, encode = instances().terms.decode, instances().terms.encode
    for conclusion, step in closure().steps.items():
        found = [
            (one.rule.name, tuple(map(decode, one.rule.axioms)), tuple(map(decode, one.premises)))
            for one in instances().of(encode(conclusion))
        ]
        assert (step.rule, step.axioms, step.premises) in found


def small(turtle: str) -> SupportFinder:
    given = tuple(facts(turtle))
    closed = close([*given], axioms(), RULES, unique_names=True)
    return finder_of(given, closed)


CASES = [  # what is stated, what is asked, the sets
    (":a md:recalls :b .", (":a", "md:cites", ":b"), ["recalls"]),
    (":a md:recalls :b ; md:notes :b .", (":a", "md:cites", ":b"), ["notes", "recalls"]),
    (":a md:cites :b ; md:recalls :b .", (":a", "md:cites", ":b"), ["cites", "recalls"]),
    (":a md:cites :b . :b md:isCitedBy :a .", (":a", "md:cites", ":b"), ["cites", "isCitedBy"]),
    (
        ":w md:hasPart :a . :a md:recalls :b ; md:notes :b .",
        (":w", "md:cites", ":b"),
        ["notes hasPart", "recalls hasPart"],
    ),
    (":a md:recalls :b .", (":a", "md:cites", ":c"), []),
]


@pytest.mark.parametrize(("turtle", "asked", "sets"), CASES)
def test_the_supports_are_all_and_only_these(turtle: str, asked: tuple[str, str, str], sets: list[str]) -> None:
    found = small(turtle).of(facts(f"{' '.join(asked)} ."), 10)
    told = [" ".join(str(each[1]).strip("<>").rpartition("#")[2] for each in one) for one in found.sets]
    assert (told, found.exact, found.all) == (sets, True, True)


def test_what_is_left_out_is_told_and_what_is_shown_is_the_smallest() -> None:
    many = " , ".join(f":x{n}" for n in range(9))
    turtle = f":d md:hasPart {many} . " + " ".join(f":x{n} md:recalls :l ." for n in range(9)) + " :d md:notes :l ."
    found = small(turtle).of(facts(":d md:cites :l ."), 4)
    assert [len(one) for one in found.sets] == [1, 2, 2, 2]
    assert (found.exact, found.all) == (True, False)


def test_supports_are_the_same_whatever_the_order_of_the_facts() -> None:
    asked = [fact("id:A_RES_59_7", "md:restsOn", "id:S_1999_10")]
    backwards = tuple(reversed(stated()))
    closed = close(backwards, axioms(), RULES, unique_names=True)
    other = finder_of(backwards, closed)
    assert finder().of(asked, 5) == other.of(asked, 5)


def test_a_conclusion_that_rests_on_itself_has_no_support() -> None:
    """Two inverse properties conclude each other; that alone gives neither."""
    assert small(":a md:cites :b .").of(facts(":a md:isPartOf :b ."), 5).sets == ()
