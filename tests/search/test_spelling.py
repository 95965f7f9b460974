"""What is typed for a symbol finds the documents that it may mean, and never fewer."""

from __future__ import annotations

import pytest

from mandata.query.search.find import SearchIndex
from mandata.query.search.symbol_keys import keys_of, keys_typed
from mandata.query.search.tokens import search_vocabulary
from mandata.rdf.namespaces import ID

TYPED = [
    ("90/4", ["A_90_4", "A_RES_90_4"]),
    ("A/RES/90/4", ["A_RES_90_4"]),
    ("a/res/90/4", ["A_RES_90_4"]),
    ("A/RES/ 90/4", ["A_RES_90_4"]),
    ("a res 90 4", ["A_RES_90_4"]),
    ("A_RES_90_4", ["A_RES_90_4"]),
    ("res 90/4", ["A_RES_90_4"]),
    ("Res. 90/4", ["A_RES_90_4"]),
    ("résolution 90/4", ["A_RES_90_4"]),
    ("RESOLUTION 90/4", ["A_RES_90_4"]),
    ("résolution nº 90/4 de l'Assemblée générale", ["A_RES_90_4"]),
    ("General Assembly resolution 90/4", ["A_RES_90_4"]),
    ("резолюция 90/4 Генеральной Ассамблеи", ["A_RES_90_4"]),
    ("قرار الجمعية العامة 90/4", ["A_RES_90_4"]),
    ("大会第90/4号决议", ["A_RES_90_4"]),
    ("resolución 90/4", ["A_RES_90_4"]),
    ("https://undocs.org/en/A/RES/90/4", ["A_RES_90_4"]),
    ("A/90/4", ["A_90_4"]),
    ("resolution 1325 (2000)", ["S_RES_1325_2000"]),
    ("1325 (2000)", ["S_RES_1325_2000"]),
    ("S/RES/1325", ["S_RES_1325_2000"]),
    ("resolution 1325", ["E_RES_1325_L", "S_RES_1325_2000"]),
    ("Security Council resolution 1325", ["S_RES_1325_2000"]),
    ("安理会第1325(2000)号决议", ["S_RES_1325_2000"]),
    ("217 A (III)", ["A_RES_217_III_A"]),
    ("resolution 217 A", ["A_RES_217_III_A"]),
    ("S/2035/17", ["S_2035_17"]),
    ("s 2035 17", ["S_2035_17"]),
    ("2035/17", ["S_2035_17"]),
    ("S/2035/9", ["A_89_7-S_2035_9"]),
    ("A/89/7-S/2035/9", ["A_89_7-S_2035_9"]),
    ("decision 90/4", []),
    ("Security Council resolution 90/4", []),
    ("A/RES/90/5", []),
    ("wells", []),
    ("resolution", []),
    ("90", []),
    ("7 wells of the high valleys", []),
    ("", []),
    ("/" * 500, []),
]


@pytest.mark.parametrize(("text", "expected"), TYPED)
def test_a_symbol_is_found_in_any_spelling(text: str, expected: list[str], index: SearchIndex) -> None:
    assert sorted(iri.removeprefix(ID) for iri in index.documents_named(text)) == expected


@pytest.mark.parametrize("kind", ["natures", "organs"])
def test_every_name_of_the_lexicon_is_understood(kind: str) -> None:
    for code, by_language in search_vocabulary()[kind].items():
        for name in (name for key, names in by_language.items() if key != "thing" for name in names):
            assert f"{code.lower()} 72 7" in keys_typed(f"{name} 72/7")


def test_a_symbol_is_its_own_key() -> None:
    assert all(
        set(keys_typed(symbol)) & keys_of(symbol) for symbol in ("A/C.2/72/L.4", "A/RES/53/243 A", "E/CN.4/2001/5")
    )


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("General Assembly resolution 72/7 of 20 November 2017", "a res 72 7"),
        ("résolution 72/7 du 20 novembre 2017", "res 72 7"),
        ("резолюция 72/7 от 20 ноября 2017 года", "res 72 7"),
        ("القرار ٧٢/٧ المؤرخ ٢٠ تشرين الثاني", "res 72 7"),
        ("resolution 72/7 paragraph 3", "res 72 7"),
        ("resolution 2997 (XXVII) of 15 December 1972", "res 2997 xxvii"),
        ("resolution 1325 (2000) of the Security Council", "s res 1325 2000"),
    ],
)
def test_what_follows_the_number_is_no_part_of_it(typed: str, key: str) -> None:
    assert key in keys_typed(typed)
