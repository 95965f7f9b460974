"""Our own rules made ready for the engine."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from mandata.reason.expression import Expression, Variable, evaluate, true
from mandata.reason.facts import Term
from mandata.reason.ground import Binding, Ground, Ids, Terms
from mandata.reason.rulefile import Pattern, RuleFile


def ground_of(rule: RuleFile, terms: Terms) -> Ground:
    """Return the rule in numbers; it has no axioms, every pattern it matches is a premise."""
    numbers: dict[str, int] = {}
    body = tuple(_ids(pattern, terms, numbers) for pattern in rule.body)
    for name, _ in rule.binds:
        numbers[name] = -1 - len(numbers)
    head = tuple(_ids(pattern, terms, numbers) for pattern in rule.head)
    names = {number: name for name, number in numbers.items()}
    return Ground(
        name=rule.name,
        axioms=(),
        body=body,
        head=head,
        binds=tuple((numbers[name], _compute(expression, names)) for name, expression in rule.binds),
        tests=tuple(_test(expression, names) for expression in rule.tests),
        absent=tuple(tuple(_ids(p, terms, numbers) for p in group) for group in rule.absent),
    )


def _ids(pattern: Pattern, terms: Terms, numbers: dict[str, int]) -> Ids:
    subject, predicate, value = (
        numbers.setdefault(t.name, -1 - len(numbers)) if isinstance(t, Variable) else terms.number(t) for t in pattern
    )
    return subject, predicate, value


def _named(names: dict[int, str], values: Binding) -> dict[str, Term]:
    return {names[number]: term for number, term in values.items()}


def _compute(expression: Expression, names: dict[int, str]) -> Callable[[Binding], Term | None]:
    named = partial(_named, names)
    return lambda values: evaluate(expression, named(values))


def _test(expression: Expression, names: dict[int, str]) -> Callable[[Binding], bool]:
    named = partial(_named, names)
    return lambda values: true(expression, named(values))
