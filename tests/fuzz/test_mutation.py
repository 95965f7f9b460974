"""Damaged texts: none crashes the reader, hangs it, or makes it say what cannot be written down."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invented import Style, render, resolution
from mandata.reading import read
from mandata.text.source import decode

from .forms import made
from .originals import originals
from .trial import trial

SMALL = {"text": 160, "markdown": 80, "akn": 120, "html": 120, "docx": 120, "pdf": 80}
AT_ONCE = 40


TASKS = [(form, start) for form, number in SMALL.items() for start in range(0, number, AT_ONCE)]
SHOW = """
import hashlib, sys
from fuzz.forms import made
print(hashlib.sha256(b"".join(made(form, seed) for form in sys.argv[1:] for seed in range(2, 6))).hexdigest())
"""


@pytest.mark.parametrize(("form", "start"), TASKS)
def test_a_damaged_document_is_read_or_refused_in_a_clear_line(form: str, start: int) -> None:
    for seed in range(start, start + AT_ONCE):
        assert trial(made(form, seed)), (form, seed)


def test_a_seed_makes_the_same_input_in_every_process() -> None:
    path = os.pathsep.join(sys.path)
    told = {
        subprocess.run(
            [sys.executable, "-c", SHOW, *SMALL],
            env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assert len({made(form, seed) for form in SMALL for seed in range(2, 6)}) == 4 * len(SMALL)


@pytest.mark.parametrize("form", SMALL)
def test_an_undamaged_document_is_read_in_every_format(form: str) -> None:
    """So that what is damaged is known to be a document; otherwise all would be refused and nothing tried."""
    assert {trial(data) for data in originals(form)[:8]} <= {"resolution", "letter"}


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
