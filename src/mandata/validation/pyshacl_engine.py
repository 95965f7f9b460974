"""Data held against shapes by pyshacl: the one door to it.

It takes a hundred times as long as the queries of ``shape_queries`` (0.3 s a document), so nothing waits for it unless
it is asked for: ``mandata check --engine pyshacl``, and the test that both find the same.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

import rdflib
from pyoxigraph import Quad, RdfFormat, serialize
from pyshacl import validate
from rdflib.namespace import RDF, SH

from mandata.package_data import shipped
from mandata.validation.violation import Violation, in_order

logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # of a date that is none the shapes tell, in a line


def find_violations(quads: Iterable[Quad]) -> list[Violation]:
    """Return all that the shapes find wrong with the statements, sorted. No inference is run, nothing is fetched."""
    data = rdflib.Graph()
    data.parse(data=serialize({q.triple for q in quads}, format=RdfFormat.N_TRIPLES), format="nt")
    shapes, ontology = (
        rdflib.Graph().parse(data=shipped(name).read_bytes(), format="turtle")  # from a path it makes a URI, and fails
        for name in ("ontology/shapes.ttl", "ontology/mandata.ttl")
    )
    _, report, _ = validate(data, shacl_graph=shapes, ont_graph=ontology, inference="none", do_owl_imports=False)
    return in_order(_violations(report))


def _violations(report: rdflib.Graph) -> Iterator[Violation]:
    for result in report.subjects(RDF.type, SH.ValidationResult):
        said = [m for m in report.objects(result, SH.resultMessage) if isinstance(m, rdflib.Literal)]
        messages = {(m.language or "", str(m)) for m in said}
        value = report.value(result, SH.value)
        yield Violation(
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.sourceShape)),
            tuple(sorted(messages)),
            None if value is None else str(value),
        )
