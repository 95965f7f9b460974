"""Drafts, sponsors, votes, records and subjects are stated, each with where the mark-up tells it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from mandata.graph.build import build_documents
from mandata.identity.headers import header
from mandata.identity.resolve import resolve
from mandata.iris import term, thing
from mandata.reading import read
from mandata.text.source import SourceText
from mandata.text.source import read as read_file

CASE = Path(__file__).parents[1] / "cases" / "marked-up-resolution.xml"
Ask = Callable[[str, str], list[str]]


@pytest.fixture(scope="module")
def source() -> SourceText:
    return read_file(CASE)


@pytest.fixture(scope="module")
def quads(source: SourceText) -> list[Quad]:
    reading = read(source)
    return build_documents([reading], resolve([header(reading)], []))[0]


@pytest.fixture(scope="module")
def ask(quads: list[Quad]) -> Ask:
    def values(subject: str, prop: str) -> list[str]:
        found = [q.object for q in quads if q.subject == NamedNode(thing(subject)) and q.predicate.value == term(prop)]
        return sorted(o.value.removeprefix(thing("")) for o in found if isinstance(o, NamedNode | Literal))

    return values


@pytest.mark.parametrize(
    ("subject", "prop", "expected"),
    [
        ("A_RES_73_999", "hasDraft", ["A_73_L.99"]),
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


def test_each_of_these_statements_has_words_in_the_file(ask: Ask, source: SourceText) -> None:
    for span in ask("event-vote-A_RES_73_999", "evidence"):
        start, end = int(ask(span, "start")[0]), int(ask(span, "end")[0])
        assert ask(span, "quotation") == [source.raw[start:end]]
