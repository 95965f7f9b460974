"""The stages in order: texts are read, identified, stated, closed, stored; what is stored is explained and checked.

bytes -> SourceText -> Document -> citations, mentions, mandates (each text alone) -> identities (of all) -> asserted
graphs -> inferred graph -> knowledge base. This is the only place where the writing wing and the reading wing meet.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from mandata.catalogue import shipped_catalogue
from mandata.entities import shipped_entities
from mandata.errors import Issue, MandataError
from mandata.graph.build import build_documents, build_facts
from mandata.graph.record import record
from mandata.identity.headers import catalogued, cited, header
from mandata.identity.model import Identity
from mandata.identity.resolve import resolve
from mandata.iris import graph
from mandata.publish import dump
from mandata.question.answer import answer
from mandata.question.header import load as load_questions
from mandata.question.source import Embedded
from mandata.question.things import shorten
from mandata.reading import Reading, read
from mandata.reason.close import close
from mandata.reason.explain import prove
from mandata.reason.facts import Closure
from mandata.reason.render import to_json, to_text
from mandata.reason.restatement import find_restatements
from mandata.reason.rulefile import read_rules
from mandata.reason.shapes import find_violations
from mandata.reason.source import StoreFacts
from mandata.reason.steps import StepFile, write_steps
from mandata.reason.words import Words
from mandata.resources import shipped
from mandata.store import embedded, swap
from mandata.store.atomic import write_whole
from mandata.text import source

Progress = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Collection:
    """Texts read and identified, in the order of their paths; ``unread`` are files that hold no text, and why."""

    readings: tuple[Reading, ...]
    identities: dict[str, Identity]
    unread: tuple[MandataError, ...] = ()


def collect(paths: Sequence[Path], progress: Progress = str) -> Collection:
    """Read and identify the texts of files and folders; the five that travel with the package where none is given.

    Raises:
        MandataError: a path is missing, or none of the files can be read.
    """
    readings, unread = [], []
    files = list(_files(paths or [shipped("data/texts")]))
    for number, path in enumerate(files, 1):
        progress(f"reading {number} of {len(files)}: {path.name}")
        try:
            readings.append(read(source.read(path)))
        except MandataError as error:
            unread.append(error)
    if not readings:
        raise (
            unread[0] if unread else MandataError("no-texts", "no texts here", str(paths[0]), "give files ending .txt")
        )
    return Collection(tuple(readings), identify(readings), tuple(unread))


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.exists():
            raise MandataError("unreadable", "no such file or folder", str(path), "check the path")
        yield from sorted(p for p in path.rglob("*.txt") if p.is_file()) if path.is_dir() else [path]


def identify(readings: Sequence[Reading]) -> dict[str, Identity]:
    """Return which document each reading is, by checksum, from all their headers, citations, and the catalogue."""
    described = [*catalogued(shipped_catalogue()), *(d for reading in readings for d in cited(reading))]
    return resolve([header(reading) for reading in readings], described)


def records(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Return the record of each text, in the order given."""
    collection = collect(paths)
    return [record(r, collection.identities[r.document.source.sha256]) for r in collection.readings]


def convert(paths: Sequence[Path], form: str) -> Iterator[str]:
    """Yield what stands in some texts: ``json``, ``jsonl``, ``turtle``, ``trig`` or ``nquads``."""
    collection = collect(paths)
    unread = [_unread_record(error) for error in collection.unread]
    if form in ("json", "jsonl"):
        found = [record(r, collection.identities[r.document.source.sha256]) for r in collection.readings]
        yield from _as_json([*found, *unread], form)
        return
    quads, _ = build_documents(collection.readings, collection.identities)
    yield {"turtle": dump.turtle, "trig": dump.trig, "nquads": dump.nquads}[form](quads)


def _unread_record(error: MandataError) -> dict[str, Any]:
    issue = {"code": error.code, "message": f"{error.what} - {error.mend}", "start": None, "end": None}
    return {"source": error.where, "kind": "other", "issues": [issue]}


def _as_json(found: list[dict[str, Any]], form: str) -> Iterator[str]:
    if form == "json":
        yield json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    else:
        yield from (json.dumps(one, ensure_ascii=False) + "\n" for one in found)


def build(paths: Sequence[Path], out: Path, progress: Progress) -> dict[str, object]:
    """Build a knowledge base in a folder, whole or not at all, and return its report.

    Raises:
        MandataError: nothing readable among the paths; the folder holds something else; the statements contradict each
            other.
    """
    collection = collect(paths, progress)
    progress("stating what was read")
    quads, doubts = build_documents(collection.readings, collection.identities)
    asserted = [*quads, *build_facts(shipped_catalogue(), shipped_entities()), *_schemes()]
    progress("reasoning")
    computed = find_restatements(quads)
    closure = close(asserted, _parsed("ontology/mandata.ttl"), shipped("ontology/rules"), computed=computed)
    report = _report(collection, doubts, asserted, closure)
    folder = swap.staging(out)
    try:
        progress("writing")
        _write(folder, asserted, closure, report)
    except BaseException:
        swap.discard(out)
        raise
    swap.put_in_place(out)
    return report


def _parsed(relative: str, name: str = "") -> list[ox.Quad]:
    place = ox.NamedNode(graph(name)) if name else ox.DefaultGraph()
    return [ox.Quad(q.subject, q.predicate, q.object, place) for q in ox.parse(path=str(shipped(relative)))]


def _schemes() -> list[ox.Quad]:
    folder = shipped("ontology/schemes")
    return [
        quad for path in sorted(folder.glob("*.ttl")) for quad in _parsed(f"ontology/schemes/{path.name}", "schemes")
    ]


def _write(folder: Path, asserted: list[ox.Quad], closure: Closure, report: dict[str, object]) -> None:
    place = ox.NamedNode(graph("inferred"))
    inferred = [ox.Quad(t.subject, t.predicate, t.object, place) for t in closure.published]
    axioms = [*_parsed("ontology/mandata.ttl", "ontology"), *_parsed("ontology/alignments.ttl", "alignments")]
    embedded.create(folder / embedded.STORE, [*asserted, *inferred, *axioms])
    write_steps(folder / STEPS, closure.steps)
    for name, text in (
        ("mandata.ttl", dump.turtle(asserted)),
        ("mandata.trig", dump.trig(asserted)),
        ("mandata.nq", dump.nquads(asserted)),
        ("inferred.nq", dump.nquads(inferred)),
        ("report.json", json.dumps(report, ensure_ascii=False, indent=2) + "\n"),
    ):
        write_whole(folder / name, text)


STEPS = "steps.sqlite"
"""The file of a knowledge base that keeps one step for each conclusion."""


def _report(
    collection: Collection, doubts: dict[str, list[Issue]], asserted: list[ox.Quad], closure: Closure
) -> dict[str, object]:
    """Return what came out, counted, and every doubt by file; a file is told by its name, the files sorted by it."""
    texts = [_text_report(reading, collection, doubts) for reading in collection.readings]
    texts.sort(key=lambda text: (text["file"], text["sha256"]))
    unread = [{"file": Path(e.where).name, "code": e.code, "message": e.what} for e in collection.unread]
    return {
        "documents": sum(1 for r in collection.readings if r.document.kind != "other"),
        "asserted_statements": len(set(asserted)),
        "inferred_statements": len(closure.published),
        "contradictions": len(closure.contradictions),
        "issues": sum(len(text["issues"]) + len(text["unresolved"]) for text in texts) + len(unread),
        "texts": texts,
        "unread": sorted(unread, key=lambda one: (one["file"], one["code"], one["message"])),
    }


def _text_report(reading: Reading, collection: Collection, doubts: dict[str, list[Issue]]) -> dict[str, Any]:
    document, path = reading.document, reading.document.source.path
    identity = collection.identities[document.source.sha256]
    shown = record(reading, identity)
    late = [{"code": i.code, "message": i.message, "start": i.start, "end": i.end} for i in doubts.get(path, [])]
    return {
        "file": Path(path).name,
        "sha256": document.source.sha256,
        "kind": document.kind,
        "symbol": identity.symbol,
        "certainty": identity.certainty,
        "issues": [*shown["issues"], *late],
        "unresolved": shown["unresolved"],
    }


@dataclass(frozen=True, slots=True)
class Explanation:
    """The proof of a statement, for a person and for a program."""

    text: str
    json: dict[str, Any]


def why(kb: Path, subject: str, predicate: str, value: str, language: str) -> Explanation:
    """Return the proof of a statement; the value is an IRI, or a literal as N-Triples writes it.

    Raises:
        MandataError: nothing says so, or there is no knowledge base.
    """
    store = embedded.open_knowledge_base(kb)
    facts = StoreFacts(store)
    fact = (ox.NamedNode(subject), ox.NamedNode(predicate), _written(value))
    rules = read_rules(shipped("ontology/rules"))
    with StepFile(kb / STEPS) as steps:
        proof = prove(steps, fact, facts)
        words = Words(facts, {rule.name: rule.sentences for rule in rules}, language)
        if proof is None:
            said = f"nothing here says that {words.fact(fact)}"
            raise MandataError("not-found", said, "", "ask what it does say with mandata ask")
        return Explanation(to_text(proof, words), to_json(proof, words))


def _written(value: str) -> ox.NamedNode | ox.Literal:
    if not value.startswith('"'):
        return ox.NamedNode(value)
    quad = next(iter(ox.parse(f"<x:s> <x:p> {value} .", format=ox.RdfFormat.N_TRIPLES)))
    return quad.object if isinstance(quad.object, ox.Literal) else ox.Literal(value)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of a knowledge base found, for a person and for a program."""

    ok: bool
    lines: tuple[str, ...]
    json: dict[str, Any]


def check(kb: Path, language: str = "en") -> Checked:
    """Hold a knowledge base against the shapes, look for contradictions, and count what is cited but not held.

    Only shapes and contradictions can fail it; what is not held is told.

    Raises:
        MandataError: there is no knowledge base.
    """
    store = embedded.open_knowledge_base(kb)
    asserted = list(ox.parse(path=str(kb / "mandata.nq")))
    violations = find_violations(asserted, shipped("ontology/shapes.ttl"))
    contradictions = close(asserted, _parsed("ontology/mandata.ttl"), shipped("ontology/rules")).contradictions
    words = Words(StoreFacts(store), {}, language)
    missing = answer(load_questions()["missing-documents"], {}, Embedded(store), language).rows
    found: dict[str, Any] = {
        "shapes": [{"thing": v.thing, "message": v.words(language), "value": v.value} for v in violations],
        "contradictions": [words.why(c) for c in contradictions],
        "missing": len(missing),
    }
    lines = (
        f"shapes: {len(violations)} violations",
        *(f"  {shorten(v.thing)}: {v.words(language)}" for v in violations),
        f"consistency: {len(contradictions)} contradictions",
        *(f"  {sentence}" for sentence in map(words.why, contradictions)),
        f"completeness: {len(missing)} documents are cited but not held (mandata ask missing-documents)",
    )
    return Checked(not violations and not contradictions, lines, found)
