"""The change feed: a Linked Data Event Stream in static fragments, one for each release.

A member is one graph as it is from a release on: created, updated or deleted. What it holds then stands in the graph
that the member names, so that who replays all fragments from nothing has the statements of the last release.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pyoxigraph as ox

from mandata.atomic_files import write_pieces
from mandata.errors import MandataError
from mandata.rdf.canonical import CanonicalStatements, canonicalize, sorted_lines, split_line
from mandata.rdf.namespaces import BASE, GRAPH
from mandata.rdf.turtle import turtle, write_trig
from mandata.release.describe.terms import NAMESPACES, day, link, node, said, stated
from mandata.release.edition import Edition, address, release_iri
from mandata.release.files import File

FEED: Final = "feed"
STREAM: Final = BASE + FEED
_INDEX: Final = f"{FEED}/index.ttl"
_NUMBERED: Final = 4  # digits: of the fragments, the order of their names is the order in time
State = Mapping[str, frozenset[ox.Triple]]
"""The triples of each graph."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """What one release changed, as a file of TriG."""

    number: int
    version: str
    data: bytes

    @property
    def path(self) -> str:
        """Where it stands in a release."""
        return f"{FEED}/{self.number:0{_NUMBERED}}-{self.version}.trig"


def read_history(release: Path, but: str) -> list[Fragment]:
    """Return the fragments of a release in their order, up to the one of the version ``but``; none where none are.

    Raises:
        MandataError: a fragment is missing, or its name is none.
    """
    found: list[Fragment] = []
    for path in sorted((release / FEED).glob("*.trig")):
        number, _, version = path.stem.partition("-")
        if not number.isdecimal() or int(number) != len(found) + 1:
            raise MandataError("feed", "a fragment is missing before this one", str(path), "name a whole release")
        if version == but:
            break
        found.append(Fragment(int(number), version, path.read_bytes()))
    return found


def replay(fragments: Iterable[Fragment]) -> dict[str, frozenset[ox.Triple]]:
    """Return the graphs that one has who takes all fragments from nothing.

    Raises:
        MandataError: a fragment is no TriG.
    """
    state: dict[str, frozenset[ox.Triple]] = {}
    for fragment in fragments:
        about, held = _members(fragment)
        for member, graph in sorted(about.items()):
            state.pop(graph, None)
            if member in held:
                state[graph] = frozenset(held[member])
    return state


def quads_of(state: State) -> list[ox.Quad]:
    """Return the statements of all graphs."""
    return [
        ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(graph))
        for graph, triples in state.items()
        for triple in triples
    ]


def state_of(quads: Iterable[ox.Quad]) -> dict[str, frozenset[ox.Triple]]:
    """Return the graphs of statements, all of which stand in a named one."""
    graphs: dict[str, set[ox.Triple]] = {}
    for quad in quads:
        name = quad.graph_name
        graphs.setdefault(name.value if isinstance(name, ox.NamedNode) else GRAPH, set()).add(quad.triple)
    return {name: frozenset(triples) for name, triples in graphs.items()}


def next_fragment(history: Sequence[Fragment], now: CanonicalStatements, edition: Edition) -> Fragment:
    """Return what the release changes, given all that was before."""
    before = {graph: _checksum(triples) for graph, triples in replay(history).items()}
    after, number = _checksums(now), len(history) + 1
    members: dict[str, str] = {}
    quads: list[ox.Quad] = []
    for graph in sorted({*before, *after}):
        if before.get(graph) != after.get(graph):
            kind = "as:Update" if graph in before and graph in after else "as:Create" if graph in after else "as:Delete"
            members[graph] = f"{STREAM}/{number:0{_NUMBERED}}/{_local(graph)}"
            quads += _member(members[graph], graph, kind, edition)
    with TemporaryDirectory(prefix="mandata-") as place:
        held = Path(place, "members.nq")
        write_pieces(held, _moved(now, members), durable=False)
        text = BytesIO()
        write_trig(CanonicalStatements((canonicalize(quads), CanonicalStatements(held))), text, NAMESPACES)
        return Fragment(number, edition.version, text.getvalue())


def feed(fragments: Sequence[Fragment]) -> Iterator[File]:
    """Yield the fragments and the page of the stream that leads to each."""
    for fragment in fragments:
        yield fragment.path, fragment.data
    root = address(_INDEX)
    quads = [
        *stated(
            STREAM,
            {
                "rdf:type": node("ldes:EventStream"),
                "dcterms:title": said("feed"),
                "ldes:timestampPath": node("dcterms:issued"),
                "ldes:versionOfPath": node("dcterms:isVersionOf"),
                "tree:view": link(root),
            },
        ),
        *stated(root, {"rdf:type": node("tree:Node"), "tree:relation": [link(_relation(one)) for one in fragments]}),
    ]
    for fragment in fragments:
        about = {"rdf:type": node("tree:Relation"), "tree:node": link(address(fragment.path))}
        quads += stated(_relation(fragment), about)
    yield _INDEX, turtle(quads, NAMESPACES).encode()


def _relation(fragment: Fragment) -> str:
    return f"{STREAM}/{fragment.number:0{_NUMBERED}}"


def _member(member: str, graph: str, kind: str, edition: Edition) -> Iterator[ox.Quad]:
    yield from stated(STREAM, {"tree:member": link(member)})
    yield from stated(
        member,
        {
            "rdf:type": node(kind),
            "dcterms:isVersionOf": link(graph),
            "dcterms:issued": day(edition.day),
            "dcterms:isPartOf": link(release_iri(edition.version)),
        },
    )


def _moved(quads: CanonicalStatements, members: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the lines of the graphs that have members, in these."""
    for block in quads.blocks():
        yield sorted_lines(
            b"".join(b"%b<%b> .\n" % (at, members[g].encode()) for at, g in _parted(block) if g in members)
        )


def _checksums(quads: CanonicalStatements) -> dict[str, bytes]:
    """Return for each graph the checksum of its triples as sorted lines; one block of them is held at a time."""
    found: defaultdict[str, Any] = defaultdict(sha256)
    for block in quads.blocks():
        for triple, graph in _parted(block):
            found[graph].update(triple + b".\n")
    return {graph: checksum.digest() for graph, checksum in found.items()}


def _checksum(triples: Iterable[ox.Triple]) -> bytes:
    return sha256(sorted_lines(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")).digest()


def _parted(lines: bytes) -> Iterator[tuple[bytes, str]]:
    """Yield each line up to its graph, and that."""
    for line in lines.splitlines():
        triple, graph = split_line(line)
        yield triple, graph[1:-1].decode() or GRAPH


def _members(fragment: Fragment) -> tuple[dict[str, str], dict[str, set[ox.Triple]]]:
    """Return the graph that each member is a version of, and what each holds."""
    about: dict[str, str] = {}
    held: dict[str, set[ox.Triple]] = {}
    version_of = node("dcterms:isVersionOf")
    try:
        for quad in ox.parse(fragment.data, format=ox.RdfFormat.TRIG):
            if isinstance(quad.graph_name, ox.NamedNode):
                held.setdefault(quad.graph_name.value, set()).add(quad.triple)
            elif quad.predicate == version_of:
                about[quad.subject.value] = quad.object.value
    except SyntaxError as error:
        raise MandataError("feed", f"is damaged: {error}", fragment.path, "publish it again") from error
    return about, held


def _local(graph: str) -> str:
    return graph.removeprefix(GRAPH) or "default"
