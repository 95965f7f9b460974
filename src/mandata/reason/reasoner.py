"""One run of the native engine: from facts, axioms and rules to a closure with steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode

from mandata.errors import MandataError
from mandata.reason.compilation import Compiler
from mandata.reason.datatypes import differ, is_of, supported, well_formed
from mandata.reason.engine import Engine
from mandata.reason.facts import Closure, Contradiction, Fact, Step, facts_of, sorted_triples, text_of, trivial
from mandata.reason.ground import Ground, Ids, Terms
from mandata.reason.rulefile import RuleFile
from mandata.reason.ruleset import ground_of
from mandata.reason.table import Row
from mandata.vocab import OWL, RDF

_TYPE: Final = NamedNode(RDF + "type")
_SAME: Final = NamedNode(OWL + "sameAs")


@dataclass(frozen=True, slots=True)
class Problem:
    """What to close: the facts given, the rows of the rule table, our own rules, what was computed outside.

    ``whole`` keeps the trivial conclusions.
    """

    given: list[Fact]
    table: tuple[Row, ...] = ()
    own: tuple[RuleFile, ...] = ()
    computed: Mapping[Fact, Step] = field(default_factory=dict)
    whole: bool = False


class Reasoner:
    """One run of the native engine over a set of facts."""

    def __init__(self, problem: Problem) -> None:
        self._given, self._table, self._whole = problem.given, problem.table, problem.whole
        self._terms = Terms()
        self._engine = Engine(self._terms)
        self._compiler = Compiler(self._terms, self._engine.index)
        self._stages = [
            [ground_of(rule, self._terms) for rule in problem.own if rule.stage == stage] for stage in (1, 2)
        ]
        self._engine.tell(facts_of(problem.given))
        if problem.whole:
            self._engine.keep_reflexive()
        self._compute(problem.computed)

    def closure(self) -> Closure:
        """Run to the fixpoint and return what follows."""
        timeless = [row for row in self._table if not row.axioms]
        self._engine.install(self._compiler.compile(timeless, whole=self._whole))
        self._engine.run()
        self._engine.install(self._stages[0])
        self._settle()
        if self._engine.install(self._stages[1]):
            self._settle()
            self._hold_stages()
        return self._result()

    def facts(self) -> list[Fact]:
        """Return everything known, in order of arrival."""
        return [self._terms.decode(ids) for ids in self._engine.index.order]

    def _settle(self) -> None:
        """Compile the axioms known and run, until no conclusion makes a new rule."""
        while True:
            grounds = self._compiler.compile(self._table, whole=self._whole)
            grounds.sort(key=self._roundabout)
            new = self._engine.install([*self._literal_types(grounds), *grounds])
            self._engine.run()
            if not new:
                return

    def _roundabout(self, rule: Ground) -> bool:
        """Tell whether a rule comes from an axiom that was itself concluded; proofs prefer the others."""
        return any(axiom in self._engine.reasons for axiom in rule.axioms)

    def _compute(self, computed: Mapping[Fact, Step]) -> None:
        """Take in the conclusions reached outside; their premises must be among the facts given."""
        for fact, step in sorted(computed.items(), key=lambda item: text_of(item[0])):
            premises = tuple(self._terms.encode(premise) for premise in step.premises)
            for premise, ids in zip(step.premises, premises, strict=True):
                if ids not in self._engine.index.known:
                    raise MandataError("step", f"a computed conclusion rests on what is not known: {text_of(premise)}")
            axioms = tuple(self._terms.encode(axiom) for axiom in step.axioms)
            self._engine.conclude(self._terms.encode(fact), (Ground(step.rule, axioms, (), ()), premises))

    def _literal_types(self, grounds: Iterable[Ground]) -> Iterator[Ground]:
        """Yield rule dt-type2, for the literals of the data and the datatypes that some rule asks for."""
        type_ = self._terms.number(_TYPE)
        asked = sorted({value for g in grounds for _, p, value in g.body if p == type_ and value >= 0})
        datatypes = [(n, term.value) for n in asked if isinstance(term := self._terms.term(n), NamedNode)]
        checked = [(number, iri) for number, iri in datatypes if supported(iri)]
        if not checked:
            return
        for number, term in enumerate(self._terms.all()):
            if isinstance(term, Literal) and well_formed(term):
                for datatype, iri in checked:
                    if supported(term.datatype.value) and is_of(term, iri):
                        yield Ground("dt-type2", (), (), ((number, type_, datatype),))

    def _hold_stages(self) -> None:
        """Refuse a rule of stage 2 whose absence no longer holds: what follows would depend on the order of work."""
        for fact, (rule, premises) in self._engine.reasons.items():
            if not rule.absent:
                continue
            pairs = zip(rule.body, premises, strict=True)
            numbers = {t: n for pattern, ids in pairs for t, n in zip(pattern, ids, strict=True) if t < 0}
            if any(self._engine.known_together(group, numbers) for group in rule.absent):
                where = f"rule {rule.name}, {text_of(self._terms.decode(fact))}"
                raise MandataError("stages", "rests on the absence of what follows later", where, "ask for less")

    def _result(self) -> Closure:
        decode = self._terms.decode
        asserted = set(self._given)
        steps: dict[Fact, Step] = {}
        for ids, (rule, premises) in self._engine.reasons.items():
            steps[decode(ids)] = _step(rule, premises, self._terms)
        contradictions = [_contradiction(reason, self._terms) for reason in self._engine.contradictions]
        contradictions += _clashes(self.facts())
        found = (fact for fact in steps if fact not in asserted and (self._whole or not trivial(fact)))
        return Closure(sorted_triples(found), steps, tuple(sorted(contradictions, key=_order)))


def _step(rule: Ground, premises: tuple[Ids, ...], terms: Terms) -> Step:
    return Step(rule.name, tuple(map(terms.decode, rule.axioms)), tuple(map(terms.decode, premises)))


def _contradiction(reason: tuple[Ground, tuple[Ids, ...]], terms: Terms) -> Contradiction:
    step = _step(*reason, terms)
    return Contradiction(step.rule, step.axioms, tuple(sorted(step.premises, key=text_of)))


def _order(found: Contradiction) -> tuple[str, str]:
    return found.rule, " ".join(map(text_of, (*found.axioms, *found.premises)))


def _clashes(facts: Iterable[Fact]) -> Iterator[Contradiction]:
    """Yield what is wrong with literals: ill-formed, not of a type they must have, or equal though they differ."""
    seen: set[Literal] = set()
    for fact in facts:
        subject, predicate, value = fact
        if isinstance(value, Literal) and value not in seen:
            seen.add(value)
            if not well_formed(value):
                yield Contradiction("dt-not-type", (), (fact,))
        if not isinstance(subject, Literal):
            continue
        if predicate == _TYPE and isinstance(value, NamedNode) and not is_of(subject, value.value):
            yield Contradiction("dt-not-type", (), (fact,))
        if predicate == _SAME and isinstance(value, Literal) and str(subject) < str(value) and differ(subject, value):
            yield Contradiction("dt-diff", (), (fact,))
