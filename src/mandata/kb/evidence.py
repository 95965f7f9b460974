"""An index of the evidence of statements in one SQLite file: by statement, by part and by document.

Terms, parts and files are numbered in the order of their text, and rows are sorted by these numbers, so that the same
evidence gives the same bytes in whichever order it arrives.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import count, groupby
from operator import itemgetter
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from mandata.rdf.evidence import Evidence, evidence_quads
from mandata.rdf.namespaces import GRAPH, ID
from mandata.reason.facts import Fact, fact_of, triple_of
from mandata.reason.owl_rl.datatypes import value_of
from mandata.sqlite_files import open_read_only

_FORM: Final = 1
_PREFIX: Final = 80
"""How many characters of a term are indexed: the text of a paragraph is a term too."""
_TABLES: Final = """
    CREATE TABLE term (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
    CREATE TABLE part (id INTEGER PRIMARY KEY, name TEXT NOT NULL, document TEXT NOT NULL);
    CREATE TABLE file (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE evidence (subject INTEGER, predicate INTEGER, object INTEGER,
        part INTEGER, part_start INTEGER, part_end INTEGER, file INTEGER, start INTEGER, "end" INTEGER,
        PRIMARY KEY (subject, predicate, object, part, part_start, part_end, file, start, "end")) WITHOUT ROWID;
    CREATE TEMP TABLE arrival (subject INTEGER, predicate INTEGER, object INTEGER,
        part INTEGER, part_start INTEGER, part_end INTEGER, file INTEGER, start INTEGER, "end" INTEGER);
    CREATE TEMP TABLE term_rank (arrival INTEGER PRIMARY KEY, id INTEGER);
    CREATE TEMP TABLE part_rank (arrival INTEGER PRIMARY KEY, id INTEGER);
    CREATE TEMP TABLE file_rank (arrival INTEGER PRIMARY KEY, id INTEGER);
"""
_SORT: Final = """INSERT INTO evidence
    SELECT DISTINCT s.id, p.id, o.id, part_rank.id, part_start, part_end, file_rank.id, start, "end" FROM arrival
    CROSS JOIN term_rank s ON s.arrival = subject CROSS JOIN term_rank p ON p.arrival = predicate
    CROSS JOIN term_rank o ON o.arrival = object CROSS JOIN part_rank ON part_rank.arrival = part
    CROSS JOIN file_rank ON file_rank.arrival = file ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9"""
_INDEXES: Final = f"""
    CREATE INDEX term_by_text ON term (substr(text, 1, {_PREFIX}));
    CREATE INDEX part_by_name ON part (name);
    CREATE INDEX part_by_document ON part (document);
    CREATE INDEX evidence_by_part ON evidence (part, part_start, part_end);
    VACUUM;
"""
_READ: Final = """SELECT s.text, p.text, o.text, part.name, part_start, part_end, file.name, start, "end"
    FROM evidence JOIN part ON part.id = evidence.part JOIN file ON file.id = evidence.file
    JOIN term s ON s.id = subject JOIN term p ON p.id = predicate JOIN term o ON o.id = object """
_BY_FACT: Final = " ORDER BY subject, predicate, object, part, part_start, part_end, file, start"
_BY_PLACE: Final = " ORDER BY part_start, part_end, subject, predicate, object, file, start"
_Row = tuple[str, str, str, str, int, int, str, int, int]


def write_evidence(path: Path, statements: Iterable[tuple[Quad, tuple[Evidence, ...]]]) -> None:
    """Write the evidence of statements to a new file, which replaces any old one: the same bytes for the same evidence.

    Args:
        path: the file.
        statements: statements in the graphs of their documents, each with its evidence; one without any is skipped.
    """
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)  # in a Turkish locale it would not know INSERT as a change
    try:
        connection.executescript(f"PRAGMA synchronous = OFF; PRAGMA user_version = {_FORM}; {_TABLES}")
        connection.execute("BEGIN")
        terms, parts, files = _ArrivalNumbers(), _ArrivalNumbers(), _ArrivalNumbers()
        rows = _rows(statements, terms, parts, files)
        connection.executemany("INSERT INTO arrival VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        for kind, numbers, values in (("term", terms, "?, ?"), ("part", parts, "?, ?, ?"), ("file", files, "?, ?")):
            ordered = list(zip(count(1), sorted(numbers.items()), strict=False))
            connection.executemany(f"INSERT INTO {kind} VALUES ({values})", ((at, *key) for at, (key, _) in ordered))
            ranks = ((arrival, at) for at, (_, arrival) in ordered)
            connection.executemany(f"INSERT INTO {kind}_rank VALUES (?, ?)", ranks)
        connection.execute(_SORT)
        connection.execute("COMMIT")
        connection.executescript(_INDEXES)
    finally:
        connection.close()


class _ArrivalNumbers(dict[tuple[str, ...], int]):
    """Numbers keys in the order in which they are first looked up."""

    def __missing__(self, key: tuple[str, ...]) -> int:
        self[key] = number = len(self)
        return number


def _rows(
    statements: Iterable[tuple[Quad, tuple[Evidence, ...]]],
    terms: _ArrivalNumbers,
    parts: _ArrivalNumbers,
    files: _ArrivalNumbers,
) -> Iterator[tuple[int, ...]]:
    for quad, evidence in statements:
        fact = tuple(terms[str(term),] for term in (quad.subject, quad.predicate, quad.object)) if evidence else ()
        for one in evidence:
            part = parts[one.part, str(quad.graph_name)[1:-1].removeprefix(GRAPH)]
            yield *fact, part, one.part_start, one.part_end, files[one.file,], one.start, one.end


class EvidenceIndex:
    """The evidence in a file, looked up by statement, part or document; the file is closed by ``close``.

    Raises:
        MandataError: there is no such file.
    """

    def __init__(self, path: Path) -> None:
        self._connection = open_read_only(path, "evidence")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def of(self, fact: Fact | Triple | Quad) -> list[Evidence]:
        """Return the evidence of a statement by part and offset; a literal also matches by value (1 and 1.0)."""
        subject, predicate, value = fact_of(fact)
        first, second = self._number(subject), self._number(predicate)
        if first is None or second is None:
            return []
        third = self._number(value)
        if third is None and isinstance(value, Literal):
            third = self._by_value(first, second, value)
        rows = self._rows("WHERE subject = ? AND predicate = ? AND object = ?" + _BY_FACT, first, second, third)
        return [_evidence(row) for row in rows]

    def in_part(self, part: str | NamedNode) -> list[tuple[Fact, Evidence]]:
        """Return the statements whose evidence is in a part (a local name or an IRI), in the order of its text."""
        rows = list(self._rows("WHERE part.name = ?" + _BY_PLACE, _local(part)))
        return list(zip(_facts(rows), map(_evidence, rows), strict=True))

    def documents(self) -> list[str]:
        """Return the local names of the documents whose statements have evidence, sorted."""
        return [name for (name,) in self._connection.execute("SELECT DISTINCT document FROM part ORDER BY document")]

    def of_document(self, document: str | NamedNode) -> Iterator[tuple[Fact, list[Evidence]]]:
        """Yield each statement of a document with its evidence, sorted by the text of the statements."""
        rows = list(self._rows("WHERE part.document = ?" + _BY_FACT, _local(document)))
        groups = groupby(zip(_facts(rows), map(_evidence, rows), strict=True), key=itemgetter(0))
        return ((fact, [one for _, one in group]) for fact, group in groups)

    def _rows(self, where: str, *values: str | int | None) -> Iterator[_Row]:
        return self._connection.execute(_READ + where, values)

    def _number(self, term: object) -> int | None:
        row = self._connection.execute(
            # With "text" instead of "+text", SQLite would put ?1 into the first condition and not use the index.
            f"SELECT id FROM term WHERE substr(text, 1, {_PREFIX}) = substr(?1, 1, {_PREFIX}) AND +text = ?1",
            (str(term),),
        ).fetchone()
        return row[0] if row else None

    def _by_value(self, subject: int, predicate: int, literal: Literal) -> int | None:
        value = value_of(literal)
        rows = self._connection.execute(
            "SELECT DISTINCT term.id, text FROM evidence JOIN term ON term.id = object"
            " WHERE subject = ? AND predicate = ? ORDER BY term.id",
            (subject, predicate),
        ).fetchall()
        facts = _facts([("<s:>", "<p:>", text) for _, text in rows])
        equal = (number for (number, _), (_, _, term) in zip(rows, facts, strict=True) if _has_value(term, value))
        return next(equal, None)


def _has_value(term: object, value: object) -> bool:
    return value is not None and isinstance(term, Literal) and value_of(term) == value


def _facts(rows: Iterable[tuple[str, str, str, *tuple[object, ...]]]) -> list[Fact]:
    lines = "".join(f"{subject} {predicate} {value} .\n" for subject, predicate, value, *_ in rows)
    return [fact_of(quad) for quad in parse(lines, format=RdfFormat.N_TRIPLES)]


def _evidence(row: _Row) -> Evidence:
    return Evidence(*row[3:])


def _local(name: str | NamedNode) -> str:
    return name.value.removeprefix(ID) if isinstance(name, NamedNode) else name


def evidence_graphs(index: EvidenceIndex, *, reifiers: bool = False) -> Iterator[Quad]:
    """Yield the whole index as RDF, a graph for each document; with ``reifiers``, as RDF 1.2."""
    for document in index.documents():
        yield from document_evidence(index, document, reifiers=reifiers)


def document_evidence(index: EvidenceIndex, document: str, *, reifiers: bool = False) -> Iterator[Quad]:
    """Yield the evidence of a document as RDF, in a graph of its own.

    Args:
        index: the evidence of the knowledge base.
        document: the local name of the document.
        reifiers: whether to write RDF 1.2, as ``rdf.evidence.evidence_quads`` does.
    """
    rows = ((triple_of(fact), tuple(evidence)) for fact, evidence in index.of_document(document))
    statements = [(triple, evidence) for triple, evidence in rows if triple]
    yield from evidence_quads(document, statements, reifiers=reifiers)
