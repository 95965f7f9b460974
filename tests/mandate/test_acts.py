"""What the words of resolutions do to mandates: tables of phrases, each with the act, the body and the term they give.

The bodies and the resolutions are invented; the phrases are those by which the organs of the United Nations act.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from mandata.mandate.model import MandateAct, MandateTerm
from mandata.reading import Reading, read
from mandata.text.source import decode

ENGLISH = "Recalling the purposes and principles of the Charter of the United Nations, and the importance of orchards,"
FRENCH = "Rappelant les buts et principes de la Charte des Nations Unies et l'importance des vergers pour les peuples,"
HEADINGS = {
    "en": [
        "Security Council",
        "Resolution 2901 (2023)",
        "Adopted by the Security Council at its 9330th meeting, on 31 May 2023",
        "The Security Council,",
        ENGLISH,
    ],
    "fr": [
        "Conseil de sécurité",
        "Résolution 2901 (2023)",
        "Adoptée par le Conseil de sécurité à sa 9330e séance, le 31 mai 2023",
        "Le Conseil de sécurité,",
        FRENCH,
    ],
    "es": [
        "Consejo de Seguridad",
        "Resolución 2901 (2023)",
        "Aprobada por el Consejo de Seguridad en su 9330ª sesión, celebrada el 31 de mayo de 2023",
        "El Consejo de Seguridad,",
        "Recordando los propósitos y principios de la Carta de las Naciones Unidas y la importancia de los huertos,",
    ],
    "ru": [
        "Совет Безопасности",
        "Резолюция 2901 (2023),",
        "принятая Советом Безопасности на его 9330-м заседании 31 мая 2023 года",
        "Совет Безопасности,",
        "ссылаясь на цели и принципы Устава Организации Объединенных Наций и на важность садов,",
    ],
}


def resolution(language: str, *paragraphs: str) -> Reading:
    return read(decode("\n\n".join((*HEADINGS[language], *paragraphs)).encode(), "a resolution"))


def acts(language: str, *paragraphs: str) -> tuple[MandateAct, ...]:
    return resolution(language, *paragraphs).mandates.acts


def summary(act: MandateAct) -> tuple[str, str, str | None]:
    """Return the kind, the body, and the day that the act sets, if any."""
    return act.kind, act.bearer.key, act.term.until or act.term.start


HERE = Path(__file__).parents[1] / "tables" / "mandate_acts.yaml"
PHRASES: list[dict[str, Any]] = yaml.safe_load(HERE.read_text(encoding="utf-8"))
EVERY = pytest.mark.parametrize("phrase", PHRASES, ids=[one["words"][:70] for one in PHRASES])


@EVERY
def test_a_phrase_performs_one_act(phrase: dict[str, Any]) -> None:
    found = [summary(act) for act in acts(phrase["language"], f"1. {phrase['words']} ;")]
    assert found == [(phrase["act"], phrase["body"], phrase["day"])]


@EVERY
def test_the_evidence_is_the_words_of_the_act(phrase: dict[str, Any]) -> None:
    reading = resolution(phrase["language"], f"1. {phrase['words']} ;")
    (act,) = reading.mandates.acts
    quoted = reading.document.source.raw[slice(*act.span)]
    assert quoted in phrase["words"] and len(quoted) > 10


NO_ACTS = [
    ("en", "1. Decides to end its consideration of the item;"),
    ("en", "1. Decides to establish the International Day of Orchards;"),
    ("en", "1. Decides to extend the deadline for the submission of reports until 31 May 2024;"),
    ("en", "1. Decides to terminate the measures set out in paragraph 4 of resolution 1521 (2003);"),
    ("en", "1. Notes the decision of the Review Conference to renew the mandate of the Orchard Unit until 2027;"),
    ("en", "1. Welcomes the establishment of the Orchard Commission;"),
    ("en", "1. Calls upon UNOME, within its mandate, to plant trees;"),
    ("en", "Recalling its decision to extend the mandate of UNOME until 31 May 2024,"),
    ("en", "1. Decides that the mandate of UNOME shall not be extended;"),
    ("fr", "1. Décide de mettre fin à l'examen de la question ;"),
    ("fr", "1. Décide de créer les conditions de la paix ;"),
    ("fr", "1. Décide de proroger de trois ans la période préparatoire dont bénéficie Utopie ;"),
    ("fr", "1. Salue la création de la Commission des vergers ;"),
    ("fr", "1. Engage la MINUVE à planter des arbres dans l'exercice de son mandat ;"),
]


@pytest.mark.parametrize(("language", "paragraph"), NO_ACTS, ids=[words[:60] for _, words in NO_ACTS])
def test_what_is_told_or_done_to_something_else_is_no_act(language: str, paragraph: str) -> None:
    reading = resolution(language, "1. Plants a tree;" if paragraph[0] != "1" else "", paragraph)
    assert reading.mandates.acts == ()


UNSETTLED = [
    ("en", "1. Decides to establish an open-ended working group to consider orchards;"),
    ("en", "1. Decides to extend the mandate of the Mission until 31 May 2024;"),
    ("en", "1. Decides to terminate the mandate of the Panel of Experts;"),
    ("en", "1. Decides to establish a Committee of the Security Council consisting of all its members;"),
    ("fr", "1. Décide de créer un Comité du Conseil de sécurité composé de tous ses membres ;"),
    ("fr", "1. Décide de créer un groupe de travail à composition non limitée ;"),
    ("fr", "1. Décide de proroger le mandat de la Mission jusqu'au 31 mai 2024 ;"),
]


@pytest.mark.parametrize(("language", "paragraph"), UNSETTLED, ids=[words[:60] for _, words in UNSETTLED])
def test_a_body_that_cannot_be_settled_is_a_doubt_and_no_act(language: str, paragraph: str) -> None:
    reading = resolution(language, paragraph)
    assert reading.mandates.acts == ()
    assert [issue.code for issue in reading.document.issues].count("mandate-bearer-unknown") == 1


def test_a_short_form_stands_for_the_one_body_that_the_document_names() -> None:
    before = "Commending the work of the United Nations Orchard Mission in Erewhon (UNOME),"
    (act,) = acts("en", before, "1. Decides to extend the mandate of the Mission until 31 May 2024;")
    assert summary(act) == ("Extension", "UNOME", "2024-05-31")
    two = before.replace("(UNOME),", "(UNOME) and of the United Nations Vineyard Mission in Utopia (UNVMU),")
    assert acts("en", two, "1. Decides to extend the mandate of the Mission until 31 May 2024;") == ()


def test_a_short_form_stands_for_a_longer_name_without_an_acronym() -> None:
    title = "Recalling the United Nations Regional Centre for Orchards, Peace and Bees in the Caribbean,"
    (act,) = acts("en", title, "Reaffirming the mandate of the Regional Centre,", "1. Plants a tree.")
    assert summary(act)[:2] == (
        "Reaffirmation",
        "United Nations Regional Centre for Orchards, Peace and Bees in the Caribbean",
    )


def test_a_known_body_within_a_longer_name_is_another() -> None:
    """The United Nations, the African Union: their missions are not they."""
    operation = "African Union-United Nations Hybrid Operation in Utopia"
    (act,) = acts("en", f"1. Decides to extend the mandate of the {operation} until 1 June 2024;")
    assert act.bearer.key == operation


def test_a_post_is_no_organisation() -> None:
    (act,) = acts("en", "1. Extends the mandate of the Special Rapporteur on the right to orchards;")
    assert (act.bearer.kind, act.bearer.cls) == ("post", "Post")


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("for one year", MandateTerm(at_least="2024-05-31", period="P1Y")),
        ("for a further period of 18 months", MandateTerm(at_least="2024-11-30", period="P18M")),
        ("for an additional six months, until 30 November 2023", MandateTerm(until="2023-11-30", period="P6M")),
        ("for 90 days from the adoption of the present resolution", MandateTerm(until="2023-08-29", period="P90D")),
        ("for one year beginning on 1 July 2023", MandateTerm(until="2024-06-30", period="P1Y", start="2023-07-01")),
        ("until the Council decides otherwise", MandateTerm()),
    ],
)
def test_the_last_day_is_computed_only_where_the_text_says_when_the_period_begins(
    words: str, term: MandateTerm
) -> None:
    (act,) = acts("en", f"1. Decides to extend the mandate of UNOME {words};")
    assert act.term == term


def test_several_acts_of_one_paragraph_are_each_found() -> None:
    words = (
        "1. Decides to extend the mandate of UNOME until 31 May 2024, and decides to terminate the mandate of UNVMU;"
    )
    assert sorted(map(summary, acts("en", words))) == [
        ("Extension", "UNOME", "2024-05-31"),
        ("Termination", "UNVMU", None),
    ]


def test_items_act_with_the_verb_of_their_paragraph() -> None:
    items = ("(a) To extend the mandate of UNOME until 31 May 2024;", "(b) To terminate the mandate of UNVMU;")
    assert [summary(act) for act in acts("en", "1. Decides:", *items)] == [
        ("Extension", "UNOME", "2024-05-31"),
        ("Termination", "UNVMU", None),
    ]
    assert acts("en", "1. Recommends:", *items) == ()


LIST = [
    "1. Decides that the mandate of the United Nations Orchard Mission in Erewhon (UNOME) shall be as follows:",
    "(a) Support for the planting of trees",
    "(i) To protect the saplings;",
    "(ii) To advise the gardeners;",
    "(b) To monitor and verify the felling of trees, including by:",
    "(i) Counting the trees;",
]


def test_functions_set_anew_are_a_modification_and_not_the_first() -> None:
    """A noun that is a verb too ("Support for ...") heads the items below it; what only details a function is none."""
    parts = resolution("en", *LIST).mandates
    (said,), (act,) = parts.statements, parts.acts
    assert (act.kind, act.bearer, parts.founds(said.bearer)) == ("Modification", said.bearer, False)
    assert [(f.position, f.item.path, f.verb, f.heading.text.chars if f.heading else None) for f in said.functions] == [
        (1, "op1.a.i", "protect", "Support for the planting of trees"),
        (2, "op1.a.ii", "advise", "Support for the planting of trees"),
        (3, "op1.b", "monitor", None),
    ]


def test_functions_given_with_the_establishment_are_the_first() -> None:
    founding = "1. Decides to establish the Orchard Commission, with the following mandate:"
    parts = resolution("en", founding, "(a) To advise the gardeners;").mandates
    assert [act.kind for act in parts.acts] == ["Establishment"]
    assert parts.founds(parts.statements[0].bearer)


def test_a_draft_acts_upon_nothing() -> None:
    lines = ["United Nations S/2023/400", "Security Council", "Albania: draft resolution", *HEADINGS["en"][3:]]
    text = "\n\n".join([*lines, "1. Decides to extend the mandate of UNOME until 1 June 2024;"])
    draft = read(decode(text.encode(), "a draft"))
    assert draft.document.kind == "draft" and draft.document.operative
    assert draft.mandates.acts == ()


def test_the_successor_of_a_body_bears_the_mandate_that_takes_its_place() -> None:
    mission, office = "United Nations Orchard Mission in Erewhon (UNOME)", "United Nations Orchard Office (UNOO)"
    words = f"1. Decides to establish a {office} as the successor to the {mission}, with effect from 1 January 2024;"
    founded, followed = acts("en", words)
    assert summary(founded) == ("Establishment", "UNOO", "2024-01-01")
    assert summary(followed) == ("Supersession", "UNOME", "2024-01-01")
    assert followed.successor is not None and followed.successor.key == "UNOO"
    (french,) = acts(
        "fr",
        "1. Décide que le Bureau des Nations Unies pour les vergers (BNUV) succédera à la Mission des Nations Unies"
        " pour les vergers (MINUV) ;",
    )
    assert (*summary(french)[:2], french.successor and french.successor.key) == ("Supersession", "MINUV", "BNUV")
