"""What a command looks up in the SQLite files of a knowledge base, it finds by an index: no table is read whole."""

from __future__ import annotations

import functools
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mandata.cli.main import main

SMALL = {"sort", "value"}
"""The tables of the kinds of entries and of the values of facets, of which there are few in any collection."""
COMMANDS = (
    ("why", "A/RES/72/7", "md:restsOn", "S/2007/279"),
    ("why", "A/71/982", "md:restsOn", "S/2007/280"),
    ("without", "72/7 pp2"),
    ("search", "regional centre", "--set", "organ=A"),
    ("search", "72/7"),
    ("ask", "founding-letter-citers"),
)


class Explained(sqlite3.Connection):
    """A connection that keeps the steps of SQLite's plan for every statement that it executes."""

    steps: list[str]

    def execute(self, statement: str, values: Any = (), /) -> sqlite3.Cursor:
        plan = super().execute(f"EXPLAIN QUERY PLAN {statement}", values)
        self.steps += [f"{step}: {statement}" for *_, step in plan]
        return super().execute(statement, values)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The steps of all plans, as they are executed."""
    found: list[str] = []
    monkeypatch.setattr(Explained, "steps", found, raising=False)
    monkeypatch.setattr(sqlite3, "connect", functools.partial(sqlite3.connect, factory=Explained))
    yield found


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_table_is_read_whole(command: tuple[str, ...], kb: Path, steps: list[str]) -> None:
    with pytest.raises(SystemExit):
        main([*command, "--kb", str(kb)])
    assert steps
    scanned = [step for step in steps if (scan := re.match(r"SCAN (\w+)\b(?! VIRTUAL)", step)) and scan[1] not in SMALL]
    assert not scanned


def test_a_table_that_is_read_whole_is_noticed(kb: Path, steps: list[str]) -> None:
    with sqlite3.connect(kb / "evidence.sqlite") as connection:
        connection.execute("SELECT id FROM term WHERE text = ?", ("<urn:none>",))
    assert [step.partition(":")[0] for step in steps] == ["SCAN term"]
