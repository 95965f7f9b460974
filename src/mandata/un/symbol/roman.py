"""Roman figures, as the sessions of old resolutions, annexes and chapters bear them: printed and read back."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

LARGEST: Final = 3999
_FIGURES: Final = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
                   (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_VALUES: Final = {figure: value for value, figure in _FIGURES if len(figure) == 1}


def roman(number: int) -> str:
    """Return a number from 1 to ``LARGEST`` in Roman figures; any other in Arabic ones.

    >>> roman(21), roman(3999), roman(0)
    ('XXI', 'MMMCMXCIX', '0')
    """
    if not 0 < number <= LARGEST:
        return str(number)
    shown, rest = "", number
    for value, figure in _FIGURES:
        shown += figure * (rest // value)
        rest %= value
    return shown


def arabic(figures: str) -> int:
    """Return the number that Roman figures in upper case say, the inverse of ``roman``.

    >>> arabic("XXI"), arabic("MMMCMXCIX")
    (21, 3999)
    """
    values = [_VALUES[figure] for figure in figures]
    return sum(-value if value < later else value for value, later in pairwise([*values, 0]))
