"""What a format tells of a text beside its characters."""

from __future__ import annotations

from dataclasses import dataclass

from mandata.text.mapped import MappedText, Span

_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = str.maketrans("0123456789", _DIGITS)
_THIN_SPACE = "\u2009"


@dataclass(frozen=True, slots=True)
class Marks:
    """The words of a text without mark-up, what is emphasised, and which lines are headings.

    ``text`` holds one block a line, note calls as superscript digits; ``emphases`` and ``headings`` (where the heading
    lines start) are offsets in characters into ``SourceText.raw``.
    """

    text: MappedText
    emphases: tuple[Span, ...] = ()
    headings: frozenset[int] = frozenset()


def raised(words: str) -> str:
    """Return what is printed above the line: digits as superscript digits, a note call; other words as they are.

    >>> raised("[12]"), raised("er")
    ('¹²', 'er')
    """
    number = words.strip().strip("[]()").strip()
    return number.translate(_RAISED) if number.isascii() and number.isdigit() else words


def beside(before: str, call: str) -> str:
    """Return a note call as it stands behind some characters: two calls side by side, 1 and 2, are not one of 12."""
    return _THIN_SPACE + call if before[-1:] in tuple(_DIGITS) and call[:1] in tuple(_DIGITS) else call
