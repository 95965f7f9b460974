"""The data files of a release: dumps, vocabularies, and a file for each document."""

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
"""The path within a release, and the content."""

FORMS: Final[dict[str, Callable[[CanonicalStatements, IO[bytes]], None]]] = {
    "ttl": write_turtle,
    "trig": write_trig,
    "nq": CanonicalStatements.write,
}
PARTS: Final = ("", "asserted", "inferred")
"""The parts of a release that have dumps: the whole, the asserted statements, the inferred statements."""
SHAPES: Final = "ontology/shapes.ttl"
SCHEMES: Final = "ontology/schemes"
_LEVEL: Final = 6
_GZIP_HEADER: Final = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
"""As ``gzip.compress`` writes it from Python 3.13 on; older versions name the operating system in it."""


def dumps(statements: Statements, edition: Edition) -> Iterator[File]:
    """Yield the dump of each part of the ``statements`` in each format, named after the ``edition``, as gzip."""
    for part in PARTS:
        quads = statements_of_part(statements, part)
        for ending, write in FORMS.items():
            yield edition.dump(part, ending), gzip_bytes(partial(write, quads))


def statements_of_part(statements: Statements, part: str) -> CanonicalStatements:
    """Return the statements of a part of a release, one of ``PARTS``."""
    return canonicalize(
        {"": statements.together, "asserted": statements.asserted, "inferred": statements.inferred}[part]
    )


def evidence_files(statements: Statements, evidence: EvidenceIndex, edition: Edition) -> Iterator[File]:
    """Yield the evidence: as a dump, as reifiers (RDF 1.2) in a dump of the asserted statements, and by document.

    The other dumps are complete without evidence.

    Args:
        statements: the statements of the release.
        evidence: the evidence of each asserted statement.
        edition: the release, after which the dumps are named.
    """
    quads = canonicalize(evidence_graphs(evidence))
    yield edition.dump("evidence", "nq"), gzip_bytes(quads.write)
    reified = CanonicalStatements(
        (canonicalize(statements.asserted), canonicalize(evidence_graphs(evidence, reifiers=True)))
    )
    yield edition.dump("rdf12", "trig"), gzip_bytes(partial(write_trig, reified))
    for document in evidence.documents():
        yield f"id/{document}.evidence.ttl", turtle(document_evidence(evidence, document)).encode()


def gzip_bytes(write: Callable[[IO[bytes]], None]) -> bytes:
    """Return as gzip (RFC 1952) what ``write`` writes to a stream; the header has no time, file name or system."""
    stream = _Gzip()
    write(cast("IO[bytes]", stream))
    return stream.end()


class _Gzip:
    """A stream that compresses what is written to it."""

    def __init__(self) -> None:
        self._compressor = zlib.compressobj(_LEVEL, wbits=-zlib.MAX_WBITS)
        self._output, self._checksum, self._size = bytearray(_GZIP_HEADER), 0, 0

    def write(self, piece: bytes) -> int:
        """Compress a piece of the data."""
        self._output += self._compressor.compress(piece)
        self._checksum, self._size = zlib.crc32(piece, self._checksum), self._size + len(piece)
        return len(piece)

    def writelines(self, pieces: Iterable[bytes]) -> None:
        """Compress pieces in their order."""
        for piece in pieces:
            self.write(piece)

    def flush(self) -> None:
        """Do nothing: the data is complete at the end only."""

    def end(self) -> bytes:
        """Return the compressed data with its trailer."""
        return bytes(
            self._output + self._compressor.flush() + struct.pack("<LL", self._checksum, self._size & 0xFFFFFFFF)
        )


def vocabularies(context: Context) -> Iterator[File]:
    """Yield the ontology, its alignments, shapes and concept schemes unchanged, and the JSON-LD context."""
    for relative in (ONTOLOGY, ALIGNMENTS, SHAPES):
        yield _NAMES.get(relative, shipped_path(relative).name), shipped_path(relative).read_bytes()
    for path in sorted(shipped_path(SCHEMES).glob("*.ttl")):
        yield f"scheme/{path.name}", path.read_bytes()
    yield CONTEXT, json_bytes(context.json())


_NAMES: Final = {ONTOLOGY: "ontology.ttl"}


def documents(statements: Statements, context: Context) -> Iterator[File]:
    """Yield the ``statements`` about each document as Turtle, N-Triples, JSON-LD (with ``context``) and JSON."""
    for name, quads in statements.by_document():
        triples = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads]
        yield f"id/{name}.ttl", turtle(triples).encode()
        yield f"id/{name}.nt", nquads(triples).encode()
        yield f"id/{name}.jsonld", as_json_ld(triples, context, f"../{CONTEXT}")
        yield f"id/{name}.json", as_json(triples, context)
