"""The checks before publication: a release that fails one is not published; a finding says what, where, how to mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from mandata.kb import layout
from mandata.kb.knowledge_base import KnowledgeBase
from mandata.kb.statements import Statements, axioms
from mandata.rdf.namespaces import prefixed_name
from mandata.reason.facts import Contradiction
from mandata.release.expectations import Expected, check_expectations
from mandata.release.finding import Finding
from mandata.release.integrity import find_faults
from mandata.validation.violation import Violation, read_violations

SHAPES: Final = "shape-violations"
INTEGRITY: Final = "integrity-faults"
CONTRADICTIONS: Final = "contradictions"


@dataclass(frozen=True, slots=True)
class GateResult:
    """The result of the checks: the findings, sorted, and their number by measure, including those that are 0."""

    findings: tuple[Finding, ...]
    figures: dict[str, int] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Whether there are no findings."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class BuildFindings:
    """What the build of a knowledge base found, and whether the knowledge base is unchanged since.

    Args:
        contradictions: those between its statements.
        violations: those of the SHACL shapes.
        altered: the files that were changed after the build.
        stale: whether another version of the program, the rules or the reference data built it.
    """

    contradictions: Sequence[Contradiction] = ()
    violations: Sequence[Violation] = ()
    altered: Sequence[str] = ()
    stale: bool = False


def read_build_findings(kb: KnowledgeBase) -> BuildFindings:
    """Return the findings of the build that a knowledge base keeps."""
    return BuildFindings(kb.contradictions, read_violations(kb.violations), kb.altered_files, kb.is_stale)


def examine(statements: Statements, findings: BuildFindings, expected: Sequence[Expected] = ()) -> GateResult:
    """Check a release by the findings of its build, the integrity queries and the expected figures.

    Args:
        statements: the statements of the release.
        findings: what the build of the knowledge base found.
        expected: bounds for figures of the release.
    """
    by_measure = {
        SHAPES: list(map(violation_finding, findings.violations)),
        INTEGRITY: list(find_faults(chain(statements.together, axioms()))),
        CONTRADICTIONS: [_contradiction_finding(contradiction) for contradiction in findings.contradictions],
        "": [
            *_stale_findings(findings),
            *(fault for bounds in expected for fault in check_expectations(bounds, statements)),
        ],
    }
    figures = Counter({name: len(faults) for name, faults in by_measure.items() if name})
    return GateResult(tuple(sorted({fault for faults in by_measure.values() for fault in faults})), dict(figures))


def violation_finding(violation: Violation) -> Finding:
    """Return a SHACL violation as a finding."""
    return Finding("shape", violation.thing, violation.messages, violation.value or "")


def _contradiction_finding(contradiction: Contradiction) -> Finding:
    premises = [
        " ".join(prefixed_name(str(getattr(part, "value", part))) for part in fact) for fact in contradiction.premises
    ]
    return Finding(
        "contradiction", contradiction.rule, (("en", "; ".join(premises) or contradiction.says or contradiction.rule),)
    )


def _stale_findings(findings: BuildFindings) -> Iterator[Finding]:
    for name in findings.altered:
        yield Finding("stale", name, (("en", "is not as it was built"),), "", "run mandata build")
    if findings.stale:
        message = "another version of the program, the rules or the reference data built it"
        yield Finding("stale", layout.DESCRIPTION, (("en", message),), "", "run mandata build")
