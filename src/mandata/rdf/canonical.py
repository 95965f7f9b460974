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
class Canonical(Sequence[ox.Quad]):
    """Statements that are kept as lines; each statement is made anew whenever it is asked for.

    Args:
        held: the lines themselves, the file they are in, or others of which this is all.
    """

    held: bytes | Path | tuple[Canonical, ...]

    def blocks(self) -> Iterator[bytes]:
        """Yield the lines in their order; those of one subject are never parted."""
        yield from _with_whole_subjects(self._blocks())

    def write(self, stream: IO[bytes]) -> None:
        """Write the lines to a stream."""
        stream.writelines(self.blocks())

    def _blocks(self) -> Iterator[bytes]:
        if isinstance(self.held, Path):
            with self.held.open("rb") as stream:
                while block := stream.read(BLOCK):
                    yield block + stream.readline()
        elif isinstance(self.held, bytes):
            begun = 0
            while begun < len(self.held):
                end = self.held.find(b"\n", begun + BLOCK) + 1 or len(self.held)
                yield self.held[begun:end]
                begun = end
        else:
            yield from _merged([part._blocks() for part in self.held])

    def open(self) -> IO[bytes]:
        """Return the lines as an open file, in which one can seek."""
        if isinstance(self.held, Path):
            return self.held.open("rb")
        if isinstance(self.held, bytes):
            return BytesIO(self.held)
        stream = TemporaryFile()  # noqa: SIM115 - whoever asked for it closes it
        stream.writelines(self.blocks())
        stream.seek(0)
        return stream

    def __iter__(self) -> Iterator[ox.Quad]:
        """Yield the statements."""
        for block in self._blocks():
            yield from ox.parse(block, format=ox.RdfFormat.N_QUADS)

    def __len__(self) -> int:
        """Return how many there are."""
        return sum(block.count(b"\n") for block in self._blocks())

    @overload
    def __getitem__(self, at: int) -> ox.Quad: ...
    @overload
    def __getitem__(self, at: slice) -> list[ox.Quad]: ...
    def __getitem__(self, at: int | slice) -> ox.Quad | list[ox.Quad]:
        """Return one, or some; for all, go through them."""
        return list(self)[at]

    def __reversed__(self) -> Iterator[ox.Quad]:
        """Yield the statements from the last to the first."""
        return reversed(list(self))


def canonical(quads: Iterable[ox.Quad]) -> Canonical:
    """Return statements as canonical N-Quads.

    Raises:
        MandataError: one of them has a blank node.
    """
    if isinstance(quads, Canonical):
        return quads
    given = list(quads)
    text = ox.serialize(given, format=ox.RdfFormat.N_QUADS) or b""
    refuse_blank_nodes(text, given)
    return Canonical(in_order(text))


def in_file(path: Path) -> Canonical:
    """Return the statements in a file of N-Quads; they stay there where they stand as they should.

    Raises:
        SyntaxError: it is no N-Quads.
        MandataError: one of the statements has a blank node.
    """
    there, last = Canonical(path), b""
    for block in there._blocks():
        lines = block.split(b"\n")
        parsed = ox.serialize(ox.parse(block, format=ox.RdfFormat.N_QUADS), format=ox.RdfFormat.N_QUADS)
        if parsed != block or lines[0] <= last or in_order(block) != block:
            return canonical(ox.parse(path=str(path)))
        last = lines[-2]
    return there


def nquads(quads: Iterable[ox.Quad]) -> str:
    """Return the statements as canonical N-Quads: one a line, sorted, each once.

    Raises:
        MandataError: one of them has a blank node.
    """
    return b"".join(canonical(quads).blocks()).decode()


def split_line(line: bytes) -> tuple[bytes, bytes]:
    """Return the triple of a line with a space after it, and its graph, which is empty for the default graph."""
    body = line[: line.rindex(b" .")]
    last = body.rindex(b" ") + 1  # of the last term, or of a word within a literal
    literal = body.rfind(b'"') + 1  # no IRI and no language tag has a quotation mark
    has_graph = literal < last if literal else body.count(b" ") > _BEFORE_OBJECT
    return (body[:last], body[last:]) if has_graph else (body + b" ", b"")


def in_order(text: bytes) -> bytes:
    """Return lines sorted, each once."""
    lines = text.split(b"\n")
    lines.sort()
    return b"".join(line + b"\n" for line in dict.fromkeys(lines) if line)


def refuse_blank_nodes(text: bytes, quads: Sequence[ox.Quad]) -> None:
    """Raise a MandataError where a statement has a blank node; ``text`` is how they are written."""
    if b"_:" not in text:  # where these signs stand, they may still be the words of a literal
        return
    for quad in quads:
        if any(isinstance(term, ox.BlankNode) for term in quad):
            raise MandataError("blank-node", "a blank node may not be published", str(quad), "give it an IRI")


def _with_whole_subjects(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut the blocks anew, where a subject begins."""
    given = b""
    for block in blocks:
        if given:
            last = given.rfind(b"\n", 0, -1) + 1
            subject = given[last : given.index(b" ", last) + 1]
            begun = 0 if given.startswith(subject) else given.index(b"\n" + subject) + 1
            if begun:
                yield given[:begun]
            given = given[begun:]
        given += block
    if given:
        yield given


def _merged(streams: Sequence[Iterator[bytes]]) -> Iterator[bytes]:
    """Yield the lines of several sorted streams as those of one, each once."""
    waiting: list[tuple[Iterator[bytes], list[bytes]]] = [(stream, []) for stream in streams]
    while True:
        read = ((stream, lines or next(stream, b"").split(b"\n")[:-1]) for stream, lines in waiting)
        waiting = [(stream, lines) for stream, lines in read if lines]
        if not waiting:
            return
        bound = min(lines[-1] for _, lines in waiting)
        ready = []
        for _, lines in waiting:
            at = bisect_right(lines, bound)
            ready += lines[:at]
            del lines[:at]
        yield in_order(b"".join(line + b"\n" for line in ready))
