"""Updates the conclusions after some facts are withdrawn, by delete and rederive: nothing else is looked at.

All conclusions that depend on a withdrawn fact by their recorded steps are deleted; those with another rule instance
over the rest are derived again; then what follows only now, because a rule requires an absence, is derived forwards.

Source: A. Gupta, I. S. Mumick, V. S. Subrahmanian, Maintaining views incrementally, SIGMOD 1993 (delete and rederive).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from mandata.proof.rule_instances import Bindings, Instances, fill, unify
from mandata.reason.engine.fact_index import FactIndex, Known
from mandata.reason.engine.ground_rules import GroundRule, Ids


class RemainingFacts:
    """The known facts that are left: without those ``removed``, with those ``derived`` again or for the first time."""

    def __init__(self, base: Known) -> None:
        self._base = base
        self.removed: set[Ids] = set()
        self.derived = FactIndex()
        self.cut = False

    def holds(self, fact: Ids) -> bool:
        """Return whether the fact is left."""
        return self.derived.holds(fact) or (fact not in self.removed and self._base.holds(fact))

    def has_predicate(self, predicate: int) -> bool:
        """Return whether any fact that is left has this predicate."""
        return next(self.match(-1, predicate, -1), None) is not None

    def match(self, subject: int, predicate: int, value: int) -> Iterator[Ids]:
        """Yield the facts that are left and match; a negative number matches any term."""
        left = (fact for fact in self._base.match(subject, predicate, value) if fact not in self.removed)
        return chain(self.derived.match(subject, predicate, value), left)


class Rederivation:
    """One withdrawal; ``instances`` are those over ``left``, from which the deleted facts have been removed.

    Rules that require an absence come last, as in a closure: by then the facts whose absence they require are settled.
    """

    def __init__(self, instances: Instances, left: RemainingFacts) -> None:
        self._instances, self._left = instances, left
        self._by_body: dict[int, list[tuple[GroundRule, int]]] = {}
        for rule in instances.rules:
            for place, pattern in enumerate(rule.body):
                self._by_body.setdefault(max(pattern[1], -1), []).append((rule, place))

    def run(self) -> None:
        """Derive again the removed facts that still follow, then those that follow only now."""
        for late in (False, True):
            missing = sorted(self._left.removed)
            while found := [fact for fact in missing if self._follows(fact, late=late)]:
                self._add(found)
                missing = [fact for fact in missing if not self._left.holds(fact)]
        new = dict.fromkeys(fact for removed in sorted(self._left.removed) for fact in self._newly_possible(removed))
        while new:
            self._add(new)
            new = dict.fromkeys(fact for each in new for fact in self._forwards(each))

    def _add(self, facts: Iterable[Ids]) -> None:
        for fact in facts:
            self._left.derived.add(fact)

    def _follows(self, fact: Ids, *, late: bool) -> bool:
        return any(late or not instance.rule.absent for instance in self._instances.of(fact))

    def _newly_possible(self, gone: Ids) -> Iterator[Ids]:
        """Yield the conclusions of rules that require the absence of a fact that is gone."""
        if self._left.holds(gone):
            return
        for rule in self._instances.rules:
            for pattern in (pattern for group in rule.absent for pattern in group):
                bound: Bindings = {}
                if unify(pattern, gone, bound):
                    of_body = {term for one in rule.body for term in one}
                    yield from self._conclusions(rule, rule.body, {v: n for v, n in bound.items() if v in of_body})

    def _forwards(self, fact: Ids) -> Iterator[Ids]:
        """Yield the conclusions of rules from a fact and others that are left."""
        for rule, place in chain(self._by_body.get(fact[1], ()), self._by_body.get(-1, ())):
            body = rule.body
            bound: Bindings = {}
            if unify(body[place], fact, bound):
                yield from self._conclusions(rule, body[:place] + body[place + 1 :], bound)

    def _conclusions(self, rule: GroundRule, patterns: tuple[Ids, ...], bound: Bindings) -> Iterator[Ids]:
        """Yield the conclusions of a rule that are not yet known, for each way to match some of its patterns."""
        for found in self._instances.solve(patterns, bound):
            values = self._instances.compute(rule, found)
            if values is None or self._instances.blocking_facts(rule, values):
                continue
            for head in rule.head:
                fact = fill(head, values)
                if not self._left.holds(fact):
                    yield fact
