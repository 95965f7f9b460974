"""The order in which a dump stands: a document together, its paragraphs as a person counts them.

Terms are compared once each, not once for each statement: every distinct term gets its rank, statements are sorted by
these numbers, and objects are ranked only where one subject has several for one property.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from mandata.vocab import RDF

_NUMBER = re.compile(rb"0*([0-9]+)")
_TYPE = b"<%b>" % (RDF + "type").encode()
_LINE_END, _SPACE = 10, 32

Numbers = NDArray[np.int64]


def natural(text: str) -> tuple[bytes, str]:
    """Return the key that sorts numbers by value, and what a full stop joins to a name directly after that name.

    >>> sorted(["a.p10", "a-1", "a.p9", "a1", "a"], key=natural)
    ['a', 'a1', 'a.p9', 'a.p10', 'a-1']
    """
    return _keyed(text.encode()), text


def natural_positions(ntriples: bytes) -> list[int]:
    """Return the numbers of the lines of N-Triples in the order of a dump, each distinct statement once.

    Subjects come in natural order, the types of each first, its other properties by IRI, their objects in natural
    order.
    """
    if not ntriples:
        return []
    subjects, predicates, objects = _columns(ntriples)
    types_first = sorted(
        range(len(predicates.terms)), key=lambda at: (predicates.terms[at] != _TYPE, predicates.terms[at])
    )
    pairs = subjects.ranked(_natural_order(subjects.terms)) * len(predicates.terms) + predicates.ranked(types_first)
    keys, first = np.unique(pairs * len(objects.terms) + objects.numbers, return_index=True)
    pairs, numbers = np.divmod(keys, len(objects.terms))
    order = np.lexsort((_ranks_where_several(pairs, numbers, objects.terms), pairs))
    found: list[int] = first[order].tolist()
    return found


@dataclass(frozen=True, slots=True)
class _Column:
    """The distinct terms of a column in the order they came, and for each line the number of its term."""

    terms: list[bytes]
    numbers: Numbers

    def ranked(self, order: Sequence[int]) -> Numbers:
        """Return for each line the place that ``order`` gives its term."""
        ranks = np.empty(len(order), np.int64)
        ranks[order] = np.arange(len(order))
        return ranks[self.numbers]


def _columns(ntriples: bytes) -> tuple[_Column, _Column, _Column]:
    """Cut the lines at their first two spaces, which only what stands before the object can have."""
    signs = np.frombuffer(ntriples, np.uint8)
    ends = np.flatnonzero(signs == _LINE_END)
    starts = np.concatenate(([0], ends[:-1] + 1))
    spaces = np.flatnonzero(signs == _SPACE)
    at = np.searchsorted(spaces, starts)
    cuts: list[list[int]] = [cut.tolist() for cut in (starts, spaces[at], spaces[at + 1], ends - 2)]
    begun, one, two, done = cuts
    return (
        _numbered((ntriples[start:end] for start, end in zip(begun, one, strict=True)), len(ends)),
        _numbered((ntriples[start + 1 : end] for start, end in zip(one, two, strict=True)), len(ends)),
        _numbered((ntriples[start + 1 : end] for start, end in zip(two, done, strict=True)), len(ends)),
    )


def _numbered(terms: Iterable[bytes], lines: int) -> _Column:
    numbers: defaultdict[bytes, int] = defaultdict(count().__next__)
    column = np.fromiter(map(numbers.__getitem__, terms), np.int64, lines)
    return _Column(list(numbers), column)


def _natural_order(terms: Sequence[bytes]) -> list[int]:
    """Return the places of distinct terms in natural order; what is the same to the key is told apart by its bytes."""
    by_bytes = sorted(range(len(terms)), key=terms.__getitem__)
    keys = _keyed(b"\n".join(terms).replace(b">\n", b"\n").removesuffix(b">")).split(b"\n")
    return sorted(by_bytes, key=keys.__getitem__)


def _ranks_where_several(pairs: Numbers, numbers: Numbers, terms: Sequence[bytes]) -> Numbers:
    """Return the natural rank of each object that shares its subject and property with another; 0 for all others."""
    shared = np.zeros(len(pairs), np.bool_)
    again = pairs[1:] == pairs[:-1]
    shared[1:] |= again
    shared[:-1] |= again
    several = np.unique(numbers[shared])
    ranks = np.zeros(len(terms), np.int64)
    ranks[several[_natural_order([terms[at] for at in several.tolist()])]] = np.arange(len(several))
    return ranks[numbers]


def _keyed(text: bytes) -> bytes:
    """Put before each number how long it is, and a sign below all others for a full stop."""
    return _NUMBER.sub(_measured, text.replace(b".", b"\x02"))


def _measured(number: re.Match[bytes]) -> bytes:
    digits = number[1]
    return b"\x01%c%b" % (min(_SPACE + len(digits), 255), digits)
