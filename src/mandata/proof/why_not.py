"""Why a statement does not follow: the rule instances that come nearest to it, and the premises each lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from pyoxigraph import NamedNode

from mandata.proof.rule_instances import Bindings, Instances, fill
from mandata.rdf.namespaces import OWL
from mandata.reason.engine.ground_rules import GroundRule, Ids
from mandata.reason.facts import Fact, Step, Term, text_of

_NOTHING: Final = NamedNode(OWL + "Nothing")  # a member of the empty class is in every class, which explains nothing

MissingPattern: TypeAlias = tuple[Term | None, Term | None, Term | None]
"""A premise that is not known; None matches any term."""

MOST_MISSING: Final = 3
"""The most premises that a near instance may lack."""
MOST_LOOKED_AT: Final = 2_000
"""The most partial matches searched for one rule."""
MOST_IN_ALL: Final = 20_000
"""The most partial matches searched for all rules."""


@dataclass(frozen=True, slots=True)
class NearInstance:
    """A rule instance that would conclude a statement: its known and its missing premises.

    ``blocking`` are known facts whose absence the rule requires.
    """

    step: Step
    missing: tuple[MissingPattern, ...]
    blocking: tuple[Fact, ...] = ()

    @property
    def known_premises(self) -> tuple[Fact, ...]:
        """The premises that are known."""
        return self.step.premises


@dataclass(frozen=True, slots=True)
class NearestInstances:
    """The rule instances nearest to a statement, those with fewest missing premises first.

    ``cut``: there were too many to search all; another might have fewer missing premises.
    """

    found: tuple[NearInstance, ...]
    cut: bool


def nearest_instances(fact: Fact, instances: Instances, most: int = 3) -> NearestInstances:
    """Return the ``most`` rule instances nearest to a statement (``fact``).

    A missing premise is not known; it is not thereby false. Instances without a known premise are returned only if
    there are no others.
    """
    goal = instances.terms.encode(fact)
    found: dict[tuple[str, tuple[MissingPattern, ...]], NearInstance] = {}
    budget = _Budget(MOST_IN_ALL)
    for rule, bound in instances.concluding(goal):
        for near in _near(rule, bound, instances, budget):
            found.setdefault((near.step.rule, near.missing), near)
    some = [near for near in found.values() if near.known_premises] or list(found.values())
    return NearestInstances(tuple(sorted(some, key=_order)[:most]), budget.cut or instances.known.cut)


def similar_facts(fact: Fact, instances: Instances, most: int = 3) -> list[Fact]:
    """Return the known facts that differ from a statement in the property only, else in the object only; sorted.

    Args:
        fact: the statement.
        instances: the rule instances, which know the facts.
        most: how many facts to return at most.
    """
    subject, predicate, value = instances.terms.encode(fact)
    for pattern in ((subject, -1, value), (subject, predicate, -1)):
        known = sorted((instances.terms.decode(ids) for ids in instances.known.match(*pattern)), key=text_of)
        if known:
            return known[:most]
    return []


def _order(near: NearInstance) -> tuple[int, int, str, str]:
    known_premises = " ".join(map(text_of, near.known_premises))
    missing_patterns = " ".join(str(term) for pattern in near.missing for term in pattern)
    return len(near.missing), -len(near.known_premises), near.step.rule, f"{known_premises} | {missing_patterns}"


@dataclass(slots=True)
class _Budget:
    """How many partial matches may still be searched; ``cut``: there were more."""

    left: int
    cut: bool = False

    def spend(self) -> bool:
        """Return whether one more may be searched, and count it."""
        self.cut = self.cut or self.left <= 0
        self.left -= 1
        return self.left >= 0


def _near(rule: GroundRule, bound: Bindings, instances: Instances, whole: _Budget) -> list[NearInstance]:
    """Return the instances of one rule with fewest missing premises; none if all lack too many."""
    for lacking in range(min(MOST_MISSING, len(rule.body)) + 1):
        budget = _Budget(min(MOST_LOOKED_AT, whole.left))
        search = _NearSearch(rule, instances, budget)
        found = [
            near
            for one, missing in search.matches(rule.body, bound, lacking)
            if (near := search.near_instance(one, missing))
        ]
        whole.left -= min(MOST_LOOKED_AT, whole.left) - max(budget.left, 0)
        whole.cut = whole.cut or budget.cut
        if found:
            return found
    return []


class _NearSearch:
    """A search for the matches of a rule's body except a number of its patterns."""

    def __init__(self, rule: GroundRule, instances: Instances, budget: _Budget) -> None:
        self._rule, self._instances, self._budget = rule, instances, budget

    def matches(
        self, patterns: tuple[Ids, ...], bound: Bindings, lacking: int, missing: tuple[Ids, ...] = ()
    ) -> Iterator[tuple[Bindings, tuple[Ids, ...]]]:
        """Yield bindings of the variables, and the exactly ``lacking`` patterns that are left unmatched."""
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

    def near_instance(self, bound: Bindings, missing: tuple[Ids, ...]) -> NearInstance | None:
        """Return the instance in facts; None if a premise taken as missing is known, or a test fails."""
        missing_patterns = [fill(pattern, bound) for pattern in self._rule.body if pattern in missing]
        nothing = self._instances.terms.number(_NOTHING)
        if any(nothing in pattern or self._is_known(pattern) for pattern in missing_patterns):
            return None
        blocking: tuple[Ids, ...] = ()
        if not missing:
            whole = self._instances.compute(self._rule, bound)
            blocking = self._instances.blocking_facts(self._rule, whole) if whole is not None else ()
            if not blocking:
                return None
        decode, term = self._instances.terms.decode, self._instances.terms.term
        known_premises = tuple(decode(fill(p, bound)) for p in self._rule.body if p not in missing)
        step = Step(self._rule.name, tuple(map(decode, self._rule.axioms)), known_premises)
        lacks = tuple(
            (
                term(s) if s >= 0 else None,
                term(p) if p >= 0 else None,
                term(o) if o >= 0 else None,
            )
            for s, p, o in missing_patterns
        )
        return NearInstance(step, lacks, tuple(map(decode, blocking)))

    def _is_known(self, pattern: Ids) -> bool:
        return min(pattern) >= 0 and self._instances.known.holds(pattern)
