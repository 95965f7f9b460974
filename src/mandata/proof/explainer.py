"""Explains a fact: the tree of steps from it down to what was stated, and where that stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pyoxigraph import Quad, Triple

from mandata.proof.fact_lookup import Facts
from mandata.proof.fact_source import Source, Sources
from mandata.reason.facts import Closure, Fact, Step, fact_of
from mandata.reason.steps import Steps

MOST_KEPT: Final = 100_000
"""How many proofs a prover keeps before it begins anew."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a fact holds: a step with the proofs of its axioms and premises, or, where there is none, its source."""

    fact: Fact
    step: Step | None = None
    axioms: tuple[Proof, ...] = ()
    premises: tuple[Proof, ...] = ()
    source: Source | None = None


def prove(steps: Closure | Steps, triple: Triple | Quad | Fact, facts: Facts) -> Proof | None:
    """Return the proof of a fact; None where it is neither stated nor concluded."""
    return Prover(steps, facts).proof(fact_of(triple))


class Prover:
    """Builds proofs; the same fact has the same proof object wherever a tree needs it."""

    def __init__(self, steps: Closure | Steps, facts: Facts) -> None:
        self._steps = steps.steps if isinstance(steps, Closure) else steps
        self._facts, self._sources = facts, Sources(facts)
        self._known: dict[Fact, Proof] = {}

    def proof(self, fact: Fact) -> Proof | None:
        """Return the proof of a fact; None where it is neither stated nor concluded."""
        if len(self._known) > MOST_KEPT:
            self._known.clear()
        step = self._steps.get(fact)
        return self._proof(fact) if step or list(self._facts.graphs(fact)) else None

    def _proof(self, fact: Fact) -> Proof:
        if fact not in self._known:
            step = self._steps.get(fact)
            self._known[fact] = self._concluded(fact, step) if step else Proof(fact, source=self._sources.of(fact))
        return self._known[fact]

    def _concluded(self, fact: Fact, step: Step) -> Proof:
        axioms = tuple(map(self._proof, step.axioms))
        return Proof(fact, step, axioms, tuple(map(self._proof, step.premises)))
