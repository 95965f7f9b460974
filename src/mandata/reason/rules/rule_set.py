"""Our own rules as ground rules, for forward evaluation and for the search for proofs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from mandata.reason.engine.ground_rules import Binding, GroundRule, Ids, Shape, Terms
from mandata.reason.facts import Term
from mandata.reason.rules.expressions import Call, Expression, Variable, evaluate, iri_start, is_true
from mandata.reason.rules.rule_file import Pattern, RuleFile


def ground_rule_of(rule: RuleFile, terms: Terms) -> GroundRule:
    """Return a rule with its terms numbered by ``terms``; it has no axioms, every pattern is a premise."""
    numbers: dict[str, int] = {}
    slots: dict[int, int] = {}

    def ids(pattern: Pattern) -> Ids:
        subject, predicate, value = (
            numbers.setdefault(term.name, -1 - len(numbers))
            if isinstance(term, Variable)
            else slots.setdefault(terms.number(term), len(slots))
            for term in pattern
        )
        return subject, predicate, value

    body = tuple(map(ids, rule.body))
    matched = frozenset(numbers)
    for name, _ in rule.binds:
        numbers[name] = -1 - len(numbers)
    names = {number: name for name, number in numbers.items()}
    pairs = [_inequality(expression, matched) for expression in rule.tests]
    shape = Shape(
        body=body,
        head=tuple(map(ids, rule.head)),
        differ=tuple((numbers[a], numbers[b]) for a, b in filter(None, pairs)),
        binds=tuple((numbers[name], _compute(expression, names)) for name, expression in rule.binds),
        tests=tuple(_test(each, names) for each, pair in zip(rule.tests, pairs, strict=True) if not pair),
        absent=tuple(tuple(map(ids, group)) for group in rule.absent),
        starts=tuple(
            (numbers[name], numbers[start[0]], start[1])
            for name, expression in rule.binds
            if (start := iri_start(expression)) and any(pattern[0] == Variable(start[0]) for pattern in rule.body)
        ),
    )
    return GroundRule(rule.name, (), shape, tuple(slots))


def _inequality(test: Expression, matched: frozenset[str]) -> tuple[str, str] | None:
    """Return the variables of a test ``?a != ?b``, which numbers can decide; None for any other test."""
    if isinstance(test, Call) and test.name == "!=":
        left, right = test.arguments
        if isinstance(left, Variable) and isinstance(right, Variable) and {left.name, right.name} <= matched:
            return left.name, right.name
    return None


def _by_name(names: dict[int, str], values: Binding) -> dict[str, Term]:
    return {names[number]: term for number, term in values.items()}


def _compute(expression: Expression, names: dict[int, str]) -> Callable[[Binding], Term | None]:
    by_name = partial(_by_name, names)
    return lambda values: evaluate(expression, by_name(values))


def _test(expression: Expression, names: dict[int, str]) -> Callable[[Binding], bool]:
    by_name = partial(_by_name, names)
    return lambda values: is_true(expression, by_name(values))
