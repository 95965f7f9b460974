"""Characters on a page, and the direction in which they are written."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

_FROM_THE_RIGHT: Final = ("R", "AL")  # Unicode bidirectional classes
_PUNCTUATION: Final = ".,:;!?\u060c\u061b\u061f"
HYPHEN: Final = "\ufffe"
"""The character that PDFium gives for a hyphen at the end of a line."""


@dataclass(frozen=True, slots=True)
class Char:
    """A character, its place (in points, from the left and the bottom), and its formatting."""

    text: str
    left: float
    right: float
    base: float
    size: float
    emphasised: bool

    @property
    def is_placed(self) -> bool:
        """Whether its place is finite: a damaged file may say that a character is infinitely large."""
        return all(map(math.isfinite, (self.left, self.right, self.base, self.size)))


def is_from_the_right(texts: Iterable[str]) -> bool:
    """Return whether most letters are of a script that is written from the right."""
    right = left = 0
    for char in texts:
        if char.isalpha():
            is_rightward = unicodedata.bidirectional(char) in _FROM_THE_RIGHT
            right, left = right + is_rightward, left + (not is_rightward)
    return right > left


def mirror(char: Char) -> Char:
    """Return a character with left and right exchanged."""
    return replace(char, left=-char.right, right=-char.left)


def in_reading_order(chars: list[Char]) -> list[Char]:
    """Return the characters of a mirrored line, with punctuation after the figures that it follows on the page.

    PDFium gives the comma after "2017" in an Arabic line before it.
    """
    ordered: list[Char] = []
    at = 0
    while at < len(chars):
        end = at + 1
        while end < len(chars) and chars[end].text.isdigit():
            end += 1
        sign, figures = chars[at], chars[at + 1 : end]
        follows = bool(figures) and sign.left >= max(char.right for char in figures) - 0.1 * sign.size
        if follows and sign.text in _PUNCTUATION:
            ordered += [*figures, sign]
        else:
            ordered += chars[at:end]
        at = end
    return ordered
