"""The natural order of a dump: a document together, its paragraphs as a person counts them."""

from __future__ import annotations

import re

_NUMBER = re.compile(rb"0*([0-9]+)")
_SIGNS = bytes.maketrans(b"0123456789.", b"\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0b\x1f")
"""Digits come first, then the signs of length from 12 on, then the full stop, then all else; none ends a line."""
_LENGTHS = 12 - 2
_LONGEST = 30 - _LENGTHS  # digits; longer numbers are compared sign by sign


def natural(text: str) -> tuple[bytes, str]:
    """Return the key that sorts numbers by value, and what a full stop joins to a name directly after that name.

    >>> sorted(["a.p10", "a-1", "a.p9", "a1", "a"], key=natural)
    ['a', 'a1', 'a.p9', 'a.p10', 'a-1']
    """
    return natural_key(text.encode()), text


def natural_key(text: bytes) -> bytes:
    """Return the key of ``natural`` alone, which is the same for ``a1`` and ``a01``."""
    return _NUMBER.sub(_with_length, text).translate(_SIGNS)


def _with_length(number: re.Match[bytes]) -> bytes:
    digits = number[1]
    return bytes([_LENGTHS + min(len(digits), _LONGEST)]) + digits if len(digits) > 1 else digits
