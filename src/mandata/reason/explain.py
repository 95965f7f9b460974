"""Explains a fact: the tree of steps from it down to what was stated, and where that stands."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Quad, Triple

from mandata.reason.facts import Closure, Fact, Step, fact_of
from mandata.reason.source import Facts, Source, source_of
from mandata.reason.steps import Steps


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a fact holds: a step with the proofs of its axioms and premises, or, where there is none, its source."""

    fact: Fact
    step: Step | None = None
    axioms: tuple[Proof, ...] = ()
    premises: tuple[Proof, ...] = ()
    source: Source | None = None


def prove(steps: Closure | Steps, triple: Triple | Quad | Fact, facts: Facts) -> Proof | None:
    """Return the proof of a fact; None where it is neither stated nor concluded.

    The same fact has the same proof object wherever the tree needs it.
    """
    fact = fact_of(triple)
    book = steps.steps if isinstance(steps, Closure) else steps
    if book.get(fact) is None and not list(facts.graphs(fact)):
        return None
    return _Prover(book, facts).proof(fact)


class _Prover:
    """Builds proofs, each fact's once."""

    def __init__(self, steps: Steps, facts: Facts) -> None:
        self._steps, self._facts = steps, facts
        self._known: dict[Fact, Proof] = {}

    def proof(self, fact: Fact) -> Proof:
        if fact not in self._known:
            step = self._steps.get(fact)
            self._known[fact] = (
                self._concluded(fact, step) if step else Proof(fact, source=source_of(fact, self._facts))
            )
        return self._known[fact]

    def _concluded(self, fact: Fact, step: Step) -> Proof:
        axioms = tuple(self.proof(axiom) for axiom in step.axioms)
        return Proof(fact, step, axioms, tuple(self.proof(premise) for premise in step.premises))
