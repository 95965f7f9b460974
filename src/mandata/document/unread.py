"""The lines of a text that are read into no value: reported, so that nothing is lost silently."""

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
"""The rules for lines that no value needs to hold."""
_QUOTED_LENGTH: Final = 60  # characters of unread words that a report quotes
_WITHOUT_PLACE: Final = (SourceText, Issue, NoteCall, Operator, str)


def unread_issues(lines: Iterable[CleanLine], document: Document, lexicon: Lexicon) -> Iterator[Issue]:
    """Yield an Issue for each run of lines from which no value is taken, except furniture.

    Furniture is what each page repeats, and what each document has in the same words ("Distr. générale").

    Args:
        lines: all lines of the text.
        document: the document read from them.
        lexicon: its language.
    """
    for start, end, words in _stretches(find_unread_lines(lines, document), lexicon):
        quoted = words if len(words) <= _QUOTED_LENGTH else words[:_QUOTED_LENGTH] + "…"
        yield Issue("unread-text", f"nothing is read from “{quoted}”", start, end)


def find_unread_lines(lines: Iterable[CleanLine], document: Document) -> Iterator[tuple[CleanLine, bool]]:
    """Yield each line of a text, and whether it is in no value and no issue of the document."""
    reported = [
        (issue.start, issue.end) for issue in document.issues if issue.start is not None and issue.end is not None
    ]
    taken, at = sorted([*spans_of(document), *reported]), 0
    reach = 0  # the end of the spans before ``at``
    for line in lines:
        start, end = line.text.span if line.text.chars else (reach, reach)
        while at < len(taken) and taken[at][0] < end:
            reach = max(reach, taken[at][1])
            at += 1
        yield line, reach <= start < end


def _stretches(lines: Iterable[tuple[CleanLine, bool]], lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Yield the start, the end and the first words of each run of unread lines that are not furniture."""
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


def spans_of(value: object) -> Iterator[Span]:
    """Yield the spans in the file of all values of a document."""
    if value is None or isinstance(value, str):  # most are
        return
    if isinstance(value, MappedText):
        yield from value.runs()
    elif isinstance(value, Stated):
        yield value.span
    elif isinstance(value, tuple):
        for each in value:
            yield from spans_of(each)
    elif is_dataclass(value) and not isinstance(value, _WITHOUT_PLACE):
        for name in _names(cast(Hashable, type(value))):
            part = getattr(value, name)
            yield from (part,) if name == "span" else spans_of(part)


@cache
def _names(kind: Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cast(Any, kind)))
