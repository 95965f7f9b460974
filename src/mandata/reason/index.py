"""Known facts, found by any of their terms."""

from __future__ import annotations

from collections.abc import Iterator

from mandata.reason.ground import Ids


class Index:
    """Facts by predicate, by subject and predicate, by predicate and object; each fact once, in order of arrival."""

    def __init__(self) -> None:
        self.known: set[Ids] = set()
        self.order: list[Ids] = []
        self._objects: dict[int, dict[int, list[int]]] = {}
        self._subjects: dict[int, dict[int, list[int]]] = {}

    def add(self, fact: Ids) -> bool:
        """Add a fact; return whether it is new."""
        if fact in self.known:
            return False
        subject, predicate, value = fact
        self.known.add(fact)
        self.order.append(fact)
        self._objects.setdefault(predicate, {}).setdefault(subject, []).append(value)
        self._subjects.setdefault(predicate, {}).setdefault(value, []).append(subject)
        return True

    def has_predicate(self, predicate: int) -> bool:
        """Tell whether any fact has this predicate."""
        return predicate in self._objects

    def match(self, subject: int, predicate: int, value: int) -> Iterator[Ids]:
        """Yield the facts that agree; a negative number agrees with anything."""
        predicates = (predicate,) if predicate >= 0 else tuple(self._objects)
        for each in predicates:
            if subject >= 0 and value >= 0:
                if (subject, each, value) in self.known:
                    yield subject, each, value
            elif subject >= 0:
                for found in self._objects.get(each, {}).get(subject, ()):
                    yield subject, each, found
            elif value >= 0:
                for found in self._subjects.get(each, {}).get(value, ()):
                    yield found, each, value
            else:
                yield from self._all(each)

    def _all(self, predicate: int) -> Iterator[Ids]:
        for subject, values in self._objects.get(predicate, {}).items():
            for value in values:
                yield subject, predicate, value

    def objects(self, subject: int, predicate: int) -> list[int]:
        """Return the objects of a subject's facts with this predicate."""
        return self._objects.get(predicate, {}).get(subject, [])
