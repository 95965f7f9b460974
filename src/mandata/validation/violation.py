"""A SHACL violation, as both engines report it, and the file of violations in a knowledge base."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from mandata.atomic_files import write_whole


@dataclass(frozen=True, slots=True)
class Violation:
    """A violation of a shape by a focus node, ``thing``; ``messages`` are pairs of language and text.

    ``value`` is the value node that violates the shape, if there is one.
    """

    thing: str
    shape: str
    messages: tuple[tuple[str, str], ...]
    value: str | None = None

    def words(self, language: str) -> str:
        """Return the message in a language, else the first message, else the IRI of the shape."""
        by_language = dict(self.messages)
        return by_language.get(language) or next(iter(by_language.values()), self.shape)


def sort_violations(violations: Iterable[Violation]) -> list[Violation]:
    """Return distinct violations, sorted."""
    return sorted(set(violations), key=lambda v: (v.thing, v.shape, v.messages, v.value or ""))


def write_violations(path: Path, violations: Iterable[Violation]) -> None:
    """Write ``violations`` to a JSON file, ``path``, sorted, so that the same ones give the same bytes."""
    write_whole(
        path, json.dumps([asdict(one) for one in sort_violations(violations)], ensure_ascii=False, indent=1) + "\n"
    )


def read_violations(path: Path) -> tuple[Violation, ...]:
    """Return the violations in a file that ``write_violations`` wrote."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return tuple(Violation(**row | {"messages": tuple(map(tuple, row["messages"]))}) for row in rows)
