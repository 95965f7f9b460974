"""The integrity queries: each selects faults that no release may have, in the manner of ROBOT's report.

A file of ``ontology/integrity`` is one query, whose header has a message in English and French and says how to mend
the fault; it selects ``?thing`` and optionally ``?value``. It runs over all statements and the ontology.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from mandata.kb.store import in_memory
from mandata.package_data import shipped_path
from mandata.query.source import Embedded, select
from mandata.rdf.query_header import HeaderKind, read_query_file
from mandata.release.finding import Finding

_KIND: Final = HeaderKind("integrity", needed=("mend",))


@dataclass(frozen=True, slots=True)
class Check:
    """An integrity query, with the messages of its header."""

    name: str
    words: tuple[tuple[str, str], ...]
    mend: str
    query: str


@cache
def checks() -> tuple[Check, ...]:
    """Return the integrity queries, sorted by name.

    Raises:
        MandataError: a header is malformed.
    """
    return tuple(_check(path) for path in sorted(shipped_path("ontology/integrity").glob("*.rq")))


def find_faults(quads: Iterable[ox.Quad]) -> Iterator[Finding]:
    """Yield the findings of the queries in statements, which include the ontology."""
    source = Embedded(in_memory(quads))
    for check in checks():
        for row in select(source, check.query):
            yield Finding(check.name, _text(row["thing"]), check.words, _text(row.get("value")), check.mend)


def _check(path: Path) -> Check:
    header, text = read_query_file(path, _KIND)
    return Check(header.name, tuple(sorted(header.words.items())), header.value("mend"), text)


def _text(term: object) -> str:
    return "" if term is None else str(getattr(term, "value", term))
