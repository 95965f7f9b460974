"""What follows is held in columns and told as if it were triples: sorted, each with its step, the same in portions."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, parse
from test_against_owlrl import ontology

from mandata.errors import MandataError
from mandata.package_data import shipped_path
from mandata.reason import Closure
from mandata.reason.close import close, entail
from mandata.reason.engine.blank_names import BlankNames
from mandata.reason.engine.term_numbers import TextOrder, number_terms
from mandata.reason.facts import is_trivial, triple_of
from turtle_text import fact, facts, triples

KB = Path(__file__).with_name("kb.ttl")


@cache
def closure() -> Closure:
    """Return a closure in which our own rules mint names."""
    return close(parse(path=KB), parse(path=shipped_path("ontology/mandata.ttl")), shipped_path("ontology/rules"))


def test_triples_and_lines_are_sorted_by_their_text_and_say_the_same() -> None:
    lines = list(closure().entailed.lines())
    assert lines == sorted(lines)
    assert lines == [f"{triple} .\n" for triple in closure().inferred]
    assert len(closure().entailed) == len(lines) == len(set(lines))


def test_every_conclusion_is_told_but_the_trivial_and_what_is_no_triple() -> None:
    told = {triple_of(each) for each in closure().steps if not is_trivial(each)} - {None}
    assert set(closure().inferred) == told


def test_a_step_is_found_by_its_fact_alone() -> None:
    steps = close(triples(":p a owl:SymmetricProperty . :a :p :b .")).steps
    (back,) = facts(":b :p :a .")
    assert dict(steps) == {back: steps[back]}
    for unknown in (*facts(":a :p :b . :b :p :b ."), fact("md:x", "md:y", "md:z")):
        assert unknown not in steps
        assert steps.get(unknown) is None


@pytest.mark.parametrize("seed", range(8))
def test_a_join_in_portions_concludes_the_same_by_the_same_rules(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is cut into portions, so that memory holds it, or freed of duplicates in between."""
    given = triples(ontology(seed))
    whole = close(given)
    monkeypatch.setattr("mandata.reason.engine.join.MOST", 5)
    monkeypatch.setattr("mandata.reason.engine.semi_naive._MANY", 3)
    portions = close(given)
    assert portions.inferred == whole.inferred
    assert portions.contradictions == whole.contradictions
    assert set(portions.steps) == set(whole.steps)


def test_terms_are_numbered_in_the_order_of_their_text_and_later_ones_take_their_places() -> None:
    """Literals stand first, unnamed nodes last, as their first signs do."""
    terms, _, literals, typed = number_terms(facts(':b :p "x" , "x"@en , 7 , :a , _:y .'), BlankNames())
    ranked = len(terms)
    for later in (NamedNode("https://example.org/aa"), Literal("w"), NamedNode("https://example.org/z")):
        terms.number(later)
    order = TextOrder(terms, ranked)
    texts = [str(term) for term in terms.since(0)]
    assert sorted(range(len(texts)), key=order.ranks.__getitem__) == sorted(range(len(texts)), key=texts.__getitem__)
    assert texts[:literals] == sorted(text for text in texts[:ranked] if text.startswith('"'))
    assert [texts[number] for number in typed] == ['"7"^^<http://www.w3.org/2001/XMLSchema#integer>']
    literal = [text for text, starts in zip(texts, order.starting('"'), strict=True) if starts]
    assert literal == [text for text in texts if text.startswith('"')]


def test_a_triple_about_a_triple_is_refused() -> None:
    with pytest.raises(MandataError, match="a triple about a triple"):
        entail(triples("<< :a :p :b >> :q :c ."))
