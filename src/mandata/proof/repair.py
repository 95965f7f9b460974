"""The smallest repair: the fewest stated facts whose withdrawal resolves all conflicts (a minimum hitting set)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from mandata.reason.facts import Fact

MOST_TRIED: Final = 20_000
"""How many choices are tried before a repair is returned that may not be the smallest."""


@dataclass(frozen=True, slots=True)
class Repair:
    """Stated facts to withdraw; ``smallest``: no repair has fewer."""

    facts: tuple[Fact, ...]
    smallest: bool


def repair(conflicts: Iterable[Iterable[Fact]], preference: Callable[[Fact], tuple[int, str]]) -> Repair:
    """Return a smallest set of facts with a member in every conflict.

    Args:
        conflicts: the sets of stated facts in conflict; an empty one cannot be repaired, and is skipped.
        preference: the key by which facts to withdraw are preferred among sets of the same size.
    """
    sets = sorted({frozenset(one) for one in conflicts if one}, key=len)
    minimal = [one for number, one in enumerate(sets) if not any(other <= one for other in sets[:number])]
    order = sorted(frozenset().union(*minimal), key=preference)
    search = _HittingSetSearch(minimal, order)
    for size in range(len(minimal) + 1):
        found = search.of(size, frozenset())
        if found is not None:
            return Repair(tuple(fact for fact in order if fact in found), True)
        if search.left <= 0:
            break
    return Repair(_greedy(minimal, order), False)


class _HittingSetSearch:
    """A search for a hitting set of a given size, which must have a member of the first set without one so far."""

    def __init__(self, sets: list[frozenset[Fact]], order: list[Fact]) -> None:
        self._sets, self._order = sets, order
        self.left = MOST_TRIED

    def of(self, size: int, chosen: frozenset[Fact]) -> frozenset[Fact] | None:
        self.left -= 1
        remaining = next((one for one in self._sets if not one & chosen), None)
        if remaining is None:
            return chosen
        if not size or self.left <= 0:
            return None
        for fact in (each for each in self._order if each in remaining):
            found = self.of(size - 1, chosen | {fact})
            if found is not None:
                return found
        return None


def _greedy(sets: list[frozenset[Fact]], order: list[Fact]) -> tuple[Fact, ...]:
    """Return a hitting set, choosing each time the fact that is in most of the remaining sets."""
    chosen: list[Fact] = []
    left = sets
    while left:
        best = max(order, key=lambda fact: sum(fact in one for one in left))
        chosen.append(best)
        left = [one for one in left if best not in one]
    return tuple(sorted(chosen, key=order.index))
