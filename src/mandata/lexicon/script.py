"""Signs that a script may write or leave out, such as Arabic vowels."""

from __future__ import annotations

import re
from typing import Final

OPTIONAL_MARKS: Final = "[\u0640\u064b-\u065f\u0670]"
"""The signs, as a class of characters for patterns."""

_UNMARKED = re.compile(OPTIONAL_MARKS)


def strip_marks(text: str) -> str:
    """Return the text without the signs that a script may leave out, such as Arabic vowels ("أيضاً")."""
    return _UNMARKED.sub("", text)


def with_marks(text: str, end: int) -> int:
    """Return where in a text its part ends that has ``end`` characters but for the signs that may be left out."""
    if not _UNMARKED.search(text, 0, 2 * end):
        return end
    at = 0
    while end or _UNMARKED.match(text, at):
        end -= not _UNMARKED.match(text, at)
        at += 1
    return at
