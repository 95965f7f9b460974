"""What documents say of mandates: functions, acts, addressees, proclamations, agenda items, closures.

The documents here are invented; the bodies are real ones, whose names the entities hold.
"""

from __future__ import annotations

import pytest

from mandata.reading import Reading, read
from mandata.text.source import decode

FRENCH = "Consciente de l'importance de la paix pour tous et de la sécurité pour les peuples et pour le monde,"
CENTRE = "Centre régional des Nations Unies pour la diplomatie préventive"


def letter(*paragraphs: str, day: str = "3 mai 2018") -> Reading:
    heading = f"Lettre datée du {day}, adressée au Président du Conseil de sécurité par le Secrétaire général"
    parts = ["Conseil de sécurité", heading, *paragraphs, "(Signé) Ban Ki-moon"]
    return read(decode("\n\n".join(parts).encode(), "a letter"))


def resolution(*paragraphs: str) -> Reading:
    parts = ["Assemblée générale", "L'Assemblée générale,", FRENCH, *paragraphs]
    return read(decode("\n\n".join(parts).encode(), "a resolution"))


LISTS = [
    ("Les fonctions de la Mission d'assistance des Nations Unies en Afghanistan seraient les suivantes :", "UNAMA"),
    ("Les attributions de l'Organisation mondiale du commerce sont notamment les suivantes :", "WTO"),
    ("Le mandat du Programme des Nations Unies pour le développement sera le suivant :", "UNDP"),
    ("L'Office des Nations Unies contre la drogue et le crime aurait pour fonctions :", "UNODC"),
    (f"Les fonctions du {CENTRE} seront donc les suivantes :", "UNRCCA"),
]


@pytest.mark.parametrize(("chapeau", "body"), LISTS, ids=[body for _, body in LISTS])
def test_a_list_of_functions_is_the_mandate_of_the_body_it_names(chapeau: str, body: str) -> None:
    reading = letter(chapeau, "- Suivre la situation dans les pays ;", "- Faire rapport sur la paix et la sécurité.")
    said = reading.mandates.statement
    assert said is not None
    assert (said.bearer.key, said.path, said.seat, said.proposed_by) == (body, "p1", None, None)
    assert [(f.position, f.verb, f.item.path) for f in said.functions] == [
        (1, "monitor", "p1.1"),
        (2, "report", "p1.2"),
    ]


@pytest.mark.parametrize("body", ["du bureau", "du Bureau", "de la Mission"])
def test_a_list_of_a_body_that_nothing_names_is_no_mandate(body: str) -> None:
    """A capital alone is no name: which office is meant, no other paragraph says."""
    reading = letter(f"Les fonctions {body} seraient les suivantes :", "- Suivre la situation des étoiles.")
    assert reading.mandates.statement is None


def test_a_list_of_a_body_that_the_text_names_is_its_mandate() -> None:
    """By its acronym where it has one, else by its name as it is printed; a short form stands for it behind."""
    named = letter("Les fonctions du Bureau des étoiles seraient les suivantes :", "- Suivre la situation des étoiles.")
    assert named.mandates.statement is not None and named.mandates.statement.bearer.key == "Bureau des étoiles"
    defined = letter(
        "Le Bureau des Nations Unies pour les étoiles (BNUE) a été proposé par des amis des étoiles et de la paix.",
        "Les fonctions du Bureau seraient les suivantes :",
        "- Suivre la situation des étoiles.",
    )
    assert defined.mandates.statement is not None and defined.mandates.statement.bearer.key == "BNUE"


def test_a_list_without_functions_is_no_mandate() -> None:
    assert letter(LISTS[0][0], "Je vous en remercie et vous prie de croire à la paix.").mandates.statement is None


VERBS = [
    ("Faire la liaison avec les pays", "liaise"),
    ("Suivre et analyser la situation", "monitor-and-analyse"),
    ("Suivre la situation", "monitor"),
    ("Entretenir des contacts avec l'Union africaine", "maintain-contact"),
    ("Entretenir des rapports étroits avec l'Union africaine", "maintain-close-contact"),
    ("Assurer un cadre et une direction politiques", "provide-framework-and-leadership"),
    ("Coordonner les efforts", "coordinate"),
    ("Offrir ses bons offices", "good-offices"),
    ("D'appuyer les efforts", "support"),
    ("De faire rapport sur les efforts", "report"),
    ("Suivreur de la situation", None),
    ("Danser avec les pays", None),
]


@pytest.mark.parametrize(("words", "verb"), VERBS)
def test_the_verb_of_a_function_is_its_opening(words: str, verb: str | None) -> None:
    said = letter(LISTS[0][0], f"a) {words} de la région et du monde ;").mandates.statement
    assert said is not None
    assert [f.verb for f in said.functions] == [verb]


def test_counterparts_are_those_named_once_each_without_the_body_itself() -> None:
    item = (
        "- Entretenir des contacts avec l'Union africaine, le Centre, l'Organisation des Nations Unies, le Secrétaire"
        " général et l'Union africaine, à Nairobi."
    )
    said = letter(f"Les fonctions du {CENTRE} seraient les suivantes :", item).mandates.statement
    assert said is not None
    assert [e.key for e in said.functions[0].counterparts] == ["African Union", "Secretary-General"]


@pytest.mark.parametrize(
    ("words", "seat"),
    [
        (f"la création d'un {CENTRE} à Nairobi.", "Nairobi"),
        (f"la création à Genève d'un {CENTRE}.", "Geneva"),
        (f"la création d'un {CENTRE} à Atlantis.", None),
        (f"la création d'un {CENTRE}.", None),
    ],
)
def test_the_seat_is_where_it_is_created(words: str, seat: str | None) -> None:
    opening = f"Les cinq gouvernements d'Asie centrale se sont entendus sur {words}"
    said = letter(
        opening, f"Les fonctions du {CENTRE} seraient :".replace("seraient", "seraient les suivantes"), "- Suivre"
    )
    statement = said.mandates.statement
    assert statement is not None
    assert (statement.seat.value.key if statement.seat else None) == seat
    assert statement.proposed_by is not None
    assert statement.proposed_by.value.key == "Central Asian States"


@pytest.mark.parametrize(
    ("proposer", "key"),
    [
        ("Les pays d'Asie centrale se sont entendus sur la création d'un", "Central Asian States"),
        ("Un accord a été conclu à l'initiative du Gouvernement turkmène en vue de la création d'un", "TKM"),
        ("Un accord a été conclu à l'invitation de l'Union africaine en vue de la création d'un", "African Union"),
        ("Les amis de la paix se sont entendus sur la création d'un", None),
    ],
)
def test_who_proposed_it(proposer: str, key: str | None) -> None:
    said = letter(
        f"{proposer} {CENTRE}.", f"Les fonctions du {CENTRE} seraient les suivantes :", "- Suivre la situation."
    )
    statement = said.mandates.statement
    assert statement is not None
    assert (statement.proposed_by.value.key if statement.proposed_by else None) == key


@pytest.mark.parametrize(("day", "iso"), [("7 mai 2007", "2007-05-07"), ("1er août 2019", "2019-08-01")])
def test_an_announcement_bears_the_date_of_its_letter(day: str, iso: str) -> None:
    opening = f"Les pays de la région se sont entendus sur la création d'un {CENTRE}."
    words = "J'ai l'honneur de vous faire part de mon intention de créer un tel centre dans la région."
    (act,) = letter(opening, words, day=day).mandates.acts
    assert (act.kind, act.path, act.bearer.key, act.day) == ("Announcement", "p2", "UNRCCA", iso)


def test_an_intention_about_no_centre_that_is_known_is_no_announcement() -> None:
    assert letter("J'ai l'honneur de vous faire part de mon intention de créer une étoile.").mandates.acts == ()


@pytest.mark.parametrize(
    ("month", "year", "ordinal", "body", "day"),
    [
        ("décembre", 2017, "dixième", CENTRE, "2007-12"),
        ("décembre", 2017, "vingtième", CENTRE, "1997-12"),
        ("mai", 2022, "quinzième", CENTRE, "2007-05"),
        ("janvier", 2020, "soixante-quinzième", "Fonds monétaire international", "1945-01"),
        ("décembre", 2017, "dixième", "Bureau des étoiles", None),
    ],
)
def test_an_anniversary_tells_when_a_body_was_created(
    month: str, year: int, ordinal: str, body: str, day: str | None
) -> None:
    words = f"Notant que le mois de {month} {year} marque le {ordinal} anniversaire de la création du {body},"
    acts = [(act.kind, act.path, act.day) for act in resolution(words).mandates.acts]
    assert acts == ([("Creation", "pp2", day)] if day else [])


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("les activités de la Mission d'assistance des Nations Unies en Afghanistan seraient arrêtées.", "UNAMA"),
        ("les activités du Fonds monétaire international seraient progressivement réduites puis arrêtées.", "IMF"),
        ("les activités de l'Office des Nations Unies contre la drogue et le crime seront interrompues.", "UNODC"),
        ("les activités des écoles seront interrompues.", None),
    ],
)
def test_a_closure_is_announced(words: str, body: str | None) -> None:
    ties = letter(f"Dans la région et dans le monde, {words}").mandates.ties
    assert [(t.kind, t.entity.key) for t in ties] == ([("closes", body)] if body else [])


@pytest.mark.parametrize(
    ("paragraph", "key"),
    [
        ("1. Prie le Secrétaire général de faire rapport à la session suivante ;", "Secretary-General"),
        ("1. Engage tous les États d'Asie centrale à coopérer ;", "Central Asian States"),
        ("1. Invite l'Union africaine à coopérer avec les États ;", "African Union"),
        ("1. Invite également le Conseil de sécurité à coopérer ;", "SC"),
        ("1. Demande au Secrétaire général de faire rapport sur les progrès ;", "Secretary-General"),
        ("1. Prie instamment les États Membres de coopérer ;", "Member States"),
        ("1. Prie le Secrétaire général de lui faire rapport sur la paix ;", "Secretary-General"),
        ("1. Engage tous les États de l'Atlantide à coopérer ;", None),
        ("1. Salue les efforts de l'Union africaine ;", None),
        ("1. Encourage la tenue de réunions des États d'Asie centrale ;", None),
        ("1. Se félicite du concours que le Secrétaire général apporte ;", None),
    ],
)
def test_whom_an_operative_paragraph_addresses(paragraph: str, key: str | None) -> None:
    ties = [t for t in resolution(paragraph).mandates.ties if t.kind == "addresses"]
    assert [t.entity.key for t in ties] == ([key] if key else [])


def test_a_preambular_paragraph_addresses_no_one() -> None:
    assert resolution("Invitant l'Union africaine à coopérer avec les États de la région,").mandates.ties == ()


def test_what_is_proclaimed_is_what_follows_the_operator() -> None:
    year = "Année internationale de la paix et de la confiance"
    (tie,) = resolution(f"1. Proclame 2021 {year} ;").mandates.ties
    assert (tie.kind, tie.entity.key) == ("proclaims", "International Year of Peace and Trust")
    assert resolution(f"1. Rappelle l'{year} et la paix dans le monde ;").mandates.ties == ()


@pytest.mark.parametrize(("year", "number"), [(2021, "73/338"), (2025, "79/12")])
def test_a_proclamation_of_another_document_is_told(year: int, number: str) -> None:
    words = (
        f"Rappelant sa résolution {number}, dans laquelle elle a proclamé {year} Année internationale de la paix et de"
        " la confiance,"
    )
    (told,) = resolution(words).mandates.proclaimed_before
    assert (told.path, told.document, told.year) == ("pp2", f"A/RES/{number}", year)


@pytest.mark.parametrize(
    ("ordinal", "session"), [("soixante-dix-septième", 77), ("quatre-vingtième", 80), ("cent unième", 101)]
)
def test_an_item_is_placed_on_a_later_agenda(ordinal: str, session: int) -> None:
    words = (
        f"1. Décide d'inscrire à l'ordre du jour provisoire de sa {ordinal} session la question intitulée « La paix »."
    )
    (placing,) = resolution(words).mandates.placings
    assert (placing.path, placing.session, placing.title) == ("op1", session, "La paix")


def test_spans_hold_the_words() -> None:
    reading = resolution("1. Proclame 2021 Année internationale de la paix et de la confiance ;")
    (tie,) = reading.mandates.ties
    assert reading.document.source.raw[slice(*tie.span)] == "Année internationale de la paix et de la confiance"
