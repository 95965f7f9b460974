"""Roman numerals, as used for the sessions of old resolutions, annexes and chapters: printing and parsing."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

LARGEST: Final = 3999
_FIGURES: Final = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
                   (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_VALUES: Final = {figure: value for value, figure in _FIGURES if len(figure) == 1}


def roman(number: int) -> str:
    """Return a number from 1 to ``LARGEST`` as a Roman numeral; any other in Arabic figures.

    >>> roman(21), roman(3999), roman(0)
    ('XXI', 'MMMCMXCIX', '0')
    """
    if not 0 < number <= LARGEST:
        return str(number)
    numeral, rest = "", number
    for value, figure in _FIGURES:
        numeral += figure * (rest // value)
        rest %= value
    return numeral


def arabic(figures: str) -> int:
    """Return the value of a Roman numeral in upper case; the inverse of ``roman``.

    >>> arabic("XXI"), arabic("MMMCMXCIX")
    (21, 3999)
    """
    values = [_VALUES[figure] for figure in figures]
    return sum(-value if value < later else value for value, later in pairwise([*values, 0]))
