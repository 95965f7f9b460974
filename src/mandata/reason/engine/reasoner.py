"""One run of the native engine: from facts, axioms and rules to a closure with steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice

import numpy as np
from pyoxigraph import Literal, NamedNode, Quad, Triple

from mandata.errors import MandataError
from mandata.reason.engine.blank_names import BlankNames
from mandata.reason.engine.conclusions import Conclusions, Inferred, step_of
from mandata.reason.engine.fact_table import Columns, columns_of
from mandata.reason.engine.firing import blocked, bound_by
from mandata.reason.engine.ground_rules import Ground, applied_outside, shaped
from mandata.reason.engine.join_plan import plans_of
from mandata.reason.engine.semi_naive import Rounds
from mandata.reason.engine.term_numbers import numbered
from mandata.reason.facts import SAME, TYPE, Closure, Contradiction, Fact, Step, Term, text_of
from mandata.reason.owl_rl.compilation import Compiler, form_of
from mandata.reason.owl_rl.datatypes import is_of, supported, well_formed
from mandata.reason.owl_rl.literal_clashes import ill_formed, of_literals
from mandata.reason.owl_rl.rule_table import REFLEXIVITY, RULES, Row
from mandata.reason.owl_rl.unique_names import equated
from mandata.reason.rules.rule_file import RuleFile
from mandata.reason.rules.rule_set import ground_of

for _shape in filter(None, (form_of(row).shape for row in RULES + REFLEXIVITY)):
    plans_of(_shape)  # the same for every run: made once, when the engine is loaded


@dataclass(frozen=True, slots=True)
class Problem:
    """What to close: the facts given, the rows of the rule table, our own rules, what was computed outside.

    ``whole`` keeps the trivial conclusions; with ``unique_names``, two names of one thing are a contradiction.
    """

    given: Iterable[Quad | Triple | Fact]
    table: tuple[Row, ...] = ()
    own: tuple[RuleFile, ...] = ()
    computed: Mapping[Fact, Step] = field(default_factory=dict)
    whole: bool = False
    unique_names: bool = False


class Reasoner:
    """One run over the facts of a problem: made, it has read and numbered them; ``run`` reasons; ``closure`` tells."""

    def __init__(self, problem: Problem, names: BlankNames | None) -> None:
        self._table, self._whole, self._unique_names = problem.table, problem.whole, problem.unique_names
        self.terms, given, self._literals, self._typed = numbered(problem.given, names)
        self.ranked = len(self.terms)
        self.columns = Columns()
        self.rounds = Rounds(self.terms, self.columns)
        self.rounds.tell(given)
        self.stated = self.columns.size
        self._compiler = Compiler(self.terms, self.columns)
        self._axioms = self._compiler.axioms_of(problem.table)
        self._counted: list[int] = []
        self._stages = [
            [ground_of(rule, self.terms) for rule in problem.own if rule.stage == stage] for stage in (1, 2)
        ]
        self._compute(problem.computed)

    def closure(self) -> Closure:
        """Run to the fixpoint and return what follows."""
        self.run()
        conclusions = self.conclusions()
        found = Inferred(self.terms, self.ranked, conclusions.said, whole=self._whole)
        return Closure(found, conclusions, self._contradictions(conclusions))

    def conclusions(self) -> Conclusions:
        """Return the steps, once it has run.

        Raises:
            MandataError: a rule of stage 2 rests on the absence of what follows later.
        """
        conclusions = Conclusions(self.terms, self.columns, self.rounds.rules, self.rounds.steps)
        self._hold_stages(conclusions)
        return conclusions

    def run(self) -> None:
        """Run to the fixpoint."""
        timeless = [row for row in self._table if not row.axioms]
        self.rounds.install(self._compiler.compile(timeless, whole=self._whole))
        self.rounds.run()
        for stage in self._stages:
            self.rounds.install(stage)
            self._settle()

    def _settle(self) -> None:
        """Run all rules, those too that the axioms known make, until no conclusion is a new axiom."""
        while True:
            counts = [self.columns.count(predicate, value) for predicate, value in self._axioms]
            if counts != self._counted:
                self._counted = counts
                self.rounds.install(self._compiled())
            if not self.rounds.run():
                return

    def _compiled(self) -> list[Ground]:
        """Return the rules of the table, those last whose axioms were concluded: proofs prefer what is stated."""
        late = {ids for axiom in self._axioms for ids in self.columns.since(self.stated, *axiom)}
        grounds = self._compiler.compile(self._table, whole=self._whole)
        grounds.sort(key=lambda rule: not late.isdisjoint(rule.axioms))
        return [*self._literal_types(grounds), *grounds]

    def _compute(self, computed: Mapping[Fact, Step]) -> None:
        """Take in the conclusions reached outside; their premises must be among the facts given."""
        for fact, step in sorted(computed.items(), key=lambda item: text_of(item[0])):
            premises = [self.columns.number(self.terms.encode(premise)) for premise in step.premises]
            for premise, number in zip(step.premises, premises, strict=True):
                if not 0 <= number < self.stated:
                    raise MandataError("step", f"a computed conclusion rests on what is not known: {text_of(premise)}")
            ids = self.terms.encode(fact)
            if not self.columns.holds(ids):
                rule = applied_outside(step.rule, map(self.terms.encode, step.axioms))
                self.rounds.tell(columns_of([ids]), self.rounds.name(rule), premises)

    def _literal_types(self, grounds: Iterable[Ground]) -> Iterator[Ground]:
        """Yield rule dt-type2, for the literals of the data and the datatypes that some rule asks for."""
        type_ = self.terms.number(TYPE)
        asked = sorted({n for rule in grounds for n in _values(rule, type_)})
        datatypes = [(n, term.value) for n in asked if isinstance(term := self.terms.term(n), NamedNode)]
        checked = [(number, iri) for number, iri in datatypes if supported(iri)]
        if not checked:
            return
        for number, term in enumerate(self.terms.since(0)):
            if isinstance(term, Literal) and well_formed(term):
                for datatype, iri in checked:
                    if supported(term.datatype.value) and is_of(term, iri):
                        yield Ground("dt-type2", (), *shaped((), ((number, type_, datatype),)))

    def _hold_stages(self, conclusions: Conclusions) -> None:
        """Refuse a rule of stage 2 whose absence no longer holds: what follows would depend on the order of work."""
        asking = [number for number, rule in enumerate(self.rounds.rules) if rule.shape.absent]
        for number in np.flatnonzero(np.isin(conclusions.rules, asking)).tolist():
            rule, premises = conclusions.reason(number)
            if blocked(self.columns, rule, bound_by(rule, premises)):
                where = f"rule {rule.name}, {text_of(self.terms.decode(conclusions.ids(number)))}"
                raise MandataError("stages", "rests on the absence of what follows later", where, "ask for less")

    def _contradictions(self, conclusions: Conclusions) -> tuple[Contradiction, ...]:
        """Return those that rules found and what is wrong with literals, sorted."""
        found = []
        for number, premises in self.rounds.contradictions:
            step = step_of(self.rounds.rules[number], map(conclusions.ids, premises), self.terms)
            found.append(Contradiction(step.rule, step.axioms, tuple(sorted(step.premises, key=text_of))))
        if self._unique_names:
            same = self.columns.match(-1, self.terms.number(SAME), -1)
            found += equated(map(self.terms.decode, same))
        return tuple(sorted(dict.fromkeys([*found, *self._clashes()]), key=_order))

    def _clashes(self) -> Iterator[Contradiction]:
        known, decode = self.columns, self.terms.decode
        later = [n for n in range(self.ranked, len(self.terms)) if isinstance(self.terms.term(n), Literal)]
        ill = [n for n in (*self._typed, *later) if _ill_formed(self.terms.term(n))]
        first = (ids for number in ill for ids in islice(known.match(-1, -1, number), 1))
        yield from ill_formed(map(decode, first))
        for predicate in (self.terms.number(TYPE), self.terms.number(SAME)):
            about = (known.match(number, predicate, -1) for number in later)
            yield from of_literals(map(decode, chain(known.of_first(self._literals, predicate), *about)))


def _values(rule: Ground, predicate: int) -> Iterator[int]:
    """Yield the objects that a rule's body names with a predicate."""
    for _, slot, value in rule.shape.body:
        if slot >= 0 and value >= 0 and rule.constants[slot] == predicate:
            yield rule.constants[value]


def _ill_formed(term: Term) -> bool:
    return isinstance(term, Literal) and not well_formed(term)


def _order(found: Contradiction) -> tuple[str, str]:
    return found.rule, " ".join(map(text_of, (*found.axioms, *found.premises)))
