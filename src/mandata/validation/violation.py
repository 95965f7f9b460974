"""What a shape finds wrong, as either engine says it, and its file in a knowledge base."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from mandata.atomic_files import write_whole


@dataclass(frozen=True, slots=True)
class Violation:
    """A thing that a shape finds wrong; ``messages`` by language say how to mend it."""

    thing: str
    shape: str
    messages: tuple[tuple[str, str], ...]
    value: str | None = None

    def words(self, language: str) -> str:
        """Return the message in a language, else in the first there is."""
        by_language = dict(self.messages)
        return by_language.get(language) or next(iter(by_language.values()), self.shape)


def in_order(found: Iterable[Violation]) -> list[Violation]:
    """Return violations sorted, each once."""
    return sorted(set(found), key=lambda one: (one.thing, one.shape, one.messages, one.value or ""))


def write_violations(path: Path, found: Iterable[Violation]) -> None:
    """Write violations to a file, in their order: the same bytes for the same ones."""
    write_whole(path, json.dumps([asdict(one) for one in in_order(found)], ensure_ascii=False, indent=1) + "\n")


def read_violations(path: Path) -> tuple[Violation, ...]:
    """Return the violations that a file keeps."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return tuple(Violation(**row | {"messages": tuple(map(tuple, row["messages"]))}) for row in rows)
