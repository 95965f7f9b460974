"""A knowledge base made from the documents of a batch: what follows from them, what is wrong with them, its files."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from mandata.atomic_files import write_whole
from mandata.graph.build import build_facts
from mandata.ingest import output
from mandata.ingest.batch import Batch
from mandata.kb import layout
from mandata.kb import store as embedded
from mandata.kb.evidence import EvidenceIndex, evidence_graphs, write_evidence
from mandata.kb.knowledge_base import describe
from mandata.kb.statements import axioms
from mandata.package_data import shipped_path
from mandata.query.search.index import write_index
from mandata.rdf.canonical import canonicalize, nquads
from mandata.rdf.evidence import Statement
from mandata.rdf.local_names import graph
from mandata.rdf.turtle import trig, turtle
from mandata.reason.close import close_as_built
from mandata.reason.contradiction_file import write_contradictions
from mandata.reason.facts import Closure
from mandata.reason.steps import write_steps
from mandata.un.catalogue import Record, shipped_catalogue
from mandata.un.entities import shipped_entities
from mandata.validation.find import find_violations
from mandata.validation.violation import Violation, write_violations

Json = dict[str, Any]
Progress = Callable[[str], object]
_REPORTED: Final = ("file", "sha256", "kind", "symbol", "certainty", "issues", "unresolved")
"""What the report says of each text."""


def assemble(folder: Path, batch: Batch, progress: Progress, *, evidence_in_store: bool = False) -> Json:
    """Write the files of a knowledge base from the documents of a batch, and return its report.

    Args:
        folder: the folder of the knowledge base, which holds its texts and shards.
        batch: its documents.
        progress: is called with the name of each stage.
        evidence_in_store: whether the store holds the evidence of each statement too, in graphs apart.
    """
    quads = list[ox.Quad]()
    write_evidence(folder / layout.EVIDENCE, _collect(output.statements(batch), quads))
    files = list(batch.report())
    catalogue = _catalogue({file.get("symbol") for file in files})
    asserted = [*quads, *build_facts(catalogue, shipped_entities()), *_schemes()]
    progress("reasoning")
    closure = close_as_built(asserted)
    progress("validating")
    violations = find_violations(asserted)
    report = _report(files, asserted, closure) | {"violations": len(violations)}
    report |= {"evidence_in_store": True} if evidence_in_store else {}
    progress("writing")
    _write(folder, asserted, closure, violations, report)
    return report


def _collect(statements: Iterable[Statement], quads: list[ox.Quad]) -> Iterator[Statement]:
    """Yield statements, and append each, without its evidence, to a list."""
    for statement in statements:
        quads.append(statement.quad)
        yield statement


def _catalogue(symbols: Container[str | None]) -> list[Record]:
    """Return the catalogue; what a document cites is known by record only if there is no text of it.

    Args:
        symbols: those of the documents of which there is a text.
    """
    return [replace(record, cites=()) if record.symbol in symbols else record for record in shipped_catalogue()]


def _schemes() -> list[ox.Quad]:
    graph_name, paths = ox.NamedNode(graph("schemes")), sorted(shipped_path("ontology/schemes").glob("*.ttl"))
    quads = (quad for path in paths for quad in ox.parse(path=str(path)))
    return [ox.Quad(quad.subject, quad.predicate, quad.object, graph_name) for quad in quads]


def _write(
    folder: Path, asserted: list[ox.Quad], closure: Closure, violations: Sequence[Violation], report: Json
) -> None:
    graph_name = ox.NamedNode(graph("inferred"))
    inferred = [ox.Quad(t.subject, t.predicate, t.object, graph_name) for t in closure.published]
    every = [*asserted, *inferred, *axioms()]
    with closing(EvidenceIndex(folder / layout.EVIDENCE)) as index:
        evidence = evidence_graphs(index) if report.get("evidence_in_store") else ()
        embedded.create(folder / layout.STORE, embedded.with_default_graph(chain(every, evidence)))
    write_index(folder / layout.SEARCH, every)
    write_steps(folder / layout.STEPS, closure.steps)
    write_contradictions(folder / layout.CONTRADICTIONS, closure.contradictions)
    write_violations(folder / layout.VIOLATIONS, violations)
    lines = canonicalize(asserted)
    for name, text in (
        (layout.ASSERTED_TURTLE, turtle(lines)),
        (layout.ASSERTED_TRIG, trig(lines)),
        (layout.ASSERTED, nquads(lines)),
        (layout.INFERRED, nquads(inferred)),
        (layout.REPORT, json.dumps(report, ensure_ascii=False, indent=2) + "\n"),
    ):
        write_whole(folder / name, text)
    describe(folder)


def _report(files: Iterable[Json], asserted: list[ox.Quad], closure: Closure) -> Json:
    """Return the counts of what came out, and every doubt by file; the files by name, without their folders."""
    texts, unread = list[Json](), list[Json]()
    for file in files:
        row: Json = {"file": Path(file["source"]).name, **file}
        if "unread" in row:
            unread.append({"file": row["file"], **row["unread"]})
        else:
            texts.append({name: row[name] for name in _REPORTED})
    return {
        "documents": sum(1 for text in texts if text["kind"] != "other"),
        "asserted_statements": len(set(asserted)),
        "inferred_statements": len(closure.published),
        "contradictions": len(closure.contradictions),
        "issues": sum(len(text["issues"]) + len(text["unresolved"]) for text in texts) + len(unread),
        "texts": sorted(texts, key=lambda text: (text["file"], text["sha256"])),
        "unread": sorted(unread, key=lambda row: (row["file"], row["code"], row["message"])),
    }
