"""The texts of the corpus, each with what is in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
MISSING = "the real texts are not in ../shared/corpus"
_LONGEST_WRAPPED = 100

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sample:
    """One file of the corpus, its language and format, and what is in it."""

    path: Path
    language: str
    form: str
    expected: Json
    elsewhere: frozenset[str] = frozenset()
    """What the same document links in its other languages."""

    @property
    def group(self) -> str:
        """The language and format under which it is counted."""
        return f"{self.language} {self.form}"


def samples(languages: list[str] | None = None) -> Iterator[Sample]:
    """Yield every text that has its content beside it, and the mark-up of the same document, if it is there."""
    for path in sorted((CORPUS / "texts").glob("*/*.txt")):
        language = path.parent.name
        if languages and language not in languages:
            continue
        expected = _content(path)
        others = frozenset(c for other in (CORPUS / "texts").glob(f"*/{path.name}") for c in _content(other)["cites"])
        yield Sample(path, language, f"txt {layout(path.read_text(encoding='utf-8'))}", expected, others)
        marked = CORPUS / "akn" / language / f"{path.stem}.xml"
        if marked.is_file():
            yield Sample(marked, language, "xml", expected, others)


@cache
def _content(path: Path) -> Json:
    content: Json = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return content


def layout(text: str) -> str:
    """Return which of the layouts of the corpus a text has: light mark-up, plain characters, or wrapped lines."""
    if re.search(r"<sup>|^\*\w|^#", text, re.MULTILINE):
        return "light"
    return "wrapped" if max(map(len, text.splitlines())) <= _LONGEST_WRAPPED else "plain"
