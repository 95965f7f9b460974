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
from mandata.reason.engine.fact_table import FactTables, keys_by_predicate
from mandata.reason.engine.firing import bindings_of, is_blocked
from mandata.reason.engine.ground_rules import GroundRule, external_rule, shape_of
from mandata.reason.engine.join_plan import plans_of
from mandata.reason.engine.semi_naive import Rounds
from mandata.reason.engine.term_numbers import number_terms
from mandata.reason.facts import SAME, TYPE, Closure, Contradiction, Fact, Step, Term, text_of
from mandata.reason.owl_rl.compilation import Compiler, parse_row
from mandata.reason.owl_rl.datatypes import is_of, is_supported, is_well_formed
from mandata.reason.owl_rl.literal_clashes import ill_formed_literals, literal_clashes
from mandata.reason.owl_rl.rule_table import REFLEXIVITY, RULES, RuleRow
from mandata.reason.owl_rl.unique_names import identity_contradictions
from mandata.reason.rules.rule_file import RuleFile
from mandata.reason.rules.rule_set import ground_rule_of

for _shape in filter(None, (parse_row(row).shape for row in RULES + REFLEXIVITY)):
    plans_of(_shape)  # the same for every run, so made once, when the engine is loaded


@dataclass(frozen=True, slots=True)
class Problem:
    """What to close: given facts, rows of the rule table, our own rules, and conclusions computed outside the engine.

    With ``whole``, trivial conclusions are kept; with ``unique_names``, two names of one thing are a contradiction.
    """

    given: Iterable[Quad | Triple | Fact]
    table: tuple[RuleRow, ...] = ()
    own: tuple[RuleFile, ...] = ()
    computed: Mapping[Fact, Step] = field(default_factory=dict)
    whole: bool = False
    unique_names: bool = False


class Reasoner:
    """One run over the facts of a problem, which are numbered when it is made; ``closure`` runs it."""

    def __init__(self, problem: Problem, names: BlankNames | None) -> None:
        self._table, self._whole, self._unique_names = problem.table, problem.whole, problem.unique_names
        self.terms, given, self._literals, self._typed = number_terms(problem.given, names)
        self.ranked = len(self.terms)
        self.known = FactTables()
        self.rounds = Rounds(self.terms, self.known)
        self.rounds.add_facts(given)
        self.stated = self.known.size
        self._compiler = Compiler(self.terms, self.known)
        self._axioms = self._compiler.axioms_of(problem.table)
        self._counted: list[int] = []
        self._stages = [
            [ground_rule_of(rule, self.terms) for rule in problem.own if rule.stage == stage] for stage in (1, 2)
        ]
        self._compute(problem.computed)

    def closure(self) -> Closure:
        """Run to the fixpoint and return what follows."""
        self.run()
        conclusions = self.conclusions()
        found = Inferred(self.terms, self.ranked, conclusions.facts, whole=self._whole)
        return Closure(found, conclusions, self._contradictions(conclusions))

    def conclusions(self) -> Conclusions:
        """Return the steps, after a run.

        Raises:
            MandataError: a rule of stage 2 rests on the absence of a fact that was concluded later.
        """
        conclusions = Conclusions(self.terms, self.known, self.rounds.rules, self.rounds.steps)
        self._check_stages(conclusions)
        return conclusions

    def run(self) -> None:
        """Run to the fixpoint."""
        without_axioms = [row for row in self._table if not row.axioms]
        self.rounds.install(self._compiler.compile(without_axioms, whole=self._whole))
        self.rounds.run()
        for stage in self._stages:
            self.rounds.install(stage)
            self._settle()

    def _settle(self) -> None:
        """Run all rules and those compiled from known axioms, until no conclusion is a new axiom."""
        while True:
            counts = [self.known.count(predicate, value) for predicate, value in self._axioms]
            if counts != self._counted:
                self._counted = counts
                self.rounds.install(self._compile_rules())
            if not self.rounds.run():
                return

    def _compile_rules(self) -> list[GroundRule]:
        """Return the rules of the table, those with inferred axioms last: proofs prefer stated axioms."""
        late = {ids for axiom in self._axioms for ids in self.known.since(self.stated, *axiom)}
        grounds = self._compiler.compile(self._table, whole=self._whole)
        grounds.sort(key=lambda rule: not late.isdisjoint(rule.axioms))
        return [*self._literal_types(grounds), *grounds]

    def _compute(self, computed: Mapping[Fact, Step]) -> None:
        """Add the conclusions computed outside the engine; their premises must be among the given facts."""
        for fact, step in sorted(computed.items(), key=lambda item: text_of(item[0])):
            premises = [self.known.number(self.terms.encode(premise)) for premise in step.premises]
            for premise, number in zip(step.premises, premises, strict=True):
                if not 0 <= number < self.stated:
                    raise MandataError("step", f"a computed conclusion rests on what is not known: {text_of(premise)}")
            ids = self.terms.encode(fact)
            if not self.known.holds(ids):
                rule = external_rule(step.rule, map(self.terms.encode, step.axioms))
                self.rounds.add_facts(keys_by_predicate([ids]), self.rounds.register(rule), premises)

    def _literal_types(self, grounds: Iterable[GroundRule]) -> Iterator[GroundRule]:
        """Yield rule dt-type2 for the literals of the data and the datatypes that some rule tests."""
        type_ = self.terms.number(TYPE)
        numbers = sorted({n for rule in grounds for n in _values(rule, type_)})
        datatypes = [(n, term.value) for n in numbers if isinstance(term := self.terms.term(n), NamedNode)]
        checked = [(number, iri) for number, iri in datatypes if is_supported(iri)]
        if not checked:
            return
        for number, term in enumerate(self.terms.since(0)):
            if isinstance(term, Literal) and is_well_formed(term):
                for datatype, iri in checked:
                    if is_supported(term.datatype.value) and is_of(term, iri):
                        yield GroundRule("dt-type2", (), *shape_of((), ((number, type_, datatype),)))

    def _check_stages(self, conclusions: Conclusions) -> None:
        """Refuse a rule of stage 2 whose condition of absence no longer holds: the result would depend on the order."""
        with_absence = [number for number, rule in enumerate(self.rounds.rules) if rule.shape.absent]
        for number in np.flatnonzero(np.isin(conclusions.rules, with_absence)).tolist():
            rule, premises = conclusions.reason(number)
            if is_blocked(self.known, rule, bindings_of(rule, premises)):
                where = f"rule {rule.name}, {text_of(self.terms.decode(conclusions.ids(number)))}"
                raise MandataError("stages", "rests on the absence of what follows later", where, "ask for less")

    def _contradictions(self, conclusions: Conclusions) -> tuple[Contradiction, ...]:
        """Return the contradictions found by rules and among literals, sorted."""
        found = []
        for number, premises in self.rounds.contradictions:
            step = step_of(self.rounds.rules[number], map(conclusions.ids, premises), self.terms)
            found.append(Contradiction(step.rule, step.axioms, tuple(sorted(step.premises, key=text_of))))
        if self._unique_names:
            same = self.known.match(-1, self.terms.number(SAME), -1)
            found += identity_contradictions(map(self.terms.decode, same))
        return tuple(sorted(dict.fromkeys([*found, *self._clashes()]), key=_order))

    def _clashes(self) -> Iterator[Contradiction]:
        known, decode = self.known, self.terms.decode
        later = [n for n in range(self.ranked, len(self.terms)) if isinstance(self.terms.term(n), Literal)]
        ill = [n for n in (*self._typed, *later) if _is_ill_formed(self.terms.term(n))]
        first = (ids for number in ill for ids in islice(known.match(-1, -1, number), 1))
        yield from ill_formed_literals(map(decode, first))
        for predicate in (self.terms.number(TYPE), self.terms.number(SAME)):
            about = (known.match(number, predicate, -1) for number in later)
            yield from literal_clashes(map(decode, chain(known.of_first(self._literals, predicate), *about)))


def _values(rule: GroundRule, predicate: int) -> Iterator[int]:
    """Yield the constant objects of the patterns with a predicate in a rule's body."""
    for _, slot, value in rule.shape.body:
        if slot >= 0 and value >= 0 and rule.constants[slot] == predicate:
            yield rule.constants[value]


def _is_ill_formed(term: Term) -> bool:
    return isinstance(term, Literal) and not is_well_formed(term)


def _order(found: Contradiction) -> tuple[str, str]:
    return found.rule, " ".join(map(text_of, (*found.axioms, *found.premises)))
