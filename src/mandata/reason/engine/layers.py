"""Known facts in two layers: sorted columns that stay as they are, and what came or went since."""

from __future__ import annotations

from collections.abc import Iterator

from mandata.reason.engine.fact_index import Index
from mandata.reason.engine.fact_table import Columns
from mandata.reason.engine.ground_rules import Ids


class Layers:
    """Facts of columns that are not gone, and recent ones."""

    def __init__(self, base: Columns) -> None:
        self.base, self.recent = base, Index()
        self.gone: set[Ids] = set()

    def add(self, fact: Ids) -> None:
        """Add a fact that is not known."""
        self.recent.add(fact)

    def discard(self, fact: Ids) -> None:
        """Forget a fact that is known."""
        if self.recent.holds(fact):
            self.recent.discard(fact)
        else:
            self.gone.add(fact)

    def holds(self, fact: Ids) -> bool:
        """Tell whether the fact is known."""
        return self.recent.holds(fact) or (fact not in self.gone and self.base.holds(fact))

    def has_predicate(self, predicate: int) -> bool:
        """Tell whether any fact has, or had, this predicate."""
        return self.base.has_predicate(predicate) or self.recent.has_predicate(predicate)

    def of_first(self, subjects: int, predicate: int) -> Iterator[Ids]:
        """Yield the facts with a predicate whose subject is among the first terms."""
        yield from (fact for fact in self.base.of_first(subjects, predicate) if fact not in self.gone)
        yield from (fact for fact in self.recent.match(-1, predicate, -1) if fact[0] < subjects)

    def match(self, subject: int, predicate: int, value: int) -> Iterator[Ids]:
        """Yield the facts that agree; a negative number agrees with anything. More may be added meanwhile."""
        for fact in self.base.match(subject, predicate, value):
            if fact not in self.gone:
                yield fact
        yield from self.recent.match(subject, predicate, value)
