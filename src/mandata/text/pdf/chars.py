"""Characters on a page, and the direction in which they are written."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

_FROM_THE_RIGHT: Final = ("R", "AL")  # Unicode's classes of direction
_MARKS: Final = ".,:;!?\u060c\u061b\u061f"
HYPHEN: Final = "\ufffe"
"""PDFium's mark for a hyphen at the end of a line."""


@dataclass(frozen=True, slots=True)
class Char:
    """A character, where it stands (points, from the left and the bottom), and how it is set."""

    text: str
    left: float
    right: float
    base: float
    size: float
    emphasised: bool

    @property
    def is_placed(self) -> bool:
        """Whether it stands somewhere: a damaged file may say that a character is infinitely large."""
        return all(map(math.isfinite, (self.left, self.right, self.base, self.size)))


def is_from_the_right(texts: Iterable[str]) -> bool:
    """Tell whether most letters are of a script that is written from the right."""
    right = left = 0
    for char in texts:
        if char.isalpha():
            towards = unicodedata.bidirectional(char) in _FROM_THE_RIGHT
            right, left = right + towards, left + (not towards)
    return right > left


def mirror(char: Char) -> Char:
    """Return a character as a mirror shows the page."""
    return replace(char, left=-char.right, right=-char.left)


def in_reading_order(chars: list[Char]) -> list[Char]:
    """Return the characters of a mirrored line, each mark behind the figures that it stands behind on the page.

    PDFium gives the comma behind "2017" in an Arabic line before it.
    """
    ordered: list[Char] = []
    at = 0
    while at < len(chars):
        end = at + 1
        while end < len(chars) and chars[end].text.isdigit():
            end += 1
        mark, figures = chars[at], chars[at + 1 : end]
        behind = bool(figures) and mark.left >= max(char.right for char in figures) - 0.1 * mark.size
        if behind and mark.text in _MARKS:
            ordered += [*figures, mark]
        else:
            ordered += chars[at:end]
        at = end
    return ordered
