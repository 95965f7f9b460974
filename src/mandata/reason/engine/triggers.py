"""Which plans a new fact sets off."""

from __future__ import annotations

from typing import TypeAlias

from mandata.reason.engine.ground_rules import Ground, Ids
from mandata.reason.engine.join_plan import Plan

Triggered: TypeAlias = tuple[int, Plan]
"""The number of a rule, and one of its plans."""


class Triggers:
    """Plans by the predicate, and the object where one is named, of the pattern that a fact must match."""

    def __init__(self) -> None:
        self.by_predicate: dict[int, list[Triggered]] = {}
        self.by_value: dict[int, dict[int, list[Triggered]]] = {}
        self.anywhere: list[Triggered] = []

    def add(self, number: int, rule: Ground, pattern: Ids, plan: Plan) -> None:
        """Note what a fact that matches a pattern of a rule's shape sets off."""
        _, predicate, value = rule.filled(pattern)
        if predicate < 0:
            self.anywhere.append((number, plan))
        elif value < 0:
            self.by_predicate.setdefault(predicate, []).append((number, plan))
        else:
            self.by_value.setdefault(predicate, {}).setdefault(value, []).append((number, plan))
