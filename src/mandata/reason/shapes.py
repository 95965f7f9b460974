"""Data held against the shapes: the one door to pyshacl."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import rdflib
from pyoxigraph import Quad, RdfFormat, serialize
from pyshacl import validate
from rdflib.namespace import RDF, SH

logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # of a date that is none the shapes tell, in a line


@dataclass(frozen=True, slots=True)
class Violation:
    """A thing that a shape finds wrong; ``messages`` by language say how to mend it."""

    thing: str
    shape: str
    messages: tuple[tuple[str, str], ...]
    value: str | None = None

    def words(self, language: str) -> str:
        """Return the message in a language, else in the first there is."""
        by_language = dict(self.messages)
        return by_language.get(language) or next(iter(by_language.values()), self.shape)


def find_violations(quads: Iterable[Quad], shapes: Path) -> list[Violation]:
    """Return all that the shapes find wrong with the statements, sorted. No inference is run, nothing is fetched."""
    data = rdflib.Graph()
    data.parse(data=serialize({q.triple for q in quads}, format=RdfFormat.N_TRIPLES), format="nt")
    wanted = rdflib.Graph().parse(data=shapes.read_bytes(), format="turtle")  # from a path it makes a URI, and fails
    _, report, _ = validate(data, shacl_graph=wanted, inference="none", do_owl_imports=False)
    return sorted(_violations(report), key=_order)


def _order(found: Violation) -> tuple[object, ...]:
    """Return the key that sorts violations, some of which have no value."""
    return found.thing, found.shape, found.messages, found.value or ""


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
