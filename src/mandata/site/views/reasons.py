"""The inferred statements on which a row of an answer depends: those that a solution of its query matches."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from mandata.query.answer import Cell
from mandata.query.display_names import Thing
from mandata.query.queryfile import Question
from mandata.query.source import Row, Source, select
from mandata.rdf.namespaces import PREFIXES, RDF, expand

_SELECT_CLAUSE: Final = re.compile(r"^SELECT\s+(?:DISTINCT\s+)?(?:\?\w+\s+)+WHERE\b", re.MULTILINE)
_NAMED: Final = re.compile(r"\b([a-z]+):([\w-]+)")
_COMMENT: Final = re.compile(r"^\s*#.*$", re.MULTILINE)

InferredAbout = Callable[[str], Sequence[ox.Triple]]
"""Returns the inferred statements about a thing."""
_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowInferences:
    """The inferred statements on which each row of an answer depends.

    Args:
        columns: the columns that identify a row.
        named: the IRIs of the properties and classes in the query.
        solutions: the solutions of the query with all variables, by the things in a row.
        inferred_about: returns the inferred statements about a thing.
    """

    columns: tuple[str, ...]
    named: frozenset[str]
    solutions: Mapping[_Key, Sequence[Row]]
    inferred_about: InferredAbout
    _cache: dict[str, list[ox.Triple]] = field(default_factory=dict)

    def of(self, row: Mapping[str, Cell]) -> tuple[ox.Triple, ...]:
        """Return the inferred statements on which a row depends, sorted; none if all its statements are asserted."""
        found: dict[ox.Triple, None] = {}
        for solution in self.solutions.get(_key_of_cells(row, self.columns), ()):
            bound_terms = set(solution.values())
            for term in solution.values():
                if isinstance(term, ox.NamedNode):
                    inferred = self._matching_inferences(term.value)
                    found |= dict.fromkeys(
                        triple for triple in inferred if triple.object in bound_terms or self._is_named(triple.object)
                    )
        return tuple(sorted(found, key=str))

    def _matching_inferences(self, iri: str) -> list[ox.Triple]:
        if iri not in self._cache:
            self._cache[iri] = [one for one in self.inferred_about(iri) if one.predicate.value in self.named]
        return self._cache[iri]

    def _is_named(self, term: object) -> bool:
        return isinstance(term, ox.NamedNode) and term.value in self.named


def row_inferences(
    question: Question, values: Mapping[str, ox.NamedNode | ox.Literal], source: Source, inferred_about: InferredAbout
) -> RowInferences:
    """Return the inferred statements on which the rows of an answer depend.

    The query is evaluated again for all its variables, such as the mandate between a centre and a State that it serves.

    Args:
        question: the question.
        values: the values of its parameters.
        source: answers the query.
        inferred_about: returns the inferred statements about a thing.

    Raises:
        MandataError: the source does not answer.
    """
    columns = tuple(name for name in question.columns if name not in question.list_columns)
    query, replaced = _SELECT_CLAUSE.subn("SELECT * WHERE", question.query_with(values), count=1)
    solutions: dict[_Key, list[Row]] = {}
    if replaced and question.regime == "inferred":
        for row in select(source, query):
            solutions.setdefault(tuple(_name(row.get(name)) for name in columns), []).append(row)
    return RowInferences(columns, _named_terms(question.query), solutions, inferred_about)


def _named_terms(query: str) -> frozenset[str]:
    curies = (f"{prefix}:{name}" for prefix, name in _NAMED.findall(_COMMENT.sub("", query)) if prefix in PREFIXES)
    return frozenset({*map(expand, curies), RDF + "type"})


def _name(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _key_of_cells(row: Mapping[str, Cell], columns: Sequence[str]) -> _Key:
    cells = (row[name] for name in columns)
    return tuple(cell.iri if isinstance(cell, Thing) else "" for cell in cells)
