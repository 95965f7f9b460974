"""Turtle and TriG, written by pyoxigraph from a sorted stream: readable, each statement once, the same bytes each time.

One document stands together, its paragraphs in their natural order: ``A_RES_72_7`` before ``A_RES_72_7.pp2`` before
``A_RES_72_7.pp10`` before ``A_RES_72_8``. Of each subject, the types come first, then the other properties by their
IRIs; the objects of a property stand in natural order.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from io import BytesIO
from itertools import chain, groupby
from operator import attrgetter
from typing import IO, Final

import pyoxigraph as ox

from mandata.rdf.canonical import CanonicalStatements, canonicalize, sorted_lines, split_line
from mandata.rdf.namespaces import PREFIXES, RDF
from mandata.rdf.natural_order import natural_sort_bytes

_TYPE: Final = f"<{RDF}type>".encode()
_AT_ONCE: Final = 1 << 16
"""How many bytes of N-Quads are parsed at a time."""
_triple = attrgetter("triple")


def turtle(quads: Iterable[ox.Quad], prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Return the statements (``quads``) as Turtle with ``prefixes``, whichever graphs they are in.

    Raises:
        MandataError: one of them has a blank node.
    """
    text = BytesIO()
    write_turtle(canonicalize(quads), text, prefixes)
    return text.getvalue().decode()


def turtle_of_triples(triples: Iterable[ox.Triple]) -> str:
    """Return triples as Turtle, such as the result of a CONSTRUCT query; blank nodes keep their labels."""
    text = BytesIO()
    write_turtle(CanonicalStatements(sorted_lines(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")), text)
    return text.getvalue().decode()


def trig(quads: Iterable[ox.Quad], prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Return the statements (``quads``) as TriG with ``prefixes``, graph by graph, the default graph first.

    Raises:
        MandataError: one of them has a blank node.
    """
    text = BytesIO()
    write_trig(canonicalize(quads), text, prefixes)
    return text.getvalue().decode()


def write_turtle(quads: CanonicalStatements, stream: IO[bytes], prefixes: Mapping[str, str] = PREFIXES) -> None:
    """Write statements, whichever graphs they are in, to a stream as Turtle; only the subjects are kept in memory.

    Args:
        quads: the statements.
        stream: the stream.
        prefixes: the namespace of each prefix.
    """
    triples = (triple for triple, _ in groupby(map(_triple, _sorted_quads(quads, by_graph=False))))
    ox.serialize(triples, stream, format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes))


def write_trig(quads: CanonicalStatements, stream: IO[bytes], prefixes: Mapping[str, str] = PREFIXES) -> None:
    """Write statements to a stream as TriG, graph by graph; only subjects and graph names are kept in memory.

    Args:
        quads: the statements.
        stream: the stream.
        prefixes: the namespace of each prefix.
    """
    ox.serialize(_sorted_quads(quads, by_graph=True), stream, format=ox.RdfFormat.TRIG, prefixes=dict(prefixes))


def _sorted_quads(quads: CanonicalStatements, *, by_graph: bool) -> Iterator[ox.Quad]:
    """Yield statements in the order of a dump; with ``by_graph``, graph by graph."""
    block, size = list[bytes](), 0
    for line in _sorted_lines(quads, by_graph=by_graph):
        block.append(line)
        size += len(line)
        if size > _AT_ONCE:
            yield from ox.parse(b"".join(block), format=ox.RdfFormat.N_QUADS)
            block, size = [], 0
    yield from ox.parse(b"".join(block), format=ox.RdfFormat.N_QUADS)


def _sorted_lines(quads: CanonicalStatements, *, by_graph: bool) -> Iterator[bytes]:
    with closing(quads.open()) as lines:
        keys, starts = _runs(lines, by_graph=by_graph)
        order = sorted(range(len(keys)), key=keys.__getitem__)
        for _, same in groupby(order, key=keys.__getitem__):
            yield from _in_order_of_a_dump(list(chain.from_iterable(_run(lines, starts, at) for at in same)))


def _runs(lines: IO[bytes], *, by_graph: bool) -> tuple[list[bytes], array[int]]:
    """Return the sort key and the offset of each run of lines with one subject (and graph), and the end offset."""
    keys, starts, offset, last = list[bytes](), array("q"), 0, (b"", b"")
    for line in lines:
        graph = split_line(line)[1] if by_graph else b""
        this = graph, line[: line.index(b" ")]
        if this != last:
            keys.append(natural_sort_bytes(b"\0".join(this).replace(b">", b"")))
            starts.append(offset)
            last = this
        offset += len(line)
    starts.append(offset)
    return keys, starts


def _run(lines: IO[bytes], starts: array[int], number: int) -> list[bytes]:
    lines.seek(starts[number])
    return lines.read(starts[number + 1] - starts[number]).splitlines(keepends=True)


def _in_order_of_a_dump(lines: list[bytes]) -> Iterator[bytes]:
    """Yield the lines of one subject (or of several with one sort key) in the order in which they are written."""
    by_property: dict[tuple[bytes, bool, bytes], list[bytes]] = {}
    for line in lines:
        subject, predicate, _ = line.split(b" ", 2)
        by_property.setdefault((subject, predicate != _TYPE, predicate), []).append(line)
    for subject_and_property, same in sorted(by_property.items()):
        if len(same) > 1:
            before = len(subject_and_property[0]) + len(subject_and_property[2]) + 2
            same.sort(key=lambda line: _object_key(line[before:]))
        yield from same


def _object_key(rest: bytes) -> tuple[bytes, bytes]:
    """Return the sort key of the object that begins ``rest``: literals first, then IRIs in natural order."""
    term = rest.partition(b">")[0] if rest.startswith(b"<") else rest
    return natural_sort_bytes(term), rest
