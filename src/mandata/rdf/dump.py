"""Dumps: sorted, readable, the same bytes each time.

One document stands together, its paragraphs in their natural order: ``A_RES_72_7`` before ``A_RES_72_7.pp2`` before
``A_RES_72_7.pp10`` before ``A_RES_72_8``; an empty line stands between two subjects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter

import pyoxigraph as ox

from mandata.rdf.canonical import Canonical, canonical, in_order, refuse_blank_nodes
from mandata.rdf.namespaces import PREFIXES
from mandata.rdf.natural_order import natural_order
from mandata.rdf.spooled_texts import Spool
from mandata.rdf.term_columns import DEFAULT
from mandata.rdf.turtle_paragraphs import Writer

__all__ = ["nquads", "trig", "trig_pieces", "turtle", "turtle_pieces", "written"]

_triple = attrgetter("triple")


def turtle(quads: Iterable[ox.Quad], prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Return the statements as Turtle, whichever graph they stand in.

    Raises:
        MandataError: one of them has a blank node.
    """
    given = list(quads)
    text = ox.serialize(map(_triple, given), format=ox.RdfFormat.N_TRIPLES) or b""
    refuse_blank_nodes(text, given)
    return b"".join(_turtle(_blocks(text), 3, prefixes)).decode()


def written(triples: Iterable[ox.Triple]) -> str:
    """Return any triples as Turtle, such as those that a query makes; blank nodes keep the labels they have."""
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    return b"".join(_turtle(_blocks(text), 3, PREFIXES)).decode()


def turtle_pieces(quads: Canonical, prefixes: Mapping[str, str] = PREFIXES) -> Iterator[bytes]:
    """Yield Turtle, some of it at a time, of statements in whichever graphs."""
    return _turtle(quads.blocks(), 4, prefixes)


def trig(quads: Iterable[ox.Quad], prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Return the statements as TriG, graph by graph; those of the default graph come first.

    Raises:
        MandataError: one of them has a blank node.
    """
    return b"".join(trig_pieces(canonical(quads), prefixes)).decode()


def trig_pieces(quads: Canonical, prefixes: Mapping[str, str] = PREFIXES) -> Iterator[bytes]:
    """Yield TriG, some of it at a time, of statements in whichever graphs."""
    return _trig(quads.blocks(), prefixes)


def nquads(quads: Iterable[ox.Quad]) -> str:
    """Return the statements as canonical N-Quads: one a line, sorted, each once.

    Raises:
        MandataError: one of them has a blank node.
    """
    return b"".join(canonical(quads).blocks()).decode()


def _blocks(text: bytes) -> Iterator[bytes]:
    return Canonical(in_order(text)).blocks()


def _header(prefixes: Mapping[str, str]) -> bytes:
    return "".join(f"@prefix {name}: <{space}> .\n" for name, space in sorted(prefixes.items())).encode()


def _turtle(blocks: Iterable[bytes], columns: int, prefixes: Mapping[str, str]) -> Iterator[bytes]:
    yield _header(prefixes)
    with Spool() as spool:
        writer, keys = Writer(prefixes), list[bytes]()
        for block in blocks:
            found = writer.paragraphs(block, columns, by_graph=False)
            keys += found.keys
            spool.put(found.text, found.lengths)
        yield from spool.texts(sorted(range(len(keys)), key=keys.__getitem__))


def _trig(blocks: Iterable[bytes], prefixes: Mapping[str, str]) -> Iterator[bytes]:
    yield _header(prefixes)
    with Spool() as spool:
        writer, keys = Writer(prefixes), list[bytes]()
        places: dict[bytes, list[int]] = {}
        for block in blocks:
            found = writer.paragraphs(block, 4, by_graph=True)
            for at, graph in enumerate(found.graphs, len(keys)):
                places.setdefault(graph, []).append(at)
            keys += found.keys
            spool.put(found.text, found.lengths)
        graphs = list(places)
        for place in natural_order(graphs):
            texts = b"".join(spool.texts(sorted(places[graphs[place]], key=keys.__getitem__)))
            if graphs[place] == DEFAULT:
                yield texts.replace(b"\n\t", b"\n")
            else:
                yield b"\n%b {\n%b}\n" % (*writer.short([graphs[place]]), texts[1:])
