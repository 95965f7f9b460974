"""Writes the contradictions of a closure to a file, each fact as N-Triples, and reads them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from mandata.atomic_files import write_whole
from mandata.reason.facts import Contradiction, Fact, text_of
from mandata.reason.term_text import fact_of_text


def write_contradictions(path: Path, found: Iterable[Contradiction]) -> None:
    """Write the contradictions that were ``found`` to the file at ``path``, in their order."""
    rows = [
        {
            "rule": one.rule,
            "axioms": list(map(text_of, one.axioms)),
            "premises": list(map(text_of, one.premises)),
            "says": one.says,
        }
        for one in found
    ]
    write_whole(path, json.dumps(rows, ensure_ascii=False, indent=1) + "\n")


def read_contradictions(path: Path) -> tuple[Contradiction, ...]:
    """Return the contradictions in a file."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Contradiction(row["rule"], _facts(row["axioms"]), _facts(row["premises"]), row["says"]) for row in rows
    )


def _facts(texts: Iterable[str]) -> tuple[Fact, ...]:
    return tuple(map(fact_of_text, texts))
