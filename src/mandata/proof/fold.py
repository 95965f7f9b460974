"""Folds a proof for a reader: steps that only follow a word to a wider or an inverse one become part of a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mandata.proof.explainer import Proof
from mandata.reason.facts import Fact, Step

FOLDED: Final = frozenset(
    {
        "cax-sco",
        "cax-eqc1",
        "cax-eqc2",
        "prp-spo1",
        "prp-eqp1",
        "prp-eqp2",
        "prp-dom",
        "prp-rng",
        "prp-inv1",
        "prp-inv2",
        "prp-symp",
    }
)
"""The rules of OWL that carry one fact over to another by one axiom, without joining it to a second fact."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A fact and the steps told with it: those folded, the last first, then the one that joins several premises.

    ``ground`` is where the folded steps begin: what was stated, or what the joining step concluded.
    """

    fact: Fact
    steps: tuple[Step, ...]
    ground: Proof

    @property
    def premises(self) -> tuple[Proof, ...]:
        """What the joining step rests on, each to be told in its turn; nothing where the ground was stated."""
        return self.ground.premises if self.steps and self.ground.step == self.steps[-1] else ()

    @property
    def stated(self) -> bool:
        """Whether the ground needs no proof."""
        return self.ground.step is None


def fold(proof: Proof, *, full: bool = False) -> Folded:
    """Return a proof with the steps folded that need no sentence of their own; ``full``: each step by itself."""
    steps: list[Step] = []
    at = proof
    while at.step is not None:
        steps.append(at.step)
        if full or at.step.rule not in FOLDED or len(at.premises) != 1:
            break
        at = at.premises[0]
    return Folded(proof.fact, tuple(steps), at)


def leaves(proof: Proof) -> Iterator[Proof]:
    """Yield the stated facts that a proof rests on, each once, in the order of its tree; the axioms apart."""
    seen: set[Fact] = set()
    todo = [proof]
    while todo:
        each = todo.pop()
        if each.fact in seen:
            continue
        seen.add(each.fact)
        if each.step is None:
            yield each
        todo += reversed(each.premises)


def proofs_within(proof: Proof) -> Iterator[Proof]:
    """Yield the proof and all that it rests on, the axioms apart, each fact once, what rests on it before it."""
    seen: set[Fact] = set()
    todo = [proof]
    while todo:
        each = todo.pop()
        if each.fact not in seen:
            seen.add(each.fact)
            yield each
            todo += reversed(each.premises)
