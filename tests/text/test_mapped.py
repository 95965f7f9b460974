"""Whatever is done to a text, each character knows where it stands in the file as received."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mandata.lexicon.folding import fold
from mandata.text.mapped import MappedText, join

RAW = "Guidée  par l ’Assemblée<sup>1</sup>,\n\nNoté le 1^{er} août"
STEPS = st.one_of(
    st.tuples(st.just("cut"), st.integers(0, 60), st.integers(0, 60)),
    st.tuples(st.just("sub"), st.sampled_from([" +", "<[^>]*>", "[éû]", "’", r"\n+", r"\d", "x*y"]), st.just("")),
    st.tuples(st.just("keep"), st.sampled_from([r"<sup>(\d)</sup>", r"\^\{(\w+)\}", " +( )"]), st.just("")),
    st.tuples(st.just("strip"), st.sampled_from([None, " ,", "G"]), st.just("")),
    st.tuples(st.just("join"), st.integers(0, 60), st.sampled_from(["", " "])),
)


def step(text: MappedText, how: str, one: object, other: object) -> MappedText:
    """Take one step of a random repair."""
    if how == "cut":
        return text[slice(*sorted((int(str(one)), int(str(other)))))]
    if how == "sub":
        return text.sub(re.compile(str(one)), str(other))
    if how == "keep":
        return text.sub(re.compile(str(one)), lambda m: m[1])
    if how == "strip":
        return text.strip(None if one is None else str(one))
    at = int(str(one))
    return join([text[:at], text[at:]], str(other))


@given(st.lists(STEPS, max_size=12))
def test_what_is_kept_keeps_its_place(steps: list[tuple[str, object, object]]) -> None:
    """After any repairs a character stands in the file at its place; only the space of a join may stand for another."""
    text = MappedText.of(RAW)
    for how, one, other in steps:
        text = step(text, how, one, other)
        assert len(text.chars) == len(text.starts) == len(text.ends) == len(text)
        assert list(text.starts) == sorted(text.starts)
        for char, start, end in zip(text.chars, text.starts, text.ends, strict=True):
            assert 0 <= start <= end <= len(RAW)
            assert char in (" ", RAW[start:end])


@given(st.text(), st.integers(0, 20), st.integers(0, 20))
def test_a_slice_spans_its_own_words(raw: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(raw)), min(other, len(raw))))
    left, right = MappedText.of(raw).span_of(start, end)
    assert raw[left:right] == raw[start:end]


@given(st.text())
def test_folding_moves_nothing(raw: str) -> None:
    assert len(fold(raw)) == len(raw)
    assert fold(fold(raw)) == fold(raw)


@pytest.mark.parametrize(
    ("raw", "pattern", "kept"),
    [("55<sup>e</sup>", "<sup>(.)</sup>", 7), ("12<sup>s</sup>", "<sup>(.)</sup>", 7), ("1^{er}", r"\^\{(\w+)\}", 3)],
)
def test_what_a_replacement_keeps_keeps_its_own_place(raw: str, pattern: str, kept: int) -> None:
    """The letter between two tags is not taken for the same letter within a tag ("<sup>s</sup>")."""
    text = MappedText.of(raw).sub(re.compile(pattern), lambda m: m[1])
    digits = len(re.split("[<^]", raw, maxsplit=1)[0])
    assert text.starts[digits] == kept


def test_what_replaces_stands_where_the_match_stood() -> None:
    text = MappedText.of("ab e\u0301 cd").sub(re.compile("e\u0301"), "é")
    assert text.chars == "ab é cd"
    assert text.span_of(3, 4) == (3, 5)


def test_runs_are_the_stretches_that_a_note_leaves() -> None:
    raw = "la paix " + "<sup>1</sup> Voir S/2007/279. " + "durable"
    whole = MappedText.of(raw)
    cut = join([whole[:7], whole[-7:]], " ")
    assert [raw[a:b] for a, b in cut.runs()] == ["la paix ", "durable"]
    assert list(MappedText.of("").runs()) == []
    assert [raw[a:b] for a, b in whole[:7].runs()] == ["la paix"]


def test_a_note_call_within_a_text_is_no_cut() -> None:
    raw = "la paix<sup>12</sup> durable"
    text = MappedText.of(raw).sub(re.compile("<sup>.*</sup>"), "")
    assert list(text.runs()) == [(0, len(raw))]


def test_nothing_joined_to_something_is_that_thing() -> None:
    some = MappedText.of("paix")
    assert join([], " ").chars == join([some[:0], some[:0]], " ").chars == ""
    assert join([some[:0], some], " ") == join([some, some[:0]], " ") == some


def test_a_blank_text_strips_to_nothing() -> None:
    assert MappedText.of("  \n ").strip().chars == ""
    assert MappedText.of("").span == (0, 0)


TEXTS = st.lists(STEPS, max_size=8)


@given(TEXTS, st.integers(0, 70), st.integers(0, 30))
def test_a_place_of_the_file_is_found_in_the_text(
    steps: list[tuple[str, object, object]], offset: int, at: int
) -> None:
    """The positions at and after an offset are those that a search of every character finds."""
    text = MappedText.of(RAW)
    for how, one, other in steps:
        text = step(text, how, one, other)
    assert text.position(offset) == sum(1 for start in text.starts if start < offset)
    assert text.position_after(offset) == sum(1 for end in text.ends if end <= offset)
    assert text.span_of(at, at + 5) == text[at : at + 5].span
    assert list(text.runs_of(at, min(at + 9, len(text)))) == list(text[at : at + 9].runs())


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3)), max_size=12))
def test_places_given_one_by_one_are_kept(given_places: list[tuple[int, int]]) -> None:
    starts = sorted(start for start, _ in given_places)
    ends = [start + length for start, (_, length) in zip(starts, given_places, strict=True)]
    text = MappedText.at_places("x" * len(starts), starts, ends)
    assert (text.starts, text.ends) == (tuple(starts), tuple(ends))


def test_other_characters_stand_at_the_same_places() -> None:
    text = MappedText.of("a\u00a0b", 7)
    assert text.recast("a b").starts == (7, 8, 9)
    assert text.recast("a b") != text


def test_a_text_is_known_by_its_characters_and_their_places() -> None:
    """A part that was cut out equals the same characters put together anew, and not those of another place."""
    whole = MappedText.of("la paix, la paix")
    assert whole[:7] == MappedText.of("la paix") != whole[9:]
    assert hash(whole[:7]) == hash(MappedText.of("la paix"))
    assert whole[:7] != "la paix"
