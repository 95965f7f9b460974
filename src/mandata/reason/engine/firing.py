"""What a rule of our own computes and tests for one instance: it mints names, compares, asks for an absence."""

from __future__ import annotations

from mandata.reason.engine.fact_index import Known
from mandata.reason.engine.ground_rules import Ground, Ids, Terms
from mandata.reason.engine.join_plan import Plan, Row


def bound(terms: Terms, known: Known, rule: Ground, plan: Plan, row: Row) -> Row | None:
    """Return the row, longer by what the rule computes; None where a test fails or what must be absent is known."""
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
    return None if blocked(known, rule, {variable: row[at] for variable, at in plan.places if at < len(row)}) else row


def bound_by(rule: Ground, premises: tuple[Ids, ...]) -> dict[int, int]:
    """Return which term each variable of a rule's body stands for, given the facts it was applied to."""
    pairs = zip(rule.shape.body, premises, strict=True)
    return {t: n for pattern, ids in pairs for t, n in zip(pattern, ids, strict=True) if t < 0}


def blocked(known: Known, rule: Ground, numbers: dict[int, int]) -> bool:
    """Tell whether something is known whose absence the rule asks for."""
    return any(_together(known, group, numbers) for group in rule.absent)


def _together(known: Known, patterns: tuple[Ids, ...], numbers: dict[int, int]) -> bool:
    """Tell whether some facts match all the patterns with these values."""
    if not patterns:
        return True
    subject, predicate, value = (numbers.get(t, t) if t < 0 else t for t in patterns[0])
    for fact in known.match(subject, predicate, value):
        longer = dict(numbers)
        agrees = all(t >= 0 or longer.setdefault(t, n) == n for t, n in zip(patterns[0], fact, strict=True))
        if agrees and _together(known, patterns[1:], longer):
            return True
    return False
