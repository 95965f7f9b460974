"""Dumps: sorted, readable, the same bytes each time.

pyoxigraph writes the terms and groups what it is fed in order; the order, the header (its own comes in no fixed
order) and the empty line between two subjects are made here. One document stands together, its paragraphs in
their natural order: ``A_RES_72_7`` before ``A_RES_72_7.pp2`` before ``A_RES_72_7.pp10`` before ``A_RES_72_8``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.publish.order import natural, natural_positions
from mandata.vocab import PREFIXES

__all__ = ["natural", "nquads", "trig", "turtle", "written"]

_triple = attrgetter("triple")


def turtle(quads: Iterable[ox.Quad], prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Return the statements as Turtle, whichever graph they stand in.

    Raises:
        MandataError: one of them has a blank node.
    """
    return _header(prefixes) + _apart(_body(list(quads), prefixes))


def written(triples: Iterable[ox.Triple]) -> str:
    """Return any triples as Turtle, such as those that a query makes; blank nodes keep the labels they have."""
    given = list(triples)
    positions = natural_positions(ox.serialize(given, format=ox.RdfFormat.N_TRIPLES) or b"")
    return _header() + _apart(_turtle(given[at] for at in positions))


def trig(quads: Iterable[ox.Quad], prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Return the statements as TriG, graph by graph; those of the default graph come first.

    Raises:
        MandataError: one of them has a blank node.
    """
    graphs: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        graphs.setdefault(_graph_name(quad), []).append(quad)
    return _header(prefixes) + "".join(_graph(name, graphs[name], prefixes) for name in sorted(graphs, key=natural))


def nquads(quads: Iterable[ox.Quad]) -> str:
    """Return the statements as canonical N-Quads: one a line, sorted, each once.

    Raises:
        MandataError: one of them has a blank node.
    """
    given = list(quads)
    text = ox.serialize(given, format=ox.RdfFormat.N_QUADS) or b""
    _refuse_blank_nodes(text, given)
    return "".join(line + "\n" for line in sorted(set(text.decode().split("\n"))) if line)


def _refuse_blank_nodes(text: bytes, quads: Sequence[ox.Quad]) -> None:
    if b"_:" not in text:  # where these signs stand, they may still be the words of a literal
        return
    for quad in quads:
        if any(isinstance(term, ox.BlankNode) for term in quad):
            raise _blank(quad)


def _blank(quad: ox.Quad) -> MandataError:
    return MandataError("blank-node", "a blank node may not be published", str(quad), "give it an IRI")


def _graph_name(quad: ox.Quad) -> str:
    name = quad.graph_name
    if isinstance(name, ox.BlankNode):
        raise _blank(quad)
    return "" if isinstance(name, ox.DefaultGraph) else str(name.value)


def _header(prefixes: Mapping[str, str] = PREFIXES) -> str:
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(prefixes.items()))


def _body(quads: Sequence[ox.Quad], prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Return Turtle without its header: one subject behind the other."""
    text = ox.serialize(map(_triple, quads), format=ox.RdfFormat.N_TRIPLES) or b""
    _refuse_blank_nodes(text, quads)
    return _turtle((quads[at].triple for at in natural_positions(text)), prefixes)


def _turtle(triples: Iterable[ox.Triple], prefixes: Mapping[str, str] = PREFIXES) -> str:
    text = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes)) or b""
    at = 0
    while text.startswith(b"@prefix ", at):
        at = text.index(b"\n", at) + 1
    return text[at:].decode()


def _apart(body: str) -> str:
    """Return the body with an empty line before each subject; only there does a line end with a full stop."""
    return "\n" + body.replace(" .\n", " .\n\n").removesuffix("\n") if body else ""


def _graph(name: str, quads: Sequence[ox.Quad], prefixes: Mapping[str, str]) -> str:
    body = _body(quads, prefixes)
    if not name:
        return _apart(body)
    indented = ("\t" + body.replace("\n", "\n\t")).removesuffix("\t").replace(" .\n", " .\n\n").removesuffix("\n")
    return f"\n{_short(name, prefixes)} {{\n{indented}}}\n"


def _short(name: str, prefixes: Mapping[str, str]) -> str:
    """Return the graph's name as pyoxigraph writes it, with a prefix where one fits."""
    node = ox.NamedNode(name)
    return _turtle([ox.Triple(node, node, node)], prefixes).split(" ", 1)[0]
