"""Words are fold_words alike wherever they come from, and know their place in the text."""

from __future__ import annotations

import pytest

from mandata.query.search.tokens import fold_words, search_vocabulary, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'Assemblée générale", ("l", "assemblee", "generale")),
        ("e\u0301te\u0301 ÉTÉ été", ("ete", "ete", "ete")),
        ("œuvre ŒUVRE", ("oeuvre", "oeuvre")),
        ("straße", ("strasse",)),
        ("co\u00adoperation zero\u200bwidth", ("cooperation", "zerowidth")),
        ("A/RES/72/7 A_RES_72_7", ("a", "res", "72", "7", "a", "res", "72", "7")),
        ("Ёлка елка", ("елка", "елка")),
        ("المركز للمركز مركز والمركز", ("مركز", "مركز", "مركز", "مركز")),
        ("مَرْكَز مـركـز", ("مركز", "مركز")),
        ("إلى الآبار", ("الي", "ابار")),
        ("联合国 2030年", ("联", "合", "国", "2030", "年")),
        ("\x00 \t«»…", ()),
        ("", ()),
    ],
)
def test_words_are_folded(text: str, expected: tuple[str, ...]) -> None:
    assert fold_words(text) == expected


@pytest.mark.parametrize("text", ["l ’Assemblée  générale", "«été» e\u0301te\u0301", "第72/7号决议", "a\u00adb c"])
def test_each_word_is_where_it_says(text: str) -> None:
    found = list(words(text))
    assert found and all(fold_words(text[word.start : word.end]) == (word.folded,) for word in found)


def test_every_letter_of_the_lexicon_is_folded_away() -> None:
    assert all(letter not in "".join(fold_words(f"x{letter}x")) for letter in search_vocabulary()["letters"])
