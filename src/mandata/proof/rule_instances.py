"""All rule instances that conclude a fact in a closed graph, not only the recorded step."""

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

Bindings: TypeAlias = dict[int, int]
"""The term bound to each variable of a rule, both by number."""
_MOST_COUNTED: Final = 50
"""How many matches of a pattern are counted at most, to match the pattern with the fewest first."""
_TWO: Final = 2
"""Matches are counted for patterns with this many known terms: with three there is one match, with one many."""


class KnownFacts(Known, Protocol):
    """Facts that can be looked up, perhaps with a limit on the matches of a pattern."""

    @property
    def cut(self) -> bool:
        """Whether some pattern had more matches than were returned."""


@dataclass(frozen=True, slots=True)
class Instance:
    """A rule and the facts that match its body, in the order of its patterns."""

    rule: GroundRule
    premises: tuple[Ids, ...]


class Instances:
    """The rule instances over a closed graph, found backwards from their conclusion.

    Args:
        terms: the terms and their numbers.
        known: all known facts, stated or concluded.
        schema: those of the known facts in which the rule table finds its axioms.
        steps: the recorded steps; those of other rules, such as wording, are instances themselves.
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

    def _external_instance(self, fact: Ids) -> Instance | None:
        """Return the recorded step that concluded a fact outside the engine, as an instance of an external rule."""
        step = self._steps.get(self.terms.decode(fact))
        if step is None or step.rule in self._names:
            return None
        encode = self.terms.encode
        return Instance(external_rule(step.rule, map(encode, step.axioms)), tuple(map(encode, step.premises)))

    def of(self, fact: Ids) -> Iterator[Instance]:
        """Yield each instance that concludes a fact and does not have it as a premise, in the order of the rules."""
        if outside := self._external_instance(fact):
            yield outside
        seen: set[Instance] = set()
        for rule, bound in self.concluding(fact):
            for found in self.solve(rule.body, bound, rule.binds):
                if self.compute(rule, found) is None or self.blocking_facts(rule, found):
                    continue
                instance = Instance(rule, tuple(fill(pattern, found) for pattern in rule.body))
                if fact not in instance.premises and instance not in seen:
                    seen.add(instance)
                    yield instance

    def concluding(self, fact: Ids) -> Iterator[tuple[GroundRule, Bindings]]:
        """Yield each rule whose head matches a fact, with the bindings of that match."""
        for predicate, value in ((fact[1], fact[2]), (fact[1], -1), (-1, -1), (-1, fact[2])):
            for rule, head in self._by_head.get((predicate, value), ()):
                bound: Bindings = {}
                if unify(head, fact, bound):
                    yield from ((rule, known) for known in self._with_starts(rule, bound))

    def _with_starts(self, rule: GroundRule, bound: Bindings) -> Iterator[Bindings]:
        """Yield the bindings extended by the variables with which the IRIs of computed terms begin, in every way."""
        for compute, variable, words in rule.shape.starts:
            if compute in bound and variable not in bound:
                name = str(getattr(self.terms.term(bound[compute]), "value", ""))
                for place in re.finditer(re.escape(words), name):
                    start = NamedNode(name[: place.start()])
                    yield from self._with_starts(rule, {**bound, variable: self.terms.number(start)})
                return
        yield bound

    def solve(self, patterns: tuple[Ids, ...], bound: Bindings, binds: tuple[Bind, ...] = ()) -> Iterator[Bindings]:
        """Yield every solution of the patterns in the known facts, matching the pattern with fewest matches first.

        A partial solution is abandoned if ``binds`` compute another term than the one bound to their variable.
        """
        if not patterns:
            yield bound
            return
        at = self.next_pattern(patterns, bound)
        rest = patterns[:at] + patterns[at + 1 :]
        for longer in self.matches(patterns[at], bound):
            if not binds or self._may_bind(binds, longer):
                yield from self.solve(rest, longer, binds)

    def _may_bind(self, binds: tuple[Bind, ...], bound: Bindings) -> bool:
        minted = {variable for variable, _ in binds}
        values = {variable: self.terms.term(number) for variable, number in bound.items() if variable not in minted}
        compute = ((variable, compute(values)) for variable, compute in binds if variable in bound)
        return all(term is None or self.terms.number(term) == bound[variable] for variable, term in compute)

    def matches(self, pattern: Ids, bound: Bindings) -> Iterator[Bindings]:
        """Yield the bindings extended by each match of one pattern."""
        subject, predicate, value = (bound.get(term, -1) if term < 0 else term for term in pattern)
        for fact in self.known.match(subject, predicate, value):
            longer = dict(bound)
            if unify(pattern, fact, longer):
                yield longer

    def next_pattern(self, patterns: tuple[Ids, ...], bound: Bindings) -> int:
        """Return the index of the pattern to match first: of those with most known terms, the one with fewest matches.

        If both have many, a pattern with a bound variable comes before one with constants only.
        """

        def terms_known(at: int) -> int:
            return sum(term >= 0 or term in bound for term in patterns[at])

        def matches(at: int) -> tuple[int, bool]:
            subject, predicate, value = (max(term, -1) for term in fill(patterns[at], bound))
            counted = sum(1 for _ in islice(self.known.match(subject, predicate, value), _MOST_COUNTED))
            return counted, not any(term in bound for term in patterns[at])

        most = max(map(terms_known, range(len(patterns))))
        best = [at for at in range(len(patterns)) if terms_known(at) == most]
        return best[0] if len(best) == 1 or most != _TWO else min(best, key=matches)

    def compute(self, rule: GroundRule, bound: Bindings) -> Bindings | None:
        """Return the bindings with the terms that a rule computes; None if a test or an existing binding fails."""
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

    def blocking_facts(self, rule: GroundRule, bound: Bindings) -> tuple[Ids, ...]:
        """Return known facts that block a rule, which requires their absence; an empty tuple if there are none."""
        for group in rule.absent:
            for found in self.solve(group, bound):
                return tuple(fill(pattern, found) for pattern in group)
        return ()


def unify(pattern: Ids, fact: Ids, bound: Bindings) -> bool:
    """Return whether a fact matches a pattern, and add the bindings of its variables to ``bound``."""
    return all(t == n if t >= 0 else bound.setdefault(t, n) == n for t, n in zip(pattern, fact, strict=True))


def fill(pattern: Ids, bound: Bindings) -> Ids:
    """Return a pattern with its bound variables replaced by their values."""
    subject, predicate, value = (bound.get(term, term) if term < 0 else term for term in pattern)
    return subject, predicate, value
