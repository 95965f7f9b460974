"""The files of a release that carry its statements: dumps, vocabularies, documents."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from mandata.publish import dump
from mandata.publish.context import CONTEXT, Context, as_json, as_json_ld, written
from mandata.publish.edition import Edition
from mandata.publish.statements import ALIGNMENTS, ONTOLOGY, Statements
from mandata.resources import shipped

File = tuple[str, bytes]
"""The path within a release, and what stands there."""

FORMS: Final[dict[str, Callable[[Iterable[ox.Quad]], str]]] = {
    "ttl": dump.turtle,
    "trig": dump.trig,
    "nq": dump.nquads,
}
PARTS: Final = ("", "asserted", "inferred")
"""Of what there are dumps: of all together, of what was stated, of what follows."""
SHAPES: Final = "ontology/shapes.ttl"
SCHEMES: Final = "ontology/schemes"
_LEVEL: Final = 6


def dumps(statements: Statements, edition: Edition) -> Iterator[File]:
    """Yield the dumps, compressed; the canonical N-Quads of each among them."""
    for part in PARTS:
        quads = part_of(statements, part)
        for ending, write in FORMS.items():
            yield edition.dump(part, ending), compressed(write(quads).encode())


def part_of(statements: Statements, part: str) -> Sequence[ox.Quad]:
    """Return the statements that a dump of that part holds."""
    return {"": statements.together, "asserted": statements.asserted, "inferred": statements.inferred}[part]


def compressed(data: bytes) -> bytes:
    """Return data as gzip, without a clock or a name in it."""
    return gzip.compress(data, _LEVEL, mtime=0)


def vocabularies(context: Context) -> Iterator[File]:
    """Yield the ontology, its alignments, shapes and concept schemes as they are, and the context of the JSON-LD."""
    for relative in (ONTOLOGY, ALIGNMENTS, SHAPES):
        yield _NAMES.get(relative, shipped(relative).name), shipped(relative).read_bytes()
    for path in sorted(shipped(SCHEMES).glob("*.ttl")):
        yield f"scheme/{path.name}", path.read_bytes()
    yield CONTEXT, written(context.json())


_NAMES: Final = {ONTOLOGY: "ontology.ttl"}


def documents(statements: Statements, context: Context) -> Iterator[File]:
    """Yield what is said of each document, in four forms."""
    for name, quads in statements.by_document.items():
        triples = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads]
        yield f"id/{name}.ttl", dump.turtle(triples).encode()
        yield f"id/{name}.nt", dump.nquads(triples).encode()
        yield f"id/{name}.jsonld", as_json_ld(triples, context, f"../{CONTEXT}")
        yield f"id/{name}.json", as_json(triples, context)
