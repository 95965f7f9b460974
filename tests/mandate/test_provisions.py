"""What operative paragraphs request, and by when; reported reports; whose mandate is exercised; what letters accept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from mandata.mandate.model import MandateParts
from mandata.reading import Reading, read
from mandata.text.source import decode

ENGLISH = "Recalling the purposes and principles of the Charter of the United Nations, and the importance of orchards,"
FRENCH = "Rappelant les buts et principes de la Charte des Nations Unies et l'importance des vergers pour les peuples,"
HEADINGS = {
    "en": [
        "General Assembly",
        "Seventy-fifth session",
        "Resolution adopted by the General Assembly on 18 December 2020",
        "75/901. Orchards",
        "The General Assembly,",
        ENGLISH,
    ],
    "fr": [
        "Assemblée générale",
        "Soixante-quinzième session",
        "Résolution adoptée par l'Assemblée générale le 18 décembre 2020",
        "75/901. Vergers",
        "L'Assemblée générale,",
        FRENCH,
    ],
}


def resolution(language: str, *paragraphs: str) -> Reading:
    return read(decode("\n\n".join((*HEADINGS[language], *paragraphs)).encode(), "a resolution"))


TABLES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parents[1] / "tables" / "provisions.yaml").read_text(encoding="utf-8")
)


def each(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", TABLES[name], ids=[case["words"][:70] for case in TABLES[name]])


def parts(case: dict[str, Any]) -> MandateParts:
    return resolution(case["language"], case["words"]).mandates


@each("reports")
def test_a_report_is_asked_for(case: dict[str, Any]) -> None:
    assert [report.path for report in parts(case).reports] == (["op1"] if case["asks"] else [])


@each("due")
def test_by_when_it_is_due(case: dict[str, Any]) -> None:
    (due,) = parts(case).due
    organ = due.organ.key if due.organ else None
    assert (due.day, due.session, organ, due.every) == (case["day"], case["session"], case["organ"], case["every"])


@each("not_due")
def test_what_is_told_or_placed_on_an_agenda_is_not_due(case: dict[str, Any]) -> None:
    assert parts(case).due == ()


@each("answers")
def test_a_report_told_to_be_submitted_as_asked_is_an_answer(case: dict[str, Any]) -> None:
    """Only the explicit link counts: a report beside a resolution answers nothing."""
    expected = (case["document"], case["paragraph"], case["report"])
    found = [(tie.document, tie.paragraph, tie.report) for tie in parts(case).document_ties]
    assert found == ([expected] if case["document"] else [])


@each("exercised")
def test_whose_mandate_is_exercised_is_told_only_where_one_body_may_be_meant(case: dict[str, Any]) -> None:
    found = parts(case)
    assert [tie.entity.key for tie in found.ties if tie.kind == "exercises"] == ([case["body"]] if case["body"] else [])
    assert found.acts == ()


def letter(*paragraphs: str) -> Reading:
    return read(decode("\n\n".join(paragraphs).encode(), "a letter"))


FROM, TO = "the Secretary-General", "the President of the Security Council"
FOUNDING = (
    "United Nations S/2009/901",
    "Security Council",
    f"Letter dated 11 December 2009 from {FROM} addressed to {TO}",
    "I have the honour to refer to the state of the orchards in the region, and to the peace that depends on them.",
    "I should like to inform you of my intention to establish a United Nations Office for Orchards (UNOFO) there.",
    "The functions of the Office would include the following:",
    "- To monitor and analyse the state of the orchards;",
    "- To cooperate with the African Union in the planting of trees.",
    "(Signed) Ban Ki-moon",
)


def test_a_letter_announces_a_body_that_it_alone_names() -> None:
    found = letter(*FOUNDING).mandates
    assert [(act.kind, act.bearer.key, act.day) for act in found.acts] == [("Announcement", "UNOFO", "2009-12-11")]
    (said,) = found.statements
    assert said.bearer == found.acts[0].bearer
    assert [(f.verb, [e.key for e in f.counterparts]) for f in said.functions] == [
        ("monitor-and-analyse", []),
        ("cooperate", ["African Union"]),
    ]


REPLIES = [
    (
        f"Letter dated 16 December 2009 from {TO} addressed to {FROM}",
        "I have the honour to inform you that your letter dated 11 December 2009 (S/2009/901) has been brought to the"
        " attention of the members of the Security Council. They take note of the intention expressed in your letter.",
        "(Signed) Michel Kafando",
    ),
    (
        "Lettre datée du 16 décembre 2009, adressée au Secrétaire général par le Président du Conseil de sécurité",
        "J'ai l'honneur de vous informer que votre lettre datée du 11 décembre 2009 (S/2009/901) a été portée à"
        " l'attention des membres du Conseil de sécurité. Ils ont pris note de l'intention que vous y exprimez.",
        "(Signé) Michel Kafando",
    ),
]


@pytest.mark.parametrize("reply", REPLIES, ids=["en", "fr"])
def test_a_letter_that_takes_note_of_the_intention_accepts_the_letter_that_it_answers(reply: tuple[str, ...]) -> None:
    masthead = "Security Council" if "Letter" in reply[0] else "Conseil de sécurité"
    found = letter(masthead, *reply).mandates.document_ties
    assert [(tie.kind, tie.document) for tie in found] == [("accepts", "S/2009/901")]


def test_a_letter_that_takes_note_of_nothing_accepts_nothing() -> None:
    heading, _, signature = REPLIES[0]
    words = "I have the honour to refer to your letter dated 11 December 2009 (S/2009/901) on the orchards."
    assert letter("Security Council", heading, words, signature).mandates.document_ties == ()
