"""The time to read a text grows no faster than its length; the whole tables are for ``make bench``."""

from __future__ import annotations

from pathlib import Path

import pytest

from .proofs import Explained, explained
from .timing import Cost, growth
from .work import ODD, many_texts, odd_text, one_text, text_of

FASTEST_GROWTH = 1.35  # 1 is meant; a machine that runs other tests beside this one is no clock


def test_an_exponent_is_the_slope() -> None:
    assert abs(growth([Cost(n, 3e-9 * n**2, 0, 1) for n in (10, 100, 1000)]) - 2) < 1e-9


def test_the_same_size_is_the_same_text() -> None:
    assert text_of(3000) == text_of(3000)
    assert 3000 <= len(text_of(3000)) < 6000


def test_a_share_of_the_statements_is_the_time_that_so_many_take() -> None:
    found = Explained(tuple(float(n) for n in range(100)), (3,) * 100)
    assert (found.share(0.5), found.share(0.95), found.share(1)) == (50, 95, 99)
    assert found.row() == "100 statements, ms: p50 50.00 p95 95.00 max 99.00; sentences, median: 3"


@pytest.mark.timed
def test_a_statement_is_explained_within_five_milliseconds(kb: Path) -> None:
    assert min(explained(kb).share(0.95) for _ in range(3)) < 5


@pytest.mark.timed
def test_time_grows_with_the_length_of_a_text() -> None:
    exponents = (growth(list(one_text([8_000, 32_000, 128_000]))) for _ in range(3))
    assert any(exponent < FASTEST_GROWTH for exponent in exponents)


@pytest.mark.timed
@pytest.mark.parametrize("kind", ODD)
def test_time_grows_with_the_length_of_an_odd_text(kind: str) -> None:
    exponents = (growth(list(odd_text(kind, [500, 2_000, 8_000]))) for _ in range(3))
    assert any(exponent < FASTEST_GROWTH for exponent in exponents)


@pytest.mark.timed
def test_time_grows_with_the_number_of_texts() -> None:
    exponents = (growth(list(many_texts([4, 16, 64]))) for _ in range(3))
    assert any(exponent < FASTEST_GROWTH for exponent in exponents)
