"""The natural order of a dump: a document together, its paragraphs as a person counts them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from mandata.rdf.term_columns import Numbers

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
    return _NUMBER.sub(_measured, text.encode()).translate(_SIGNS), text


def natural_order(terms: Sequence[bytes]) -> list[int]:
    """Return the places of distinct terms in natural order; what is the same to the key is told apart by its bytes.

    >>> natural_order([b"<a.p10>", b"<a.p9>", b"<a>"])
    [2, 1, 0]
    """
    keys = natural_keys(terms)
    return sorted(sorted(range(len(terms)), key=terms.__getitem__), key=keys.__getitem__)


def natural_keys(terms: Sequence[bytes]) -> list[bytes]:
    """Return the key of ``natural`` of each term of N-Triples."""
    return _keys(b"\n".join(terms).replace(b">\n", b"\n").removesuffix(b">")).split(b"\n") if terms else []


def _measured(number: re.Match[bytes]) -> bytes:
    digits = number[1]
    return bytes([_LENGTHS + min(len(digits), _LONGEST)]) + digits if len(digits) > 1 else digits


def _keys(lines: bytes) -> bytes:
    """Return for each line the key of ``natural``: before each number of several digits a sign for its length."""
    signs = np.frombuffer(lines, np.uint8)
    digit = np.zeros(len(signs) + 2, np.bool_)
    digit[1:-1] = signs - ord("0") < 10  # what comes before the digits is beyond them, as no byte is below 0
    edges = np.flatnonzero(digit[1:] != digit[:-1])
    begun, length = edges[::2], edges[1::2] - edges[::2]
    begun, length = begun[length > 1], length[length > 1]
    if len(zeros := _zeros_before(lines, begun[led := signs[begun] == ord("0")], length[led])):
        return _keys(np.delete(signs, zeros).tobytes())
    return np.insert(signs, begun, _LENGTHS + np.minimum(length, _LONGEST)).tobytes().translate(_SIGNS)


def _zeros_before(lines: bytes, begun: Numbers, length: Numbers) -> list[int]:
    """Return where the zeros stand that some numbers begin with; the last digit of none is among them."""
    numbers = ((at, lines[at : at + digits - 1]) for at, digits in zip(begun.tolist(), length.tolist(), strict=True))
    return [place for at, few in numbers for place in range(at, at + len(few) - len(few.lstrip(b"0")))]
