"""What a paragraph cites: which documents, in which way, and whether its operator acts on them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mandata.package_data import read_yaml
from mandata.reading import Reading, read
from mandata.text.source import decode
from mandata.un.entities import shipped_entities

TABLE: list[dict[str, Any]] = read_yaml(Path(__file__).parents[1] / "tables" / "citations.yaml")

FRENCH = "Consciente de l'importance de la paix pour les peuples et pour les États de la région et du monde,"
ENGLISH = "Aware of the importance of peace for the peoples of the region and for the States of the world as a whole,"
ABOUT = {"fr": FRENCH, "en": ENGLISH}


def resolution(case: dict[str, Any]) -> Reading:
    """Read a resolution that says what a case says, and nothing else."""
    organ = shipped_entities().get("organ", case.get("body", "GA"))
    assert organ is not None
    language = case.get("in", "fr")
    name, padding = organ.names[language][0], ABOUT[language]
    article = "The " if language == "en" else "L'" if name[0] in "AEÉ" else "Le "
    notes = [f"<sup>{number}</sup> {note}" for number, note in case.get("notes", {}).items()]
    parts = [name, f"{article}{name},", padding, case.get("before", padding), case["says"], *notes]
    return read(decode("\n\n".join(parts).encode(), "a resolution"))


@pytest.mark.parametrize("case", TABLE, ids=lambda case: str(case["says"])[:60])
def test_a_paragraph_cites(case: dict[str, Any]) -> None:
    reading = resolution(case)
    paragraph = reading.document.preambular[-1]
    found = [c for c in reading.citations.found if c.path == paragraph.path]
    found_cites = sorted([c.target, c.way, int(c.note) if c.note else None, c.part, c.intent] for c in found)
    assert found_cites == sorted(case["cites"])
    assert [[u.words, list(u.candidates)] for u in reading.citations.unresolved] == case.get("open", [])


@pytest.mark.parametrize("case", TABLE, ids=lambda case: str(case["says"])[:60])
def test_the_words_of_a_citation_stand_in_the_file(case: dict[str, Any]) -> None:
    reading = resolution(case)
    raw = reading.document.source.raw
    for citation in reading.citations.found:
        assert raw[slice(*citation.place.span)] == citation.text
    for doubt in reading.citations.unresolved:
        assert raw[slice(*doubt.span)] == doubt.words


def letter(body: str, paragraph: str) -> Reading:
    heading = f"Lettre datée du 7 mai 2007, adressée au Président du {body} par le Secrétaire général"
    return read(decode(f"{body}\n\n{heading}\n\n{paragraph}\n\n(Signé) A. Personne".encode(), "a letter"))


def test_a_bare_number_in_a_letter_to_the_security_council_is_not_guessed() -> None:
    reading = letter("Conseil de sécurité", "J'ai l'honneur de me référer à la résolution 60/288 et à la paix.")
    assert reading.citations.found == ()
    (doubt,) = reading.citations.unresolved
    assert (doubt.words, doubt.candidates) == ("résolution 60/288", ())


def test_what_a_letter_rests_on_is_told_from_what_it_names() -> None:
    words = "Conformément à la résolution 1373 (2001), j'ai l'honneur de transmettre le document S/2006/69 des États."
    found = letter("Conseil de sécurité", words).citations.found
    assert {c.target: c.basis for c in found} == {"S/RES/1373(2001)": True, "S/2006/69": False}


def test_page_furniture_cites_nothing() -> None:
    """Page numbers, job numbers and the running symbol of each page belong to no paragraph."""
    words = (
        "J'ai l'honneur de vous faire tenir\n2/5\n17-20793\nS/2007/300\nci-joint une note sur la paix et la sécurité."
    )
    reading = letter("Conseil de sécurité", words)
    assert (reading.citations.found, reading.citations.unresolved) == ((), ())
    assert [p.text.chars for p in reading.document.paragraphs] == [
        "J'ai l'honneur de vous faire tenir ci-joint une note sur la paix et la sécurité."
    ]


def test_one_citation_for_each_document_by_its_most_explicit_way() -> None:
    """A document named, numbered and noted in one paragraph is cited once."""
    case = {
        "says": "Rappelant la Stratégie antiterroriste mondiale des Nations Unies¹ et sa résolution 60/288,",
        "notes": {1: "Résolution 60/288, annexe."},
    }
    reading = resolution(case)
    (citation,) = [c for c in reading.citations.found if c.path == "pp3"]
    assert (citation.way, citation.part, citation.intent) == ("symbol", "annex", "recalling")


def test_words_that_stand_three_times_are_found_at_three_places() -> None:
    words = "Rappelant S/2007/279, notant S/2007/279 et soulignant S/2007/279,"
    (citation,) = resolution({"says": words}).citations.found
    starts = [at for at in range(len(words)) if words.startswith("S/2007/279", at)]
    assert [(place.path, place.start, place.end) for place in citation.places] == [
        ("pp3", start, start + len("S/2007/279")) for start in starts
    ]
