"""A closed graph that stays closed while facts come and go: what follows is always what closing anew would give.

Facts that go take with them what their steps gave; then what has another ground is concluded again (DRed: Gupta,
Mumick and Subrahmanian, Maintaining Views Incrementally, 1993). Facts that come meet the rules one by one. Where an
axiom comes or goes, or much has changed, all is closed anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np
from pyoxigraph import Literal, Quad, Triple

from mandata.errors import MandataError
from mandata.reason.engine.conclusions import Changed, Inferred
from mandata.reason.engine.firing import blocked, bound_by
from mandata.reason.engine.ground_rules import Ground, Ids, applied_outside
from mandata.reason.engine.incremental import Engine, premises_of
from mandata.reason.engine.join_plan import absence_plans, backward_plans, plans_of
from mandata.reason.engine.layers import Layers
from mandata.reason.engine.reasoner import Problem, Reasoner
from mandata.reason.engine.semi_naive import NONE
from mandata.reason.engine.term_numbers import BlankNames
from mandata.reason.engine.triggers import Triggers
from mandata.reason.facts import Closure, Fact, Step, text_of

_MUCH = 0.25
"""The share of the facts that may have come or gone before all is closed anew."""


class Materialization:
    """The facts of a problem with all that follows from them, kept so."""

    def __init__(self, problem: Problem) -> None:
        self._names = BlankNames()
        self._begin(problem, self._names)

    def _begin(self, problem: Problem, names: BlankNames | None) -> None:
        """Close all anew; blank nodes that have their names already keep them."""
        reasoner = Reasoner(problem, names)
        reasoner.run()
        self._base = reasoner.conclusions()
        self._problem, self._reasoner = problem, reasoner
        self._known = Layers(reasoner.columns)
        self._come: set[Ids] = set()
        self._gone: set[Ids] = set()
        self._computed = dict(problem.computed)
        self._ready()

    def _ready(self) -> None:
        """Note what new facts set off, what may give a fact that fell, and what the absence of a fact allows."""
        rules = self._reasoner.rounds.rules
        late_rules = set(self._reasoner.stages[1])
        forward, self._backward = (Triggers(), Triggers()), (Triggers(), Triggers())
        self._absences = Triggers()
        for number, rule in enumerate(rules):
            stage = rule in late_rules
            for pattern, plan in zip(rule.shape.body, plans_of(rule.shape), strict=True):
                forward[stage].add(number, rule, pattern, plan)
            for pattern, plan in zip(rule.shape.head, backward_plans(rule.shape), strict=True):
                self._backward[stage].add(number, rule, pattern, plan)
            for pattern, plan in absence_plans(rule.shape):
                self._absences.add(number, rule, pattern, plan)
        self._engine = Engine(self._reasoner.terms, self._known, rules, *forward)

    def closure(self) -> Closure:
        """Return what follows now."""
        reasoner, engine = self._reasoner, self._engine
        conclusions = Changed(self._base, reasoner.terms, self._known, engine.reasons, reasoner.rounds.rules)
        found = Inferred(reasoner.terms, reasoner.ranked, conclusions.said, whole=self._problem.whole)
        return Closure(found, conclusions, reasoner.contradictions(self._known, self._contradictions()))

    def _contradictions(self) -> Iterator[tuple[Ground, tuple[Ids, ...]]]:
        rules = self._reasoner.rounds.rules
        before = self._reasoner.found_contradictions(self._base)
        since = ((rules[number], premises) for number, premises in self._engine.contradictions)
        for rule, premises in (*before, *since):
            if all(map(self._known.holds, premises)):
                yield rule, premises

    def change(
        self,
        added: Iterable[Quad | Triple | Fact] = (),
        removed: Iterable[Quad | Triple | Fact] = (),
        computed: Mapping[Fact, Step] | None = None,
    ) -> None:
        """State some facts, withdraw others; ``computed``: what was concluded outside, now in all, if that changed.

        What is both added and removed is stated.

        Raises:
            MandataError: a rule rests on the absence of what follows later; a computed conclusion on what is not known.
                Then all is as it was before.
        """
        named, encode = self._names.fact, self._reasoner.terms.encode
        wanted = dict.fromkeys(encode(named(each)) for each in added)
        go = [ids for ids in dict.fromkeys(encode(named(each)) for each in removed) if ids not in wanted]
        go, come = list(filter(self._is_given, go)), [ids for ids in wanted if not self._is_given(ids)]
        before, outside = self._computed, self._computed if computed is None else dict(computed)
        self._exchange(go, come)
        try:
            if self._is_much() or self._types_literals((*go, *come)) or not self._changed(go, come, outside):
                self._anew(outside)
        except MandataError:
            self._exchange(come, go)
            self._anew(before)
            raise

    def _exchange(self, go: Iterable[Ids], come: Iterable[Ids]) -> None:
        """Note that some facts are given no longer, and others now."""
        for ids in go:
            (self._come.discard if ids in self._come else self._gone.add)(ids)
        for ids in come:
            (self._gone.discard if ids in self._gone else self._come.add)(ids)

    def _anew(self, computed: Mapping[Fact, Step]) -> None:
        self._begin(replace(self._problem, given=list(self._given()), computed=computed), None)

    def _is_given(self, ids: Ids) -> bool:
        stated = 0 <= self._known.base.number(ids) < self._reasoner.stated
        return ids in self._come or (stated and ids not in self._gone)

    def _given(self) -> Iterator[Fact]:
        decode = self._reasoner.terms.decode
        yield from (decode(ids) for ids in map(self._base.ids, range(self._reasoner.stated)) if ids not in self._gone)
        yield from map(decode, self._come)

    def _is_much(self) -> bool:
        changed = len(self._known.gone) + len(self._known.recent.known)
        return changed > _MUCH * self._known.base.size

    def _types_literals(self, facts: Iterable[Ids]) -> bool:
        """Tell whether literals come or go, and rules ask for the datatypes of literals (dt-type2)."""
        term = self._reasoner.terms.term
        return self._reasoner.types_literals and any(isinstance(term(value), Literal) for _, _, value in facts)

    def _changed(self, go: list[Ids], come: list[Ids], computed: Mapping[Fact, Step]) -> bool:
        """Bring what follows up to date; return False where that means to close all anew."""
        start = len(self._engine.fresh)
        fallen = self._fall([*go, *self._lapsed(computed)])
        for ids in come:
            self._state(ids)
        self._compute(computed)
        self._conclude_again(fallen, 0)
        self._engine.run(1)
        while barred := self._blocked(self._engine.fresh[start:]):
            fallen |= self._fall(barred)
            self._conclude_again(fallen, 0)
            self._engine.run(1)
        second = len(self._engine.fresh)
        self._conclude_again(fallen, 1)
        self._set_free(fallen)
        self._engine.run(2)
        for ids in self._blocked(self._engine.fresh[second:]):
            where = text_of(self._reasoner.terms.decode(ids))
            raise MandataError("stages", "rests on the absence of what follows later", where, "ask for less")
        return not any(map(self._reasoner.is_axiom, (*fallen, *come, *self._engine.fresh[start:])))

    def _lapsed(self, computed: Mapping[Fact, Step]) -> list[Ids]:
        """Return the conclusions reached outside that are no longer reached, or by another step."""
        lapsed = [fact for fact, step in self._computed.items() if computed.get(fact) != step]
        return [ids for ids in map(self._reasoner.terms.encode, lapsed) if not self._is_given(ids)]

    def _compute(self, computed: Mapping[Fact, Step]) -> None:
        """Take in the conclusions reached outside."""
        encode = self._reasoner.terms.encode
        for fact, step in sorted(computed.items(), key=lambda item: text_of(item[0])):
            if self._computed.get(fact) != step:
                premises = tuple(map(encode, step.premises))
                if not all(map(self._is_given, premises)):
                    raise MandataError("step", f"a computed conclusion rests on what is not known: {text_of(fact)}")
                rule = applied_outside(step.rule, map(encode, step.axioms))
                self._engine.conclude(encode(fact), (self._reasoner.rounds.name(rule), premises))
        self._computed = dict(computed)

    def _state(self, ids: Ids) -> None:
        """Let a fact be given; one that was concluded needs its step no longer."""
        if self._known.holds(ids):
            self._known.discard(ids)
            self._known.add(ids)
            self._engine.reasons.pop(ids, None)
        else:
            self._engine.tell(ids)

    def _fall(self, facts: Iterable[Ids]) -> set[Ids]:
        """Forget some facts and every conclusion whose step rests on them; return all of these."""
        fallen = {ids for ids in facts if self._known.holds(ids)}
        latest = fallen
        while latest:
            latest = {ids for ids in self._users(latest) if ids not in fallen and not self._is_given(ids)}
            fallen |= latest
        for ids in fallen:
            self._known.discard(ids)
            self._engine.reasons.pop(ids, None)
        return fallen

    def _users(self, facts: set[Ids]) -> Iterator[Ids]:
        """Yield the conclusions whose step has one of some facts as a premise."""
        marked = np.zeros(self._known.base.size, dtype=np.bool_)
        marked[[number for number in map(self._known.base.number, facts) if number >= 0]] = True
        used = np.zeros_like(marked)
        for column in self._base.premises:
            used |= marked[column] & (column != NONE)
        for ids in map(self._base.ids, np.flatnonzero(used).tolist()):
            if ids not in self._known.gone:
                yield ids
        yield from (ids for ids, (_, premises) in self._engine.reasons.items() if not facts.isdisjoint(premises))

    def _conclude_again(self, fallen: set[Ids], stage: int) -> None:
        """Conclude what fell and has another ground, by the rules of one stage."""
        for ids in sorted(fallen):
            for number, plan in self._backward[stage].of(ids):
                if self._known.holds(ids):
                    break
                for row in list(self._engine.instances(number, plan, ids)):
                    if self._engine.fire(number, plan, row):
                        break

    def _blocked(self, facts: Iterable[Ids]) -> set[Ids]:
        """Return the conclusions of rules that ask for the absence of what some facts now are."""
        found: set[Ids] = set()
        for ids in facts:
            for number, plan in self._absences.of(ids):
                for row in self._engine.instances(number, plan, ids):
                    rule, premises = self._engine.rules[number], premises_of(plan, row)
                    if blocked(self._known, rule, bound_by(rule, premises)):
                        found.update(self._made(number, premises))
        return found

    def _made(self, number: int, premises: tuple[Ids, ...]) -> Iterator[Ids]:
        """Yield the conclusions that one instance of a rule gave."""
        made = self._base.rules == number
        for column, premise in zip(self._base.premises, premises, strict=False):
            made &= column == self._known.base.number(premise)
        yield from (ids for ids in map(self._base.ids, np.flatnonzero(made).tolist()) if ids not in self._known.gone)
        yield from (ids for ids, reason in self._engine.reasons.items() if reason == (number, premises))

    def _set_free(self, fallen: set[Ids]) -> None:
        """Let the rules conclude that only the presence of what fell kept from it."""
        for ids in sorted(fallen):
            if not self._known.holds(ids):
                self._engine.meet(self._absences.of(ids), ids)
