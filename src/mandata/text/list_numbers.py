"""The numbers of lists, as a page shows them though the file does not hold them."""

from __future__ import annotations

import re
from typing import Final

from mandata.un import symbol

LABEL: Final = re.compile(
    r"^(?:\(?(?:\d{1,4}|[^\W\d_]{1,2}|[ivxlc]{1,6}|[IVXLC]{1,6})[.)]|\d{1,3}/\d{1,3}\.|[•·–—-]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)$"
)
"""What may stand before the words of a paragraph, in a cell or column of its own: "12.", "a)", "(iv)", "72/7.", "•"."""

_MOST_LETTERS: Final = 4


def numeral(number: int, style: str) -> str:
    """Return a number in a style: ``decimal``, ``alpha``, ``ALPHA``, ``roman``, ``ROMAN``; else in figures.

    >>> numeral(28, "alpha"), numeral(4, "roman"), numeral(2, "ALPHA"), numeral(0, "roman")
    ('bb', 'iv', 'B', '0')
    """
    shown = str(number)
    if style.lower() == "alpha" and 0 < number <= 26 * _MOST_LETTERS:  # as Word goes on: a ... z, aa, bb
        shown = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif style.lower() == "roman":
        shown = symbol.roman(number).lower()
    return shown.upper() if style.isupper() else shown
