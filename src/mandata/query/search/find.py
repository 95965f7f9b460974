"""The search index as it is queried: matches in order, each with a snippet, and the counts of facet values."""

from __future__ import annotations

import heapq
import sqlite3
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.kb import layout
from mandata.query.search.entries import FACETS
from mandata.query.search.index import FORMAT_VERSION
from mandata.query.search.snippets import Snippet, best_snippet
from mandata.query.search.symbol_keys import keys_typed
from mandata.query.search.typed_query import Phrase, fts_query, phrases

SORTS: Final = {"documents": (0, 0), "things": (1, 1), "paragraphs": (2, 2), "": (0, 2)}
"""The sorts of things that a search may be limited to, each with its first and last ``IndexEntry.sort``; "" for all."""
_MAX_VALUES: Final = 20  # of a facet that are counted, the most frequent ones
_WEIGHTS: Final = "10.0, 5.0, 1.0"  # of a word in a symbol, a name, a text
_BATCH: Final = 500  # values in one SQL statement

_ScoredEntry = tuple[int, float]
"""The number of an entry and its BM25 score, of which the lowest is the best."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What to search for: words, values of facets (any value of each facet, all facets), a sort, and a page."""

    text: str = ""
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: str = ""
    language: str = "en"
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True)
class SearchMatch:
    """A thing that was found, and the document that it is a part of, if any.

    ``matched``: what matched: ``symbol``, ``name``, ``text``, or empty if it was found by facets alone.
    """

    iri: str
    document: str
    matched: str
    snippet: Snippet | None


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A value of a facet, and the number of matches that have it."""

    name: str
    iri: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The matches of one page and the number of all; ``truncated``: some of the typed words were not searched for."""

    total: int
    matches: tuple[SearchMatch, ...]
    facets: Mapping[str, tuple[FacetCount, ...]]
    truncated: bool


@dataclass(frozen=True, slots=True)
class _Ranking:
    """The numbers of the best entries in order, and of all entries that were found.

    ``by_symbol``: the entries found by their symbol. ``last_named``: the last entry with a name, or None if no words
    were searched for.
    """

    numbers: list[int]
    all_numbers: list[int]
    by_symbol: set[int]
    last_named: int | None

    def matched_by(self, number: int) -> str:
        """Return what of an entry matched, as in ``SearchMatch``."""
        if number in self.by_symbol or self.last_named is None:
            return "symbol" if number in self.by_symbol else ""
        return "name" if number <= self.last_named else "text"


class SearchIndex:
    """The search index of a knowledge base, open for reading in the state in which it was opened."""

    def __init__(self, kb: Path) -> None:
        """Open the index of a folder; raises MandataError if there is none, or if its format is another."""
        path = kb / layout.SEARCH
        if not path.is_file():
            raise MandataError("no-index", "there is no index for searching", str(kb), "build the knowledge base again")
        self._connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        if self._connection.execute("PRAGMA user_version").fetchone() != (FORMAT_VERSION,):
            raise MandataError("no-index", "the index is of another version", str(path), "build it again")
        self._last = dict(self._connection.execute("SELECT sort, last FROM sort"))
        rows = self._connection.execute("SELECT id, facet, name, iri FROM value")
        self._values = {number: rest for number, *rest in rows}

    def find(self, request: SearchRequest) -> SearchResults:
        """Return the matches of a request, the best first; the same request always has the same results.

        A document whose symbol is typed comes first, then documents and things by their names, then paragraphs; within
        these the order is that of the scores, then the natural order of IRIs.

        Raises:
            MandataError: a facet or a value of one is unknown; the message lists those that are known.
        """
        searched, truncated = phrases(request.text)
        if request.text.strip() and not searched:
            return SearchResults(0, (), dict.fromkeys(FACETS, ()), truncated)
        ranking = self._rank(searched, request)
        page = ranking.numbers[request.offset : request.offset + request.limit]
        matches = tuple(self._match(number, ranking.matched_by(number), searched, request.language) for number in page)
        return SearchResults(len(ranking.all_numbers), matches, self._count_facets(ranking.all_numbers), truncated)

    def iris(self, text: str, limit: int) -> tuple[list[str], bool]:
        """Return the things that a text finds, the best first, and whether there are more.

        Args:
            text: the words.
            limit: the number of things that are returned at most.
        """
        searched, _ = phrases(text)
        numbers = self._rank(searched, SearchRequest(text, limit=limit + 1)).numbers if searched else []
        return [self._entry(number)[0] for number in numbers[:limit]], len(numbers) > limit

    def documents_named(self, text: str) -> list[str]:
        """Return the documents that a typed symbol may name, in any spelling: none, one or several."""
        return [self._entry(number)[0] for number in self._entries_by_symbol(SearchRequest(text, sort="documents"))]

    def names(self, iris: Sequence[str]) -> dict[str, dict[str, list[ox.Literal]]]:
        """Return, for each of the things that has a name, the literals of each property that names it."""
        names: dict[str, dict[str, list[ox.Literal]]] = {}
        for start in range(0, len(iris), _BATCH):
            batch = iris[start : start + _BATCH]
            sql = f"SELECT iri, property, language, name FROM naming WHERE iri IN ({_placeholders(batch)})"
            for iri, prop, language, name in self._connection.execute(sql, batch):
                names.setdefault(iri, {}).setdefault(prop, []).append(ox.Literal(name, language=language or None))
        return names

    def _rank(self, searched: Sequence[Phrase], request: SearchRequest) -> _Ranking:
        """Return all entries that are found, and as many of them in order as are requested."""
        by_symbol, last_named = self._entries_by_symbol(request), self._last[1]
        first = set(by_symbol)
        rest = [row for row in self._scored_entries(searched, request) if row[0] not in first]
        size = request.offset + request.limit
        best = heapq.nsmallest(size, rest, key=lambda row: (row[0] > last_named, row[1], row[0]))
        all_numbers = [*by_symbol, *(number for number, _ in rest)]
        numbers = [*by_symbol, *(number for number, _ in best)]
        return _Ranking(numbers, all_numbers, first, last_named if searched else None)

    def _entries_by_symbol(self, request: SearchRequest) -> list[int]:
        keys = keys_typed(request.text)
        if not keys:
            return []
        sql = f"SELECT DISTINCT entry FROM spelling WHERE key IN ({_placeholders(keys)})"
        condition, values = self._condition("entry", request)
        rows = self._connection.execute(f"{sql} {condition} ORDER BY entry", (*keys, *values))
        return [number for (number,) in rows]

    def _scored_entries(self, searched: Sequence[Phrase], request: SearchRequest) -> list[_ScoredEntry]:
        if searched:
            condition, values = self._condition("rowid", request)
            sql = f"SELECT rowid, bm25(found, {_WEIGHTS}) FROM found WHERE found MATCH ? {condition}"
            return self._connection.execute(sql, (fts_query(searched), *values)).fetchall()
        condition, values = self._condition("id", request)
        return self._connection.execute(f"SELECT id, 0.0 FROM entry WHERE 1 {condition}", values).fetchall()

    def _condition(self, column: str, request: SearchRequest) -> tuple[str, list[int]]:
        """Return the SQL condition, and its values, that an entry has the sort and the facets of a request.

        The sign before the column keeps SQLite from searching for the words anew for each entry that has a facet.
        """
        if request.sort not in SORTS:
            raise MandataError("unknown-sort", f'"{request.sort[:80]}" is none', "sort", f"write {', '.join(SORTS)}")
        first, last = SORTS[request.sort]
        condition, values = f"AND {column} BETWEEN ? AND ?", [self._last.get(first - 1, 0) + 1, self._last[last]]
        for facet, names in sorted(request.facets.items()):
            numbers = [number for name in names for number in self._value_numbers(facet, name)]
            if numbers:
                condition += f" AND +{column} IN (SELECT entry FROM mark WHERE value IN ({_placeholders(numbers)}))"
                values += numbers
        return condition, values

    def _value_numbers(self, facet: str, name: str) -> list[int]:
        if facet not in FACETS:
            raise MandataError("unknown-facet", f'"{facet[:80]}" is no facet', "", f"write one of {', '.join(FACETS)}")
        own = [(number, value, iri) for number, (of, value, iri) in self._values.items() if of == facet]
        numbers = [number for number, value, iri in own if name in (value, iri) or name.casefold() == value.casefold()]
        if not numbers:
            some = ", ".join(value for _, value, _ in own[:8])
            raise MandataError("unknown-value", f'nothing has the {facet} "{name[:80]}"', facet, f"there are {some}")
        return numbers

    def _match(self, number: int, matched: str, searched: Sequence[Phrase], language: str) -> SearchMatch:
        iri, document = self._entry(number)
        sql = "SELECT language, said FROM words WHERE entry = ? ORDER BY at"
        texts = self._connection.execute(sql, (number,)).fetchall()
        return SearchMatch(iri, document, matched, best_snippet(texts, searched, language))

    def _entry(self, number: int) -> tuple[str, str]:
        iri, document = self._connection.execute("SELECT iri, whole FROM entry WHERE id = ?", (number,)).fetchone()
        return iri, document

    def _count_facets(self, numbers: Sequence[int]) -> dict[str, tuple[FacetCount, ...]]:
        """Return for each facet its most frequent values among some entries, by count and then by name."""
        value_numbers = array("I")
        for start in range(0, len(numbers), _BATCH):
            batch = numbers[start : start + _BATCH]
            sql = f"SELECT marks FROM entry WHERE id IN ({_placeholders(batch)})"
            for (packed,) in self._connection.execute(sql, batch):
                value_numbers.frombytes(packed)
        counts: dict[str, list[FacetCount]] = {name: [] for name in FACETS}
        for number, count in Counter(value_numbers).items():
            facet, name, iri = self._values[number]
            counts[facet].append(FacetCount(name, iri, count))
        ordered = {facet: sorted(each, key=lambda one: (-one.count, one.name)) for facet, each in counts.items()}
        return {facet: tuple(each[:_MAX_VALUES]) for facet, each in ordered.items()}


def index_of(kb: Path) -> SearchIndex | None:
    """Return the search index of a knowledge base; None if there is none that can be read."""
    try:
        return SearchIndex(kb)
    except MandataError:
        return None


def _placeholders(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
