"""What a conclusion rests on in all: the minimal sets of stated facts that give it, the smallest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from mandata.proof.rule_instances import Instances
from mandata.reason.engine.ground_rules import Ids
from mandata.reason.facts import Fact, text_of

Support: TypeAlias = tuple[Fact, ...]

MOST_FACTS: Final = 20_000
"""How many facts a search reaches, at most."""
MOST_SETS: Final = 1_000
"""How many sets it keeps of one fact, at most."""


@dataclass(frozen=True, slots=True)
class Supports:
    """Minimal supports, each sorted.

    ``exact``: none is left out that is smaller than one of these; ``all``: there are no others.
    """

    sets: tuple[Support, ...]
    exact: bool
    all: bool


class SupportFinder:
    """Finds supports over all rule instances of a closed graph.

    The ontology is taken as it stands: its axioms are in no support. Absences are those of the closed graph.
    """

    def __init__(self, instances: Instances, stated: Callable[[Ids], bool]) -> None:
        self._instances, self._stated = instances, stated

    def of(self, facts: Iterable[Fact], most: int) -> Supports:
        """Return the smallest minimal sets of stated facts that give all of some facts together, ``most`` of them.

        Sets grow from the stated facts to what follows; none larger than a bound is kept, and the bound is raised until
        there are enough: so each answer is exact.
        """
        encode, decode = self._instances.terms.encode, self._instances.terms.decode
        asked = tuple(map(encode, facts))
        search = _Search(asked, self._instances, self._stated)
        # One set kept of each fact shows how large a support need not be; all the sets up to that size come next.
        largest = max((one.bit_count() for one in search.together(asked, len(search.stated), 1)[:1]), default=0)
        found = search.together(asked, largest, MOST_SETS)
        while len(found) <= most and search.left_out and not search.cut:
            largest += 1
            found = search.together(asked, largest, MOST_SETS)
        sets = sorted((tuple(map(decode, search.facts(one))) for one in found), key=_order)
        return Supports(tuple(sets[:most]), not search.cut, len(sets) <= most and not search.left_out)


def _order(support: Support) -> tuple[int, list[str]]:
    return len(support), list(map(text_of, support))


class _Search:
    """What is reached backwards from some facts; a set of stated facts is a number with a bit for each."""

    def __init__(self, asked: tuple[Ids, ...], instances: Instances, stated: Callable[[Ids], bool]) -> None:
        self.cut = False
        self.left_out = False
        self._ways = self._reached(asked, instances)
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

    def facts(self, one: int) -> list[Ids]:
        """Return the stated facts of a set, sorted."""
        return [fact for place, fact in enumerate(self.stated) if one >> place & 1]

    def _reached(self, asked: tuple[Ids, ...], instances: Instances) -> dict[Ids, list[tuple[Ids, ...]]]:
        """Return the ways to conclude what is asked, what those need, and so on."""
        ways: dict[Ids, list[tuple[Ids, ...]]] = {}
        todo = list(asked)
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

    def together(self, asked: tuple[Ids, ...], largest: int, most: int) -> list[int]:
        """Return the minimal sets, of at most ``largest`` facts, that give all that is asked."""
        self.left_out = self.cut
        sets = {f: [self._bits[f]] if f in self._bits else [0] if f in self._axioms else [] for f in self._ways}
        waiting = dict.fromkeys(reversed(list(self._ways)))
        while waiting:
            fact = next(iter(waiting))
            del waiting[fact]
            found = [one for way in self._ways[fact] for one in self._joined(way, sets, largest, most)]
            after = self._minimal([*sets[fact], *found], largest, most)
            if after != sets[fact]:
                sets[fact] = after
                waiting.update(self._users.get(fact, {}))
        return self._joined(asked, sets, largest, most)

    def _joined(self, facts: tuple[Ids, ...], sets: dict[Ids, list[int]], largest: int, most: int) -> list[int]:
        """Return the minimal sets that give all of some facts."""
        joined = [0]
        for fact in dict.fromkeys(facts):
            joined = self._minimal([one | other for one in joined for other in sets.get(fact, [])], largest, most)
        return joined

    def _minimal(self, sets: Iterable[int], largest: int, most: int) -> list[int]:
        """Return the sets that hold no other of them, the smallest first; those too large or too many are left out."""
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
