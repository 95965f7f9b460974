"""The index from new facts to the join plans that they trigger."""

from __future__ import annotations

from typing import TypeAlias

from mandata.reason.engine.ground_rules import GroundRule, Ids
from mandata.reason.engine.join_plan import Plan

Triggered: TypeAlias = tuple[int, Plan]
"""The number of a rule, and one of its plans."""


class Triggers:
    """Plans by the predicate of the pattern that a fact must match, and by its object if it is constant."""

    def __init__(self) -> None:
        self.by_predicate: dict[int, list[Triggered]] = {}
        self.by_value: dict[int, dict[int, list[Triggered]]] = {}
        self.anywhere: list[Triggered] = []

    def add(self, number: int, rule: GroundRule, pattern: Ids, plan: Plan) -> None:
        """Add a plan of rule ``number``, which a fact triggers if it matches a pattern of the rule's shape."""
        _, predicate, value = rule.fill(pattern)
        if predicate < 0:
            self.anywhere.append((number, plan))
        elif value < 0:
            self.by_predicate.setdefault(predicate, []).append((number, plan))
        else:
            self.by_value.setdefault(predicate, {}).setdefault(value, []).append((number, plan))
