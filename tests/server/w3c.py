"""The W3C's test cases of SPARQL 1.1, read from ``../shared/w3c`` where they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from rdflib import Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

ROOT = Path(__file__).parents[3] / "shared" / "w3c" / "sparql" / "sparql11"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
DAWGT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#")
RDF_TYPE = URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

needs_cases = pytest.mark.skipif(not ROOT.is_dir(), reason="the W3C's test cases are not in ../shared/w3c")


@dataclass(frozen=True)
class Case:
    graph: Graph
    node: Node

    @property
    def name(self) -> str:
        return str(self.node).rpartition("#")[2]

    @property
    def kind(self) -> str:
        return str(self.graph.value(self.node, RDF_TYPE)).rpartition("#")[2]

    @property
    def folder(self) -> str:
        return str(self.node).rpartition("/")[0].rpartition("/")[2]

    @property
    def is_approved(self) -> bool:
        return (self.node, DAWGT.approval, DAWGT.Approved) in self.graph

    def of(self, *path: URIRef) -> Node | None:
        """Return what a path of properties leads to."""
        return self.along(self.node, *path)

    def along(self, node: Node | None, *path: URIRef) -> Node | None:
        """Return what a path of properties leads to from a node."""
        for step in path:
            node = self.graph.value(node, step) if node is not None else None
        return node

    def listed(self, node: Node | None) -> list[Node]:
        """Return the members of a list; none where there is none."""
        return list(Collection(self.graph, node)) if node is not None else []


def cases(folder: str) -> list[Case]:
    """Return the cases of a folder's manifest, in its order."""
    path = ROOT / folder / "manifest.ttl"
    if not path.is_file():
        return []
    graph = Graph().parse(path, format="turtle", publicID=path.as_uri())
    return [Case(graph, node) for listed in graph.objects(None, MF.entries) for node in Collection(graph, listed)]


def included(manifest: str) -> Iterator[Case]:
    """Yield the cases of all manifests that one includes."""
    path = ROOT / manifest
    if path.is_file():
        graph = Graph().parse(path, format="turtle", publicID=path.as_uri())
        for listed in graph.objects(None, MF.include):
            for member in Collection(graph, listed):
                yield from cases(str(member).rpartition("/")[0].rpartition("/")[2])


def local(iri: Node | None) -> Path:
    """Return the file that an IRI of a case names."""
    return Path(str(iri).removeprefix("file://"))
