"""What makes no difference to a reader makes none to the statements; what is cut off takes only itself away."""

from __future__ import annotations

from pathlib import Path

import pytest

from invented import Style, letter, render, resolution
from mandata.reading import read
from mandata.text.source import decode

from .conservation import left_over, read_twice
from .cut import Whole, different, last_parts, reading_of
from .same import differences

SMALL = 60
TEXTS = Path(__file__).parents[2] / "data" / "texts"
WHOLE = {
    "fr": render(resolution(1, "fr")),
    "fr pages": render(resolution(4, "fr"), Style(page=1300)),
    "en": render(resolution(2, "en")),
    "en wrapped": render(resolution(2, "en"), Style(False, "raised", 78, 900)),
    "letter": render(letter(1)),
}
EVERY_FEW_PER_CENT = 4


@pytest.mark.parametrize("start", range(0, SMALL, 15))
def test_a_change_that_means_nothing_changes_no_statement(start: int) -> None:
    """Composed or not, spaces, soft hyphens, raised figures, lines and pages: evidence and offsets apart."""
    assert not list(differences(range(start, start + 15)))


@pytest.mark.parametrize("name", WHOLE)
def test_a_text_cut_short_says_less_and_nothing_else(name: str) -> None:
    text = WHOLE[name]
    whole = Whole.of(text)
    found = {p: list(different(whole, text[: len(text) * p // 100])) for p in range(1, 100, EVERY_FEW_PER_CENT)}
    assert not {p: new for p, new in found.items() if new}


def test_a_paragraph_cut_within_a_sentence_is_reported() -> None:
    text = WHOLE["fr"]
    at = text.index("2. ") + 30
    cut, whole = reading_of(text[:at]).document, reading_of(text).document
    assert [i.end for i in cut.issues if i.code == "cut-short"] == [last_parts(cut)[0].text.span[1]]
    assert not [i for i in whole.issues if i.code == "cut-short"]
    assert not [i for i in reading_of(WHOLE["letter"]).document.issues if i.code == "cut-short"]


@pytest.mark.parametrize("name", WHOLE)
def test_each_line_is_read_once_or_known_as_furniture(name: str) -> None:
    document = reading_of(WHOLE[name]).document
    assert not left_over(document)
    assert not read_twice(document)


@pytest.mark.parametrize("path", sorted(TEXTS.glob("*.txt")), ids=lambda path: path.stem[:3])
def test_nothing_is_read_twice_and_little_is_left_over(path: Path) -> None:
    """What is left over: a date that stands beside the meeting, a bar code's number, the rest of an annex's heading."""
    document = read(decode(path.read_bytes(), path.name)).document
    assert not read_twice(document)
    assert len(left_over(document)) <= 3
