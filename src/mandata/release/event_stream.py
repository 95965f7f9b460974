"""The change feed: a Linked Data Event Stream in static fragments, one for each release.

A member is a version of one named graph: created, updated or deleted by a release. Its triples are in the graph that
the member names, so that a replay of all fragments gives the statements of the last release.
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
from mandata.release.describe.terms import NAMESPACES, day, link, node, publication_literals, statements_about
from mandata.release.edition import Edition, address, release_iri
from mandata.release.files import File

FEED: Final = "feed"
STREAM: Final = BASE + FEED
_INDEX: Final = f"{FEED}/index.ttl"
_NUMBER_WIDTH: Final = 4  # digits, so that the fragments sort by name in the order of time
State = Mapping[str, frozenset[ox.Triple]]
"""The triples of each named graph, by its IRI."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """The changes of one release, as a TriG file."""

    number: int
    version: str
    data: bytes

    @property
    def path(self) -> str:
        """The path of the fragment in a release."""
        return f"{FEED}/{self.number:0{_NUMBER_WIDTH}}-{self.version}.trig"


def read_history(release: Path, stop_at: str) -> list[Fragment]:
    """Return the fragments of a release in their order; none if it has no feed.

    Args:
        release: the folder of the release.
        stop_at: the version before whose fragment the history ends, since that release is written anew.

    Raises:
        MandataError: a fragment is missing, or its name is malformed.
    """
    fragments: list[Fragment] = []
    for path in sorted((release / FEED).glob("*.trig")):
        number, _, version = path.stem.partition("-")
        if not number.isdecimal() or int(number) != len(fragments) + 1:
            raise MandataError("feed", "a fragment is missing before this one", str(path), "name a whole release")
        if version == stop_at:
            break
        fragments.append(Fragment(int(number), version, path.read_bytes()))
    return fragments


def replay(fragments: Iterable[Fragment]) -> dict[str, frozenset[ox.Triple]]:
    """Return the graphs after all fragments are applied in their order, beginning with none.

    Raises:
        MandataError: a fragment is not TriG.
    """
    state: dict[str, frozenset[ox.Triple]] = {}
    for fragment in fragments:
        graphs, contents = _members(fragment)
        for member, graph in sorted(graphs.items()):
            state.pop(graph, None)
            if member in contents:
                state[graph] = frozenset(contents[member])
    return state


def quads_of(state: State) -> list[ox.Quad]:
    """Return the statements of all graphs as quads."""
    return [
        ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(graph))
        for graph, triples in state.items()
        for triple in triples
    ]


def state_of(quads: Iterable[ox.Quad]) -> dict[str, frozenset[ox.Triple]]:
    """Return the triples of quads by named graph; the default graph has the base of the names of all graphs."""
    graphs: dict[str, set[ox.Triple]] = {}
    for quad in quads:
        name = quad.graph_name
        graphs.setdefault(name.value if isinstance(name, ox.NamedNode) else GRAPH, set()).add(quad.triple)
    return {name: frozenset(triples) for name, triples in graphs.items()}


def next_fragment(history: Sequence[Fragment], current: CanonicalStatements, edition: Edition) -> Fragment:
    """Return the fragment of a release, which turns the graphs of its history into its own.

    Args:
        history: the fragments of all releases before, in their order.
        current: the statements of the release.
        edition: the release.
    """
    before = {graph: _checksum(triples) for graph, triples in replay(history).items()}
    after, number = _checksums(current), len(history) + 1
    members: dict[str, str] = {}
    quads: list[ox.Quad] = []
    for graph in sorted({*before, *after}):
        if before.get(graph) != after.get(graph):
            kind = "as:Update" if graph in before and graph in after else "as:Create" if graph in after else "as:Delete"
            members[graph] = f"{STREAM}/{number:0{_NUMBER_WIDTH}}/{_graph_name(graph)}"
            quads += _member(members[graph], graph, kind, edition)
    with TemporaryDirectory(prefix="mandata-") as place:
        members_file = Path(place, "members.nq")
        write_pieces(members_file, _member_lines(current, members), durable=False)
        text = BytesIO()
        write_trig(CanonicalStatements((canonicalize(quads), CanonicalStatements(members_file))), text, NAMESPACES)
        return Fragment(number, edition.version, text.getvalue())


def feed(fragments: Sequence[Fragment]) -> Iterator[File]:
    """Yield the files of the feed: the fragments, and the root node of the stream, which links to each."""
    for fragment in fragments:
        yield fragment.path, fragment.data
    root = address(_INDEX)
    quads = [
        *statements_about(
            STREAM,
            {
                "rdf:type": node("ldes:EventStream"),
                "dcterms:title": publication_literals("feed"),
                "ldes:timestampPath": node("dcterms:issued"),
                "ldes:versionOfPath": node("dcterms:isVersionOf"),
                "tree:view": link(root),
            },
        ),
        *statements_about(
            root,
            {"rdf:type": node("tree:Node"), "tree:relation": [link(_relation(fragment)) for fragment in fragments]},
        ),
    ]
    for fragment in fragments:
        about = {"rdf:type": node("tree:Relation"), "tree:node": link(address(fragment.path))}
        quads += statements_about(_relation(fragment), about)
    yield _INDEX, turtle(quads, NAMESPACES).encode()


def _relation(fragment: Fragment) -> str:
    return f"{STREAM}/{fragment.number:0{_NUMBER_WIDTH}}"


def _member(member: str, graph: str, kind: str, edition: Edition) -> Iterator[ox.Quad]:
    yield from statements_about(STREAM, {"tree:member": link(member)})
    yield from statements_about(
        member,
        {
            "rdf:type": node(kind),
            "dcterms:isVersionOf": link(graph),
            "dcterms:issued": day(edition.day),
            "dcterms:isPartOf": link(release_iri(edition.version)),
        },
    )


def _member_lines(quads: CanonicalStatements, members: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the lines of the changed graphs, each with its graph replaced by the IRI of the member."""
    for block in quads.blocks():
        yield sorted_lines(
            b"".join(b"%b<%b> .\n" % (at, members[g].encode()) for at, g in _split_lines(block) if g in members)
        )


def _checksums(quads: CanonicalStatements) -> dict[str, bytes]:
    """Return the checksum of the sorted triples of each graph; one block of lines is in memory at a time."""
    checksums: defaultdict[str, Any] = defaultdict(sha256)
    for block in quads.blocks():
        for triple, graph in _split_lines(block):
            checksums[graph].update(triple + b".\n")
    return {graph: checksum.digest() for graph, checksum in checksums.items()}


def _checksum(triples: Iterable[ox.Triple]) -> bytes:
    return sha256(sorted_lines(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")).digest()


def _split_lines(lines: bytes) -> Iterator[tuple[bytes, str]]:
    """Yield for each N-Quads line its triple and the IRI of its graph."""
    for line in lines.splitlines():
        triple, graph = split_line(line)
        yield triple, graph[1:-1].decode() or GRAPH


def _members(fragment: Fragment) -> tuple[dict[str, str], dict[str, set[ox.Triple]]]:
    """Return for each member the graph of which it is a version, and the triples of each member."""
    graphs: dict[str, str] = {}
    contents: dict[str, set[ox.Triple]] = {}
    version_of = node("dcterms:isVersionOf")
    try:
        for quad in ox.parse(fragment.data, format=ox.RdfFormat.TRIG):
            if isinstance(quad.graph_name, ox.NamedNode):
                contents.setdefault(quad.graph_name.value, set()).add(quad.triple)
            elif quad.predicate == version_of:
                graphs[quad.subject.value] = quad.object.value
    except SyntaxError as error:
        raise MandataError("feed", f"is damaged: {error}", fragment.path, "publish it again") from error
    return graphs, contents


def _graph_name(graph: str) -> str:
    return graph.removeprefix(GRAPH) or "default"
