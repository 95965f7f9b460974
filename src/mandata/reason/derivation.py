"""Prints the derivation of contradictions down to stated facts: each fact as N-Triples, with the rule that gave it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mandata.reason.facts import Contradiction, Fact, Step, text_of

_MOST = 10
"""How many contradictions are printed: one suffices to refuse, and one fault may give thousands."""


def derivations(contradictions: tuple[Contradiction, ...], steps: Mapping[Fact, Step]) -> Iterator[str]:
    """Yield the lines of a derivation for each of the first ten contradictions: premises stand below conclusions.

    Args:
        contradictions: the contradictions.
        steps: the step to each conclusion.
    """
    for contradiction in contradictions[:_MOST]:
        facts = (*contradiction.axioms, *contradiction.premises)
        yield f"inconsistent by {contradiction.rule}: {contradiction.says or 'these cannot all hold'}"
        printed: set[Fact] = set()
        for fact in facts:
            yield from _derivation(fact, steps, 1, printed)
    if len(contradictions) > _MOST:
        yield f"inconsistent in {len(contradictions) - _MOST} more ways"


def _derivation(fact: Fact, steps: Mapping[Fact, Step], depth: int, printed: set[Fact]) -> Iterator[str]:
    """Yield a fact and, below it, its derivation, unless that was printed above."""
    todo = [(fact, depth)]
    while todo:
        each, indent = todo.pop()
        step = steps.get(each)
        by = "stated" if step is None else f"{step.rule}, as above" if each in printed else f"by {step.rule}"
        yield f"{'  ' * indent}{text_of(each)} . [{by}]"
        if step and each not in printed:
            todo += [(premise, indent + 1) for premise in reversed((*step.axioms, *step.premises))]
        printed.add(each)
