"""The counts behind precision and recall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Count:
    """How many values were found, how many of them are right; how many were wanted, how many of them are there."""

    right: int = 0
    found: int = 0
    met: int = 0
    wanted: int = 0

    def add(self, right: int, found: int, met: int, wanted: int) -> None:
        """Count some more values."""
        self.right, self.found = self.right + right, self.found + found
        self.met, self.wanted = self.met + met, self.wanted + wanted

    @property
    def precision(self) -> float:
        """The share of the found that is right; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the wanted that is there; 1 where nothing was wanted."""
        return self.met / self.wanted if self.wanted else 1.0


@dataclass(frozen=True, slots=True, order=True)
class Miss:
    """One value that is not as wanted, or set apart, and where: for whoever wants to mend it."""

    field: str
    document: str
    place: str
    found: str
    wanted: str

    def __str__(self) -> str:
        return f"{self.field}\t{self.document}\t{self.place}\tfound {self.found}\twanted {self.wanted}"


@dataclass(slots=True)
class Figures:
    """The counts of one language and format by field, and every miss."""

    counts: dict[str, Count] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    def add(self, name: str, right: int, found: int, wanted: int, met: int | None = None) -> None:
        """Count values of a field; ``met`` where one found value may meet two wanted ones, or none."""
        self.counts.setdefault(name, Count()).add(right, found, right if met is None else met, wanted)

    def miss(self, name: str, document: str, place: object, found: object, wanted: object) -> None:
        """Keep a value that is not as wanted."""
        self.misses.append(Miss(name, document, *(" ".join(str(v).split()) for v in (place, found, wanted))))

    def include(self, other: Figures) -> None:
        """Add the counts of other figures; their misses stay theirs."""
        for name, c in other:
            self.counts.setdefault(name, Count()).add(c.right, c.found, c.met, c.wanted)

    def __iter__(self) -> Iterator[tuple[str, Count]]:
        return iter(sorted(self.counts.items()))
