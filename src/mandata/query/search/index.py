"""The file of the search index: SQLite with FTS5; the same statements give the same bytes.

Its words are folded here, since no tokenizer of SQLite supports all scripts of the United Nations; the texts are stored
beside them unchanged, and the places of words in them are found when a match is displayed.

Tables: ``entry`` has a row for each thing, with the numbers of its facet values (``marks``); ``words`` its names and
texts; ``spelling`` the keys of its symbols; ``value`` the values of facets, and ``mark`` which entry has which;
``naming`` the names of every thing, by property; ``sort`` the last entry of each sort; ``found`` the folded words.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from mandata.query.search.entries import FACETS, IndexedStatements, IndexEntry, ordered_facets
from mandata.query.search.symbol_keys import keys_of
from mandata.query.search.tokens import fold_words

FORMAT_VERSION: Final = 1
"""The version of the file format; a file of another version is not read."""
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
    """Write the search index of statements to a new file, the same bytes for the same statements in any order.

    Args:
        path: the file, which is replaced.
        quads: the statements; their graphs do not matter.
    """
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript(f"PRAGMA synchronous = OFF; PRAGMA user_version = {FORMAT_VERSION}; {_TABLES}")
        connection.execute("BEGIN")
        statements = IndexedStatements(quads)
        _fill(connection, statements.entries())
        connection.executemany("INSERT INTO naming VALUES (?, ?, ?, ?)", statements.name_statements())
        connection.execute("COMMIT")
        connection.executescript("INSERT INTO found(found) VALUES ('optimize'); ANALYZE; VACUUM;")
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, entries: Sequence[IndexEntry]) -> None:
    facets = [ordered_facets(entry) for entry in entries]
    pairs = {(name, value) for each in facets for name, values in each.items() for value in values}
    values = dict(zip(sorted(pairs, key=lambda pair: (FACETS.index(pair[0]), pair[1])), count(1), strict=False))
    connection.executemany(
        "INSERT INTO value VALUES (?, ?, ?, ?)", ((number, name, *value) for (name, value), number in values.items())
    )
    for number, (entry, own) in enumerate(zip(entries, facets, strict=True), 1):
        value_ids = [values[name, value] for name, each in own.items() for value in each]
        connection.execute(
            "INSERT INTO entry VALUES (?, ?, ?, ?)", (number, entry.iri, entry.document, pack(value_ids))
        )
        connection.executemany("INSERT INTO mark VALUES (?, ?)", ((value_id, number) for value_id in value_ids))
        _fill_words(connection, number, entry)
    for sort in range(3):
        last = sum(entry.sort <= sort for entry in entries)
        connection.execute("INSERT INTO sort VALUES (?, ?)", (sort, last))


def _fill_words(connection: sqlite3.Connection, number: int, entry: IndexEntry) -> None:
    keys = {key for symbol in entry.symbols for key in keys_of(symbol)}
    connection.executemany("INSERT INTO spelling VALUES (?, ?)", ((key, number) for key in sorted(keys)))
    texts = [*entry.names, *entry.texts]
    rows = ((number, position, language, text) for position, (language, text) in enumerate(texts))
    connection.executemany("INSERT INTO words VALUES (?, ?, ?, ?)", rows)
    columns = (" | ".join(" ".join(fold_words(words)) for words in each) for each in _columns(entry))
    connection.execute("INSERT INTO found(rowid, symbol, name, text) VALUES (?, ?, ?, ?)", (number, *columns))


def _columns(entry: IndexEntry) -> tuple[Sequence[str], ...]:
    return entry.symbols, [words for _, words in entry.names], [words for _, words in entry.texts]


def pack(numbers: Iterable[int]) -> bytes:
    """Return numbers as four bytes each, as ``array('I')`` reads them."""
    return array("I", numbers).tobytes()
