"""A fault of the program is told by its kind and place, the same on every machine and in every run."""

from __future__ import annotations

import re

import pytest

from mandata.errors import internal_error
from mandata.un import symbol


class Thing:
    """Shown with its address in memory, as most objects are."""


def raised(*arguments: object) -> Exception:
    try:
        symbol.parse(*arguments)
    except Exception as error:
        return error
    pytest.fail("no error")


def test_the_place_is_the_last_one_of_ours() -> None:
    said = internal_error(raised(7))
    assert said.code == "program-failed" and said.mend
    assert re.search(r"TypeError at mandata\.un\.symbol\.\w+:\d+: ", said.what)
    assert "\n" not in str(said) and "/" not in said.what


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (KeyError("a\nb"), r"KeyError at an unknown place: 'a\nb'"),
        (ValueError(Thing()), "ValueError at an unknown place: <test_errors.Thing object>"),
        (ValueError("two\nlines"), "ValueError at an unknown place: two lines"),
        (MemoryError(), "MemoryError at an unknown place"),
        (ValueError("x" * 5000), f"ValueError at an unknown place: {'x' * 200}"),
    ],
)
def test_words_are_one_line_without_an_address(error: Exception, says: str) -> None:
    assert internal_error(error).what == f"mandata itself failed: {says}"
