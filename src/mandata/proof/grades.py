"""Grades the evidence of a proof: an inferred identity is weaker than a record, a record weaker than a quotation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from mandata.proof.explainer import Proof
from mandata.proof.fold import proofs_within
from mandata.reason.facts import WORDING

_BY_KIND: Final = {"record": 2, "given": 3, "document": 3, "reference": 4, "text": 5}


class Grade(IntEnum):
    """How strong evidence is, the weakest first."""

    IDENTITY = 0
    """A quotation from a file whose identity was inferred."""
    WORDING = 1
    """Two texts similar in wording."""
    RECORD = 2
    """A record of a document whose text is not in the knowledge base."""
    UNQUOTED = 3
    """A statement without a quotation."""
    REFERENCE = 4
    """Reference data: States, organisations, places."""
    TEXT = 5
    """A quotation from a text that states its own symbol."""
    AXIOM = 6
    """The ontology and the concept schemes."""


@dataclass(frozen=True, slots=True)
class Weakness:
    """A grade, and the proof of the fact that has it."""

    grade: Grade
    proof: Proof


def grade(proof: Proof) -> Grade:
    """Return the grade of one step or leaf, without its premises."""
    if proof.step is not None:
        return Grade.WORDING if proof.step.rule == WORDING else Grade.AXIOM
    if proof.source is None:
        return Grade.UNQUOTED
    if proof.source.certainty is not None:
        return Grade.IDENTITY
    return Grade(_BY_KIND.get(proof.source.kind, Grade.AXIOM))


class Grades:
    """The weakest grade within each proof, computed once."""

    def __init__(self) -> None:
        self._known: dict[int, Grade] = {}

    def of(self, proof: Proof) -> Grade:
        """Return the weakest grade within a proof."""
        if id(proof) not in self._known:
            self._known[id(proof)] = min([grade(proof), *map(self.of, proof.premises)])
        return self._known[id(proof)]

    def weakest_first(self, proofs: tuple[Proof, ...]) -> list[Proof]:
        """Return proofs sorted by their weakest grade, otherwise in their order."""
        return sorted(proofs, key=self.of)


def weaknesses(proof: Proof) -> list[Weakness]:
    """Return the evidence within a proof that is weaker than reference data and quotations, the weakest first."""
    graded = (Weakness(grade(each), each) for each in proofs_within(proof))
    return sorted((each for each in graded if each.grade < Grade.REFERENCE), key=lambda each: each.grade)
