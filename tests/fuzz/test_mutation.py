"""Damaged texts: none crashes the reader, hangs it, or makes it say what cannot be written down."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invented import Style, render, resolution
from mandata.reading import read
from mandata.text.source import decode

from .mutate import mutated
from .trial import trial

SMALL = 300
AT_ONCE = 25


@pytest.mark.parametrize("start", range(0, SMALL, AT_ONCE))
def test_a_damaged_text_is_read_or_refused_in_a_clear_line(start: int) -> None:
    for seed in range(start, start + AT_ONCE):
        assert trial(mutated(seed)), seed


_PIECES = st.one_of(
    st.sampled_from(
        ["Rappelant ", "Recalling ", "sa résolution ", "72/7", " (XXIV)", " et ", "A/72/L.4", "¹", "<sup>2</sup>"]
    ),
    st.sampled_from(
        ["\n", "\n\n", "1. ", "a) ", "(a) ", "¹ ", "Annexe\n", "L’Assemblée générale,\n", "The General Assembly,\n"]
    ),
    st.sampled_from(
        ["Assemblée générale\n", "Distr. générale\n", "Point 3 a) de l’ordre du jour\n", "2/5\n", "17-20793 (F)\n"]
    ),
    st.text(max_size=12),
)


@settings(
    max_examples=120, derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(st.lists(_PIECES, min_size=1, max_size=60).map("".join), st.integers(0, 40), st.integers(0, 40))
def test_mastheads_paragraphs_and_notes_in_any_order_are_read(pieces: str, before: int, after: int) -> None:
    lines = render(resolution(before)).splitlines(keepends=True)
    text = "".join(lines[:before]) + pieces + "".join(lines[after:])
    assert trial(text.encode("utf-8", "replace"))


@settings(max_examples=40, derandomize=True, database=None, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(["fr", "en"]), st.integers(1, 12), st.integers(1, 14))
def test_what_was_written_is_what_is_read(seed: int, language: str, preambular: int, operative: int) -> None:
    """Each paragraph with its words, each note with its own, in the order in which they stand."""
    made = resolution(seed, language, preambular, operative)
    found = read(decode(render(made, Style(page=1500)).encode(), "x.txt")).document
    assert [p.position for p in found.preambular] == list(range(1, preambular + 1))
    assert [p.number for p in found.operative] == [str(n) for n in range(1, operative + 1)]
    assert {note.number: note.text.chars for note in found.footnotes} == made.notes
    wanted = [_plain(text) for text in made.of_kind("preambular")]
    assert [p.text.chars for p in found.preambular] == wanted


def _plain(text: str) -> str:
    while "\x01" in text:
        text = text[: text.index("\x01")] + text[text.index("\x02") + 1 :]
    return text.replace("*", "").replace("\u202f", " ")
