"""Dumps: sorted, readable, the same bytes each time.

pyoxigraph writes the terms and groups what it is fed in order; the order, the header (its own comes in no fixed
order) and the empty line between two subjects are made here. One document stands together, its paragraphs in
their natural order: ``A_RES_72_7`` before ``A_RES_72_7.pp2`` before ``A_RES_72_7.pp10`` before ``A_RES_72_8``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.vocab import PREFIXES, RDF

_DIGITS = re.compile(r"([0-9]+)")
_TYPE = RDF + "type"


def turtle(quads: Iterable[ox.Quad]) -> str:
    """Return the statements as Turtle, whichever graph they stand in.

    Raises:
        MandataError: one of them has a blank node.
    """
    return written({quad.triple for quad in _named(quads)})


def written(triples: Iterable[ox.Triple]) -> str:
    """Return any triples as Turtle, such as those that a query makes; blank nodes keep the labels they have."""
    return _header() + "".join("\n" + block for block in _blocks(_ordered(set(triples))))


def trig(quads: Iterable[ox.Quad]) -> str:
    """Return the statements as TriG, graph by graph; those of the default graph come first.

    Raises:
        MandataError: one of them has a blank node.
    """
    graphs: dict[str, set[ox.Triple]] = {}
    for quad in _named(quads):
        graphs.setdefault(_graph_name(quad), set()).add(quad.triple)
    return _header() + "".join(_graph(name, graphs[name]) for name in sorted(graphs, key=natural))


def nquads(quads: Iterable[ox.Quad]) -> str:
    """Return the statements as canonical N-Quads: one a line, sorted, each once.

    Raises:
        MandataError: one of them has a blank node.
    """
    return "".join(sorted(set(_lines(ox.serialize(_named(quads), format=ox.RdfFormat.N_QUADS)))))


def natural(text: str) -> tuple[tuple[str | int, ...], str]:
    """Return the key that sorts numbers by value, and what a full stop joins to a name directly after that name."""
    parts = _DIGITS.split(text.replace(".", "\x01"))
    return tuple(int(part) if at % 2 else part for at, part in enumerate(parts)), text


def _named(quads: Iterable[ox.Quad]) -> Iterable[ox.Quad]:
    for quad in quads:
        if any(isinstance(term, ox.BlankNode) for term in quad):
            raise MandataError("blank-node", "a blank node may not be published", str(quad), "give it an IRI")
        yield quad


def _graph_name(quad: ox.Quad) -> str:
    return "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name.value)


def _ordered(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    return sorted(triples, key=_key)


def _key(triple: ox.Triple) -> tuple[object, ...]:
    predicate = triple.predicate.value
    return natural(_value(triple.subject)), "" if predicate == _TYPE else predicate, natural(_value(triple.object))


def _value(term: object) -> str:
    return str(term.value) if isinstance(term, ox.NamedNode) else str(term)


def _lines(text: bytes | None) -> list[str]:
    """Return the lines with their ends; a separator such as U+2028 within a literal ends none."""
    return [line + "\n" for line in (text or b"").decode().split("\n")[:-1]]


def _header() -> str:
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(PREFIXES.items()))


def _blocks(triples: Sequence[ox.Triple]) -> list[str]:
    """Return one block of Turtle for each subject."""
    text = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    lines = [line for line in _lines(text) if not line.startswith("@prefix ")]
    starts = [at for at, line in enumerate(lines) if not line.startswith("\t")]
    return ["".join(lines[at:end]) for at, end in zip(starts, [*starts[1:], None], strict=False)]


def _graph(name: str, triples: Iterable[ox.Triple]) -> str:
    blocks = _blocks(_ordered(triples))
    if not name:
        return "".join("\n" + block for block in blocks)
    body = "\n".join("".join("\t" + line + "\n" for line in block.split("\n")[:-1]) for block in blocks)
    return f"\n{_short(name)} {{\n{body}}}\n"


def _short(name: str) -> str:
    """Return the graph's name as pyoxigraph writes it, with a prefix where one fits."""
    node = ox.NamedNode(name)
    line = next(iter(_blocks([ox.Triple(node, node, node)])))
    return line.split(" ", 1)[0]
