"""Folds a proof for a reader: steps to a superclass, superproperty or inverse become part of one sentence."""

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
"""The OWL rules with one axiom and one premise."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A fact and the steps to it in one sentence: the folded ones, the last first, then the one with several premises.

    ``ground`` is the proof where the folded steps begin: of a stated fact, or of the conclusion of the last step.
    """

    fact: Fact
    steps: tuple[Step, ...]
    ground: Proof

    @property
    def premises(self) -> tuple[Proof, ...]:
        """The premises of the last step if it was not folded, which need proofs of their own; else none."""
        return self.ground.premises if self.steps and self.ground.step == self.steps[-1] else ()

    @property
    def stated(self) -> bool:
        """Whether the ground is a stated fact."""
        return self.ground.step is None


def fold(proof: Proof, *, full: bool = False) -> Folded:
    """Return a proof with the steps folded that need no sentence of their own; with ``full``, none is folded."""
    steps: list[Step] = []
    at = proof
    while at.step is not None:
        steps.append(at.step)
        if full or at.step.rule not in FOLDED or len(at.premises) != 1:
            break
        at = at.premises[0]
    return Folded(proof.fact, tuple(steps), at)


def leaves(proof: Proof) -> Iterator[Proof]:
    """Yield the proofs of the stated facts that a proof depends on, axioms excepted, each once, in tree order."""
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
    """Yield the proof and all proofs it depends on, axioms excepted, each fact once, conclusions before premises."""
    seen: set[Fact] = set()
    todo = [proof]
    while todo:
        each = todo.pop()
        if each.fact not in seen:
            seen.add(each.fact)
            yield each
            todo += reversed(each.premises)
