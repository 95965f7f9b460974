"""The gate: nothing is published that fails a check; each fault is a line that says what, where, and how to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

import pyoxigraph as ox

from mandata.kb import layout
from mandata.kb.statements import Statements, axioms
from mandata.reason.facts import Closure, Contradiction
from mandata.release.expectations import Expected, held_against
from mandata.release.validation.finding import Finding, shown
from mandata.release.validation.integrity import find_faults
from mandata.validation.find import find_violations

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


def examine(statements: Statements, closure: Closure, expected: Sequence[Expected] = ()) -> Examined:
    """Hold a release against the shapes, the rules, the integrity queries and what is expected of it.

    ``closure`` is what follows from what was stated, concluded anew; a release whose conclusions are others is stale.
    """
    by_measure = {
        SHAPES: list(of_shapes(statements.asserted)),
        INTEGRITY: list(find_faults(chain(statements.together, axioms()))),
        CONTRADICTIONS: [_contradiction(one) for one in closure.contradictions],
        "": [
            *_stale(statements, closure),
            *(fault for one in expected for fault in held_against(one, statements)),
        ],
    }
    figures = Counter({name: len(found) for name, found in by_measure.items() if name})
    return Examined(tuple(sorted({fault for found in by_measure.values() for fault in found})), dict(figures))


def of_shapes(asserted: Sequence[ox.Quad]) -> Iterator[Finding]:
    """Yield what the shapes find wrong with what was stated."""
    for violation in find_violations(asserted):
        yield Finding("shape", violation.thing, violation.messages, violation.value or "")


def _contradiction(found: Contradiction) -> Finding:
    premises = [" ".join(shown(str(getattr(part, "value", part))) for part in fact) for fact in found.premises]
    return Finding("contradiction", found.rule, (("en", "; ".join(premises) or found.says or found.rule),))


def _stale(statements: Statements, closure: Closure) -> Iterator[Finding]:
    kept = {quad.triple for quad in statements.inferred}
    anew = set(closure.published)
    if kept != anew:
        said = f"{len(anew - kept)} conclusions are missing, {len(kept - anew)} do not follow"
        yield Finding("stale", layout.INFERRED, (("en", said),), "", "run mandata build")
