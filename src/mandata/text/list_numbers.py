"""The numbers of list items, which a page shows though the file does not contain them."""

from __future__ import annotations

import re
from typing import Final

from mandata.un import symbol

LABEL: Final = re.compile(
    r"^(?:\(?(?:\d{1,4}|[^\W\d_]{1,2}|[ivxlc]{1,6}|[IVXLC]{1,6})[.)]|\d{1,3}/\d{1,3}\.|[•·–—-]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)$"
)
"""The label of a paragraph, which may stand in a cell or column of its own: "12.", "a)", "(iv)", "72/7.", "•"."""

_MAX_LETTERS: Final = 4


def numeral(number: int, style: str) -> str:
    """Return ``number`` in a ``style``: ``alpha``, ``ALPHA``, ``roman``, ``ROMAN``; in any other, in figures.

    >>> numeral(28, "alpha"), numeral(4, "roman"), numeral(2, "ALPHA"), numeral(0, "roman")
    ('bb', 'iv', 'B', '0')
    """
    printed = str(number)
    if style.lower() == "alpha" and 0 < number <= 26 * _MAX_LETTERS:  # as Word continues: a ... z, aa, bb
        printed = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif style.lower() == "roman":
        printed = symbol.roman(number).lower()
    return printed.upper() if style.isupper() else printed
