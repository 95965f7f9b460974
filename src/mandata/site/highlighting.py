"""The words of a part with what was found in them highlighted: operator, citations, names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from mandata.site.labels import Link

OPERATOR, CITATION, MENTION = "operator", "citation", "mention"
_FIRST: Final = (OPERATOR, CITATION, MENTION)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in the words of a part: of what kind, from which character to which, and where it leads."""

    kind: str
    start: int
    end: int
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words; ``kind`` is empty where nothing was found in it."""

    text: str
    kind: str = ""
    link: Link | None = None


def highlighted(words: str, found: Iterable[Found]) -> tuple[Run, ...]:
    """Return words cut into runs.

    Of what overlaps, the operator goes before citations, these before names, the longer of one kind before the shorter.
    """
    chosen: list[Found] = []
    for one in sorted(found, key=lambda one: (_FIRST.index(one.kind), one.start - one.end, one.start)):
        if one.start < one.end <= len(words) and not any(o.start < one.end and one.start < o.end for o in chosen):
            chosen.append(one)
    return tuple(_runs(words, sorted(chosen, key=lambda one: one.start)))


def _runs(words: str, found: Iterable[Found]) -> Iterator[Run]:
    at = 0
    for one in found:
        if at < one.start:
            yield Run(words[at : one.start])
        yield Run(words[one.start : one.end], one.kind, one.link)
        at = one.end
    if at < len(words):
        yield Run(words[at:])
