"""Contradictions explained: the proof of each side, the stated facts in conflict, and the smallest repair of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mandata.proof.explainer import Proof, Prover
from mandata.proof.fact_lookup import Facts
from mandata.proof.fact_source import FactSources
from mandata.proof.forms.text import sentences_of, source_json, statement
from mandata.proof.grades import grade
from mandata.proof.justifications import SupportFinder
from mandata.proof.repair import Repair, repair
from mandata.proof.verbalizer import Verbalizer
from mandata.reason.facts import Contradiction, Fact, text_of
from mandata.reason.steps import Steps

MOST_SETS: Final = 20
"""The most sets of stated facts that a repair considers for one contradiction."""
MOST_EXPLAINED: Final = 50
"""How many contradictions are explained; one fault, such as a wrong date, may cause a thousand."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A contradiction, the proofs of its facts, and the minimal sets of stated facts from which these follow."""

    found: Contradiction
    proofs: tuple[Proof, ...]
    sets: tuple[tuple[Fact, ...], ...]
    all_sets: bool


@dataclass(frozen=True, slots=True)
class Conflicts:
    """The contradictions explained, a repair that resolves them, and how many more were not explained."""

    each: tuple[Conflict, ...]
    repair: Repair
    left_out: int = 0


def explain_conflicts(found: Sequence[Contradiction], steps: Steps, facts: Facts, finder: SupportFinder) -> Conflicts:
    """Return the first ``MOST_EXPLAINED`` contradictions with their proofs, and a repair.

    Of two repairs of the smallest size, the one that withdraws facts with weaker evidence is preferred.

    Args:
        found: the contradictions.
        steps: the recorded steps.
        facts: the facts of the knowledge base.
        finder: finds the sets of stated facts from which a contradiction follows.
    """
    prover, sources = Prover(steps, facts), FactSources(facts)
    each = tuple(_conflict(one, prover, finder) for one in found[:MOST_EXPLAINED])

    def preference(fact: Fact) -> tuple[int, str]:
        return grade(Proof(fact, source=sources.of(fact))), text_of(fact)

    mended = repair((one for conflict in each for one in conflict.sets), preference)
    all_searched = all(conflict.all_sets for conflict in each)
    left_out = len(found) - len(each)
    return Conflicts(each, Repair(mended.facts, mended.smallest and all_searched and not left_out), left_out)


def _conflict(found: Contradiction, prover: Prover, finder: SupportFinder) -> Conflict:
    proofs = tuple(proof for one in found.premises if (proof := prover.proof(one)))
    supports = finder.of(found.premises, MOST_SETS)
    return Conflict(found, proofs, supports.sets, supports.all)


def conflict_lines(conflicts: Conflicts, verbalizer: Verbalizer, facts: Facts) -> Iterator[str]:
    """Yield the contradictions and the repair as lines, indented as a tree.

    Args:
        conflicts: the contradictions explained.
        verbalizer: writes the sentences, in its language.
        facts: the facts of the knowledge base, in which sources are looked up.
    """
    for one in conflicts.each:
        yield verbalizer.contradiction(one.found)
        yield from (f"  {'  ' * depth}{line}" for depth, line in sentences_of(one.proofs, verbalizer))
    if conflicts.left_out:
        yield verbalizer.say("contradiction", "more", number=conflicts.left_out)
    if conflicts.repair.facts:
        sources = FactSources(facts)
        key = "repair" if conflicts.repair.smallest else "repair-unproved"
        yield verbalizer.say("contradiction", key, number=len(conflicts.repair.facts))
        for fact in conflicts.repair.facts:
            source = verbalizer.source(sources.of(fact))
            yield f"  {verbalizer.say('stated', facts=verbalizer.fact(fact), source=source)}"


def conflicts_json(conflicts: Conflicts, verbalizer: Verbalizer, facts: Facts) -> dict[str, Any]:
    """Return the contradictions and the repair as plain values for JSON.

    Args:
        conflicts: the contradictions explained.
        verbalizer: writes the sentences, in its language.
        facts: the facts of the knowledge base, in which sources are looked up.
    """
    sources = FactSources(facts)

    def stated_json(fact: Fact) -> dict[str, Any]:
        return statement(fact, verbalizer) | {"source": source_json(sources.of(fact), verbalizer)}

    return {
        "contradictions": [
            {
                "rule": one.found.rule,
                "because": verbalizer.why(one.found),
                "words": verbalizer.contradiction(one.found),
                "facts": [statement(fact, verbalizer) for fact in one.found.premises],
                "sentences": [line for _, line in sentences_of(one.proofs, verbalizer)],
                "supports": [[statement(fact, verbalizer) for fact in each] for each in one.sets],
            }
            for one in conflicts.each
        ],
        "left_out": conflicts.left_out,
        "repair": {
            "withdraw": [stated_json(fact) for fact in conflicts.repair.facts],
            "smallest": conflicts.repair.smallest,
        },
    }
