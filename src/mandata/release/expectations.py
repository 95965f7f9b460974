"""Expected numbers of things in a release, and the check of a release against them.

The file is YAML: the name of a figure, then its lower bound (least) and upper bound (most), either of them optional::

    documents: {least: 5, most: 200}
    mandates: {least: 1}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from mandata.errors import MandataError
from mandata.kb.statements import PARAGRAPH_CLASSES, Statements
from mandata.package_data import read_yaml
from mandata.rdf.canonical import canonicalize
from mandata.rdf.local_names import term
from mandata.release.finding import Finding

_CLASSES: Final = {
    "citations": ("Citation",),
    "mandates": ("Mandate",),
    "functions": ("MandateFunction",),
    "paragraphs": PARAGRAPH_CLASSES,
}
_BOUNDS: Final = ("least", "most")
_REPORTED: Final = ("asserted_statements", "inferred_statements", "documents_held")
Expected = Mapping[str, Mapping[str, int]]


def counts(statements: Statements) -> dict[str, int]:
    """Return the figures of a release for which there may be bounds."""
    instances = statements.instances([name for classes in _CLASSES.values() for name in classes])
    realized = {quad.subject for quad in statements.asserted_of(term("realizedBy"))}
    return {
        "documents": len(statements.documents),
        "documents_held": len(realized),
        "asserted_statements": len(canonicalize(statements.asserted)),
        "inferred_statements": len(canonicalize(statements.inferred)),
        **{name: len(set().union(*map(instances.__getitem__, classes))) for name, classes in _CLASSES.items()},
    }


def read_expected(path: Path) -> Expected:
    """Return the bounds in a YAML file, by figure.

    Raises:
        MandataError: the file is missing, or a figure or a bound is unknown.
    """
    expected = read_yaml(path)
    figures = {*counts(Statements([], []))}
    if not isinstance(expected, dict) or not all(isinstance(bounds, dict) for bounds in expected.values()):
        raise MandataError("expected", "has no figures with bounds", str(path), "write documents: {least: 5}")
    for figure, bounds in expected.items():
        if figure not in figures:
            raise MandataError("expected", f"{figure} is no figure", str(path), f"use {', '.join(sorted(figures))}")
        wrong = [name for name, value in bounds.items() if name not in _BOUNDS or not isinstance(value, int)]
        if wrong:
            raise MandataError("expected", f"{wrong[0]} is no bound of {figure}", str(path), "write least or most")
    return expected


def check_expectations(expected: Expected, statements: Statements) -> Iterator[Finding]:
    """Yield a finding for each figure of the ``statements`` that is outside its ``expected`` bounds."""
    actual = counts(statements)
    for figure, bounds in sorted(expected.items()):
        if not bounds.get("least", 0) <= actual[figure] <= bounds.get("most", actual[figure]):
            required = ", ".join(f"{name} {bounds[name]}" for name in _BOUNDS if name in bounds)
            yield Finding("expected", figure, (("en", f"there are {actual[figure]}, wanted: {required}"),))


def from_report(report: Mapping[str, Any]) -> Expected:
    """Return the exact figures that the report of a build states, as bounds."""
    texts = report.get("texts", ())
    realized = len({text["symbol"] or text["sha256"] for text in texts if text.get("kind") != "other"})
    reported = {"documents_held": realized, **{name: report[name] for name in _REPORTED if name in report}}
    return {name: {"least": number, "most": number} for name, number in reported.items()}
