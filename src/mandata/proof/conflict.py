"""Contradictions explained: the proof of each side, the stated facts in conflict, and the smallest repair of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mandata.proof.explainer import Proof, Prover
from mandata.proof.fact_lookup import Facts
from mandata.proof.fact_source import Sources
from mandata.proof.forms.text import sentences_of, source_json, statement
from mandata.proof.grades import grade
from mandata.proof.justifications import SupportFinder
from mandata.proof.repair import Repair, repair
from mandata.proof.verbalizer import Words
from mandata.reason.facts import Contradiction, Fact, text_of
from mandata.reason.steps import Steps

MOST_SETS: Final = 20
"""How many of the sets of stated facts that give one contradiction a repair is made for."""
MOST_TOLD: Final = 50
"""How many contradictions are explained; one fault, such as a wrong date, may bring a thousand."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A contradiction, the proofs of the facts that cannot all hold, and the sets of stated facts that give them."""

    found: Contradiction
    proofs: tuple[Proof, ...]
    sets: tuple[tuple[Fact, ...], ...]
    all_sets: bool


@dataclass(frozen=True, slots=True)
class Conflicts:
    """The contradictions, what to withdraw so that none of them is left, and how many more were not looked at."""

    each: tuple[Conflict, ...]
    repair: Repair
    left_out: int = 0


def explain_conflicts(found: Sequence[Contradiction], steps: Steps, facts: Facts, finder: SupportFinder) -> Conflicts:
    """Return the contradictions with their proofs, as many as are told.

    Where two smallest repairs compete, weak evidence is to go first.
    """
    prover, sources = Prover(steps, facts), Sources(facts)
    each = tuple(_conflict(one, prover, finder) for one in found[:MOST_TOLD])

    def preference(fact: Fact) -> tuple[int, str]:
        return grade(Proof(fact, source=sources.of(fact))), text_of(fact)

    mended = repair((one for conflict in each for one in conflict.sets), preference)
    shown = all(conflict.all_sets for conflict in each)
    left_out = len(found) - len(each)
    return Conflicts(each, Repair(mended.facts, mended.smallest and shown and not left_out), left_out)


def _conflict(found: Contradiction, prover: Prover, finder: SupportFinder) -> Conflict:
    proofs = tuple(proof for one in found.premises if (proof := prover.proof(one)))
    supports = finder.of(found.premises, MOST_SETS)
    return Conflict(found, proofs, supports.sets, supports.all)


def conflict_lines(conflicts: Conflicts, words: Words, facts: Facts) -> Iterator[str]:
    """Yield the contradictions and the repair, a line each, indented as a tree."""
    for one in conflicts.each:
        yield words.contradiction(one.found)
        yield from (f"  {'  ' * depth}{line}" for depth, line in sentences_of(one.proofs, words))
    if conflicts.left_out:
        yield words.say("contradiction", "more", number=conflicts.left_out)
    if conflicts.repair.facts:
        sources = Sources(facts)
        key = "repair" if conflicts.repair.smallest else "repair-unproved"
        yield words.say("contradiction", key, number=len(conflicts.repair.facts))
        for fact in conflicts.repair.facts:
            source = words.source(sources.of(fact))
            yield f"  {words.say('stated', facts=words.fact(fact), source=source)}"


def conflicts_json(conflicts: Conflicts, words: Words, facts: Facts) -> dict[str, Any]:
    """Return the contradictions and the repair as plain values for JSON."""
    sources = Sources(facts)

    def stated(fact: Fact) -> dict[str, Any]:
        return statement(fact, words) | {"source": source_json(sources.of(fact), words)}

    return {
        "contradictions": [
            {
                "rule": one.found.rule,
                "because": words.why(one.found),
                "words": words.contradiction(one.found),
                "facts": [statement(fact, words) for fact in one.found.premises],
                "sentences": [line for _, line in sentences_of(one.proofs, words)],
                "supports": [[statement(fact, words) for fact in each] for each in one.sets],
            }
            for one in conflicts.each
        ],
        "left_out": conflicts.left_out,
        "repair": {
            "withdraw": [stated(fact) for fact in conflicts.repair.facts],
            "smallest": conflicts.repair.smallest,
        },
    }
