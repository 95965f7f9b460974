"""Facts that can be looked up by any of their terms, for the rule compiler and for rules that are evaluated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from mandata.reason.engine.ground_rules import Ids


class Known(Protocol):
    """Facts that can be looked up."""

    def holds(self, fact: Ids) -> bool:
        """Return whether the fact is known."""

    def has_predicate(self, predicate: int) -> bool:
        """Return whether any fact has this predicate."""

    def match(self, subject: int, predicate: int, value: int) -> Iterator[Ids]:
        """Yield the facts that match; a negative number matches any term."""


class FactIndex:
    """Facts indexed by predicate, subject and predicate, predicate and object; each once, in order of arrival."""

    def __init__(self) -> None:
        self.known: dict[Ids, None] = {}
        self._objects: dict[int, dict[int, dict[int, None]]] = {}
        self._subjects: dict[int, dict[int, dict[int, None]]] = {}

    def add(self, fact: Ids) -> None:
        """Add a fact, once."""
        subject, predicate, value = fact
        self.known[fact] = None
        self._objects.setdefault(predicate, {}).setdefault(subject, {})[value] = None
        self._subjects.setdefault(predicate, {}).setdefault(value, {})[subject] = None

    def holds(self, fact: Ids) -> bool:
        """Tell whether the fact is known."""
        return fact in self.known

    def has_predicate(self, predicate: int) -> bool:
        """Tell whether any fact has this predicate."""
        return predicate in self._objects

    def match(self, subject: int, predicate: int, value: int) -> Iterator[Ids]:
        """Yield the facts that match; a negative number matches any term. Facts may be added meanwhile."""
        for each in (predicate,) if predicate >= 0 else tuple(self._objects):
            if subject >= 0 and value >= 0:
                if (subject, each, value) in self.known:
                    yield subject, each, value
            elif subject >= 0:
                for found in tuple(self._objects.get(each, {}).get(subject, ())):
                    yield subject, each, found
            elif value >= 0:
                for found in tuple(self._subjects.get(each, {}).get(value, ())):
                    yield found, each, value
            else:
                yield from [(s, each, o) for s, values in self._objects.get(each, {}).items() for o in values]
