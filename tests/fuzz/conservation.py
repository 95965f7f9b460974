"""What becomes of each line of a text: read into a value, known as furniture, or left over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from itertools import pairwise

from mandata import symbol
from mandata.document.blocks import FURNITURE
from mandata.document.model import Document, NoteCall, Operator, Stated
from mandata.errors import Issue, MandataError
from mandata.text.clean import clean
from mandata.text.language import Lexicon, lexicons
from mandata.text.mapped import MappedText, Span, fold
from mandata.text.source import SourceText

_FURNITURE = ("distribution", "body-start", "annex-heading", "office-line", "place-and-date")


def spans(value: object) -> Iterator[Span]:
    """Yield where every value of a document stands in the file."""
    if isinstance(value, MappedText):
        yield from value.runs()
    elif isinstance(value, Stated):
        yield value.span
    elif isinstance(value, tuple | list):
        for each in value:
            yield from spans(each)
    elif is_dataclass(value) and not isinstance(value, SourceText | Issue | NoteCall | Operator):
        for each in fields(value):
            yield from spans(getattr(value, each.name))


def left_over(document: Document) -> list[str]:
    """Return the lines of which nothing was read and that are no furniture."""
    lexicon = next((one for one in lexicons() if one.language == document.language), None)
    read = sorted(spans(document))
    lines = (line.text for line in clean(document.source).lines)
    return [line.chars for line in lines if not _is_read(line.span, read) and not _is_furniture(line.folded, lexicon)]


def _is_read(line: Span, read: Iterable[Span]) -> bool:
    return any(start < line[1] and line[0] < end for start, end in read)


def _is_furniture(words: str, lexicon: Lexicon | None) -> bool:
    if FURNITURE.match(words) or (lexicon and any(lexicon.search(rule, words) for rule in _FURNITURE)):
        return True
    try:
        return bool(symbol.parse(words))
    except MandataError:
        return fold(words).casefold() in ("nations unies", "united nations")


def read_twice(document: Document) -> list[tuple[Span, Span]]:
    """Return the stretches of two paragraphs or notes that lie over each other."""
    parts = [*(p.text for p in document.body()), *(note.text for note in document.footnotes)]
    runs = sorted(run for part in parts for run in part.runs())
    return [(a, b) for a, b in pairwise(runs) if b[0] < a[1]]
