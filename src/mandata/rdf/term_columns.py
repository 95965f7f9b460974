"""Statements in columns of numbers: lines of N-Triples or N-Quads are cut into terms, each distinct one numbered.

Terms are then compared, shortened and written once each, not once for each statement.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
DEFAULT: Final = b"<>"
"""The name that the default graph has among the others."""
_TRIPLE: Final = 3
_LINE_END, _SPACE = 10, 32
_IRI: Final = re.compile(rb"<[^\"<> ]*>")
_QUAD: Final = re.compile(rb"(?:<[^>]*>|_:\S+) <[^>]*> (?:<[^>]*>|_:\S+|\".*\"(?:@\S+|\^\^<[^>]*>)?) <[^\"<> ]*> \.")


@dataclass(frozen=True, slots=True)
class Column:
    """The distinct terms of a column in the order they came, and for each line the number of its term."""

    terms: list[bytes]
    numbers: Numbers

    def ranked(self, order: Iterable[int]) -> Numbers:
        """Return for each line the place that ``order`` gives its term."""
        ranks = np.empty(len(self.terms), np.int64)
        ranks[np.fromiter(order, np.int64, len(self.terms))] = np.arange(len(self.terms))
        return ranks[self.numbers]


def cut(lines: bytes, columns: int) -> list[Column]:
    """Return the columns of lines: 3 of N-Triples, 4 of N-Quads; what has no graph is in ``DEFAULT``.

    A line is cut at its first two spaces, as no more than the object can have one within, and at its last ones.
    """
    given = np.frombuffer(lines, np.uint8)
    ends = np.flatnonzero(given == _LINE_END)
    spaces = np.flatnonzero(given == _SPACE)
    first = np.searchsorted(spaces, np.concatenate(([0], ends[:-1])))
    last = np.append(first[1:], len(spaces)) - 1
    if columns > _TRIPLE and (last - first < columns - 1).any():
        return cut(_with_graphs(lines), columns)
    signs = given.copy()
    for at in (first, first + 1, last, last - 1)[:columns]:
        signs[spaces[at]] = _LINE_END
    pieces = signs.tobytes().split(b"\n")[:-1]
    found = [_numbered(pieces[at :: columns + 1], len(ends)) for at in range(columns)]
    if columns > _TRIPLE and not all(map(_IRI.fullmatch, found[-1].terms)):
        return cut(_with_graphs(lines), columns)
    return found


def _with_graphs(lines: bytes) -> bytes:
    """Put the default graph where a line has none, which a literal with spaces can hide."""
    return b"".join(
        line + b"\n" if _QUAD.fullmatch(line) else line[:-1] + DEFAULT + b" .\n" for line in lines.split(b"\n")[:-1]
    )


def _numbered(terms: Iterable[bytes], lines: int) -> Column:
    numbers: defaultdict[bytes, int] = defaultdict(count().__next__)
    column = np.fromiter(map(numbers.__getitem__, terms), np.int64, lines)
    return Column(list(numbers), column)
