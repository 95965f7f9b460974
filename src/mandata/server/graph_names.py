"""Converts the names of graphs in requests to RDF terms."""

from __future__ import annotations

import pyoxigraph as ox

from mandata.errors import MandataError


def graph(iri: str) -> ox.NamedNode:
    """Return the name of a graph.

    Raises:
        MandataError: it is no absolute IRI.
    """
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise MandataError("graph-name", "is no IRI", iri[:200], "name the graph by an absolute IRI") from error


def graph_or_default(iri: str) -> ox.NamedNode | ox.DefaultGraph:
    """Return the name of a graph, or the default graph if the name is empty; raises MandataError as ``graph``."""
    return graph(iri) if iri else ox.DefaultGraph()
