"""Prints why facts cannot hold together, down to what was stated: each fact as in N-Triples, with the rule it is by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mandata.reason.facts import Contradiction, Fact, Step, text_of

_MOST = 10
"""Contradictions that are shown; one alone suffices, and one fault may give thousands."""


def derivations(contradictions: tuple[Contradiction, ...], steps: Mapping[Fact, Step]) -> Iterator[str]:
    """Yield the lines of a proof for each contradiction, the first ten: premises stand below what they give."""
    for contradiction in contradictions[:_MOST]:
        facts = (*contradiction.axioms, *contradiction.premises)
        yield f"inconsistent by {contradiction.rule}: {contradiction.says or 'these cannot all hold'}"
        shown: set[Fact] = set()
        for fact in facts:
            yield from _derivation(fact, steps, 1, shown)
    if len(contradictions) > _MOST:
        yield f"inconsistent in {len(contradictions) - _MOST} more ways"


def _derivation(fact: Fact, steps: Mapping[Fact, Step], depth: int, shown: set[Fact]) -> Iterator[str]:
    """Yield a fact and, below it, what gave it; what was shown above is not shown again."""
    todo = [(fact, depth)]
    while todo:
        each, indent = todo.pop()
        step = steps.get(each)
        by = "stated" if step is None else f"{step.rule}, as above" if each in shown else f"by {step.rule}"
        yield f"{'  ' * indent}{text_of(each)} . [{by}]"
        if step and each not in shown:
            todo += [(premise, indent + 1) for premise in reversed((*step.axioms, *step.premises))]
        shown.add(each)
