"""The life of the mandates in an invented collection: what each question answers, and what it rests on.

The texts are those of ``invented/mandates.py``: a mission founded, extended, changed, ended and followed by an office;
a special rapporteur; an office in French whose term runs out; a report requested and submitted.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from invented.mandates import MISSION, OFFICE, TEXTS, write
from mandata import pipeline
from mandata.ingest import build as building
from mandata.kb.knowledge_base import open_kb
from mandata.query.answer import answer
from mandata.query.queryfile import find, load
from mandata.query.source import Embedded


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The knowledge base of the invented collection."""
    texts, folder = tmp_path_factory.mktemp("texts"), tmp_path_factory.mktemp("built") / "kb"
    building.build(write(texts), folder, lambda _: None)
    return folder


@cache
def source(kb: Path) -> Embedded:
    return Embedded(open_kb(kb).store)


def rows(kb: Path, question: str, **settings: str) -> list[dict[str, Any]]:
    found: Any = answer(find(question, load()), settings, source(kb)).json()["rows"]
    return [{name: rendered(cell) for name, cell in row.items()} for row in found]


def rendered(cell: Any) -> Any:
    if isinstance(cell, list):
        return [rendered(one) for one in cell]
    return cell["symbol"] or cell["label"] if isinstance(cell, dict) else cell


def picked(kb: Path, question: str, *columns: str, **settings: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in columns) for row in rows(kb, question, **settings)]


RAPPORTEUR = "Special Rapporteur on the right to orchards"

HISTORY = [
    ("2018-03-15", "establishment", "S/RES/2901(2018) op1", "2019-03-15"),
    ("2018-03-15", "report request", "S/RES/2901(2018) op2", None),
    ("2019-03-14", "extension", "S/RES/2950(2019) op1", "2020-03-15"),
    ("2019-03-14", "review request", "S/RES/2950(2019) op3", None),
    ("2019-03-14", "reaffirmation", "S/RES/2950(2019) pp2", None),
    ("2020-03-12", "extension", "S/RES/2999(2020) op1", "2021-03-15"),
    ("2020-03-12", "modification", "S/RES/2999(2020) op2", None),
    ("2021-03-11", "termination", "S/RES/3050(2021) op1", None),
    ("2021-03-11", "supersession", "S/RES/3050(2021) op2", None),
]


def test_the_acts_in_the_life_of_the_mission_are_these_and_no_other(invented: Path) -> None:
    assert picked(invented, "mandate-history", "date", "kind", "paragraph", "until", centre="UNOME") == HISTORY


def test_each_act_is_by_the_organ_that_adopted_its_text(invented: Path) -> None:
    assert {tuple(row["by"]) for row in rows(invented, "mandate-history", centre="UNOME")} == {("Security Council",)}
    assert picked(invented, "mandate-history", "by", centre=RAPPORTEUR) == [(["General Assembly"],)]


def test_a_resolution_that_establishes_a_body_founds_its_mandate(invented: Path) -> None:
    found = picked(invented, "mandate-basis", "centre", "role", "basis")
    assert sorted(found) == [
        ("BNUVU", "founding-document", "S/RES/2902(2018)"),
        (RAPPORTEUR, "founding-document", "A/RES/75/901"),
        ("UNOME", "founding-document", "S/RES/2901(2018)"),
        ("UNOOE", "founding-document", "S/RES/3050(2021)"),
    ]


FUNCTIONS = [
    ("UNOME", 1, "protect", "Protection of orchards:", [], "S/RES/2901(2018) op1.a.i"),
    ("UNOME", 2, "monitor", "Protection of orchards:", [], "S/RES/2901(2018) op1.a.ii"),
    ("UNOME", 3, "support", None, ["Mali"], "S/RES/2901(2018) op1.b"),
]


def test_the_functions_are_the_leaves_of_the_list_under_their_headings(invented: Path) -> None:
    columns = ("centre", "number", "verb", "heading", "with", "stated_in")
    assert picked(invented, "mandate-functions", *columns, centre="UNOME") == FUNCTIONS
    french = picked(invented, "mandate-functions", "number", "verb", "force", centre="BNUVU")
    assert french == [(1, "advise", "Decides"), (2, "monitor and analyse", "Decides")]


def test_later_paragraphs_restate_functions_of_a_mandate_that_a_resolution_founds(invented: Path) -> None:
    assert picked(invented, "function-restatements", "paragraph", "number", "centre") == [
        ("S/RES/2950(2019) op2", 2, "UNOME"),
        ("S/RES/2960(2019) op2", 2, "BNUVU"),
        ("S/RES/2999(2020) op2", 1, "UNOME"),
    ]


STATUS = [
    ("UNOME", "2018-03-14", "not-established", "no act by this date is held"),
    ("UNOME", "2018-03-15", "in-force", "no act that ends it is held"),
    ("UNOME", "2020-03-14", "in-force", "no act that ends it is held"),
    ("UNOME", "2021-05-01", "in-force", "no act that ends it is held"),  # ended, but not before 30 June
    ("UNOME", "2021-06-30", "ended", "an act that ends it is held"),
    ("UNOOE", "2021-05-01", "not-established", "no act by this date is held"),
    ("UNOOE", "2021-07-01", "in-force", "no act that ends it is held"),
    ("BNUVU", "2020-03-20", "in-force", "no act that ends it is held"),
    ("BNUVU", "2020-03-21", "not-known", "its term has run out, and no act that extends or ends it is held"),
    (RAPPORTEUR, "2023-12-18", "in-force", "no act that ends it is held"),
    (
        RAPPORTEUR,
        "2023-12-19",
        "not-known",
        "its period may have run out: no text held says from when it runs, nor extends or ends it",
    ),
]


@pytest.mark.parametrize(("body", "day", "status", "why"), STATUS, ids=[f"{b}-{d}" for b, d, _, _ in STATUS])
def test_the_status_on_a_day_and_the_absence_that_it_rests_on(
    body: str, day: str, status: str, why: str, invented: Path
) -> None:
    assert picked(invented, "mandate-status", "status", "rests_on", centre=body, date=day) == [(status, why)]


DAYS = [*sorted({day for _, day, _, _ in STATUS}), "2019", "2021-06", "2030-01-01"]


@pytest.mark.parametrize("day", DAYS)
def test_the_mandates_in_force_are_those_whose_status_says_so(day: str, invented: Path) -> None:
    """Two questions, one answer: the second says why for each mandate."""
    in_force = {row["centre"] for row in rows(invented, "mandate-status", date=day) if row["status"] == "in-force"}
    assert {row["centre"] for row in rows(invented, "mandates-in-force", date=day)} == in_force


def test_without_a_date_the_newest_document_held_closes_the_world(invented: Path) -> None:
    found = {row["centre"]: (row["status"], row["collection_as_of"]) for row in rows(invented, "mandate-status")}
    assert found == {
        "UNOME": ("ended", "2022-12-15"),
        "UNOOE": ("in-force", "2022-12-15"),
        "BNUVU": ("not-known", "2022-12-15"),
        RAPPORTEUR: ("in-force", "2022-12-15"),
    }
    assert {row["centre"] for row in rows(invented, "mandates-in-force")} == {"UNOOE", RAPPORTEUR}


def test_the_status_flags_what_a_reader_should_know(invented: Path) -> None:
    flagged = {row["centre"]: (row["flags"], row["last_reaffirmed"]) for row in rows(invented, "mandate-status")}
    assert flagged["UNOME"] == ([], "2019-03-14")
    assert flagged["BNUVU"] == (["no-review-clause"], None)
    assert flagged[RAPPORTEUR] == (["no-review-clause", "period-without-dates"], None)
    (late,) = rows(invented, "mandate-status", centre="UNOOE", date="2030-01-01")
    assert late["flags"] == ["later-than-collection", "no-review-clause"]


def test_what_ended_and_what_followed(invented: Path) -> None:
    assert picked(invented, "what-ended", "centre", "ended_on", "kind", "successor") == [
        ("UNOME", "2021-06-30", "termination", None),
        ("UNOME", "2021-07-01", "supersession", "UNOOE"),
    ]


def test_an_exercise_of_a_mandate_is_no_act_upon_it(invented: Path) -> None:
    assert picked(invented, "exercised-mandates", "centre", "paragraph") == [("UNOME", "S/RES/2950(2019) op2")]
    assert "S/RES/2950(2019) op2" not in [row["paragraph"] for row in rows(invented, "mandate-history")]


def test_later_acts_override_earlier_ones_and_special_ones_general_ones(invented: Path) -> None:
    found = picked(invented, "mandate-priorities", "overriding", "overridden", "reason", "prevails", centre="UNOME")
    short = [(act(one), act(other), reason, prevails) for one, other, reason, prevails in found]
    assert short == [
        ("Extension 2999", "Extension 2950", "later", "yes"),
        ("Modification 2999", "Extension 2950", "specific", "yes"),
        ("Modification 2999", "Extension 2999", "specific", "yes"),
        ("Termination 3050", "Extension 2950", "later", "yes"),
        ("Termination 3050", "Extension 2999", "later", "yes"),
    ]
    assert picked(invented, "mandate-priorities", "overridden", "reason", centre="UNOOE") == [
        ("Mandate of UNOME", "stated")
    ]


def act(label: str) -> str:
    """Return the kind and the number of a label such as "Extension of the mandate of UNOME by S/RES/2950(2019)"."""
    return re.sub(r"^(\w+).*RES/(\d+).*$", r"\1 \2", label)


def test_reports_due_say_whether_the_collection_tells_of_an_answer(invented: Path) -> None:
    columns = ("paragraph", "asked", "session", "every", "answer", "answered_in", "answered_by")
    assert picked(invented, "reports-due", *columns) == [
        (
            "A/RES/75/901 op2",
            ["Secretary-General"],
            ["General Assembly, session 77"],
            [],
            "told",
            ["A/RES/77/901 pp2"],
            ["A/77/345"],
        ),
        ("S/RES/2901(2018) op2", ["Secretary-General"], [], ["P6M"], "not-known", [], []),
    ]


def test_provisions_with_a_deadline(invented: Path) -> None:
    assert picked(invented, "provisions-with-deadline", "paragraph", "addressed_to", "by", "session") == [
        ("A/RES/75/901 op2", ["Secretary-General"], None, "General Assembly, session 77"),
        ("A/RES/75/901 op3", ["all States"], "2022-12-31", None),
        ("S/RES/2950(2019) op3", ["Secretary-General"], "2019-09-30", None),
    ]
    early = picked(invented, "provisions-with-deadline", "paragraph", until="2020-01-01")
    assert early == [("S/RES/2950(2019) op3",)]


def test_the_collection_keeps_the_shapes_and_contradicts_nothing(invented: Path) -> None:
    report = pipeline.check(invented).json
    ours = [
        one for one in report["shapes"] if re.search(r"/id/(mandate|org|S_RES_29|S_RES_30|A_RES_7\d_901)", one["thing"])
    ]
    assert not ours and not report["contradictions"]


def test_two_bodies_that_each_succeed_the_other_are_a_circle_that_is_told(tmp_path: Path) -> None:
    """Neither prevails, and the check fails with the contradiction; all else stands."""
    text = TEXTS["ended.txt"].replace("3050 (2021)", "3060 (2022)").replace("11 March 2021", "10 March 2022")
    heading = text.split("\n\n1. ")[0]
    (tmp_path / "circle.txt").write_text(f"{heading}\n\n1. Decides that the {MISSION} shall succeed the {OFFICE}.")
    kb = tmp_path / "kb"
    building.build([*write(tmp_path), tmp_path / "circle.txt"], kb, lambda _: None)
    report = picked(kb, "mandate-priorities", "overriding", "overridden", "prevails")
    assert [one for one in report if one[0].startswith("Mandate")] == [
        ("Mandate of UNOME", "Mandate of UNOOE", "no: circle"),
        ("Mandate of UNOOE", "Mandate of UNOME", "no: circle"),
    ]
    assert not pipeline.check(kb).ok
