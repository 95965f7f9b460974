"""Texts that are put behind each other and taken in any order; what is much lies in a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from tempfile import SpooledTemporaryFile
from typing import Final

import numpy as np

_IN_MEMORY: Final = 1 << 28
_MOST: Final = 1 << 22


class Spool:
    """Keeps texts, each known by its number; a context, at whose end they are gone."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 # it is closed where the context ends
        self._ends = [0]

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def put(self, text: bytes, lengths: Sequence[int]) -> None:
        """Keep the texts that stand in ``text`` one behind the other."""
        self._file.write(text)
        self._ends += list(accumulate(lengths, initial=self._ends.pop()))

    def texts(self, numbers: Sequence[int]) -> Iterator[bytes]:
        """Yield texts in the order of their numbers; those that lie side by side come together."""
        given = np.array(numbers, np.int64)
        for run in np.split(given, np.flatnonzero(np.diff(given) != 1) + 1) if len(given) else ():
            first, last = self._ends[run[0]], self._ends[run[-1] + 1]
            self._file.seek(first)
            while first < last:
                text = self._file.read(min(_MOST, last - first))
                first += len(text)
                yield text
