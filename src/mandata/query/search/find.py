"""What an index answers: hits in order, with the piece of text that shows each, and how they spread over the facets."""

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
from mandata.query.search.index import FORM
from mandata.query.search.snippets import Snippet, best
from mandata.query.search.symbol_keys import keys_typed
from mandata.query.search.typed_query import Phrase, matching, phrases

SORTS: Final = {"documents": (0, 0), "things": (1, 1), "paragraphs": (2, 2), "": (0, 2)}
"""What is looked for; everything, where nothing is said."""
_MOST_VALUES: Final = 20  # of a facet that are counted, the most frequent ones
_WEIGHTS: Final = "10.0, 5.0, 1.0"  # of a word in a symbol, a name, a text
_KEPT: Final = 500  # values of facets in one statement of SQL

_Row = tuple[int, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: words, values of facets (any of each facet, all facets), a sort, and which of the hits."""

    text: str = ""
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: str = ""
    language: str = "en"
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found; ``matched``: by its symbol, its name, its text, or by facets alone (empty)."""

    iri: str
    whole: str
    matched: str
    snippet: Snippet | None


@dataclass(frozen=True, slots=True)
class Spread:
    """How many of the hits have a value of a facet."""

    name: str
    iri: str
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of one page, of how many in all; ``cut``: not all that was typed was looked for."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[Spread, ...]]
    cut: bool


@dataclass(frozen=True, slots=True)
class _Ranked:
    """The numbers of the best entries in order, and of all; ``things``: the last of those that have names.

    It is None where no words are looked for.
    """

    numbers: list[int]
    every: list[int]
    symbols: set[int]
    things: int | None

    def matched(self, number: int) -> str:
        """Return by what an entry was found."""
        if number in self.symbols or self.things is None:
            return "symbol" if number in self.symbols else ""
        return "name" if number <= self.things else "text"


class Index:
    """The index of a knowledge base, open for reading; what stood there when it was opened is what it answers from."""

    def __init__(self, kb: Path) -> None:
        """Open it; raises MandataError where there is none, or one of another form."""
        path = kb / layout.SEARCH
        if not path.is_file():
            raise MandataError("no-index", "there is no index for searching", str(kb), "build the knowledge base again")
        self._held = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        if self._held.execute("PRAGMA user_version").fetchone() != (FORM,):
            raise MandataError("no-index", "the index is of another version", str(path), "build it again")
        self._last = dict(self._held.execute("SELECT sort, last FROM sort"))
        self._values = {number: rest for number, *rest in self._held.execute("SELECT id, facet, name, iri FROM value")}

    def find(self, asked: Asked) -> Found:
        """Return what is found, the best first: the same for the same words, whatever they are.

        A document whose symbol is typed comes first, then documents and things by their names, then paragraphs; within
        these by how well the words fit, and then in natural order.

        Raises:
            MandataError: a facet or a value of one is unknown, which says what is known.
        """
        looked, cut = phrases(asked.text)
        if asked.text.strip() and not looked:
            return Found(0, (), dict.fromkeys(FACETS, ()), cut)
        ranked = self._ranked(looked, asked)
        page = ranked.numbers[asked.offset : asked.offset + asked.limit]
        hits = tuple(self._hit(number, ranked.matched(number), looked, asked.language) for number in page)
        return Found(len(ranked.every), hits, self._counted(ranked.every), cut)

    def iris(self, text: str, most: int) -> tuple[list[str], bool]:
        """Return the things that the words find, at most so many, the best first, and whether there are more."""
        looked, _ = phrases(text)
        numbers = self._ranked(looked, Asked(text, limit=most + 1)).numbers if looked else []
        return [self._entry(number)[0] for number in numbers[:most]], len(numbers) > most

    def named(self, text: str) -> list[str]:
        """Return the documents whose symbol is typed, in any spelling: none, one, or all that it may be."""
        return [self._entry(number)[0] for number in self._named(Asked(text, sort="documents"))]

    def names(self, iris: Sequence[str]) -> dict[str, dict[str, list[ox.Literal]]]:
        """Return for each of these things that is named here the literals of each property that names it."""
        found: dict[str, dict[str, list[ox.Literal]]] = {}
        for start in range(0, len(iris), _KEPT):
            some = iris[start : start + _KEPT]
            sql = f"SELECT iri, property, language, name FROM naming WHERE iri IN ({_marks(some)})"
            for iri, prop, language, name in self._held.execute(sql, some):
                found.setdefault(iri, {}).setdefault(prop, []).append(ox.Literal(name, language=language or None))
        return found

    def _ranked(self, looked: Sequence[Phrase], asked: Asked) -> _Ranked:
        """Return what is found, as much of it in order as is asked for."""
        rows, named, things = self._rows(looked, asked), self._named(asked), self._last[1]
        first = set(named)
        rest = [row for row in rows if row[0] not in first]
        best = heapq.nsmallest(asked.offset + asked.limit, rest, key=lambda row: (row[0] > things, row[1], row[0]))
        every = [*named, *(number for number, _ in rest)]
        return _Ranked([*named, *(number for number, _ in best)], every, first, things if looked else None)

    def _named(self, asked: Asked) -> list[int]:
        keys = keys_typed(asked.text)
        sql = f"SELECT DISTINCT entry FROM spelling WHERE key IN ({_marks(keys)})"
        narrowed, given = self._narrowed("entry", asked)
        found = self._held.execute(f"{sql} {narrowed} ORDER BY entry", (*keys, *given))
        return [number for (number,) in found]

    def _rows(self, looked: Sequence[Phrase], asked: Asked) -> list[_Row]:
        if looked:
            narrowed, given = self._narrowed("rowid", asked)
            sql = f"SELECT rowid, bm25(found, {_WEIGHTS}) FROM found WHERE found MATCH ? {narrowed}"
            return self._held.execute(sql, (matching(looked), *given)).fetchall()
        narrowed, given = self._narrowed("id", asked)
        return self._held.execute(f"SELECT id, 0.0 FROM entry WHERE 1 {narrowed}", given).fetchall()

    def _narrowed(self, column: str, asked: Asked) -> tuple[str, list[int]]:
        """Return the condition, and its values, that an entry has the sort and the facets asked for.

        The sign before the column keeps SQLite from looking the words up anew for each entry that has a facet.
        """
        if asked.sort not in SORTS:
            raise MandataError("unknown-sort", f'"{asked.sort[:80]}" is none', "sort", f"write {', '.join(SORTS)}")
        sorts = SORTS[asked.sort]
        condition, given = f"AND {column} BETWEEN ? AND ?", [self._last.get(sorts[0] - 1, 0) + 1, self._last[sorts[1]]]
        for facet, names in sorted(asked.facets.items()):
            numbers = [number for name in names for number in self._numbers(facet, name)]
            if numbers:
                condition += f" AND +{column} IN (SELECT entry FROM mark WHERE value IN ({_marks(numbers)}))"
                given += numbers
        return condition, given

    def _numbers(self, facet: str, name: str) -> list[int]:
        if facet not in FACETS:
            raise MandataError("unknown-facet", f'"{facet[:80]}" is no facet', "", f"write one of {', '.join(FACETS)}")
        own = [(number, value, iri) for number, (of, value, iri) in self._values.items() if of == facet]
        found = [number for number, value, iri in own if name in (value, iri) or name.casefold() == value.casefold()]
        if not found:
            some = ", ".join(value for _, value, _ in own[:8])
            raise MandataError("unknown-value", f'nothing has the {facet} "{name[:80]}"', facet, f"there are {some}")
        return found

    def _hit(self, number: int, matched: str, looked: Sequence[Phrase], language: str) -> Hit:
        iri, whole = self._entry(number)
        sql = "SELECT language, said FROM words WHERE entry = ? ORDER BY at"
        texts = self._held.execute(sql, (number,)).fetchall()
        return Hit(iri, whole, matched, best(texts, looked, language))

    def _entry(self, number: int) -> tuple[str, str]:
        iri, whole = self._held.execute("SELECT iri, whole FROM entry WHERE id = ?", (number,)).fetchone()
        return iri, whole

    def _counted(self, numbers: Sequence[int]) -> dict[str, tuple[Spread, ...]]:
        """Return for each facet its most frequent values among entries, by number and then by name."""
        marks = array("I")
        for start in range(0, len(numbers), _KEPT):
            some = numbers[start : start + _KEPT]
            for (each,) in self._held.execute(f"SELECT marks FROM entry WHERE id IN ({_marks(some)})", some):
                marks.frombytes(each)
        found: dict[str, list[Spread]] = {name: [] for name in FACETS}
        for number, count in Counter(marks).items():
            facet, name, iri = self._values[number]
            found[facet].append(Spread(name, iri, count))
        ordered = {facet: sorted(each, key=lambda one: (-one.count, one.name)) for facet, each in found.items()}
        return {facet: tuple(each[:_MOST_VALUES]) for facet, each in ordered.items()}


def index_of(kb: Path) -> Index | None:
    """Return the index of a knowledge base; None where there is none that can be read, as beside any other store."""
    try:
        return Index(kb)
    except MandataError:
        return None


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
