"""Where a question is asked: one promise, kept by the embedded store here and by ``remote.Endpoint``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.query.guard import admit, syntax_error
from mandata.query.search.find import Index
from mandata.query.text_matching import matched
from mandata.rdf.namespaces import PREFIXES

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Row = dict[str, Term]


@dataclass(frozen=True, slots=True)
class Solutions:
    """What a SELECT found: the variables in the order asked, and the rows, unbound variables left out."""

    variables: tuple[str, ...]
    rows: Sequence[Row]


Result = Solutions | bool | list[ox.Triple]


class Source(Protocol):
    """Something that answers SPARQL 1.1 queries; its default graph has each statement once."""

    def run(self, query: str) -> Result:
        """Answer a query of any form; raises MandataError where it is malformed, refused or not answered."""
        ...


class Embedded:
    """An embedded store as a source, and the index of its words."""

    def __init__(self, store: ox.Store, index: Index | None = None) -> None:
        self._store, self._index = store, index

    def run(self, query: str) -> Result:
        """Answer the query; raises MandataError where it is malformed or refused."""
        admit(query)
        try:
            found = matched(query, PREFIXES, self._index)
            result = self._store.query(found, prefixes=PREFIXES)
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

    Raises:
        MandataError: the source did not answer, or not with rows.
    """
    result = source.run(query)
    if not isinstance(result, Solutions):
        raise MandataError("query", "the answer has no rows", "", "use a SELECT query")
    return result.rows


def solutions(result: ox.QuerySolutions) -> Solutions:
    """Return all rows of a result that comes row by row."""
    names = tuple(variable.value for variable in result.variables)
    rows = [{name: solution[name] for name in names if solution[name] is not None} for solution in result]
    return Solutions(names, rows)
