"""Validation by queries: the SPARQL queries of the shapes, run over statements in a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions

from mandata.kb.store import in_memory
from mandata.validation.shape_queries import shape_queries
from mandata.validation.violation import Violation, sort_violations


def find_violations(quads: Iterable[Quad]) -> list[Violation]:
    """Return the violations of the shapes by statements, sorted; all graphs are validated as one."""
    return sort_violations(_violations(quads))


def _violations(quads: Iterable[Quad]) -> Iterator[Violation]:
    store = in_memory(quads, default_graph=False)
    for shape in shape_queries():
        rows = store.query(shape.query, use_default_graph_as_union=True)
        if isinstance(rows, QuerySolutions):
            for row in rows:
                yield Violation(_text(row["this"]) or "", shape.shape, shape.messages, _text(row["value"]))


def _text(term: object) -> str | None:
    return term.value if isinstance(term, NamedNode | BlankNode | Literal) else None
