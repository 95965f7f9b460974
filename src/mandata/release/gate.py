"""The gate: nothing is published that fails a check; each fault is a line that says what, where, and how to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from mandata.kb import layout
from mandata.kb.knowledge_base import KnowledgeBase
from mandata.kb.statements import Statements, axioms
from mandata.reason.facts import Contradiction
from mandata.release.expectations import Expected, held_against
from mandata.release.validation.finding import Finding, shown
from mandata.release.validation.integrity import find_faults
from mandata.validation.violation import Violation, read_violations

SHAPES: Final = "shape-violations"
INTEGRITY: Final = "integrity-faults"
CONTRADICTIONS: Final = "contradictions"


@dataclass(frozen=True, slots=True)
class Examined:
    """What the gate found: the faults, sorted, and their number by measure, those that are 0 too."""

    findings: tuple[Finding, ...]
    figures: dict[str, int] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class Kept:
    """What was found when a knowledge base was built, and whether it still is what was built.

    ``altered`` are files that were changed since; it is ``stale`` if another version of the program, the rules or the
    reference data built it.
    """

    contradictions: Sequence[Contradiction] = ()
    violations: Sequence[Violation] = ()
    altered: Sequence[str] = ()
    stale: bool = False


def kept_in(kb: KnowledgeBase) -> Kept:
    """Return what a knowledge base keeps of what was found when it was built."""
    return Kept(kb.contradictions, read_violations(kb.violations), kb.altered_files, kb.is_stale)


def examine(statements: Statements, kept: Kept, expected: Sequence[Expected] = ()) -> Examined:
    """Hold a release against what was found when it was built, the integrity queries and what is expected of it."""
    by_measure = {
        SHAPES: list(map(of_violation, kept.violations)),
        INTEGRITY: list(find_faults(chain(statements.together, axioms()))),
        CONTRADICTIONS: [_contradiction(one) for one in kept.contradictions],
        "": [
            *_stale(kept),
            *(fault for one in expected for fault in held_against(one, statements)),
        ],
    }
    figures = Counter({name: len(found) for name, found in by_measure.items() if name})
    return Examined(tuple(sorted({fault for found in by_measure.values() for fault in found})), dict(figures))


def of_violation(found: Violation) -> Finding:
    """Return what a shape found wrong as a fault of the release."""
    return Finding("shape", found.thing, found.messages, found.value or "")


def _contradiction(found: Contradiction) -> Finding:
    premises = [" ".join(shown(str(getattr(part, "value", part))) for part in fact) for fact in found.premises]
    return Finding("contradiction", found.rule, (("en", "; ".join(premises) or found.says or found.rule),))


def _stale(kept: Kept) -> Iterator[Finding]:
    for name in kept.altered:
        yield Finding("stale", name, (("en", "is not as it was built"),), "", "run mandata build")
    if kept.stale:
        said = "another version of the program, the rules or the reference data built it"
        yield Finding("stale", layout.DESCRIPTION, (("en", said),), "", "run mandata build")
