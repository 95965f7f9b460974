"""The file of the index: SQLite with FTS5, written anew each time in one order, so that it has the same bytes.

The words stand in it folded, since no tokenizer of SQLite knows all scripts of the United Nations; the texts stand
beside them as they are, and where the words are in them is found when a hit is shown.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from mandata.query.search.entries import FACETS, Entry, Told, by_name
from mandata.query.search.symbol_keys import keys_of
from mandata.query.search.tokens import folded

FORM: Final = 1
"""The form of the file; another one is not read."""
_TABLES: Final = """
    CREATE TABLE entry (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, whole TEXT NOT NULL, marks BLOB NOT NULL);
    CREATE TABLE words (entry INTEGER, at INTEGER, language TEXT NOT NULL, said TEXT NOT NULL, PRIMARY KEY (entry, at))
        WITHOUT ROWID;
    CREATE TABLE spelling (key TEXT, entry INTEGER, PRIMARY KEY (key, entry)) WITHOUT ROWID;
    CREATE TABLE value (id INTEGER PRIMARY KEY, facet TEXT NOT NULL, name TEXT NOT NULL, iri TEXT NOT NULL);
    CREATE TABLE mark (value INTEGER, entry INTEGER, PRIMARY KEY (value, entry)) WITHOUT ROWID;
    CREATE TABLE naming
        (iri TEXT, property TEXT, language TEXT, name TEXT, PRIMARY KEY (iri, property, language, name)) WITHOUT ROWID;
    CREATE TABLE sort (sort INTEGER PRIMARY KEY, last INTEGER NOT NULL);
    CREATE VIRTUAL TABLE found USING fts5
        (symbol, name, text, content = '', prefix = '2 3', tokenize = "unicode61 remove_diacritics 0");
"""


def write_index(path: Path, quads: Iterable[ox.Quad]) -> None:
    """Write the index of statements to a new file, the same bytes for the same statements in any order."""
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript(f"PRAGMA synchronous = OFF; PRAGMA user_version = {FORM}; {_TABLES}")
        connection.execute("BEGIN")
        told = Told(quads)
        _fill(connection, told.entries())
        connection.executemany("INSERT INTO naming VALUES (?, ?, ?, ?)", told.namings())
        connection.execute("COMMIT")
        connection.executescript("INSERT INTO found(found) VALUES ('optimize'); ANALYZE; VACUUM;")
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, found: Sequence[Entry]) -> None:
    facets = [by_name(entry) for entry in found]
    pairs = {(name, value) for each in facets for name, values in each.items() for value in values}
    values = dict(zip(sorted(pairs, key=lambda pair: (FACETS.index(pair[0]), pair[1])), count(1), strict=False))
    connection.executemany(
        "INSERT INTO value VALUES (?, ?, ?, ?)", ((number, name, *value) for (name, value), number in values.items())
    )
    for number, (entry, own) in enumerate(zip(found, facets, strict=True), 1):
        marks = [values[name, value] for name, each in own.items() for value in each]
        connection.execute("INSERT INTO entry VALUES (?, ?, ?, ?)", (number, entry.iri, entry.whole, packed(marks)))
        connection.executemany("INSERT INTO mark VALUES (?, ?)", ((mark, number) for mark in marks))
        _fill_words(connection, number, entry)
    for sort in range(3):
        last = sum(entry.sort <= sort for entry in found)
        connection.execute("INSERT INTO sort VALUES (?, ?)", (sort, last))


def _fill_words(connection: sqlite3.Connection, number: int, entry: Entry) -> None:
    keys = {key for symbol in entry.symbols for key in keys_of(symbol)}
    connection.executemany("INSERT INTO spelling VALUES (?, ?)", ((key, number) for key in sorted(keys)))
    said = [*entry.names, *entry.texts]
    rows = ((number, at, language, words) for at, (language, words) in enumerate(said))
    connection.executemany("INSERT INTO words VALUES (?, ?, ?, ?)", rows)
    held = (" | ".join(" ".join(folded(words)) for words in each) for each in _columns(entry))
    connection.execute("INSERT INTO found(rowid, symbol, name, text) VALUES (?, ?, ?, ?)", (number, *held))


def _columns(entry: Entry) -> tuple[Sequence[str], ...]:
    return entry.symbols, [words for _, words in entry.names], [words for _, words in entry.texts]


def packed(numbers: Iterable[int]) -> bytes:
    """Return numbers as four bytes each, which ``array('I')`` reads."""
    return array("I", numbers).tobytes()
