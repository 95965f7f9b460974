"""Who and what a text names: the longest names, on word boundaries, and short forms only where one thing was named."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mandata.entities import Entities, Entity
from mandata.mention.gazetteer import build, gazetteer
from mandata.reading import Reading, read
from mandata.resources import read_yaml
from mandata.text.mapped import fold
from mandata.text.source import decode

TABLES = Path(__file__).parents[1] / "tables"
NAMES: list[dict[str, Any]] = read_yaml(TABLES / "mentions.yaml")
LETTERS: list[dict[str, Any]] = read_yaml(TABLES / "correspondence.yaml")
FRENCH = "Consciente de l'importance de la paix pour tous et de la sécurité pour les peuples et pour le monde,"


def resolution(*paragraphs: str) -> Reading:
    parts = ["Assemblée générale", "L'Assemblée générale,", FRENCH, *paragraphs]
    return read(decode("\n\n".join(parts).encode(), "a resolution"))


def named(reading: Reading, path: str) -> list[list[str]]:
    return [[m.entity.local_name, m.text] for m in reading.mentions if m.path == path]


@pytest.mark.parametrize("case", NAMES, ids=lambda case: str(case["remark"]))
def test_a_paragraph_names(case: dict[str, Any]) -> None:
    reading = resolution(f"Notant {case['says']},")
    assert named(reading, "pp2") == case["names"]
    for mention in reading.mentions:
        assert reading.document.source.raw[slice(*mention.span)] == mention.text


CENTRE = "Centre régional des Nations Unies pour la diplomatie préventive en Asie centrale"


def test_a_short_form_stands_for_what_was_named_before_it() -> None:
    reading = resolution("Notant les travaux du Centre,", f"Saluant le {CENTRE},", "Louant le Centre,")
    assert named(reading, "pp2") == []
    assert named(reading, "pp4") == [["centre-UNRCCA", "Centre"]]
    assert [m.by_context for m in reading.mentions] == [False, True]


def test_a_short_form_before_the_name_in_one_paragraph_stands_for_nothing() -> None:
    reading = resolution(f"Notant que le Centre est neuf et que le {CENTRE} travaille, et que le Centre est utile,")
    assert named(reading, "pp2") == [["centre-UNRCCA", CENTRE], ["centre-UNRCCA", "Centre"]]


def entity(key: str, kind: str, *names: str, context: tuple[str, ...] = ()) -> Entity:
    return Entity(key, kind, "Centre", {"fr": names}, {"fr": context}, None, (), "invented")


def test_one_name_of_two_things_names_neither() -> None:
    """Which Springfield is meant, the name does not say."""
    two = [entity("one", "place", "Springfield"), entity("two", "place", "Springfield", "Springfield Est")]
    names = build(Entities({e.local_name: e for e in two}), "fr")
    assert [f.entity.key for f in names.find("à Springfield et à Springfield Est")] == ["two"]


def test_a_form_shared_by_two_is_kept_with_both() -> None:
    two = [entity("one", "centre", "Centre un", context=("le Centre",)), entity("two", "centre", "Centre deux")]
    two[1] = entity("two", "centre", "Centre deux", context=("le Centre",))
    names = build(Entities({e.local_name: e for e in two}), "fr")
    ((pattern, _, entities),) = names.context
    assert [e.key for e in entities] == ["one", "two"]
    assert pattern.search("du Centre")
    assert not pattern.search("du centre ni du Centrefort")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_name_is_found_as_itself(language: str) -> None:
    names = gazetteer(language)
    for name in (n for group in names.names.values() for n in group):
        assert [f.entity for f in names.find(f"« {fold(name.words)} »")] == [name.entity], name.words


EVENT = "Conférence internationale consacrée à la sécurité et au développement durable en Asie centrale"


@pytest.mark.parametrize(
    ("words", "first", "last", "place"),
    [
        (
            f"la {EVENT}, tenue à Samarkand les 10 et 11 novembre 2017,",
            date(2017, 11, 10),
            date(2017, 11, 11),
            "Samarkand",
        ),
        (f"la {EVENT}, organisée le 3 mai 2018 à Astana,", date(2018, 5, 3), date(2018, 5, 3), "Astana"),
        (f"la {EVENT}, tenue à Atlantis le 3 mai 2018,", date(2018, 5, 3), date(2018, 5, 3), None),
        (f"la {EVENT}, tenue à Samarkand le 31 juin 2018,", None, None, None),
        (f"la {EVENT} et la réunion de 2018,", None, None, None),
    ],
)
def test_an_event_is_held(words: str, first: date | None, last: date | None, place: str | None) -> None:
    found = [(h.starts_on, h.ends_on, h.place.key if h.place else None) for h in resolution(f"Notant {words}").held]
    assert found == ([(first, last, place)] if first else [])


def letter(case: dict[str, Any]) -> Reading:
    heading = f"Lettre datée du 3 mai 2018, adressée {case['addressee']} par {case['sender']}"
    signature = [f"(Signé) {case['signature']}"] if "signature" in case else []
    parts = ["Assemblée générale", heading, "J'ai l'honneur de vous faire tenir le texte de la lettre.", *signature]
    return read(decode("\n\n".join(parts).encode(), "a letter"))


@pytest.mark.parametrize("case", LETTERS, ids=lambda case: str(case["sender"])[:40])
def test_who_writes_to_whom(case: dict[str, Any]) -> None:
    reading = letter(case)
    sender, addressee = reading.correspondence.sender, reading.correspondence.addressee
    assert (sender.post if sender else None) == case["post"]
    assert (addressee.post if addressee else None) == case["to"]
    if sender:
        assert sender.role == case["role"]
        assert (sender.state.key if sender.state else None) == case.get("state")
        assert sender.person == case.get("person")
        assert reading.document.source.raw[slice(*sender.span)] == case["sender"]


def test_a_resolution_has_no_correspondence() -> None:
    reading = resolution("Notant la paix,")
    assert (reading.correspondence.sender, reading.correspondence.addressee) == (None, None)
