"""What a row of an answer owes to reasoning: the inferred statements that the query met on its way to the row."""

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
"""Returns what was inferred of a thing."""
_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowInferences:
    """What the query met, by the things of a row; ``named``: the properties and classes that it asks for."""

    columns: tuple[str, ...]
    named: frozenset[str]
    solutions: Mapping[_Key, Sequence[Row]]
    inferred_about: InferredAbout
    _known: dict[str, list[ox.Triple]] = field(default_factory=dict)

    def of(self, row: Mapping[str, Cell]) -> tuple[ox.Triple, ...]:
        """Return the inferred statements behind a row, sorted; none where all of it is stated."""
        found: dict[ox.Triple, None] = {}
        for solution in self.solutions.get(_key_of_cells(row, self.columns), ()):
            bound_terms = set(solution.values())
            for term in solution.values():
                if isinstance(term, ox.NamedNode):
                    inferred = self._asked_for(term.value)
                    found |= dict.fromkeys(
                        one for one in inferred if one.object in bound_terms or self._is_named(one.object)
                    )
        return tuple(sorted(found, key=str))

    def _asked_for(self, iri: str) -> list[ox.Triple]:
        if iri not in self._known:
            self._known[iri] = [one for one in self.inferred_about(iri) if one.predicate.value in self.named]
        return self._known[iri]

    def _is_named(self, term: object) -> bool:
        return isinstance(term, ox.NamedNode) and term.value in self.named


def row_inferences(
    question: Question, values: Mapping[str, ox.NamedNode | ox.Literal], source: Source, inferred_about: InferredAbout
) -> RowInferences:
    """Return the reasons of the rows of an answer.

    The query is asked again for all that it binds, such as the mandate between a centre and a State that it serves.

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
