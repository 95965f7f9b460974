"""Why a statement does not follow: the rule instances that come nearest to it, and what each of them lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from pyoxigraph import NamedNode

from mandata.proof.rule_instances import Bound, Instances, filled
from mandata.rdf.namespaces import OWL
from mandata.reason.engine.ground_rules import GroundRule, Ids
from mandata.reason.facts import Fact, Step, Term, text_of

_NOTHING: Final = NamedNode(OWL + "Nothing")  # whatever is in the empty class is in every class: no help to anyone

Wanted: TypeAlias = tuple[Term | None, Term | None, Term | None]
"""A premise that is not stated; None where any term would do."""

MOST_MISSING: Final = 3
"""How many premises a near instance may lack."""
MOST_LOOKED_AT: Final = 2_000
"""How many partial matches are looked at for one rule."""
MOST_IN_ALL: Final = 20_000
"""How many are looked at for all rules."""


@dataclass(frozen=True, slots=True)
class Near:
    """A rule that would conclude a statement: what it finds, what it misses, and what stands against it.

    ``against`` are facts whose absence the rule asks for.
    """

    step: Step
    missing: tuple[Wanted, ...]
    against: tuple[Fact, ...] = ()

    @property
    def held(self) -> tuple[Fact, ...]:
        """The premises that are known."""
        return self.step.premises


@dataclass(frozen=True, slots=True)
class Nearest:
    """The rule instances nearest to a statement, those that miss least first.

    ``cut``: not all were looked at, for there are too many; another might miss less, or as little.
    """

    found: tuple[Near, ...]
    cut: bool


def nearest(fact: Fact, instances: Instances, most: int = 3) -> Nearest:
    """Return the rule instances nearest to a statement, at most ``most``.

    What is missing is not stated in what is held: it is not thereby false. Instances of which nothing at all is known
    are told only where there is nothing nearer.
    """
    asked = instances.terms.encode(fact)
    found: dict[tuple[str, tuple[Wanted, ...]], Near] = {}
    budget = _Budget(MOST_IN_ALL)
    for rule, bound in instances.concluding(asked):
        for near in _near(rule, bound, instances, budget):
            found.setdefault((near.step.rule, near.missing), near)
    some = [near for near in found.values() if near.held] or list(found.values())
    return Nearest(tuple(sorted(some, key=_order)[:most]), budget.cut or instances.known.cut)


def alike(fact: Fact, instances: Instances, most: int = 3) -> list[Fact]:
    """Return what is known that differs from a statement in one term: in its property, else in its object; sorted."""
    subject, predicate, value = instances.terms.encode(fact)
    for pattern in ((subject, -1, value), (subject, predicate, -1)):
        known = sorted((instances.terms.decode(ids) for ids in instances.known.match(*pattern)), key=text_of)
        if known:
            return known[:most]
    return []


def _order(near: Near) -> tuple[int, int, str, str]:
    held = " ".join(map(text_of, near.held))
    wanted = " ".join(str(term) for pattern in near.missing for term in pattern)
    return len(near.missing), -len(near.held), near.step.rule, f"{held} | {wanted}"


@dataclass(slots=True)
class _Budget:
    """How many partial matches may still be looked at; ``cut``: it did not suffice."""

    left: int
    cut: bool = False

    def spend(self) -> bool:
        """Take one off, if one is left."""
        self.cut = self.cut or self.left <= 0
        self.left -= 1
        return self.left >= 0


def _near(rule: GroundRule, bound: Bound, instances: Instances, whole: _Budget) -> list[Near]:
    """Return the instances of one rule that lack fewest premises; none where all lack too many."""
    for lacking in range(min(MOST_MISSING, len(rule.body)) + 1):
        budget = _Budget(min(MOST_LOOKED_AT, whole.left))
        search = _Search(rule, instances, budget)
        found = [
            near for one, missing in search.matches(rule.body, bound, lacking) if (near := search.told(one, missing))
        ]
        whole.left -= min(MOST_LOOKED_AT, whole.left) - max(budget.left, 0)
        whole.cut = whole.cut or budget.cut
        if found:
            return found
    return []


class _Search:
    """One search for the ways to match a rule's body but for a number of its patterns."""

    def __init__(self, rule: GroundRule, instances: Instances, budget: _Budget) -> None:
        self._rule, self._instances, self._budget = rule, instances, budget

    def matches(
        self, patterns: tuple[Ids, ...], bound: Bound, lacking: int, missing: tuple[Ids, ...] = ()
    ) -> Iterator[tuple[Bound, tuple[Ids, ...]]]:
        """Yield what the variables stand for, and the patterns that no fact matches, exactly ``lacking`` of them."""
        if len(patterns) < lacking or not self._budget.spend():
            return
        if not patterns:
            yield bound, missing
            return
        at = self._instances.next_pattern(patterns, bound)
        rest = patterns[:at] + patterns[at + 1 :]
        for longer in self._instances.matches(patterns[at], bound):
            yield from self.matches(rest, longer, lacking, missing)
        if lacking:
            yield from self.matches(rest, bound, lacking - 1, (*missing, patterns[at]))

    def told(self, bound: Bound, missing: tuple[Ids, ...]) -> Near | None:
        """Return the instance in words of facts; None where a premise said to be missing is known, or a test fails."""
        wanted = [filled(pattern, bound) for pattern in self._rule.body if pattern in missing]
        nothing = self._instances.terms.number(_NOTHING)
        if any(nothing in pattern or self._is_known(pattern) for pattern in wanted):
            return None
        against: tuple[Ids, ...] = ()
        if not missing:
            whole = self._instances.computed(self._rule, bound)
            against = self._instances.against(self._rule, whole) if whole is not None else ()
            if not against:
                return None
        decode, term = self._instances.terms.decode, self._instances.terms.term
        held = tuple(decode(filled(p, bound)) for p in self._rule.body if p not in missing)
        step = Step(self._rule.name, tuple(map(decode, self._rule.axioms)), held)
        lacks = tuple(
            (
                term(s) if s >= 0 else None,
                term(p) if p >= 0 else None,
                term(o) if o >= 0 else None,
            )
            for s, p, o in wanted
        )
        return Near(step, lacks, tuple(map(decode, against)))

    def _is_known(self, pattern: Ids) -> bool:
        return min(pattern) >= 0 and self._instances.known.holds(pattern)
