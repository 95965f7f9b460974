"""An invented collection: a mission, a rapporteur and an office from their founding to their end, in both languages."""

from __future__ import annotations

from pathlib import Path

ENGLISH = "Recalling the purposes and principles of the Charter of the United Nations, and the importance of orchards,"
FRENCH = "Rappelant les buts et principes de la Charte des Nations Unies et l'importance des vergers pour les peuples,"


def council(number: str, day: str, *paragraphs: str) -> str:
    """Return a resolution of the Security Council in English."""
    heading = [
        f"United Nations S/RES/{number}",
        "Security Council",
        "Distr.: General",
        day,
        f"Resolution {number}",
        f"Adopted by the Security Council at its 9330th meeting, on {day}",
        "The Security Council,",
        ENGLISH,
    ]
    return "\n\n".join((*heading, *paragraphs))


def assembly(number: str, session: str, day: str, *paragraphs: str) -> str:
    """Return a resolution of the General Assembly in English."""
    heading = [
        f"United Nations A/RES/{number}",
        "General Assembly",
        f"{session} session",
        f"Resolution adopted by the General Assembly on {day}",
        f"{number}. Orchards",
        "The General Assembly,",
        ENGLISH,
    ]
    return "\n\n".join((*heading, *paragraphs))


def conseil(number: str, day: str, *paragraphs: str) -> str:
    """Return a resolution of the Security Council in French."""
    heading = [
        f"Nations Unies S/RES/{number}",
        "Conseil de sécurité",
        "Distr. générale",
        day,
        f"Résolution {number}",
        f"Adoptée par le Conseil de sécurité à sa 9330e séance, le {day}",
        "Le Conseil de sécurité,",
        FRENCH,
    ]
    return "\n\n".join((*heading, *paragraphs))


MISSION = "United Nations Orchard Mission in Erewhon (UNOME)"
OFFICE = "United Nations Orchard Office in Erewhon (UNOOE)"
BUREAU = "Bureau des Nations Unies pour les vergers d'Utopie (BNUVU)"

TEXTS = {
    "founding.txt": council(
        "2901 (2018)",
        "15 March 2018",
        f"1. Decides to establish, under its authority, a {MISSION} for an initial period of 12 months from the date of"
        " adoption of the present resolution, with the following mandate:",
        "(a) Protection of orchards:",
        "(i) To protect apple trees and pear trees under imminent threat of felling;",
        "(ii) To monitor and verify the felling of trees and the export of timber;",
        "(b) To support the Government of Mali in planting saplings along the rivers;",
        "2. Requests the Secretary-General to report to the Council on the implementation of the mandate of UNOME every"
        " six months;",
        "3. Decides to remain seized of the matter.",
    ),
    "extended.txt": council(
        "2950 (2019)",
        "14 March 2019",
        f"Recalling its resolution 2901 (2018), by which it established the {MISSION},",
        "1. Decides to extend the mandate of UNOME until 15 March 2020;",
        "2. Requests UNOME, in accordance with its mandate, to monitor and verify the felling of trees and the export"
        " of timber along the rivers;",
        "3. Requests the Secretary-General to conduct a strategic review of UNOME by 30 September 2019.",
    ),
    "changed.txt": council(
        "2999 (2020)",
        "12 March 2020",
        f"1. Decides to extend the mandate of the {MISSION} until 15 March 2021;",
        "2. Decides to modify the mandate of UNOME so as to protect apple trees and pear trees under imminent threat of"
        " felling in the gardens too;",
        "3. Decides to remain seized of the matter.",
    ),
    "ended.txt": council(
        "3050 (2021)",
        "11 March 2021",
        f"1. Decides to terminate the mandate of the {MISSION} as of 30 June 2021;",
        f"2. Decides to establish the {OFFICE} as the successor arrangement to the {MISSION}, with effect from 1 July"
        " 2021;",
        "3. Decides to remain seized of the matter.",
    ),
    "asked.txt": assembly(
        "75/901",
        "Seventy-fifth",
        "18 December 2020",
        "1. Decides to appoint, for a period of three years, a Special Rapporteur on the right to orchards;",
        "2. Requests the Secretary-General to submit to the General Assembly at its seventy-seventh session a report on"
        " the implementation of the present resolution;",
        "3. Invites all States to plant an orchard by 31 December 2022.",
    ),
    "answered.txt": assembly(
        "77/901",
        "Seventy-seventh",
        "15 December 2022",
        "Taking note of the report of the Secretary-General submitted pursuant to resolution 75/901 (A/77/345),",
        "1. Decides to include in the provisional agenda of its seventy-ninth session the item entitled “Orchards”.",
    ),
    "bureau.txt": conseil(
        "2902 (2018)",
        "16 mars 2018",
        f"1. Décide de créer un {BUREAU}, chargé des fonctions suivantes :",
        "a) Conseiller les autorités d'Utopie sur la taille des pommiers et la greffe des poiriers ;",
        "b) Suivre et analyser la situation des abeilles et des ruches dans les vergers ;",
        "2. Décide de rester saisi de la question.",
    ),
    "bureau-prorogé.txt": conseil(
        "2960 (2019)",
        "20 mars 2019",
        "1. Décide de proroger le mandat du BNUVU jusqu'au 20 mars 2020 ;",
        "2. Engage le BNUVU à suivre et à analyser la situation des abeilles et des ruches dans les vergers côtiers.",
    ),
}


def write(folder: Path) -> list[Path]:
    """Write the texts into a folder; return their paths."""
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in TEXTS]
