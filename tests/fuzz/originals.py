"""The documents that are damaged, in each format: the five texts, invented ones, and a corpus where one is given.

A corpus is a folder that ``MANDATA_CORPUS`` names; what is made of a seed depends on whether there is one.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from invented import Invented, Style, letter, render, resolution
from invented.markup import as_akn, as_markdown, page
from invented.papers import as_docx, as_html, as_pdf

from .grammar import LANGUAGES, grown

_TESTS = Path(__file__).parents[1]
_STYLES = (Style(), Style(False, "raised", page=1200), Style(False, "lowered", 78, 1200), Style(calls="caret"))
_LARGEST = 60_000  # bytes of a file of the corpus: larger ones are no harder, and slower
_MOST = 60  # of these

Writer = Callable[[Invented, int], bytes]

WRITERS: dict[str, Writer] = {
    "text": lambda made, n: render(made, _STYLES[n % len(_STYLES)]).encode(),
    "markdown": lambda made, _: as_markdown(made).encode(),
    "akn": lambda made, _: as_akn(made).encode(),
    "html": lambda made, _: as_html(page(made)),
    "docx": lambda made, _: as_docx(page(made)),
    "pdf": lambda made, _: as_pdf(page(made), made.symbol),
}
"""How an invented document is written in each format; the number chooses among layouts."""

_LATIN = ("fr", "en", "es")
SPOKEN = dict.fromkeys(WRITERS, LANGUAGES) | {"pdf": _LATIN}  # the fonts that every reader of PDF has are Latin
_ENDINGS = {"text": ".txt", "markdown": ".md", "akn": ".xml", "html": ".html", "docx": ".docx", "pdf": ".pdf"}


@cache
def corpus(ending: str) -> tuple[Path, ...]:
    """Return the files of the corpus that end in something, sorted; none where no corpus is given."""
    named = os.environ.get("MANDATA_CORPUS")
    return tuple(sorted(Path(named).rglob(f"*{ending}"))) if named else ()


@cache
def originals(form: str) -> tuple[bytes, ...]:
    """Return the documents of a format that are damaged."""
    kinds = (resolution,) if form == "akn" else (resolution, letter)  # there is no mark-up for letters
    made = [make(n, SPOKEN[form][n % len(SPOKEN[form])]) for n in range(12) for make in kinds]
    return (*_kept(form), *(WRITERS[form](one, n) for n, one in enumerate(made)), *_real(form))


def _kept(form: str) -> Iterable[bytes]:
    """Return what travels with the package: the texts of the five documents, and marked-up ones that no one adopted."""
    if form == "text":
        folders = (_TESTS.parent / "data" / "texts", _TESTS / "cases")
        return [path.read_bytes() for folder in folders for path in sorted(folder.glob("*.txt"))]
    if form == "akn":
        return [path.read_bytes() for path in sorted((_TESTS / "cases").glob("*.xml"))]
    return []


def _real(form: str) -> Iterable[bytes]:
    """Return some files of the corpus, taken from all over it."""
    small = [path for path in corpus(_ENDINGS[form]) if path.stat().st_size <= _LARGEST]
    return (path.read_bytes() for path in small[:: max(1, len(small) // _MOST)])


def grown_in(form: str, seed: int) -> bytes:
    """Return a document that the grammar makes of a seed, in a format."""
    pick = random.Random(f"grown in {form} {seed}")
    return WRITERS[form](grown(seed, pick.choice(SPOKEN[form])), pick.randrange(100))
