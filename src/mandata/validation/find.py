"""Violations found: the queries of the shapes asked of what was stated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolutions

from mandata.kb.store import in_memory
from mandata.validation.shape_queries import shape_queries
from mandata.validation.violation import Violation, in_order


def find_violations(quads: Iterable[Quad]) -> list[Violation]:
    """Return all that the shapes find wrong with statements, of all graphs together, sorted."""
    return in_order(_violations(quads))


def _violations(quads: Iterable[Quad]) -> Iterator[Violation]:
    store = in_memory(Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in quads)
    for asked in shape_queries():
        rows = store.query(asked.query)
        if isinstance(rows, QuerySolutions):
            for row in rows:
                yield Violation(_words(row["this"]) or "", asked.shape, asked.messages, _words(row["value"]))


def _words(term: object) -> str | None:
    return term.value if isinstance(term, NamedNode | BlankNode | Literal) else None
