"""No pattern takes more than its share of time on a string made to be hard for it; larger ones by ``make fuzz``."""

from __future__ import annotations

import ast
import re

import pytest

from .growth import FASTEST, GENERATED, Tried, patterns, too_fast, uses
from .hard import Hard, documents

SMALL = 4_000
PATTERNS = patterns()
READ = (4_000, 16_000, 64_000, 128_000)
SLOWEST_GROWTH = 1.5  # 1 is meant; a step of four times the length is short, and a machine is no clock


def test_a_pattern_that_goes_back_and_forth_is_found() -> None:
    worse = Tried("bad", lambda text: sum(1 for _ in re.finditer(r"\d+y", text)))
    assert max(exponent for _, exponent in too_fast(worse, SMALL)) > FASTEST


def test_every_pattern_is_tried_or_said_to_be_harmless() -> None:
    """Those of modules and lexicons are found as they are; one that is made of words cannot be, and is listed."""
    made = {file for file, call in uses() if not isinstance(call.args[0], ast.Constant)}
    assert made == GENERATED.keys()
    literal = sum(1 for _, call in uses() if isinstance(call.args[0], ast.Constant))
    assert literal == sum(1 for tried in PATTERNS if re.search(r"\.py:\d+$", tried.name)) > 20


@pytest.mark.timed
@pytest.mark.parametrize("start", range(0, len(PATTERNS), 40))
def test_time_grows_with_the_length_alone(start: int) -> None:
    found = {tried.name: too_fast(tried, SMALL)[:3] for tried in PATTERNS[start : start + 40]}
    assert not {name: strings for name, strings in found.items() if strings}


HARD = documents()


@pytest.mark.timed
@pytest.mark.parametrize("hard", HARD, ids=str)
def test_time_to_read_grows_with_the_length_alone(hard: Hard) -> None:
    """Also where all of it is one paragraph, or one note, or nothing but the beginnings of paragraphs."""
    assert min(hard.growth(READ) for _ in range(3)) <= SLOWEST_GROWTH
