"""The words of a paragraph with what was found in them marked: operator, citations, names.

What was found is known by its offsets in the file as received, with signs such as ``*Rappelant*`` and ``<sup>1</sup>``
that the words shown do not have. So the n-th time that a quotation stands in the paragraph as received is taken for
the n-th time that it stands in the words; where it does not stand there so often, nothing is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mandata.site.labels import Link

_MARKUP: Final = re.compile(r"<sup>.*?</sup>|</?[A-Za-z][^>]*>|[*_]", re.DOTALL)
OPERATOR, CITATION, MENTION = "operator", "citation", "mention"


@dataclass(frozen=True, slots=True, order=True)
class Quoted:
    """A quotation and where it starts in which file."""

    file: str
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in words: of what kind, where in the file, and where it leads."""

    kind: str
    quoted: Quoted
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words; ``kind`` is empty where nothing was found in it."""

    text: str
    kind: str = ""
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    kind: str
    link: Link | None


def marked(words: str, operator: str, received: Sequence[Quoted], found: Iterable[Found]) -> tuple[Run, ...]:
    """Return words cut into runs; of marks that overlap the operator stands before citations, these before names.

    ``received`` is the paragraph as the file has it, in one piece or, where a page breaks it, in several.
    """
    marks = list(_operator(words, operator))
    by_kind = sorted(found, key=lambda one: (one.kind != CITATION, one.quoted.start, -len(one.quoted.text)))
    for one in by_kind:
        place = _place(words, received, one.quoted)
        if place and not any(mark.start < place[1] and place[0] < mark.end for mark in marks):
            marks.append(_Mark(*place, one.kind, one.link))
    return tuple(_runs(words, sorted(marks, key=lambda mark: mark.start)))


def _operator(words: str, operator: str) -> Iterator[_Mark]:
    if operator and (start := words.find(operator)) >= 0:
        yield _Mark(start, start + len(operator), OPERATOR, None)


def _place(words: str, received: Sequence[Quoted], quoted: Quoted) -> tuple[int, int] | None:
    """Return where a quotation stands in the words; None where that cannot be told."""
    said = _plain(quoted.text).strip()
    before = _before(received, quoted)
    if not said or before is None:
        return None
    start = -1
    for _ in range(_plain(before).count(said) + 1):
        start = words.find(said, start + 1)
        if start < 0:
            return None
    return start, start + len(said)


def _before(received: Sequence[Quoted], quoted: Quoted) -> str | None:
    """Return what stands in the paragraph as received before a quotation; None where it stands outside."""
    before = ""
    for piece in received:
        at = quoted.start - piece.start
        if piece.file == quoted.file and at >= 0 and at + len(quoted.text) <= len(piece.text):
            return before + piece.text[:at]
        before += piece.text + " "
    return None


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub("", text).split())


def _runs(words: str, marks: Sequence[_Mark]) -> Iterator[Run]:
    at = 0
    for mark in marks:
        if at < mark.start:
            yield Run(words[at : mark.start])
        yield Run(words[mark.start : mark.end], mark.kind, mark.link)
        at = mark.end
    if at < len(words):
        yield Run(words[at:])
