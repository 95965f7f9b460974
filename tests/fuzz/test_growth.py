"""No pattern takes more than its share of time on a string made to be hard for it; larger ones by ``make fuzz``."""

from __future__ import annotations

import re

import pytest

from .growth import FASTEST, Tried, patterns, too_fast

SMALL = 4_000
PATTERNS = patterns()


def test_a_pattern_that_goes_back_and_forth_is_found() -> None:
    worse = Tried("bad", lambda text: sum(1 for _ in re.finditer(r"\d+y", text)))
    assert max(exponent for _, exponent in too_fast(worse, SMALL)) > FASTEST


@pytest.mark.timed
@pytest.mark.parametrize("start", range(0, len(PATTERNS), 40))
def test_time_grows_with_the_length_alone(start: int) -> None:
    found = {tried.name: too_fast(tried, SMALL)[:3] for tried in PATTERNS[start : start + 40]}
    assert not {name: strings for name, strings in found.items() if strings}
