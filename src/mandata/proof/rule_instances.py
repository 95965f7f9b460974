"""Every way in which a fact follows in one step from a closed graph, not only the one that was recorded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol, TypeAlias

from pyoxigraph import NamedNode

from mandata.reason.engine.fact_index import Known
from mandata.reason.engine.ground_rules import Bind, GroundRule, Ids, Terms, external_rule
from mandata.reason.facts import Term
from mandata.reason.owl_rl.compilation import Compiler
from mandata.reason.owl_rl.unique_names import RULES_WITHOUT_MERGING
from mandata.reason.rules.rule_file import RuleFile
from mandata.reason.rules.rule_set import ground_rule_of
from mandata.reason.steps import Steps

Bound: TypeAlias = dict[int, int]
"""The term that each variable of a rule stands for, both by number."""
_MOST_COUNTED: Final = 50
"""How far the matches of a pattern are counted, to match the one with fewest first."""
_TWO: Final = 2
"""How many terms of a pattern are known where its matches are counted: with three there is one, with one many."""


class KnownFacts(Known, Protocol):
    """Facts that can be looked up; ``cut``: some pattern had more matches than were given."""

    @property
    def cut(self) -> bool:
        """Tell whether more matches were found than given."""


@dataclass(frozen=True, slots=True)
class Instance:
    """A rule applied: the facts of its body, in the rule's order."""

    rule: GroundRule
    premises: tuple[Ids, ...]


class Instances:
    """The rule instances over a closed graph, found backwards from their conclusion.

    Args:
        terms: the terms and their numbers.
        known: all that is known, stated or concluded.
        schema: of all that is known, what the rules of the table find axioms in.
        steps: the recorded steps; those of no rule at hand, such as wording, are instances as they stand.
        own: our own rules.
    """

    def __init__(
        self, terms: Terms, known: KnownFacts, schema: Known, steps: Steps, own: Iterable[RuleFile] = ()
    ) -> None:
        self.terms, self.known, self._steps = terms, known, steps
        self.rules = [
            *Compiler(terms, schema).compile(RULES_WITHOUT_MERGING, whole=False),
            *(ground_rule_of(rule, terms) for rule in own),
        ]
        self._names = {rule.name for rule in self.rules}
        self._by_head: dict[tuple[int, int], list[tuple[GroundRule, Ids]]] = {}
        for rule in self.rules:
            for head in rule.head:
                self._by_head.setdefault((max(head[1], -1), max(head[2], -1)), []).append((rule, head))

    def _outside(self, fact: Ids) -> Instance | None:
        """Return the recorded step to a fact that no rule at hand can make again, as a rule of its own."""
        step = self._steps.get(self.terms.decode(fact))
        if step is None or step.rule in self._names:
            return None
        encode = self.terms.encode
        return Instance(external_rule(step.rule, map(encode, step.axioms)), tuple(map(encode, step.premises)))

    def of(self, fact: Ids) -> Iterator[Instance]:
        """Yield each instance that concludes a fact, in the order of the rules; none equates a thing with itself."""
        if outside := self._outside(fact):
            yield outside
        seen: set[Instance] = set()
        for rule, bound in self.concluding(fact):
            for found in self.solve(rule.body, bound, rule.binds):
                if self.computed(rule, found) is None or self.against(rule, found):
                    continue
                instance = Instance(rule, tuple(filled(pattern, found) for pattern in rule.body))
                if fact not in instance.premises and instance not in seen:
                    seen.add(instance)
                    yield instance

    def concluding(self, fact: Ids) -> Iterator[tuple[GroundRule, Bound]]:
        """Yield each rule that could conclude a fact, with its variables bound by it."""
        for predicate, value in ((fact[1], fact[2]), (fact[1], -1), (-1, -1), (-1, fact[2])):
            for rule, head in self._by_head.get((predicate, value), ()):
                bound: Bound = {}
                if agrees(head, fact, bound):
                    yield from ((rule, known) for known in self._with_starts(rule, bound))

    def _with_starts(self, rule: GroundRule, bound: Bound) -> Iterator[Bound]:
        """Yield what is bound with the things too by whose names computed names begin: for each place of the words."""
        for computed, variable, words in rule.shape.starts:
            if computed in bound and variable not in bound:
                name = str(getattr(self.terms.term(bound[computed]), "value", ""))
                for place in re.finditer(re.escape(words), name):
                    start = NamedNode(name[: place.start()])
                    yield from self._with_starts(rule, {**bound, variable: self.terms.number(start)})
                return
        yield bound

    def solve(self, patterns: tuple[Ids, ...], bound: Bound, binds: tuple[Bind, ...] = ()) -> Iterator[Bound]:
        """Yield every way to match all the patterns with known facts, the pattern of fewest matches first.

        Ways are given up early by which ``binds`` compute another term than their variable stands for.
        """
        if not patterns:
            yield bound
            return
        at = self.next_pattern(patterns, bound)
        rest = patterns[:at] + patterns[at + 1 :]
        for longer in self.matches(patterns[at], bound):
            if not binds or self._may_bind(binds, longer):
                yield from self.solve(rest, longer, binds)

    def _may_bind(self, binds: tuple[Bind, ...], bound: Bound) -> bool:
        minted = {variable for variable, _ in binds}
        values = {variable: self.terms.term(number) for variable, number in bound.items() if variable not in minted}
        computed = ((variable, compute(values)) for variable, compute in binds if variable in bound)
        return all(term is None or self.terms.number(term) == bound[variable] for variable, term in computed)

    def matches(self, pattern: Ids, bound: Bound) -> Iterator[Bound]:
        """Yield every way to match one pattern with a known fact."""
        subject, predicate, value = (bound.get(term, -1) if term < 0 else term for term in pattern)
        for fact in self.known.match(subject, predicate, value):
            longer = dict(bound)
            if agrees(pattern, fact, longer):
                yield longer

    def next_pattern(self, patterns: tuple[Ids, ...], bound: Bound) -> int:
        """Return the place of the pattern to match first: of those with most terms known, that of fewest matches.

        Where there are many of each, one that is joined to what is bound comes before one that only names constants.
        """

        def terms_known(at: int) -> int:
            return sum(term >= 0 or term in bound for term in patterns[at])

        def matches(at: int) -> tuple[int, bool]:
            subject, predicate, value = (max(term, -1) for term in filled(patterns[at], bound))
            counted = sum(1 for _ in islice(self.known.match(subject, predicate, value), _MOST_COUNTED))
            return counted, not any(term in bound for term in patterns[at])

        most = max(map(terms_known, range(len(patterns))))
        best = [at for at in range(len(patterns)) if terms_known(at) == most]
        return best[0] if len(best) == 1 or most != _TWO else min(best, key=matches)

    def computed(self, rule: GroundRule, bound: Bound) -> Bound | None:
        """Return the values and those that a rule computes; None where a test fails or a value is not the one bound."""
        if not rule.binds and not rule.tests:
            return bound
        minted = {variable for variable, _ in rule.binds}
        values: dict[int, Term] = {v: self.terms.term(n) for v, n in bound.items() if v not in minted}
        result = dict(bound)
        for variable, compute in rule.binds:
            term = compute(values)
            if term is None or result.setdefault(variable, self.terms.number(term)) != self.terms.number(term):
                return None
            values[variable] = term
        return result if all(test(values) for test in rule.tests) else None

    def against(self, rule: GroundRule, bound: Bound) -> tuple[Ids, ...]:
        """Return known facts that keep a rule from being applied, for it asks for their absence; else nothing."""
        for group in rule.absent:
            for found in self.solve(group, bound):
                return tuple(filled(pattern, found) for pattern in group)
        return ()


def agrees(pattern: Ids, fact: Ids, bound: Bound) -> bool:
    """Tell whether a fact matches a pattern, and note what its variables then stand for."""
    return all(t == n if t >= 0 else bound.setdefault(t, n) == n for t, n in zip(pattern, fact, strict=True))


def filled(pattern: Ids, bound: Bound) -> Ids:
    """Return a pattern with its variables filled in; one without a value stays."""
    subject, predicate, value = (bound.get(term, term) if term < 0 else term for term in pattern)
    return subject, predicate, value
