"""The counts behind precision and recall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Count:
    """How many values were found, how many of them are right; how many were expected, how many of them are there."""

    right: int = 0
    found: int = 0
    met: int = 0
    expected: int = 0

    def add(self, right: int, found: int, met: int, expected: int) -> None:
        """Count some more values."""
        self.right, self.found = self.right + right, self.found + found
        self.met, self.expected = self.met + met, self.expected + expected

    @property
    def precision(self) -> float:
        """The share of the found that is right; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the expected values that are there; 1 if nothing was expected."""
        return self.met / self.expected if self.expected else 1.0


@dataclass(frozen=True, slots=True, order=True)
class Miss:
    """One value that is not as expected, or set apart, and where: for whoever wants to mend it."""

    field: str
    document: str
    place: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.field}\t{self.document}\t{self.place}\tfound {self.found}\texpected {self.expected}"


@dataclass(slots=True)
class Figures:
    """The counts of one language and format by field, and every miss."""

    counts: dict[str, Count] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    def add(self, name: str, right: int, found: int, expected: int, met: int | None = None) -> None:
        """Count values of a field; ``met`` where one found value may meet two expected ones, or none."""
        self.counts.setdefault(name, Count()).add(right, found, right if met is None else met, expected)

    def miss(self, name: str, document: str, place: object, found: object, expected: object) -> None:
        """Keep a value that is not as expected."""
        self.misses.append(Miss(name, document, *(" ".join(str(v).split()) for v in (place, found, expected))))

    def include(self, other: Figures) -> None:
        """Add the counts of other figures; their misses stay theirs."""
        for name, c in other:
            self.counts.setdefault(name, Count()).add(c.right, c.found, c.met, c.expected)

    def __iter__(self) -> Iterator[tuple[str, Count]]:
        return iter(sorted(self.counts.items()))
