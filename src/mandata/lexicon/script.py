"""Signs that a script may write or omit, such as Arabic vowel signs."""

from __future__ import annotations

import re
from typing import Final

OPTIONAL_SIGNS: Final = "[\u0640\u064b-\u065f\u0670]"
"""The signs, as a character class for patterns."""

_SIGN = re.compile(OPTIONAL_SIGNS)


def strip_optional_signs(text: str) -> str:
    """Return the text without the signs that a script may omit, such as Arabic vowel signs ("أيضاً")."""
    return _SIGN.sub("", text)


def end_with_optional_signs(text: str, end: int) -> int:
    """Return the position in ``text`` that corresponds to ``end`` in the text without its optional signs."""
    if not _SIGN.search(text, 0, 2 * end):
        return end
    at = 0
    while end or _SIGN.match(text, at):
        end -= not _SIGN.match(text, at)
        at += 1
    return at
