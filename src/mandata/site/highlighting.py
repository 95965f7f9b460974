"""Highlighting of the operator, the citations and the names in the text of a part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from mandata.site.labels import Link

OPERATOR, CITATION, MENTION = "operator", "citation", "mention"
_PRECEDENCE: Final = (OPERATOR, CITATION, MENTION)


@dataclass(frozen=True, slots=True)
class Highlight:
    """A finding to highlight: its kind, its character offsets in the text, and its link."""

    kind: str
    start: int
    end: int
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class TextRun:
    """A run of text; ``kind`` is empty if it is not highlighted."""

    text: str
    kind: str = ""
    link: Link | None = None


def highlight(text: str, highlights: Iterable[Highlight]) -> tuple[TextRun, ...]:
    """Return a text as runs, which cover it.

    Of overlapping highlights one is chosen: the operator before citations before names, then the longest.

    Args:
        text: the text of a part.
        highlights: the findings in it, in any order; those outside the text are left out.
    """
    chosen: list[Highlight] = []
    for one in sorted(highlights, key=lambda one: (_PRECEDENCE.index(one.kind), one.start - one.end, one.start)):
        if one.start < one.end <= len(text) and not any(o.start < one.end and one.start < o.end for o in chosen):
            chosen.append(one)
    return tuple(_runs(text, sorted(chosen, key=lambda one: one.start)))


def _runs(text: str, highlights: Iterable[Highlight]) -> Iterator[TextRun]:
    at = 0
    for one in highlights:
        if at < one.start:
            yield TextRun(text[at : one.start])
        yield TextRun(text[one.start : one.end], one.kind, one.link)
        at = one.end
    if at < len(text):
        yield TextRun(text[at:])
