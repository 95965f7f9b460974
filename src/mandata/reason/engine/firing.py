"""Evaluates the BIND, FILTER and FILTER NOT EXISTS parts of one of our own rules for one instance."""

from __future__ import annotations

from mandata.reason.engine.fact_index import Known
from mandata.reason.engine.ground_rules import GroundRule, Ids, Terms
from mandata.reason.engine.join_plan import Plan, Row


def extend_row(terms: Terms, known: Known, rule: GroundRule, plan: Plan, row: Row) -> Row | None:
    """Return the row with the terms that the rule computes added; None if a test fails or a forbidden fact is known.

    Args:
        terms: the terms and their numbers.
        known: all known facts.
        rule: the rule.
        plan: the plan by which the row was made.
        row: one instance of the rule, as numbers.
    """
    shape = rule.shape
    values = {variable: terms.term(row[at]) for variable, at in plan.places if at < len(row)}
    for variable, compute in shape.binds:
        term = compute(values)
        if term is None:
            return None
        values[variable] = term
        row = (*row, terms.number(term))
    if not all(test(values) for test in shape.tests):
        return None
    return (
        None if is_blocked(known, rule, {variable: row[at] for variable, at in plan.places if at < len(row)}) else row
    )


def bindings_of(rule: GroundRule, premises: tuple[Ids, ...]) -> dict[int, int]:
    """Return the number bound to each variable of a rule's body, given the premises it was applied to."""
    pairs = zip(rule.shape.body, premises, strict=True)
    return {t: n for pattern, ids in pairs for t, n in zip(pattern, ids, strict=True) if t < 0}


def is_blocked(known: Known, rule: GroundRule, numbers: dict[int, int]) -> bool:
    """Return whether facts are known whose absence the rule requires, with the ``numbers`` bound to its variables."""
    return any(_all_known(known, group, numbers) for group in rule.absent)


def _all_known(known: Known, patterns: tuple[Ids, ...], numbers: dict[int, int]) -> bool:
    """Return whether known facts match all the patterns with these bindings."""
    if not patterns:
        return True
    subject, predicate, value = (numbers.get(t, t) if t < 0 else t for t in patterns[0])
    for fact in known.match(subject, predicate, value):
        longer = dict(numbers)
        agrees = all(t >= 0 or longer.setdefault(t, n) == n for t, n in zip(patterns[0], fact, strict=True))
        if agrees and _all_known(known, patterns[1:], longer):
            return True
    return False
