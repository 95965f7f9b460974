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
    for highlight in sorted(
        highlights,
        key=lambda highlight: (_PRECEDENCE.index(highlight.kind), highlight.start - highlight.end, highlight.start),
    ):
        if highlight.start < highlight.end <= len(text) and not any(
            other.start < highlight.end and highlight.start < other.end for other in chosen
        ):
            chosen.append(highlight)
    return tuple(_runs(text, sorted(chosen, key=lambda highlight: highlight.start)))


def _runs(text: str, highlights: Iterable[Highlight]) -> Iterator[TextRun]:
    at = 0
    for highlight in highlights:
        if at < highlight.start:
            yield TextRun(text[at : highlight.start])
        yield TextRun(text[highlight.start : highlight.end], highlight.kind, highlight.link)
        at = highlight.end
    if at < len(text):
        yield TextRun(text[at:])
