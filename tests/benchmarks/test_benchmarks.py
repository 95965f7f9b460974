"""The time to read a text grows no faster than its length; the whole tables are for ``make bench``."""

from __future__ import annotations

import pytest

from .timing import Cost, growth
from .work import many_texts, one_text, text_of

FASTEST_GROWTH = 1.35  # 1 is meant; a machine that runs other tests beside this one is no clock


def test_an_exponent_is_the_slope() -> None:
    assert abs(growth([Cost(n, 3e-9 * n**2, 0, 1) for n in (10, 100, 1000)]) - 2) < 1e-9


def test_the_same_size_is_the_same_text() -> None:
    assert text_of(3000) == text_of(3000)
    assert 3000 <= len(text_of(3000)) < 6000


@pytest.mark.timed
def test_time_grows_with_the_length_of_a_text() -> None:
    exponents = (growth(list(one_text([8_000, 32_000, 128_000]))) for _ in range(3))
    assert any(exponent < FASTEST_GROWTH for exponent in exponents)


@pytest.mark.timed
def test_time_grows_with_the_number_of_texts() -> None:
    exponents = (growth(list(many_texts([4, 16, 64]))) for _ in range(3))
    assert any(exponent < FASTEST_GROWTH for exponent in exponents)
