"""Who and what a text names: the longest names, on word boundaries, and short forms only where one thing was named."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mandata.mention.gazetteer import build, gazetteer
from mandata.package_data import read_yaml
from mandata.reading import Reading, read
from mandata.text.source import decode
from mandata.un.entities import Entities, Entity

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


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_every_name_is_found_as_itself(language: str) -> None:
    """Save one that several things share: it is found as shared."""
    names = gazetteer(language)
    for form, entities in names.names.items():
        found = [f.entity for f in names.find(f"« {form} »")]
        shared = [those for _, those in names.find_shared(f"« {form} »")]
        assert (found, shared) == (([*entities], []) if len(entities) == 1 else ([], [entities])), form


@pytest.mark.parametrize(
    ("language", "words", "found"),
    [
        ("ar", "أوزبكستان وتركمانستان وطاجيكستان", ["UZB", "TKM", "TJK"]),  # "and" is written with the word after it
        ("ar", "بكازاخستان ولأفغانستان", ["KAZ", "AFG"]),
        ("ar", "للاتحاد الروسي وبالاتحاد الروسي", ["RUS", "RUS"]),  # the article loses a letter after "to"
        ("ar", "لبنان ولبنان", ["LBN", "LBN"]),  # a name that begins like a particle
        ("ar", "الدعم المالي والفني، دعم مالي", []),  # "financial" is written as Mali
        ("ar", "جمهورية مالي", ["MLI"]),
        ("zh", "发展中国家和沿海地区", []),  # developing countries, coastal areas: neither China nor Haiti
        ("zh", "中国和海地", ["CHN", "HTI"]),
        ("ru", "с Южным Суданом и Израилем", ["SSD", "ISR"]),
        ("ru", "народы Мексики и Украины", ["MEX", "UKR"]),
        ("es", "la República de Corea y Kazajstán", ["KOR", "KAZ"]),
        ("en", "the countries of the Gulf of Guinea and Guinea", ["GIN"]),
        ("fr", "le golfe de Guinée et la Guinée", ["GIN"]),
    ],
)
def test_states_are_found_as_each_language_prints_them(language: str, words: str, found: list[str]) -> None:
    assert [f.entity.key for f in gazetteer(language).find(words) if f.entity.kind == "state"] == found


@pytest.mark.parametrize(
    ("says", "candidates"),
    [
        ("la paix en Corée", [["state-KOR", "state-PRK"]]),
        ("la paix dans la République de Corée", []),
        ("la paix au Congo", [["state-COD", "state-COG"]]),
        ("la paix en République démocratique du Congo", []),
    ],
)
def test_a_name_that_two_share_stays_open(says: str, candidates: list[list[str]]) -> None:
    reading = resolution(f"Notant {says},")
    issues = [issue for issue in reading.document.issues if issue.code == "name-open"]
    assert [issue.message.split(" may be ")[1].split(" or ") for issue in issues] == candidates
    for issue in issues:
        assert reading.document.source.raw[issue.start : issue.end] in issue.message


@pytest.mark.parametrize(
    ("form", "text", "found"),
    [
        ("le Centre", "du Centre et du Centrefort", "Centre"),
        ("el Centro Regional", "con el Centro Regional", "Centro Regional"),
        ("un tel centre", "créer un tel centre", "un tel centre"),
    ],
)
def test_a_form_is_told_by_its_capital_words(form: str, text: str, found: str) -> None:
    one = entity("one", "centre", "Centre un", context=(form,))
    ((pattern, _, _),) = build(Entities({one.local_name: one}), "fr").context
    assert [match[0] for match in pattern.finditer(text)] == [found]


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
    found = [(h.starts_on, h.ends_on, h.venue.key if h.venue else None) for h in resolution(f"Notant {words}").events]
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
