"""Natural sort order for names: numbers by value, and the parts of a document directly after it."""

from __future__ import annotations

import re

_NUMBER = re.compile(rb"0*([0-9]+)")
_SIGNS = bytes.maketrans(b"0123456789.", b"\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0b\x1f")
"""Digits sort first, then the bytes from 12 on that stand for a number's length, then the full stop, then all else."""
_LENGTHS = 12 - 2
_LONGEST = 30 - _LENGTHS  # digits; longer numbers are compared as text


def natural_sort_key(text: str) -> tuple[bytes, str]:
    """Return a sort key that orders numbers by value, and the parts of a name (after a full stop) directly after it.

    >>> sorted(["a.p10", "a-1", "a.p9", "a1", "a"], key=natural)
    ['a', 'a1', 'a.p9', 'a.p10', 'a-1']
    """
    return natural_sort_bytes(text.encode()), text


def natural_sort_bytes(text: bytes) -> bytes:
    """Return the first component of ``natural_sort_key``, which is the same for ``a1`` and ``a01``."""
    return _NUMBER.sub(_with_length, text).translate(_SIGNS)


def _with_length(number: re.Match[bytes]) -> bytes:
    digits = number[1]
    return bytes([_LENGTHS + min(len(digits), _LONGEST)]) + digits if len(digits) > 1 else digits
