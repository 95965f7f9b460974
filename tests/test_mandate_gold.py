"""What follows about the Centre's mandate, as a careful reader concludes it, is what the questions answer.

The reader's conclusions are ``../shared/gold/mandate.yaml``; where it is not there, the tests are skipped.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from mandata.kb.knowledge_base import open_kb
from mandata.query.answer import answer
from mandata.query.queryfile import find, load
from mandata.query.source import Embedded

GOLD = Path(__file__).parents[2] / "shared" / "gold" / "mandate.yaml"

pytestmark = pytest.mark.skipif(not GOLD.is_file(), reason="../shared/gold/mandate.yaml is not here")

KEYS = {
    "founding_letters", "acts", "end", "review_clause", "status", "restatements", "not_restatements", "serves",
    "rests_on", "ended_beside", "indirect_citers",
}  # fmt: skip
STATUS_DATES = ["2007-05-01", "2007-06-01", "2008-01-01", "2026-01-01"]
CENTRE = "United Nations Regional Centre for Preventive Diplomacy for Central Asia"


@cache
def gold() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(GOLD.read_text(encoding="utf-8"))
    return found


@cache
def source(kb: Path) -> Embedded:
    return Embedded(open_kb(kb).store)


@cache
def rows(kb: Path, question: str, **settings: str) -> list[dict[str, Any]]:
    """Return the rows of a question's answer, each thing in them by its symbol, else by its English label."""
    found = answer(find(question, load()), settings, source(kb)).json()["rows"]
    assert isinstance(found, list)
    return [{name: shown(cell) for name, cell in row.items()} for row in found]


def shown(cell: Any) -> Any:
    if isinstance(cell, list):
        return [shown(one) for one in cell]
    return cell["symbol"] or cell["label"] if isinstance(cell, dict) else cell


def test_nothing_that_the_reader_concludes_is_left_untested() -> None:
    assert gold().keys() == KEYS
    assert [str(day) for day in gold()["status"]] == STATUS_DATES


def test_the_founding_letters_are_the_letter_and_the_reply_that_accepts_it(kb: Path) -> None:
    found = {
        row["role"]: row["basis"] for row in rows(kb, "mandate-basis") if row["role"] in ("founding-letter", "reply")
    }
    assert found == dict(zip(("founding-letter", "reply"), gold()["founding_letters"], strict=True))


def acts(kb: Path) -> list[tuple[Any, ...]]:
    """Return the acts as (kind, document, date, paragraph, by); of paragraph and by only what the reader tells."""
    told = {(a["act"], a["document"]): a for a in gold()["acts"]}
    found = []
    for row in rows(kb, "mandate-history"):
        act = told.get((row["kind"], row["document"]), {})
        paragraph = (row["paragraph"] or "").removeprefix(f"{row['document']} ") if "paragraph" in act else None
        by = ", ".join(row["by"]) if "by" in act else None
        found.append((row["kind"], row["document"], row["date"], paragraph, by))
    return found


def test_the_acts_are_these_six_and_no_other(kb: Path) -> None:
    wanted = [(a["act"], a["document"], str(a["date"]), a.get("paragraph"), a.get("by")) for a in gold()["acts"]]
    assert sorted(acts(kb), key=str) == sorted(wanted, key=str)


def test_the_acts_stay_when_the_texts_of_two_records_are_added(larger_kb: Path) -> None:
    wanted = {(a["act"], a["document"], str(a["date"]), a.get("paragraph"), a.get("by")) for a in gold()["acts"]}
    assert wanted <= set(acts(larger_kb))


def test_each_reaffirmation_is_by_the_organ_that_adopted_the_resolution(kb: Path) -> None:
    reaffirmed = [row["by"] for row in rows(kb, "mandate-history") if row["kind"] == "reaffirmation"]
    assert reaffirmed == [["General Assembly"]] * 3


def test_no_act_ends_the_mandate_and_the_answer_says_that_it_rests_on_that(kb: Path) -> None:
    assert gold()["end"] is None and gold()["review_clause"] is None
    assert not [row for row in rows(kb, "mandate-history") if row["kind"] == "termination"]
    (last,) = rows(kb, "mandate-status")
    assert (last["status"], last["rests_on"]) == ("in-force", "no act that ends it is held")


@pytest.mark.parametrize("day", STATUS_DATES)
def test_the_status_on_a_date(day: str, kb: Path) -> None:
    wanted = next(status for when, status in gold()["status"].items() if str(when) == day)
    (found,) = rows(kb, "mandate-status", date=day)
    assert (found["centre"], found["date"], found["status"]) == (CENTRE, day, wanted)


def test_the_mandate_serves_the_five_states(kb: Path) -> None:
    assert [row["state"] for row in rows(kb, "mandate-beneficiaries")] == gold()["serves"]


def test_the_mandate_rests_on_letters_strategy_and_report(kb: Path) -> None:
    found = [row["basis"] for row in rows(kb, "mandate-basis") if row["role"] != "closed-beside"]
    assert sorted(found) == sorted(gold()["rests_on"])


def test_what_was_closed_beside_the_creation(kb: Path) -> None:
    found = [(row["basis"], row["paragraph"]) for row in rows(kb, "mandate-basis") if row["role"] == "closed-beside"]
    assert found == [(gold()["ended_beside"], ["S/2007/279 p2"])]


def test_who_reaches_the_letters_through_another_document(kb: Path) -> None:
    found: dict[str, set[str]] = {}
    for row in rows(kb, "founding-letter-citers"):
        if row["how"] != "direct":
            found.setdefault(row["document"], set()).add(row["how"].removeprefix("through "))
    assert found == {document: set(between) for document, between in gold()["indirect_citers"].items()}
    steps = {row["document"]: row["steps"] for row in rows(kb, "founding-letter-chain")}
    assert {document for document, number in steps.items() if number > 1} == found.keys()


def restatements(kb: Path) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in rows(kb, "function-restatements"):
        found.setdefault(row["document"], {})[row["paragraph"].removeprefix(f"{row['document']} ")] = row["number"]
    return found


def test_the_resolution_held_restates_the_first_function_and_no_more(kb: Path) -> None:
    assert restatements(kb) == {"A/RES/72/7": gold()["restatements"]["A/RES/72/7"]}


def test_the_three_resolutions_restate_these_functions_and_no_more(larger_kb: Path) -> None:
    assert restatements(larger_kb) == gold()["restatements"]


def test_praise_and_requests_in_other_words_are_no_restatements(larger_kb: Path) -> None:
    """The paragraphs are there, so that none is left out for want of being read."""
    ask = "ASK {{ <https://w3id.org/mandata/id/{}> md:text ?words }}"
    for document, paragraphs in gold()["not_restatements"].items():
        assert not set(paragraphs) & restatements(larger_kb)[document].keys()
        for paragraph in paragraphs:
            local = f"{document.replace('/', '_')}.{paragraph}"
            assert source(larger_kb).run(ask.format(local)) is True, local


def known(kb: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in rows(kb, "founding-letter-citers"):
        found.setdefault(row["document"], set()).add(row["known"])
    return found


def test_a_citation_is_known_by_record_until_the_text_is_held(kb: Path, larger_kb: Path) -> None:
    before, after = known(kb), known(larger_kb)
    assert {document for document, how in before.items() if how == {"record"}} == {"A/RES/75/272", "A/RES/77/273"}
    assert before.keys() == after.keys()
    assert set(map(frozenset, after.values())) == {frozenset({"text"})}
