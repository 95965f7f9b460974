"""Dates are read as a language writes them; a day that does not exist is not guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mandata.lexicon.dates import parse_date, parse_days
from mandata.lexicon.lexicon import lexicons
from mandata.package_data import read_yaml

FRENCH = next(lexicon for lexicon in lexicons() if lexicon.language == "fr")
TABLE: list[tuple[str, date | None, date | None]] = read_yaml(Path(__file__).parents[1] / "tables" / "dates.yaml")


@pytest.mark.parametrize(("words", "first", "last"), TABLE)
def test_days(words: str, first: date | None, last: date | None) -> None:
    assert parse_days(words, FRENCH) == ((first, last) if first else None)


@pytest.mark.parametrize(("words", "first", "last"), TABLE)
def test_one_date_is_one_day(words: str, first: date | None, last: date | None) -> None:
    assert parse_date(words, FRENCH) == (first if first == last else None)


@given(st.dates(min_value=date(1945, 1, 1), max_value=date(2100, 12, 31)))
def test_every_day_is_read_back(day: date) -> None:
    """A date printed with the month names of the lexicon is found by its pattern and read as that day."""
    month = next(name for name, number in FRENCH.months.items() if number == day.month)
    words = f"{'1er' if day.day == 1 else day.day} {month} {day.year}"
    found = FRENCH.search("date-line", words)
    assert found is not None
    assert parse_date(found["date"], FRENCH) == day
