"""A text without the words that a rule needs is not matched by it: to skip the rule loses nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mandata.lexicon.lexicon import lexicons
from mandata.lexicon.prefilter import RequiredWords, required_words
from mandata.lexicon.rule import Rule

CASES: list[tuple[str, RequiredWords]] = [
    ("resolution", (("resolution",),)),
    (r"\b[Rr]esolutions? \d", (("esolution",),)),
    ("(?:pays|mers) sans littoral", ((" sans littoral",), ("mers", "pays"))),
    ("of (?:any )?peace", (("peace",),)),  # what may be left out is not needed
    ("(?:peace){0,2}", ()),
    ("(?:peace){1,2}", (("peace",),)),
    ("(?=peace)[a-z]+", (("peace",),)),
    ("(?!peace)[a-z]+", ()),
    ("(?<!peace)[a-z]+", ()),
    ("peace|[0-9]+", ()),
    ("(?i:peace)", ()),
    ("(?i)peace", ()),
    ("the, of", (("the, of",),)),
    ("of", ()),  # stands in nearly every text
    (r"\d+/\d+", (("/",),)),
    ("(peace)?(?(1)war|truce)", ()),
    ("(unclosed", ()),
]


@pytest.mark.parametrize(("source", "words"), CASES, ids=[source for source, _ in CASES])
def test_the_words_that_a_pattern_needs(source: str, words: RequiredWords) -> None:
    assert required_words(source) == words


@pytest.mark.parametrize("language", [lexicon.language for lexicon in lexicons()])
def test_each_rule_may_match_its_own_example(language: str) -> None:
    lexicon = next(one for one in lexicons() if one.language == language)
    for rules in lexicon.rules.values():
        for rule in rules:
            assert not rule.pattern.search(rule.example) or (rule.key in rule.example and rule.may_match(rule.example))


PIECES = st.sampled_from(["peace", "[pw]", "(?:peace|war)", "(?:war)?", "(?:truce)+", r"\d", r"\b", "(?=war)", "."])


@given(st.lists(PIECES, min_size=1, max_size=5), st.lists(st.sampled_from(["peace", "war", "truce", "1", " "])))
def test_no_text_that_matches_is_left_out(pieces: list[str], words: list[str]) -> None:
    """Whatever a pattern is made of: a text that lacks what it needs is matched by it nowhere."""
    rule, text = Rule("any", "".join(pieces), ""), "".join(words)
    assert (rule.key in text and rule.may_match(text)) or not re.search(rule.source, text)
