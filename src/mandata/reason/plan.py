"""How one rule is run when one of its patterns meets a new fact."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeAlias

from mandata.reason.ground import Ground, Ids
from mandata.reason.index import Index

Row: TypeAlias = tuple[int, ...]
"""The rule's constants, then each fact met so far, end to end: every term of the rule stands at a fixed place."""


@dataclass(frozen=True, slots=True)
class Meet:
    """The next pattern to match: where in the row its known terms stand (-1: unknown), which terms must agree."""

    subject: int
    predicate: int
    value: int
    agree: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A rule seen from one of its patterns, the trigger.

    ``checks`` are pairs of places that must hold the same term once the trigger stands in the row; ``premises``
    gives the place of each body pattern's fact, in the order of the rule; ``heads`` cut each conclusion out of the row.
    """

    rule: Ground
    trigger: Ids
    constants: Row
    checks: tuple[tuple[int, int], ...]
    meets: tuple[Meet, ...]
    premises: tuple[int, ...]
    heads: tuple[Callable[[Row], Ids], ...]
    places: tuple[tuple[int, int], ...]
    simple: bool
    needs: tuple[int, ...]


def plans_of(rule: Ground) -> Iterator[Plan]:
    """Yield a plan for each pattern of the rule's body."""
    for position in range(len(rule.body)):
        yield _plan(rule, position)


def rows(index: Index, plan: Plan, row: Row, depth: int = 0) -> Iterator[Row]:
    """Yield every row that the known facts make of this one."""
    if depth == len(plan.meets):
        yield row
        return
    meet = plan.meets[depth]
    subject = row[meet.subject] if meet.subject >= 0 else -1
    value = row[meet.value] if meet.value >= 0 else -1
    for fact in index.match(subject, row[meet.predicate] if meet.predicate >= 0 else -1, value):
        longer = row + fact
        if all(longer[a] == longer[b] for a, b in meet.agree):
            yield from rows(index, plan, longer, depth + 1)


def _plan(rule: Ground, position: int) -> Plan:
    patterns = [*rule.body, *rule.head, *(p for group in rule.absent for p in group)]
    constants = tuple(sorted({term for pattern in patterns for term in pattern if term >= 0}))
    place: dict[int, int] = {term: at for at, term in enumerate(constants)}
    order = _ordered(rule.body, position)
    at, meets, where = len(constants), [], {}
    checks: tuple[tuple[int, int], ...] = ()
    for number, which in enumerate(order):
        meet, agree = _meet(rule.body[which], place, at)
        where[which] = at
        if number == 0:
            checks = agree
        else:
            meets.append(meet)
        at += 3
    for number, (variable, _) in enumerate(rule.binds):
        place[variable] = at + number
    others = [rule.body[which] for which in order[1:]]
    return Plan(
        rule=rule,
        trigger=rule.body[position],
        constants=constants,
        checks=checks,
        meets=tuple(meets),
        premises=tuple(where[i] for i in range(len(rule.body))),
        heads=tuple(itemgetter(*(place[term] for term in pattern)) for pattern in rule.head),
        places=tuple((term, spot) for term, spot in place.items() if term < 0),
        simple=not (rule.binds or rule.tests or rule.absent),
        needs=tuple(predicate for _, predicate, _ in others if predicate >= 0),
    )


def _meet(pattern: Ids, place: dict[int, int], at: int) -> tuple[Meet, tuple[tuple[int, int], ...]]:
    """Say where a pattern's terms are known, note where its new variables will stand, and what must agree."""
    known = [place.get(term, -1) for term in pattern]
    trigger_agree = [(spot, at + i) for i, spot in enumerate(known) if spot >= 0]
    fresh: list[tuple[int, int]] = []
    for i, term in enumerate(pattern):
        if known[i] >= 0:
            continue
        if term in place:
            fresh.append((place[term], at + i))
        else:
            place[term] = at + i
    return Meet(known[0], known[1], known[2], tuple(fresh)), tuple(trigger_agree + fresh)


def _ordered(body: tuple[Ids, ...], first: int) -> list[int]:
    """Order a body from its trigger on: what shares most bound variables first, then what has most constants."""
    order, left = [first], [i for i in range(len(body)) if i != first]
    bound = {term for term in body[first] if term < 0}
    while left:
        best = max(left, key=lambda i: (sum(t in bound for t in body[i]), sum(t >= 0 for t in body[i]), -i))
        left.remove(best)
        order.append(best)
        bound |= {term for term in body[best] if term < 0}
    return order
