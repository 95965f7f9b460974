"""What is known by record alone: adoptions, terms of office, posts, and what a symbol tells of another document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from pyoxigraph import Quad

from mandata.graph.build import build_facts
from mandata.graph.document import state_symbol
from mandata.graph.statements import GraphStatements
from mandata.rdf.namespaces import ID, MD
from mandata.un.catalogue import Record
from mandata.un.entities import shipped_entities

ADOPTED = Record("A/RES/75/999", "Resolution", "invented", adopted=date(2021, 1, 29), session=75, meeting=48)
BARE = Record("A/RES/75/998", "Resolution", "invented", adopted=date(2021, 1, 29))
SENT = Record("A/75/997", "Letter", "invented", sent_by="Permanent Representative of Norway", sender_state="NOR")
FOREIGN = Record("UNEP/EA.9/Res.9", "Resolution", "invented", adopted=date(2021, 1, 29), session=9, meeting=3)


def stated(records: Sequence[Record]) -> set[str]:
    return {shown(quad) for quad in build_facts(records, shipped_entities())}


def shown(quad: Quad) -> str:
    """Return a statement by local names, a literal by its words."""
    names = (str(quad.subject).strip("<>"), quad.predicate.value, getattr(quad.object, "value", ""))
    return " ".join(name.removeprefix(ID).removeprefix(MD).rsplit("#", 1)[-1] for name in names)


@pytest.mark.parametrize(
    "statement",
    [
        "A_RES_75_999 adoptedBy organ-GA",
        "A_RES_75_999 adoptedAt meeting-GA-75-48",
        "A_RES_75_999 inSession session-GA-75",
        "event-adoption-A_RES_75_999 ofDocument A_RES_75_999",
        "event-adoption-A_RES_75_999 startsOn 2021-01-29",
        "event-adoption-A_RES_75_999 atMeeting meeting-GA-75-48",
        "meeting-GA-75-48 inSession session-GA-75",
        "meeting-GA-75-48 label General Assembly, session 75, plenary meeting 48",
    ],
)
def test_a_record_tells_of_an_adoption_as_a_text_does(statement: str) -> None:
    assert statement in stated([ADOPTED])


def test_nothing_is_told_of_an_adoption_that_the_record_does_not_hold() -> None:
    assert not [one for one in stated([BARE]) if "meeting-" in one or "session-" in one]
    assert not [one for one in stated([FOREIGN]) if one.startswith("event-adoption")]


@pytest.mark.parametrize(
    "statement",
    [
        "person-Ban_Ki-moon holds post-Secretary-General",
        "term-Ban_Ki-moon-Secretary-General-2007-01-01 holder person-Ban_Ki-moon",
        "term-Ban_Ki-moon-Secretary-General-2007-01-01 postHeld post-Secretary-General",
        "term-Ban_Ki-moon-Secretary-General-2007-01-01 startsOn 2007-01-01",
        "term-Ban_Ki-moon-Secretary-General-2007-01-01 endsOn 2016-12-31",
        "term-Ban_Ki-moon-Secretary-General-2007-01-01 label Ban Ki-moon, Secretary-General",
        "term-Ban_Ki-moon-Secretary-General-2007-01-01 label Ban Ki-moon, Secrétaire général",
    ],
)
def test_a_term_of_office_is_stated_with_its_days(statement: str) -> None:
    assert statement in stated([])


def test_a_term_without_a_last_day_has_none() -> None:
    ends = [one for one in stated([]) if one.startswith("term-Antonio_Guterres") and " endsOn " in one]
    assert not ends


def test_a_post_known_by_record_alone_has_its_names_and_its_state() -> None:
    found = stated([SENT])
    assert "post-Permanent_Representative_of_Norway represents state-NOR" in found
    assert (
        "post-Permanent_Representative_of_Norway label Permanent Representative of Norway to the United Nations"
        in found
    )


@pytest.mark.parametrize(
    ("symbol", "statement"),
    [
        ("A/75/L.9/Add.1", "A_75_L.9_Add.1 supplements A_75_L.9"),
        ("A/75/175/Corr.1", "A_75_175_Corr.1 corrects A_75_175"),
        ("A/75/L.9/Rev.1", "A_75_L.9_Rev.1 revises A_75_L.9"),
        ("A/75/L.9/Rev.1/Add.2", "A_75_L.9_Rev.1_Add.2 supplements A_75_L.9_Rev.1"),
        ("A/75/L.9/Rev.1/Add.2", "A_75_L.9_Rev.1 revises A_75_L.9"),
        ("A/C.2/75/L.9/Amend.1", "A_C.2_75_L.9_Amend.1 amends A_C.2_75_L.9"),
    ],
)
def test_a_symbol_tells_which_document_it_stands_beside(symbol: str, statement: str) -> None:
    statements = GraphStatements("x")
    state_symbol(statements, symbol)
    assert statement in set(map(shown, statements.quads()))


def test_a_symbol_that_stands_alone_tells_of_no_other() -> None:
    statements = GraphStatements("x")
    state_symbol(statements, "A/RES/75/9")
    assert {shown(quad).split(" ")[0] for quad in statements.quads()} == {"A_RES_75_9"}
