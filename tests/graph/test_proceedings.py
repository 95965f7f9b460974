"""Drafts, sponsors, votes, records and subjects are stated, each with where the mark-up tells it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from mandata.graph.build import build_documents
from mandata.identity.headers import header
from mandata.identity.resolve import resolve
from mandata.rdf.local_names import term, thing
from mandata.reading import read
from mandata.text.source import SourceText
from mandata.text.source import read as read_file

CASES = Path(__file__).parents[1] / "cases"
Ask = Callable[[str, str], list[str]]


def stated(source: SourceText) -> list[Quad]:
    reading = read(source)
    return [one.quad for one in build_documents([reading], resolve([header(reading)], []))[0]]


def asking(quads: list[Quad]) -> Ask:
    def values(subject: str, prop: str) -> list[str]:
        found = [q.object for q in quads if q.subject == NamedNode(thing(subject)) and q.predicate.value == term(prop)]
        return sorted(o.value.removeprefix(thing("")) for o in found if isinstance(o, NamedNode | Literal))

    return values


@pytest.fixture(scope="module")
def source() -> SourceText:
    return read_file(CASES / "marked-up-resolution.xml")


@pytest.fixture(scope="module")
def quads(source: SourceText) -> list[Quad]:
    return stated(source)


@pytest.fixture(scope="module")
def ask(quads: list[Quad]) -> Ask:
    return asking(quads)


def test_the_bracket_under_the_heading_tells_which_committee_recommended_a_resolution_and_where() -> None:
    ask = asking(stated(read_file(CASES / "invented-assembly-resolution.txt")))
    assert ask("A_RES_99_41", "recommendedIn") == ["A_99_420_Add.3"]
    assert ask("A_RES_99_41", "recommendedBy") == ["organ-GA-C2"]
    assert ask("A_99_420_Add.3", "supplements") == ["A_99_420"]


@pytest.mark.parametrize(
    ("subject", "prop", "expected"),
    [
        ("A_RES_73_999", "hasDraft", ["A_73_L.99"]),
        ("event-submission-A_73_L.99", "ofDocument", ["A_73_L.99"]),
        ("event-submission-A_73_L.99", "startsOn", ["2019-02-01"]),
        ("A_73_L.99", "sponsoredBy", ["state-CIV", "state-LKA", "state-TUR"]),
        ("A_73_L.99", "laterSponsoredBy", ["state-BIH", "state-COM"]),
        ("A_RES_73_999", "hasSubject", ["subject-EuroVoc-585", "subject-SDG-14", "subject-UNBIS-lakes"]),
        ("meeting-GA-73-66", "recordedIn", ["A_73_PV.66"]),
        ("event-adoption-A_RES_73_999", "withoutVote", ["false"]),
        ("event-vote-A_RES_73_999", "ofDocument", ["A_RES_73_999"]),
        ("event-vote-A_RES_73_999", "inFavour", ["state-CIV", "state-TUR"]),
        ("event-vote-A_RES_73_999", "against", ["state-TCD"]),
        ("event-vote-A_RES_73_999", "votesAgainst", ["2"]),
        ("event-vote-A_RES_73_999", "abstentions", ["7"]),
    ],
)
def test_what_the_mark_up_tells_is_stated(ask: Ask, subject: str, prop: str, expected: list[str]) -> None:
    assert ask(subject, prop) == expected
