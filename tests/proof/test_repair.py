"""The smallest repair hits every conflict with as few facts as can be."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from mandata.proof.repair import repair
from mandata.reason import Fact


def one(name: str) -> Fact:
    return NamedNode(f"x:{name}"), NamedNode("x:p"), NamedNode("x:o")


def by_name(fact: Fact) -> tuple[int, str]:
    return 0, str(fact[0])


CASES = [
    ([], ""),
    (["a"], "a"),
    (["ab", "ac"], "a"),
    (["ab", "cd"], "ac"),
    (["abc", "bcd", "cde"], "c"),
    (["ab", "bc", "ca"], "ab"),
    (["abc", "a"], "a"),
]


@pytest.mark.parametrize(("conflicts", "withdrawn"), CASES)
def test_the_smallest_is_found(conflicts: list[str], withdrawn: str) -> None:
    found = repair([[one(name) for name in each] for each in conflicts], by_name)
    assert found.facts == tuple(map(one, withdrawn))
    assert found.smallest


@given(st.lists(st.sets(st.sampled_from("abcdefg"), min_size=1, max_size=4), max_size=6))
def test_no_smaller_set_hits_all(conflicts: list[set[str]]) -> None:
    found = repair([[one(name) for name in sorted(each)] for each in conflicts], by_name)
    chosen = {str(fact[0].value)[2:] for fact in found.facts if isinstance(fact[0], NamedNode)}
    assert all(chosen & each for each in conflicts)
    smaller = combinations("abcdefg", max(len(chosen) - 1, 0))
    assert not chosen or not any(all(set(few) & each for each in conflicts) for few in smaller)


def test_weak_evidence_is_withdrawn_first() -> None:
    found = repair([[one("a"), one("z")]], lambda fact: (0 if fact == one("z") else 1, ""))
    assert found.facts == (one("z"),)


def test_where_there_is_too_much_to_try_a_repair_is_made_and_said_not_to_be_shown() -> None:
    conflicts = [[one(f"{n}-{m}") for m in range(8)] for n in range(9)]
    found = repair([*conflicts, *([one(f"{n}-7"), one(f"{n + 1}-7")] for n in range(8))], by_name)
    assert all({*each} & {*found.facts} for each in conflicts)
    assert not found.smallest or len(found.facts) == 9
