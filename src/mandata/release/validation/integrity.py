"""The integrity queries: each finds what no release may hold, in the manner of ROBOT's report.

A file of ``ontology/integrity`` is one query whose header says what is wrong, in English and French, and how to mend
it; it answers with ``?thing`` and, where it helps, ``?value``. They are asked of all statements and of the ontology.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.kb.store import in_memory
from mandata.package_data import shipped
from mandata.query.source import Embedded, select
from mandata.release.validation.finding import Finding

_HEADER: Final = re.compile(r"# (?P<key>name|says|dit|mend) ?: (?P<value>.+)")
_KEYS: Final = ("name", "says", "dit", "mend")


@dataclass(frozen=True, slots=True)
class Check:
    """One integrity query, with the words of its header."""

    name: str
    words: tuple[tuple[str, str], ...]
    mend: str
    query: str


@cache
def checks() -> tuple[Check, ...]:
    """Return the integrity queries, sorted by name.

    Raises:
        MandataError: a header lacks a line, or its name is not that of the file.
    """
    return tuple(_check(path) for path in sorted(shipped("ontology/integrity").glob("*.rq")))


def find_faults(quads: Iterable[ox.Quad]) -> Iterator[Finding]:
    """Yield what the queries find in statements, of which the ontology is a part."""
    source = Embedded(in_memory(quads))
    for check in checks():
        for row in select(source, check.query):
            yield Finding(check.name, _said(row["thing"]), check.words, _said(row.get("value")), check.mend)


def _check(path: Path) -> Check:
    text = path.read_text(encoding="utf-8")
    found = {match["key"]: match["value"].strip() for line in text.split("\n") if (match := _HEADER.fullmatch(line))}
    wanting = [key for key in _KEYS if key not in found]
    if wanting or found["name"] != path.stem:
        what = f"the header lacks {wanting[0]}" if wanting else "the header has another name than the file"
        raise MandataError("integrity-header", what, str(path), "write # name, # says, # dit and # mend")
    return Check(found["name"], (("en", found["says"]), ("fr", found["dit"])), found["mend"], text)


def _said(term: object) -> str:
    return "" if term is None else str(getattr(term, "value", term))
