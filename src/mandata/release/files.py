"""The files of a release that carry its statements: dumps, vocabularies, documents."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import IO, Final, cast

import pyoxigraph as ox

from mandata.kb.evidence import EvidenceIndex, document_evidence, evidence_graphs
from mandata.kb.statements import ALIGNMENTS, ONTOLOGY, Statements
from mandata.package_data import shipped_path
from mandata.rdf.canonical import CanonicalStatements, canonicalize, nquads
from mandata.rdf.json_ld import CONTEXT, Context, as_json, as_json_ld, json_bytes
from mandata.rdf.turtle import turtle, write_trig, write_turtle
from mandata.release.edition import Edition

File = tuple[str, bytes]
"""The path within a release, and what stands there."""

FORMS: Final[dict[str, Callable[[CanonicalStatements, IO[bytes]], None]]] = {
    "ttl": write_turtle,
    "trig": write_trig,
    "nq": CanonicalStatements.write,
}
PARTS: Final = ("", "asserted", "inferred")
"""Of what there are dumps: of all together, of what was stated, of what follows."""
SHAPES: Final = "ontology/shapes.ttl"
SCHEMES: Final = "ontology/schemes"
_LEVEL: Final = 6
_GZIP: Final = (
    b"\x1f\x8b\x08\0\0\0\0\0\0\xff"  # what `gzip.compress` writes from Python 3.13 on; it told the system before
)


def dumps(statements: Statements, edition: Edition) -> Iterator[File]:
    """Yield the dumps, compressed; the canonical N-Quads of each among them."""
    for part in PARTS:
        quads = part_of(statements, part)
        for ending, write in FORMS.items():
            yield edition.dump(part, ending), compressed(partial(write, quads))


def part_of(statements: Statements, part: str) -> CanonicalStatements:
    """Return the statements that a dump of that part holds."""
    return canonicalize(
        {"": statements.together, "asserted": statements.asserted, "inferred": statements.inferred}[part]
    )


def evidence_files(statements: Statements, evidence: EvidenceIndex, edition: Edition) -> Iterator[File]:
    """Yield what attests the statements: a dump of it, one of all that was stated with reifiers (RDF 1.2), documents'.

    A dump without evidence is whole, so that these stand apart.
    """
    quads = canonicalize(evidence_graphs(evidence))
    yield edition.dump("evidence", "nq"), compressed(quads.write)
    reified = CanonicalStatements(
        (canonicalize(statements.asserted), canonicalize(evidence_graphs(evidence, reifiers=True)))
    )
    yield edition.dump("rdf12", "trig"), compressed(partial(write_trig, reified))
    for document in evidence.documents():
        yield f"id/{document}.evidence.ttl", turtle(document_evidence(evidence, document)).encode()


def compressed(write: Callable[[IO[bytes]], None]) -> bytes:
    """Return what is written to a stream as gzip (RFC 1952), without a clock, a name or a system in it."""
    stream = _Gzip()
    write(cast("IO[bytes]", stream))
    return stream.end()


class _Gzip:
    """A stream that compresses what is written to it."""

    def __init__(self) -> None:
        self._compressor = zlib.compressobj(_LEVEL, wbits=-zlib.MAX_WBITS)
        self._found, self._checksum, self._size = bytearray(_GZIP), 0, 0

    def write(self, piece: bytes) -> int:
        """Take a piece."""
        self._found += self._compressor.compress(piece)
        self._checksum, self._size = zlib.crc32(piece, self._checksum), self._size + len(piece)
        return len(piece)

    def writelines(self, pieces: Iterable[bytes]) -> None:
        """Take one piece after another."""
        for piece in pieces:
            self.write(piece)

    def flush(self) -> None:
        """Do nothing: all is kept until the end."""

    def end(self) -> bytes:
        """Return all that was written, compressed."""
        return bytes(
            self._found + self._compressor.flush() + struct.pack("<LL", self._checksum, self._size & 0xFFFFFFFF)
        )


def vocabularies(context: Context) -> Iterator[File]:
    """Yield the ontology, its alignments, shapes and concept schemes as they are, and the context of the JSON-LD."""
    for relative in (ONTOLOGY, ALIGNMENTS, SHAPES):
        yield _NAMES.get(relative, shipped_path(relative).name), shipped_path(relative).read_bytes()
    for path in sorted(shipped_path(SCHEMES).glob("*.ttl")):
        yield f"scheme/{path.name}", path.read_bytes()
    yield CONTEXT, json_bytes(context.json())


_NAMES: Final = {ONTOLOGY: "ontology.ttl"}


def documents(statements: Statements, context: Context) -> Iterator[File]:
    """Yield what is said of each document, in four forms."""
    for name, quads in statements.by_document():
        triples = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads]
        yield f"id/{name}.ttl", turtle(triples).encode()
        yield f"id/{name}.nt", nquads(triples).encode()
        yield f"id/{name}.jsonld", as_json_ld(triples, context, f"../{CONTEXT}")
        yield f"id/{name}.json", as_json(triples, context)
