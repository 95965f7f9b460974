"""How a paragraph opens: the operator's words, its concept, and the modifiers that belong to it or do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from mandata.lexicon.lexicon import Lexicon, lexicons
from mandata.package_data import read_yaml

TABLE: list[tuple[str, str, str, str, bool]] = read_yaml(Path(__file__).parents[1] / "tables" / "operators.yaml")
ENGLISH_SESSIONS = {
    "First session": 1,
    "Twelfth session": 12,
    "Twentieth session": 20,
    "Forty-eighth session": 48,
    "Seventy-seventh session": 77,
    "Eightieth session": 80,
    "One hundredth session": 100,
    "One hundred and first session": 101,
}


def lexicon_of(language: str) -> Lexicon:
    return next(lexicon for lexicon in lexicons() if lexicon.language == language)


@pytest.mark.parametrize(("language", "text", "words", "concept", "also"), TABLE)
def test_an_operator_with_its_modifiers(language: str, text: str, words: str, concept: str, also: bool) -> None:
    found = lexicon_of(language).operator(text)
    assert found is not None
    assert (text[: found[1]], found[2]) == (words, also)
    assert concept in {form.concept for form in found[0]}


@pytest.mark.parametrize(("line", "number"), ENGLISH_SESSIONS.items())
def test_an_english_session_is_counted(line: str, number: int) -> None:
    english = lexicon_of("en")
    found = english.search("session", line)
    assert found is not None
    assert english.ordinal(found["ordinal"]) == number
