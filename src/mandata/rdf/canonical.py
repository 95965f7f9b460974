"""Statements as canonical N-Quads: sorted lines, each once, in memory or in a file, read some megabytes at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final, overload

import pyoxigraph as ox

from mandata.errors import MandataError

_BEFORE_OBJECT: Final = 2
"""How many spaces stand before the object of a line."""
BLOCK: Final = 1 << 22
"""How much is read at a time: enough to number its terms once, little enough to stay near the processor."""


@dataclass(frozen=True, slots=True)
class CanonicalStatements(Sequence[ox.Quad]):
    """Statements kept as sorted lines of N-Quads; each iteration parses them again.

    Args:
        source: the lines themselves, the file they are in, or other sets of which this is the union.
    """

    source: bytes | Path | tuple[CanonicalStatements, ...]

    def blocks(self) -> Iterator[bytes]:
        """Yield the lines in their order, in blocks; the lines of one subject are in one block."""
        yield from _with_whole_subjects(self._blocks())

    def write(self, stream: IO[bytes]) -> None:
        """Write the lines to a stream."""
        stream.writelines(self.blocks())

    def _blocks(self) -> Iterator[bytes]:
        if isinstance(self.source, Path):
            with self.source.open("rb") as stream:
                while block := stream.read(BLOCK):
                    yield block + stream.readline()
        elif isinstance(self.source, bytes):
            start = 0
            while start < len(self.source):
                end = self.source.find(b"\n", start + BLOCK) + 1 or len(self.source)
                yield self.source[start:end]
                start = end
        else:
            yield from _merge([part._blocks() for part in self.source])

    def open(self) -> IO[bytes]:
        """Return the lines as an open file that can seek; the caller closes it."""
        if isinstance(self.source, Path):
            return self.source.open("rb")
        if isinstance(self.source, bytes):
            return BytesIO(self.source)
        stream = TemporaryFile()  # noqa: SIM115 - the caller closes it
        stream.writelines(self.blocks())
        stream.seek(0)
        return stream

    def __iter__(self) -> Iterator[ox.Quad]:
        """Yield the statements."""
        for block in self._blocks():
            yield from ox.parse(block, format=ox.RdfFormat.N_QUADS)

    def of_properties(self, *properties: str) -> Iterator[ox.Quad]:
        """Yield the statements with some properties (IRIs) in their order; the others are not parsed."""
        predicates = {f"<{one}>".encode() for one in properties}
        for block in self._blocks():
            lines = (line for line in block.split(b"\n") if line and line.split(b" ", 2)[1] in predicates)
            yield from ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_QUADS)

    def __len__(self) -> int:
        """Return how many there are."""
        return sum(block.count(b"\n") for block in self._blocks())

    @overload
    def __getitem__(self, at: int) -> ox.Quad: ...
    @overload
    def __getitem__(self, at: slice) -> list[ox.Quad]: ...
    def __getitem__(self, at: int | slice) -> ox.Quad | list[ox.Quad]:
        """Return one statement or a slice of them; this parses all of them."""
        return list(self)[at]

    def __reversed__(self) -> Iterator[ox.Quad]:
        """Yield the statements from the last to the first."""
        return reversed(list(self))


def canonicalize(quads: Iterable[ox.Quad]) -> CanonicalStatements:
    """Return statements as canonical N-Quads.

    Raises:
        MandataError: one of them has a blank node.
    """
    if isinstance(quads, CanonicalStatements):
        return quads
    listed = list(quads)
    text = ox.serialize(listed, format=ox.RdfFormat.N_QUADS) or b""
    refuse_blank_nodes(text, listed)
    return CanonicalStatements(sorted_lines(text))


def canonical_file(path: Path) -> CanonicalStatements:
    """Return the statements in a file of N-Quads; if the file is canonical already, they are not loaded.

    Raises:
        SyntaxError: it is no N-Quads.
        MandataError: one of the statements has a blank node.
    """
    statements, last = CanonicalStatements(path), b""
    for block in statements._blocks():
        lines = block.split(b"\n")
        written = ox.serialize(ox.parse(block, format=ox.RdfFormat.N_QUADS), format=ox.RdfFormat.N_QUADS)
        if written != block or lines[0] <= last or sorted_lines(block) != block:
            return canonicalize(ox.parse(path=str(path)))
        last = lines[-2]
    return statements


def nquads(quads: Iterable[ox.Quad]) -> str:
    """Return the statements as canonical N-Quads: one a line, sorted, each once.

    Raises:
        MandataError: one of them has a blank node.
    """
    return b"".join(canonicalize(quads).blocks()).decode()


def split_line(line: bytes) -> tuple[bytes, bytes]:
    """Return the triple of a line with a space after it, and its graph, which is empty for the default graph."""
    body = line[: line.rindex(b" .")]
    last = body.rindex(b" ") + 1  # of the last term, or of a word within a literal
    literal = body.rfind(b'"') + 1  # no IRI and no language tag has a quotation mark
    has_graph = literal < last if literal else body.count(b" ") > _BEFORE_OBJECT
    return (body[:last], body[last:]) if has_graph else (body + b" ", b"")


def sorted_lines(text: bytes) -> bytes:
    """Return lines sorted, each once."""
    lines = text.split(b"\n")
    lines.sort()
    return b"".join(line + b"\n" for line in dict.fromkeys(lines) if line)


def refuse_blank_nodes(text: bytes, quads: Sequence[ox.Quad]) -> None:
    """Raise a MandataError if a statement has a blank node; ``text`` is the statements as N-Quads."""
    if b"_:" not in text:  # if it is there, it may still be within a literal
        return
    for quad in quads:
        if any(isinstance(term, ox.BlankNode) for term in quad):
            raise MandataError("blank-node", "a blank node may not be published", str(quad), "give it an IRI")


def _with_whole_subjects(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same lines in blocks that end where a subject ends."""
    pending = b""
    for block in blocks:
        if pending:
            last_line = pending.rfind(b"\n", 0, -1) + 1
            subject = pending[last_line : pending.index(b" ", last_line) + 1]
            start = 0 if pending.startswith(subject) else pending.index(b"\n" + subject) + 1
            if start:
                yield pending[:start]
            pending = pending[start:]
        pending += block
    if pending:
        yield pending


def _merge(streams: Sequence[Iterator[bytes]]) -> Iterator[bytes]:
    """Yield the union of several sorted streams of lines, sorted, each line once."""
    pending: list[tuple[Iterator[bytes], list[bytes]]] = [(stream, []) for stream in streams]
    while True:
        read = ((stream, lines or next(stream, b"").split(b"\n")[:-1]) for stream, lines in pending)
        pending = [(stream, lines) for stream, lines in read if lines]
        if not pending:
            return
        bound = min(lines[-1] for _, lines in pending)
        ready = []
        for _, lines in pending:
            at = bisect_right(lines, bound)
            ready += lines[:at]
            del lines[:at]
        yield sorted_lines(b"".join(line + b"\n" for line in ready))
