"""What falls if a paragraph is withdrawn is exactly what building without it does not conclude."""

from __future__ import annotations

import random
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from collection import RULES, WholeIndex, axioms, closed, closure, facts_at_hand, finder, stated
from pyoxigraph import NamedNode

from mandata.proof.knowledge import Knowledge
from mandata.proof.rederivation import RemainingFacts
from mandata.proof.retraction import Withdrawal, facts_drawn_from, withdraw, withdraw_by_closing
from mandata.proof.rule_instances import Instances
from mandata.rdf.namespaces import expand
from mandata.reason import Fact, StepFile, fact_of, read_rules, write_steps
from mandata.reason.engine.blank_names import rename_blank_nodes
from mandata.reason.engine.ground_rules import Terms
from turtle_text import fact

PARTS = ["id:A_RES_59_7.pp1", "id:S_1999_10.p1", "id:S_1999_10.p2", "id:A_RES_60_3.pp3", "id:A_RES_59_7.op1"]


@cache
def kept_steps() -> StepFile:
    path = Path(mkdtemp()) / "steps.sqlite"
    write_steps(path, closure().steps)
    return StepFile(path)


def by_rules(gone: Iterable[Fact]) -> Withdrawal:
    """Return what becomes of the invented collection, by deleting and deriving again."""
    terms, index = Terms(), WholeIndex()
    for each in (*rename_blank_nodes([*axioms(), *stated()]), *closure().steps):
        index.add(terms.encode(each))

    def over(left: RemainingFacts) -> Instances:
        return Instances(terms, left, index, {}, read_rules(RULES))

    return withdraw(gone, (), index, over, kept_steps())


def without(part: str) -> Withdrawal:
    return by_rules(facts_drawn_from(NamedNode(expand(part)), facts_at_hand()))


@pytest.mark.parametrize("part", PARTS)
def test_what_falls_is_what_building_without_it_does_not_conclude(part: str) -> None:
    found = without(part)
    left = tuple(each for each in stated() if each not in found.withdrawn)
    before, after = (set(map(fact_of, one.inferred)) for one in (closure(), closed(left)))
    assert set(found.fallen) == before - after - set(left)
    assert set(found.arisen) == after - before - set(stated())
    assert set(found.kept) <= before & after


@pytest.mark.parametrize("seed", range(40))
def test_without_any_facts_the_answer_is_that_of_closing_anew(seed: int) -> None:
    """Not only what a paragraph says is withdrawn, but any facts: some follow again from others that are left."""
    chance = random.Random(seed)
    gone = chance.sample(stated(), chance.choice((1, 1, 2, 5, 20)))
    assert by_rules(gone) == withdraw_by_closing(gone, stated(), closure(), closed)


@pytest.mark.parametrize("part", ["id:S_2007_279.p2", "id:A_RES_72_7.pp2", "id:A_RES_76_299.op3", "id:S_2007_279.p3"])
def test_in_a_knowledge_base_the_answer_is_that_of_closing_anew(part: str, kb: Path) -> None:
    """With all that is compared in wording, too."""
    knowledge, one = Knowledge(kb), NamedNode(expand(part))
    found = knowledge.without(one)
    anew = Knowledge(kb).without_by_closing(one)
    assert found == anew
    assert found.fallen


def test_without_any_paragraph_the_answer_is_that_of_closing_anew(kb: Path) -> None:
    knowledge, anew = Knowledge(kb), Knowledge(kb)
    parts = sorted({fact[2] for fact in anew.stated if fact[1] == NamedNode(expand("md:hasPart"))}, key=str)
    for part in parts[3::11]:
        assert isinstance(part, NamedNode)
        assert knowledge.without(part) == anew.without_by_closing(part), part


@pytest.mark.parametrize("part", PARTS)
def test_what_falls_has_lost_every_support_and_what_is_kept_has_one_left(part: str) -> None:
    """Two ways to the same answer: closing anew, and the minimal supports in the whole collection."""
    found = without(part)
    gone = set(found.withdrawn)
    assert gone
    for each in found.fallen[::5]:
        assert all(set(support) & gone for support in finder().of([each], 20).sets)
    for each in found.kept:
        supports = finder().of([each], 20)
        assert any(not set(support) & gone for support in supports.sets) or not supports.all


def test_the_paragraph_takes_its_citations_acts_and_quotations_with_it() -> None:
    gone = set(without("id:A_RES_59_7.pp1").withdrawn)
    assert fact("id:A_RES_59_7", "md:hasPart", "id:A_RES_59_7.pp1") in gone
    assert fact("id:A_RES_59_7.pp1.cites-S_1999_10", "md:citedDocument", "id:S_1999_10") in gone
    assert fact("id:A_RES_59_7", "rdf:type", "md:Resolution") not in gone
    announced = set(without("id:S_1999_10.p1").withdrawn)
    assert fact("id:mandate-LAKE", "md:hasAct", "id:mandate-LAKE.act-S_1999_10") in announced


def test_what_words_elsewhere_show_too_stays() -> None:
    """Who made the announcement is said in the first paragraph and in the second; what it is, in the first alone."""
    by = fact("id:mandate-LAKE.act-S_1999_10", "md:actBy", "id:post-Secretary-General")
    what = fact("id:mandate-LAKE.act-S_1999_10", "rdf:type", "md:Announcement")
    first, second, letter = (set(without(f"id:S_1999_10{part}").withdrawn) for part in (".p1", ".p2", ""))
    assert by not in first and what in first
    assert by not in second and what not in second
    assert {by, what} <= letter


def test_without_the_announcement_no_letter_founds() -> None:
    fallen = set(without("id:S_1999_10.p1").fallen)
    assert fact("id:S_1999_10", "rdf:type", "md:FoundingLetter") in fallen
    assert fact("id:A_RES_59_7", "md:restsOn", "id:S_1999_10") in fallen
    assert fact("id:A_RES_59_7", "md:cites", "id:S_1999_10") not in fallen


def test_what_has_another_ground_is_kept() -> None:
    """A/RES/60/3 is a document by its class as well as by what it cites."""
    found = without("id:A_RES_61_1.pp4")
    assert not set(found.kept) & set(found.fallen)
    kept: set[Fact] = set(without("id:A_RES_60_3.pp3").kept)
    assert all(each in set(map(fact_of, closure().inferred)) for each in kept)


def test_nothing_is_drawn_from_what_is_not_there() -> None:
    assert without("id:A_RES_99_9.pp1").withdrawn == ()
