"""A text with the formatting that its file format gives it, and the note calls of such a text."""

from __future__ import annotations

from dataclasses import dataclass

from mandata.text.mapped import MappedText, Span

_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SUPERSCRIPT_DIGITS = str.maketrans("0123456789", _DIGITS)
_THIN_SPACE = "\u2009"


@dataclass(frozen=True, slots=True)
class FormattedText:
    """The words of a text without mark-up, and its emphasised spans.

    ``text`` has one block per line, note calls as superscript digits; ``emphases`` are offsets in characters into
    ``SourceText.raw``.
    """

    text: MappedText
    emphases: tuple[Span, ...] = ()


def superscript(words: str) -> str:
    """Return what is printed as a superscript: a number as superscript digits, for a note call; other words unchanged.

    >>> superscript("[12]"), superscript("er")
    ('¹²', 'er')
    """
    number = words.strip().strip("[]()").strip()
    return number.translate(_SUPERSCRIPT_DIGITS) if number.isascii() and number.isdigit() else words


def note_call_after(before: str, call: str) -> str:
    """Return a note call as it follows ``before``: separated if that ends with one, so that 1, 2 do not become 12."""
    return _THIN_SPACE + call if before[-1:] in tuple(_DIGITS) and call[:1] in tuple(_DIGITS) else call
