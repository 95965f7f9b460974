"""What of a text is read into no value: told, so that nothing is lost unseen."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Final, cast

from mandata.document.blocks import is_furniture, is_page
from mandata.document.model import Document, NoteCall, Operator, Stated
from mandata.errors import Issue
from mandata.lexicon.lexicon import Lexicon
from mandata.text.clean import CleanLine
from mandata.text.mapped import MappedText, Span
from mandata.text.source import SourceText

_KNOWN: Final = (
    "organization",
    "distribution",
    "body-start",
    "annex-heading",
    "office-line",
    "place-and-date",
    "date-line",
)
"""Rules for lines that say nothing which a value would hold."""
_SHOWN: Final = 60  # characters of unread words that a report quotes
_WITHOUT_PLACE: Final = (SourceText, Issue, NoteCall, Operator, str)


def about_unread(lines: Iterable[CleanLine], document: Document, lexicon: Lexicon) -> Iterator[Issue]:
    """Yield an Issue for each stretch of lines from which no value takes anything, furniture apart.

    Furniture is what each page repeats, and what each document has in the same words ("Distr. générale").
    """
    for start, end, words in _stretches(unread(lines, document), lexicon):
        shown = words if len(words) <= _SHOWN else words[:_SHOWN] + "…"
        yield Issue("unread-text", f"nothing is read from “{shown}”", start, end)


def unread(lines: Iterable[CleanLine], document: Document) -> Iterator[tuple[CleanLine, bool]]:
    """Yield each line of a text, and whether no value of the document takes anything from it, and no issue tells it."""
    told = [(issue.start, issue.end) for issue in document.issues if issue.start is not None and issue.end is not None]
    taken, at = sorted([*spans(document), *told]), 0
    reach = 0  # how far what stands before ``at`` goes
    for line in lines:
        start, end = line.text.span if line.text.chars else (reach, reach)
        while at < len(taken) and taken[at][0] < end:
            reach = max(reach, taken[at][1])
            at += 1
        yield line, reach <= start < end


def _stretches(lines: Iterable[tuple[CleanLine, bool]], lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Yield where each run of unread lines that are no furniture begins and ends, and its first words."""
    open_: list[CleanLine] = []
    for line, is_unread in lines:
        known = is_furniture(line) or is_page(line) or lexicon.matches(_KNOWN, line.text.folded)
        if is_unread and not known:
            open_.append(line)
        elif open_:
            yield open_[0].text.span[0], open_[-1].text.span[1], open_[0].text.chars
            open_ = []
    if open_:
        yield open_[0].text.span[0], open_[-1].text.span[1], open_[0].text.chars


def spans(value: object) -> Iterator[Span]:
    """Yield where every value of a document stands in the file."""
    if value is None or isinstance(value, str):  # as most are
        return
    if isinstance(value, MappedText):
        yield from value.runs()
    elif isinstance(value, Stated):
        yield value.span
    elif isinstance(value, tuple):
        for each in value:
            yield from spans(each)
    elif is_dataclass(value) and not isinstance(value, _WITHOUT_PLACE):
        for name in _names(cast(Hashable, type(value))):
            part = getattr(value, name)
            yield from (part,) if name == "span" else spans(part)


@cache
def _names(kind: Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cast(Any, kind)))
