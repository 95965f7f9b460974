"""How long it takes to explain one statement of an opened knowledge base, and how many sentences that makes."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pyoxigraph as ox

from mandata.ingest import build as building
from mandata.proof.forms.explanation import ExplanationOptions, why
from mandata.proof.knowledge import Knowledge
from mandata.reason import fact_of

_REMARKS = ("Weak evidence: ", "file ")


@dataclass(frozen=True, slots=True)
class Explained:
    """Milliseconds for each statement explained, in the order asked, and the number of sentences of each."""

    milliseconds: tuple[float, ...]
    sentences: tuple[int, ...]

    def share(self, part: float) -> float:
        """Return the milliseconds within which a part of all statements, such as 0.95, is explained."""
        return sorted(self.milliseconds)[min(int(part * len(self.milliseconds)), len(self.milliseconds) - 1)]

    def row(self) -> str:
        """Return the figures as a line."""
        figures = " ".join(f"{name} {self.share(part):.2f}" for name, part in (("p50", 0.5), ("p95", 0.95), ("max", 1)))
        return f"{len(self.milliseconds)} statements, ms: {figures}; sentences, median: {median(self.sentences):g}"


def every_conclusion(paths: Sequence[Path] = ()) -> Explained:
    """Return what it takes to explain each inferred statement of the five texts, or of others, nothing read before."""
    with tempfile.TemporaryDirectory() as place:
        kb = Path(place) / "kb"
        building.build(list(paths), kb, lambda _: None)
        return explained(kb)


def explained(kb: Path) -> Explained:
    """Return what it takes to explain each inferred statement of a knowledge base."""
    knowledge = Knowledge(kb)
    spent, lengths = [], []
    for quad in ox.parse(path=str(kb / "inferred.nq")):
        fact = fact_of(quad)
        start = time.perf_counter()
        lines = why(knowledge, fact, ExplanationOptions()).text.splitlines()
        spent.append(1000 * (time.perf_counter() - start))
        lengths.append(sum(not line.startswith(_REMARKS) for line in lines))
    return Explained(tuple(spent), tuple(lengths))
