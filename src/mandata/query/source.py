"""The source that a query is sent to: one interface, implemented by the embedded store and by ``remote.Endpoint``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.query.guard import check_query, syntax_error
from mandata.query.search.find import SearchIndex
from mandata.query.text_matching import expand_matches
from mandata.rdf.namespaces import PREFIXES

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Row = dict[str, Term]


@dataclass(frozen=True, slots=True)
class Solutions:
    """The solutions of a SELECT query: its variables in their order, and the rows, without the unbound variables."""

    variables: tuple[str, ...]
    rows: Sequence[Row]


Result = Solutions | bool | list[ox.Triple]


class Source(Protocol):
    """A store that answers SPARQL 1.1 queries; its default graph contains each statement once."""

    def run(self, query: str) -> Result:
        """Return the result of a query of any form; raises MandataError if it is malformed, refused or not answered."""
        ...


class Embedded:
    """An embedded store as a source, with the search index of its texts, which answers ``md:matches``."""

    def __init__(self, store: ox.Store, index: SearchIndex | None = None) -> None:
        self._store, self._index = store, index

    def run(self, query: str) -> Result:
        """Return the result of a query; raises MandataError if it is malformed or refused."""
        check_query(query)
        try:
            expanded = expand_matches(query, PREFIXES, self._index)
            result = self._store.query(expanded, prefixes=PREFIXES)
            if isinstance(result, ox.QueryBoolean):
                return bool(result)
            if isinstance(result, ox.QueryTriples):
                return list(result)
            return solutions(result)
        except SyntaxError as error:
            raise syntax_error(str(error)) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise MandataError("query", f"the query was not answered: {error}") from error


def select(source: Source, query: str) -> Sequence[Row]:
    """Return the rows of a SELECT query.

    Args:
        source: the store or endpoint.
        query: the query.

    Raises:
        MandataError: the source did not answer, or the query is no SELECT query.
    """
    result = source.run(query)
    if not isinstance(result, Solutions):
        raise MandataError("query", "the answer has no rows", "", "use a SELECT query")
    return result.rows


def solutions(result: ox.QuerySolutions) -> Solutions:
    """Return all solutions of a result that the engine yields one by one."""
    names = tuple(variable.value for variable in result.variables)
    rows = [{name: solution[name] for name in names if solution[name] is not None} for solution in result]
    return Solutions(names, rows)
