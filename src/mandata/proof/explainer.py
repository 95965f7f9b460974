"""Builds proofs: the tree of steps from a fact down to stated facts, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pyoxigraph import Quad, Triple

from mandata.proof.fact_lookup import Facts
from mandata.proof.fact_source import FactSource, FactSources
from mandata.reason.facts import Closure, Fact, Step, fact_of
from mandata.reason.steps import Steps

CACHE_SIZE: Final = 100_000
"""How many proofs a prover caches before it clears the cache."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a fact holds: the step with the proofs of its axioms and premises, or, for a stated fact, its source."""

    fact: Fact
    step: Step | None = None
    axioms: tuple[Proof, ...] = ()
    premises: tuple[Proof, ...] = ()
    source: FactSource | None = None


def prove(steps: Closure | Steps, triple: Triple | Quad | Fact, facts: Facts) -> Proof | None:
    """Return the proof of a fact; None if it is neither stated nor concluded.

    Args:
        steps: the steps of reasoning.
        triple: the fact.
        facts: the facts of the knowledge base, in which sources are looked up.
    """
    return Prover(steps, facts).proof(fact_of(triple))


class Prover:
    """Builds proofs; a fact has the same proof object wherever it occurs in a tree."""

    def __init__(self, steps: Closure | Steps, facts: Facts) -> None:
        self._steps = steps.steps if isinstance(steps, Closure) else steps
        self._facts, self._sources = facts, FactSources(facts)
        self._known: dict[Fact, Proof] = {}

    def proof(self, fact: Fact) -> Proof | None:
        """Return the proof of a fact; None if it is neither stated nor concluded."""
        if len(self._known) > CACHE_SIZE:
            self._known.clear()
        step = self._steps.get(fact)
        return self._proof(fact) if step or list(self._facts.graphs(fact)) else None

    def _proof(self, fact: Fact) -> Proof:
        if fact not in self._known:
            step = self._steps.get(fact)
            self._known[fact] = self._proof_by_step(fact, step) if step else Proof(fact, source=self._sources.of(fact))
        return self._known[fact]

    def _proof_by_step(self, fact: Fact, step: Step) -> Proof:
        axioms = tuple(map(self._proof, step.axioms))
        return Proof(fact, step, axioms, tuple(map(self._proof, step.premises)))
