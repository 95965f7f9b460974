"""The quality of a release by DQV: figures counted from its statements, and the findings of the gate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_EVEN, Decimal

import pyoxigraph as ox

from mandata.kb.statements import PARAGRAPH_CLASSES, Statements
from mandata.rdf.local_names import term
from mandata.rdf.namespaces import BASE, XSD
from mandata.release.describe.terms import link, node, number, publication_literals, statements_about
from mandata.release.edition import Edition

Figure = int | Decimal


def quality(statements: Statements, edition: Edition, gate: Mapping[str, int]) -> Iterator[ox.Quad]:
    """Yield a quality measurement for each figure.

    Args:
        statements: the statements of the release.
        edition: the release.
        gate: the numbers of findings by measure.
    """
    for name, value in {**figures(statements), **gate}.items():
        metric = f"{BASE}measure/{name}"
        measurement = f"{edition.iri}/measure-{name}"
        yield from statements_about(
            metric, {"rdf:type": node("dqv:Metric"), "skos:definition": publication_literals("measures", name)}
        )
        yield from statements_about(edition.iri, {"dqv:hasQualityMeasurement": link(measurement)})
        yield from statements_about(
            measurement,
            {
                "rdf:type": node("dqv:QualityMeasurement"),
                "dqv:computedOn": link(edition.iri),
                "dqv:isMeasurementOf": link(metric),
                "dqv:value": number(value) if isinstance(value, int) else _decimal(value),
            },
        )


def figures(statements: Statements) -> dict[str, Figure]:
    """Return the figures of a release by name; a share of nothing is 1."""
    subjects_by_property = _subjects_by_property(statements, {term("realizedBy"), term("evidence")})
    instances = statements.instances((*PARAGRAPH_CLASSES, "Citation"))
    citations = instances.pop("Citation")
    paragraphs = set[str]().union(*instances.values())
    realized = subjects_by_property.get(term("realizedBy"), set())
    cited = {
        quad.object.value
        for quad in statements.asserted_of(term("citedDocument"))
        if isinstance(quad.object, ox.NamedNode)
    }
    evidence = subjects_by_property.get(term("evidence"), set())
    return {
        "documents": len(statements.documents),
        "documents-held": len(realized),
        "paragraphs-with-evidence": _share(len(paragraphs & evidence), len(paragraphs)),
        "citations-with-evidence": _share(len(citations & evidence), len(citations)),
        "citations-to-held": _share(len(cited & realized), len(cited)),
    }


def _share(part: int, whole: int) -> Decimal:
    return (Decimal(part) / whole if whole else Decimal(1)).quantize(Decimal("0.0001"), ROUND_HALF_EVEN)


def _decimal(value: Decimal) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(XSD + "decimal"))


def _subjects_by_property(statements: Statements, properties: set[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for quad in statements.asserted_of(*properties):
        if isinstance(quad.subject, ox.NamedNode):
            found.setdefault(quad.predicate.value, set()).add(quad.subject.value)
    return found
