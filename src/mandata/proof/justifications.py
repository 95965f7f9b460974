"""Justifications of a conclusion: the minimal sets of stated facts from which it follows, the smallest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from mandata.proof.rule_instances import Instances
from mandata.reason.engine.ground_rules import Ids
from mandata.reason.facts import Fact, text_of

Support: TypeAlias = tuple[Fact, ...]

MOST_FACTS: Final = 20_000
"""The most facts that a search visits."""
MOST_SETS: Final = 1_000
"""The most sets that a search keeps for one fact."""


@dataclass(frozen=True, slots=True)
class Supports:
    """Minimal supports, each sorted.

    ``exact``: no smaller one is left out; ``all``: there are no others.
    """

    sets: tuple[Support, ...]
    exact: bool
    all: bool


class SupportFinder:
    """Finds supports over all rule instances of a closed graph.

    The ontology is taken as given: its axioms are in no support. Conditions of absence are those of the closed graph.
    """

    def __init__(self, instances: Instances, stated: Callable[[Ids], bool]) -> None:
        self._instances, self._stated = instances, stated

    def of(self, facts: Iterable[Fact], most: int) -> Supports:
        """Return the ``most`` smallest minimal sets of stated facts from which all of some facts follow.

        Sets are propagated from stated facts to conclusions; none larger than a bound is kept, and the bound is raised
        until there are enough: so each answer is exact.
        """
        encode, decode = self._instances.terms.encode, self._instances.terms.decode
        goals = tuple(map(encode, facts))
        search = _SupportSearch(goals, self._instances, self._stated)
        # A first pass with one set for each fact gives a bound on the size; then come all sets up to that size.
        largest = max((one.bit_count() for one in search.supports(goals, len(search.stated), 1)[:1]), default=0)
        found = search.supports(goals, largest, MOST_SETS)
        while len(found) <= most and search.left_out and not search.cut:
            largest += 1
            found = search.supports(goals, largest, MOST_SETS)
        sets = sorted((tuple(map(decode, search.facts(one))) for one in found), key=_order)
        return Supports(tuple(sets[:most]), not search.cut, len(sets) <= most and not search.left_out)


def _order(support: Support) -> tuple[int, list[str]]:
    return len(support), list(map(text_of, support))


class _SupportSearch:
    """A backward search from some goals; a set of stated facts is an integer with a bit for each."""

    def __init__(self, goals: tuple[Ids, ...], instances: Instances, stated: Callable[[Ids], bool]) -> None:
        self.cut = False
        self.left_out = False
        self._ways = self._reach(goals, instances)
        decode = instances.terms.decode
        self.stated = sorted(filter(stated, self._ways), key=lambda fact: text_of(decode(fact)))
        self._bits = {fact: 1 << place for place, fact in enumerate(self.stated)}
        self._axioms = {
            f for f, ways in self._ways.items() if f not in self._bits and not ways and instances.known.holds(f)
        }
        self._users: dict[Ids, dict[Ids, None]] = {}
        for fact, ways in self._ways.items():
            for premise in (premise for way in ways for premise in way):
                self._users.setdefault(premise, {})[fact] = None

    def facts(self, bits: int) -> list[Ids]:
        """Return the stated facts of a set, sorted."""
        return [fact for place, fact in enumerate(self.stated) if bits >> place & 1]

    def _reach(self, goals: tuple[Ids, ...], instances: Instances) -> dict[Ids, list[tuple[Ids, ...]]]:
        """Return the sets of premises of each fact that the goals may depend on."""
        ways: dict[Ids, list[tuple[Ids, ...]]] = {}
        todo = list(goals)
        for fact in todo:
            if fact in ways:
                continue
            if len(ways) >= MOST_FACTS:
                self.cut = True
                break
            ways[fact] = list(dict.fromkeys(instance.premises for instance in instances.of(fact)))
            todo += (premise for way in ways[fact] for premise in way)
        self.cut = self.cut or instances.known.cut
        return ways

    def supports(self, goals: tuple[Ids, ...], largest: int, most: int) -> list[int]:
        """Return the minimal sets, of at most ``largest`` facts, from which all goals follow."""
        self.left_out = self.cut
        sets = {f: [self._bits[f]] if f in self._bits else [0] if f in self._axioms else [] for f in self._ways}
        pending = dict.fromkeys(reversed(list(self._ways)))
        while pending:
            fact = next(iter(pending))
            del pending[fact]
            found = [one for way in self._ways[fact] for one in self._join(way, sets, largest, most)]
            after = self._minimal([*sets[fact], *found], largest, most)
            if after != sets[fact]:
                sets[fact] = after
                pending.update(self._users.get(fact, {}))
        return self._join(goals, sets, largest, most)

    def _join(self, facts: tuple[Ids, ...], sets: dict[Ids, list[int]], largest: int, most: int) -> list[int]:
        """Return the minimal sets from which all of some facts follow."""
        unions = [0]
        for fact in dict.fromkeys(facts):
            unions = self._minimal([one | other for one in unions for other in sets.get(fact, [])], largest, most)
        return unions

    def _minimal(self, sets: Iterable[int], largest: int, most: int) -> list[int]:
        """Return the sets that contain no other, the smallest first, without those too large or too many."""
        kept: list[int] = []
        for one in sorted(set(sets), key=lambda one: (one.bit_count(), one)):
            if any(other & one == other for other in kept):
                continue
            if one.bit_count() > largest or len(kept) >= most:
                self.left_out = True
                self.cut = self.cut or (most > 1 and len(kept) >= most)
                break
            kept.append(one)
        return kept
