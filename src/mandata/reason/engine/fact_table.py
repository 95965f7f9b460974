"""Known facts as sorted columns of numbers, so that a hundred thousand can be looked up at once.

Each fact has a number: its position in the order of arrival. The facts of one predicate are kept as 64-bit keys, the
subject in the upper half and the object in the lower; and the other way round, once they are looked up by object.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Final, NamedTuple, TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

from mandata.reason.engine.ground_rules import Ids

Column: TypeAlias = NDArray[np.int64]
Numbers: TypeAlias = NDArray[np.int32]
"""Numbers of facts, or of terms."""

_HALF: Final = 32
_LOWER: Final = (1 << _HALF) - 1


@overload
def key(upper: int, lower: int) -> int: ...
@overload
def key(upper: Column, lower: Column) -> Column: ...
@overload
def key(upper: Column | int, lower: Column | int) -> Column | int: ...
def key(upper: Column | int, lower: Column | int) -> Column | int:
    """Return two terms as one number that sorts by ``upper``, then by ``lower``."""
    return (upper << _HALF) | lower


class SortedFacts(NamedTuple):
    """Facts of one predicate in the order of their keys, each with its number."""

    keys: Column
    facts: Numbers

    @property
    def upper(self) -> Column:
        """The terms by which the facts are sorted."""
        return self.keys >> _HALF

    @property
    def lower(self) -> Column:
        """The other terms."""
        return self.keys & _LOWER

    def by_number(self) -> SortedFacts:
        """Return the same facts in the order of their numbers."""
        if len(self.facts) < 2:
            return self
        order = self.facts.argsort()
        return SortedFacts(self.keys[order], self.facts[order])

    def swap(self) -> SortedFacts:
        """Return the same facts sorted by the other term."""
        keys = (self.keys << _HALF) | (self.keys >> _HALF)
        order = keys.argsort()
        return SortedFacts(keys[order], self.facts[order])

    def of(self, upper: int) -> SortedFacts:
        """Return the facts with this term."""
        start, end = self._span(upper)
        return SortedFacts(self.keys[start:end], self.facts[start:end])

    def count(self, upper: int) -> int:
        """Return how many facts have this term."""
        start, end = self._span(upper)
        return end - start

    def _span(self, upper: int) -> tuple[int, int]:
        search = self.keys.searchsorted
        return int(search(upper << _HALF)), int(search((upper + 1) << _HALF))

    def positions(self, keys: Column | int) -> tuple[Column, NDArray[np.bool_]]:
        """Return the position of each key, and whether the key is present; there must be facts."""
        positions = np.minimum(self.keys.searchsorted(keys), len(self.keys) - 1)
        return positions, np.equal(self.keys[positions], keys)


class FactTable:
    """The facts of one predicate, in both orders; new facts are merged at the next look-up."""

    def __init__(self) -> None:
        self._orders: tuple[list[SortedFacts], list[SortedFacts]] = ([], [])
        self.size = 0

    def add(self, new: SortedFacts) -> None:
        """Add facts that are not known, sorted by subject and object."""
        self.size += len(new.keys)
        self._orders[0].append(new)
        if self._orders[1]:
            self._orders[1].append(new.swap())

    @property
    def by_subject(self) -> SortedFacts:
        """All facts, by subject, then object."""
        return _merge(self._orders[0])

    @property
    def by_object(self) -> SortedFacts:
        """All facts, by object, then subject."""
        if not self._orders[1]:
            self._orders[1].append(self.by_subject.swap())
        return _merge(self._orders[1])


def _merge(runs: list[SortedFacts]) -> SortedFacts:
    if len(runs) > 1:
        keys = np.concatenate([run.keys for run in runs])
        facts = np.concatenate([run.facts for run in runs])
        order = keys.argsort(kind="stable")  # of runs already sorted, that is a merge
        runs[:] = [SortedFacts(keys[order], facts[order])]
    return runs[0]


class FactTables:
    """All known facts: a table for each predicate, and the facts by number."""

    def __init__(self) -> None:
        self.tables: dict[int, FactTable] = {}
        self.size = 0
        self._additions: list[tuple[int, Column]] = []

    def add(self, predicate: int, keys: Column) -> SortedFacts:
        """Add facts with a predicate that are not known, by their sorted keys; return them with their numbers."""
        new = SortedFacts(keys, np.arange(self.size, self.size + len(keys), dtype=np.int32))
        self.tables.setdefault(predicate, FactTable()).add(new)
        self.size += len(keys)
        self._additions.append((predicate, keys))
        return new

    def facts(self) -> tuple[Numbers, Numbers, Numbers]:
        """Return the subject, predicate and object of each fact, by its number."""
        keys = np.concatenate([np.zeros(0, dtype=np.int64), *(keys for _, keys in self._additions)])
        sizes = [len(each) for _, each in self._additions]
        predicates = np.repeat(np.array([predicate for predicate, _ in self._additions], dtype=np.int32), sizes)
        return (keys >> _HALF).astype(np.int32), predicates, (keys & _LOWER).astype(np.int32)

    def count(self, predicate: int, value: int = -1) -> int:
        """Return how many facts have this predicate, and this object unless it is negative."""
        table = self.tables.get(predicate)
        if table is None:
            return 0
        return table.size if value < 0 else table.by_object.count(value)

    def number(self, fact: Ids) -> int:
        """Return the fact's number; -1 if it is not known."""
        table = self.tables.get(fact[1])
        if table is None:
            return -1
        keys, facts = table.by_subject
        fact_key = key(fact[0], fact[2])
        position = int(keys.searchsorted(fact_key))
        return int(facts[position]) if position < len(keys) and keys[position] == fact_key else -1

    def holds(self, fact: Ids) -> bool:
        """Return whether the fact is known."""
        return self.number(fact) >= 0

    def has_predicate(self, predicate: int) -> bool:
        """Return whether any fact has this predicate."""
        return predicate in self.tables

    def match(self, subject: int, predicate: int, value: int) -> Iterator[Ids]:
        """Yield the facts that match, of each predicate in the order of arrival; a negative number matches any term."""
        for each in (predicate,) if predicate >= 0 else tuple(self.tables):
            table = self.tables.get(each)
            if table is None:
                continue
            if subject >= 0 and value >= 0:
                if self.holds((subject, each, value)):
                    yield subject, each, value
            elif value >= 0:
                yield from ((s, each, value) for s in table.by_object.of(value).by_number().lower.tolist())
            else:
                known = (table.by_subject.of(subject) if subject >= 0 else table.by_subject).by_number()
                yield from _facts(known.upper, each, known.lower)

    def of_first(self, subjects: int, predicate: int) -> Iterator[Ids]:
        """Yield the facts with a predicate whose subject is among the first ``subjects`` terms."""
        table = self.tables.get(predicate)
        if table is not None:
            keys, facts = table.by_subject
            end = keys.searchsorted(key(subjects, 0))
            found = SortedFacts(keys[:end], facts[:end])
            yield from _facts(found.upper, predicate, found.lower)

    def since(self, number: int, predicate: int, value: int) -> Iterator[Ids]:
        """Yield the facts numbered ``number`` or higher with a predicate, and an object unless it is negative."""
        table = self.tables.get(predicate)
        if table is not None:
            keys, facts = table.by_subject if value < 0 else table.by_object.of(value)
            found = SortedFacts(keys[facts >= number], facts)
            terms = (found.upper, found.lower) if value < 0 else (found.lower, found.upper)
            yield from _facts(terms[0], predicate, terms[1])


def _facts(subjects: Column, predicate: int, values: Column) -> Iterator[Ids]:
    return zip(subjects.tolist(), repeat(predicate), values.tolist(), strict=False)


def keys_by_predicate(facts: Iterable[Ids]) -> dict[int, Column]:
    """Return the keys of some facts by predicate, sorted, each once."""
    keys: dict[int, list[int]] = {}
    for subject, predicate, value in facts:
        keys.setdefault(predicate, []).append(key(subject, value))
    return {predicate: np.unique(np.array(each, dtype=np.int64)) for predicate, each in sorted(keys.items())}
