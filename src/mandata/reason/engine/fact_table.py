"""Known facts as sorted columns of numbers: a hundred thousand are looked up at once.

Each fact has a number, its place in the order of arrival. The facts of one predicate are held as 64-bit keys, the
subject in the upper half and the object in the lower, and the other way round once something looks them up by object.
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
    """Return two terms as one number that sorts by the first, then the second."""
    return (upper << _HALF) | lower


class Sorted(NamedTuple):
    """Facts of one predicate in the order of their keys, each with its number."""

    keys: Column
    facts: Numbers

    @property
    def upper(self) -> Column:
        """The term that the order goes by."""
        return self.keys >> _HALF

    @property
    def lower(self) -> Column:
        """The other term."""
        return self.keys & _LOWER

    def arrived(self) -> Sorted:
        """Return the same facts in the order of their arrival."""
        if len(self.facts) < 2:
            return self
        order = self.facts.argsort()
        return Sorted(self.keys[order], self.facts[order])

    def turned(self) -> Sorted:
        """Return the same facts in the order of the other term."""
        keys = (self.keys << _HALF) | (self.keys >> _HALF)
        order = keys.argsort()
        return Sorted(keys[order], self.facts[order])

    def of(self, upper: int) -> Sorted:
        """Return the facts with this term."""
        start, end = self._span(upper)
        return Sorted(self.keys[start:end], self.facts[start:end])

    def count(self, upper: int) -> int:
        """Return how many facts have this term."""
        start, end = self._span(upper)
        return end - start

    def _span(self, upper: int) -> tuple[int, int]:
        search = self.keys.searchsorted
        return int(search(upper << _HALF)), int(search((upper + 1) << _HALF))

    def places(self, wanted: Column | int) -> tuple[Column, NDArray[np.bool_]]:
        """Return where each key would stand, and whether it is there; there must be facts."""
        places = np.minimum(self.keys.searchsorted(wanted), len(self.keys) - 1)
        return places, np.equal(self.keys[places], wanted)


class Table:
    """The facts of one predicate, in both orders; what is new is merged when it is next looked up."""

    def __init__(self) -> None:
        self._orders: tuple[list[Sorted], list[Sorted]] = ([], [])
        self.size = 0

    def add(self, new: Sorted) -> None:
        """Add facts that are not known, in the order of subject and object."""
        self.size += len(new.keys)
        self._orders[0].append(new)
        if self._orders[1]:
            self._orders[1].append(new.turned())

    @property
    def by_subject(self) -> Sorted:
        """All facts, by subject, then object."""
        return _merged(self._orders[0])

    @property
    def by_object(self) -> Sorted:
        """All facts, by object, then subject."""
        if not self._orders[1]:
            self._orders[1].append(self.by_subject.turned())
        return _merged(self._orders[1])


def _merged(runs: list[Sorted]) -> Sorted:
    if len(runs) > 1:
        keys = np.concatenate([run.keys for run in runs])
        facts = np.concatenate([run.facts for run in runs])
        order = keys.argsort(kind="stable")  # of runs already sorted, that is a merge
        runs[:] = [Sorted(keys[order], facts[order])]
    return runs[0]


class Columns:
    """All known facts: a table for each predicate, and what each fact says, by its number."""

    def __init__(self) -> None:
        self.tables: dict[int, Table] = {}
        self.size = 0
        self._said: list[tuple[int, Column]] = []

    def add(self, predicate: int, keys: Column) -> Sorted:
        """Add facts that are not known, sorted by subject and object; return them with their numbers."""
        new = Sorted(keys, np.arange(self.size, self.size + len(keys), dtype=np.int32))
        self.tables.setdefault(predicate, Table()).add(new)
        self.size += len(keys)
        self._said.append((predicate, keys))
        return new

    def facts(self) -> tuple[Numbers, Numbers, Numbers]:
        """Return the subject, predicate and object of each fact, by its number."""
        keys = np.concatenate([np.zeros(0, dtype=np.int64), *(keys for _, keys in self._said)])
        sizes = [len(each) for _, each in self._said]
        predicates = np.repeat(np.array([predicate for predicate, _ in self._said], dtype=np.int32), sizes)
        return (keys >> _HALF).astype(np.int32), predicates, (keys & _LOWER).astype(np.int32)

    def count(self, predicate: int, value: int = -1) -> int:
        """Return how many facts have this predicate, and this object where one is named."""
        table = self.tables.get(predicate)
        if table is None:
            return 0
        return table.size if value < 0 else table.by_object.count(value)

    def number(self, fact: Ids) -> int:
        """Return the fact's number; -1 where it is not known."""
        table = self.tables.get(fact[1])
        if table is None:
            return -1
        keys, facts = table.by_subject
        wanted = key(fact[0], fact[2])
        place = int(keys.searchsorted(wanted))
        return int(facts[place]) if place < len(keys) and keys[place] == wanted else -1

    def holds(self, fact: Ids) -> bool:
        """Tell whether the fact is known."""
        return self.number(fact) >= 0

    def has_predicate(self, predicate: int) -> bool:
        """Tell whether any fact has this predicate."""
        return predicate in self.tables

    def match(self, subject: int, predicate: int, value: int) -> Iterator[Ids]:
        """Yield the facts that agree, of each predicate in the order of arrival; a negative number agrees with all."""
        for each in (predicate,) if predicate >= 0 else tuple(self.tables):
            table = self.tables.get(each)
            if table is None:
                continue
            if subject >= 0 and value >= 0:
                if self.holds((subject, each, value)):
                    yield subject, each, value
            elif value >= 0:
                yield from ((s, each, value) for s in table.by_object.of(value).arrived().lower.tolist())
            else:
                known = (table.by_subject.of(subject) if subject >= 0 else table.by_subject).arrived()
                yield from _facts(known.upper, each, known.lower)

    def of_first(self, subjects: int, predicate: int) -> Iterator[Ids]:
        """Yield the facts with a predicate whose subject is among the first terms."""
        table = self.tables.get(predicate)
        if table is not None:
            keys, facts = table.by_subject
            end = keys.searchsorted(key(subjects, 0))
            found = Sorted(keys[:end], facts[:end])
            yield from _facts(found.upper, predicate, found.lower)

    def since(self, number: int, predicate: int, value: int) -> Iterator[Ids]:
        """Yield the facts with a predicate, and an object where one is named, from a number on."""
        table = self.tables.get(predicate)
        if table is not None:
            keys, facts = table.by_subject if value < 0 else table.by_object.of(value)
            found = Sorted(keys[facts >= number], facts)
            terms = (found.upper, found.lower) if value < 0 else (found.lower, found.upper)
            yield from _facts(terms[0], predicate, terms[1])


def _facts(subjects: Column, predicate: int, values: Column) -> Iterator[Ids]:
    return zip(subjects.tolist(), repeat(predicate), values.tolist(), strict=False)


def columns_of(facts: Iterable[Ids]) -> dict[int, Column]:
    """Return the keys of some facts by predicate, sorted, each once."""
    keys: dict[int, list[int]] = {}
    for subject, predicate, value in facts:
        keys.setdefault(predicate, []).append(key(subject, value))
    return {predicate: np.unique(np.array(each, dtype=np.int64)) for predicate, each in sorted(keys.items())}
