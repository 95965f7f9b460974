"""Validation by pySHACL; only this module imports it.

It takes a hundred times as long as the queries of ``shape_queries`` (0.3 s a document), so that it runs on request only
(``mandata check --engine pyshacl``) and in the test that both engines find the same violations.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

import rdflib
from pyoxigraph import Quad, RdfFormat, serialize
from pyshacl import validate
from rdflib.namespace import RDF, SH

from mandata.package_data import shipped_path
from mandata.validation.violation import Violation, sort_violations

logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # malformed dates are reported by the shapes


def find_violations(quads: Iterable[Quad]) -> list[Violation]:
    """Return the violations of the shapes by statements, sorted; without inference, and without fetching imports."""
    data = rdflib.Graph()
    data.parse(data=serialize({q.triple for q in quads}, format=RdfFormat.N_TRIPLES), format="nt")
    shapes, ontology = (
        rdflib.Graph().parse(
            data=shipped_path(name).read_bytes(), format="turtle"
        )  # a path would be taken as a URI, and fail
        for name in ("ontology/shapes.ttl", "ontology/mandata.ttl")
    )
    _, report, _ = validate(data, shacl_graph=shapes, ont_graph=ontology, inference="none", do_owl_imports=False)
    return sort_violations(_violations(report))


def _violations(report: rdflib.Graph) -> Iterator[Violation]:
    for result in report.subjects(RDF.type, SH.ValidationResult):
        texts = [m for m in report.objects(result, SH.resultMessage) if isinstance(m, rdflib.Literal)]
        messages = {(m.language or "", str(m)) for m in texts}
        value = report.value(result, SH.value)
        yield Violation(
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.sourceShape)),
            tuple(sorted(messages)),
            None if value is None else str(value),
        )
