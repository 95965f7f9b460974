"""The words of a document in one language, part by part: where a span of the file stands in them.

Each part bears its words once: a paragraph, a note, or the version of one in another language than that which speaks
for the document. All other words, as of the masthead, the title and the closing lines, are the language version's own.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from mandata.document.model import Document
from mandata.document.place import Place
from mandata.rdf.evidence import Evidence
from mandata.rdf.local_names import Name
from mandata.text.clean import NOTE_CALL
from mandata.text.mapped import MappedText, Span, join

_REFERENCE: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-z]{1,8});")
_WORD: Final = re.compile(r"\w")
_LINE_END: Final = re.compile(r"\n")


@dataclass(slots=True)
class _Stretches:
    """Unbroken stretches of the file, in its order, each with the part whose words it holds and where in them."""

    found: list[tuple[int, int, str, Span]] = field(default_factory=list)

    def add(self, part: str, text: MappedText, bounds: Iterable[Span]) -> None:
        """Add the words of a part between some bounds; ``sort`` when all are added."""
        for bound in bounds:
            for left, right in _pieces(text, bound):
                self.found.append((*text.span_of(left, right), part, (left, right)))

    def sort(self) -> None:
        """Sort the stretches, so that they can be looked up."""
        self.found.sort()

    def near(self, span: Span) -> Iterator[tuple[int, int, str, Span]]:
        """Yield the stretches that hold some of a span of the file."""
        at = max(0, bisect_right(self.found, (span[0],)) - 1)
        while at < len(self.found) and self.found[at][0] < span[1]:
            if self.found[at][1] > span[0]:
                yield self.found[at]
            at += 1


class Words:
    """The words of each part of a document in one language, and what evidence their places are.

    Args:
        document: the document as it was read.
        local: its local name.
        file: the local name of the file.
        stated: the paths of the parts whose words another language version has stated.
    """

    def __init__(self, document: Document, local: str, file: str, stated: Collection[str] = ()) -> None:
        self._file, self._raw = file, document.source.raw
        self.version = str(Name(local, language=document.language or "und"))
        texts = [(p.path, p.text) for p in document.body()] + [(n.path, n.text) for n in document.footnotes]
        self._parts: dict[str, tuple[str, MappedText]] = {}
        for path, text in texts:
            bearer = Name(local, path, document.language if path in stated else None)
            self._parts.setdefault(path, (str(bearer), text))
        self._stretches, self._by_name = _Stretches(), dict(self._parts.values())
        for name, text in self._by_name.items():
            self._stretches.add(name, text, [(0, len(text))])
        self._stretches.sort()
        own = _remaining(document.lines, [(start, end) for start, end, _, _ in self._stretches.found])
        self._by_name[self.version] = own
        self._breaks = [match.start() for match in _LINE_END.finditer(own.chars) if self._is_break(own, match.start())]
        self._stretches.add(self.version, own, self._bounds(self.version, 0, len(own)))
        self._stretches.sort()
        self._quoted: dict[Span, Span] = {}

    def bearer(self, path: str) -> str:
        """Return the local name of what bears the words of a part."""
        return self._parts[path][0]

    @property
    def own(self) -> MappedText:
        """The language version's own words; values that only attributes of mark-up state stand at their end."""
        return self._by_name[self.version]

    def whole(self, path: str) -> Iterator[Evidence]:
        """Yield the evidence that all words of a part are."""
        name, text = self._parts[path]
        yield from self._pieces(name, text, 0, len(text))

    def own_whole(self) -> Iterator[Evidence]:
        """Yield the evidence that all words of the language version's own are."""
        yield from self._pieces(self.version, self.own, 0, len(self.own))

    def within(self, places: Iterable[Place]) -> Iterator[Evidence]:
        """Yield the evidence that the words at some places are."""
        for place in places:
            if place.path in self._parts:
                yield from self._pieces(*self._parts[place.path], place.start, place.end)
            else:  # in a title, which is no part of its own
                yield from self.at(place.runs)

    def at(self, spans: Iterable[Span]) -> Iterator[Evidence]:
        """Yield the evidence that the words are which stand at some spans of the file."""
        for span in spans:
            found = [piece for stretch in self._stretches.near(span) if (piece := self._overlap(span, stretch))]
            here = [one for part, start, end in found if part == found[0][0] for one in self._one(part, start, end)]
            yield from here or self._quotation(span)

    def _is_break(self, own: MappedText, at: int) -> bool:
        """Tell whether words of a part stand in the file between a line of the version's own words and the next."""
        gap = (own.span_of(at - 1, at)[1], own.span_of(at + 1, at + 2)[0])
        return gap[0] > gap[1] or any(self._stretches.near(gap))

    def _bounds(self, part: str, start: int, end: int) -> Iterator[Span]:
        """Yield the bounds within which some words of a part may stand unbroken in the file."""
        breaks = self._breaks if part == self.version else []
        inner = breaks[bisect_left(breaks, start) : bisect_left(breaks, end)]
        yield from zip([start, *inner], [*inner, end], strict=True)

    def _overlap(self, span: Span, stretch: tuple[int, int, str, Span]) -> tuple[str, int, int] | None:
        """Return the part and the positions of the characters that a span of the file has of a stretch."""
        _, _, part, (left, right) = stretch
        words = self._by_name[part][left:right]
        start, end = words.position(span[0]), words.position_after(span[1])
        return (part, left + start, left + end) if start < end and words.chars[start:end].strip() else None

    def _one(self, part: str, start: int, end: int) -> Iterator[Evidence]:
        yield from self._pieces(part, self._by_name[part], start, end)

    def _pieces(self, part: str, text: MappedText, start: int, end: int) -> Iterator[Evidence]:
        for bound in self._bounds(part, start, end):
            for left, right in _pieces(text, bound):
                yield self._evidence(part, text, left, right)

    def _evidence(self, part: str, text: MappedText, left: int, right: int) -> Evidence:
        """Return the evidence of some characters, with those that stand for the same place of the file as its ends."""
        start, end = text.span_of(left, right)
        while left and text.span_of(left - 1, left)[0] >= start and text.chars[left - 1].strip():
            left -= 1
        while right < len(text) and text.span_of(right, right + 1)[1] <= end and text.chars[right].strip():
            right += 1
        return Evidence(part, left, right, self._file, start, end)

    def _quotation(self, span: Span) -> Iterator[Evidence]:
        """Yield the evidence that a value is which only an attribute states: it is added to the version's own words."""
        raw = MappedText.of(self._raw[slice(*span)], span[0])
        words = raw.sub(_REFERENCE, lambda match: html.unescape(match[0])).strip()
        if not words.chars:
            return
        if span not in self._quoted:
            before = self.own
            self._breaks.append(len(before))
            self._by_name[self.version] = join([before, words], "\n")
            self._quoted[span] = (len(self.own) - len(words), len(self.own))
        yield from self._one(self.version, *self._quoted[span])


def _pieces(text: MappedText, bound: Span) -> Iterator[Span]:
    """Yield the positions of the unbroken pieces of some words, without white space at their ends."""
    for (left, right), _ in text.pieces_of(*bound):
        words = text.chars[left:right]
        if bare := words.strip():
            first = left + words.index(bare[0])
            yield first, first + len(bare)


def _remaining(lines: Iterable[MappedText], taken: list[Span]) -> MappedText:
    """Return what of some lines stands in none of the spans of the file that are taken, line by line in their order."""
    found = list[MappedText]()
    for line in sorted(lines, key=lambda line: (line.span[0], -line.span[1])):
        for (left, right), _ in line.pieces_of(0, len(line)):
            for piece in _without(line[left:right], taken):
                words = piece.sub(NOTE_CALL, "").strip()
                if _WORD.search(words.chars):
                    found.append(words)
                    taken[bisect_left(taken, words.span) : bisect_left(taken, words.span)] = [words.span]
    return join(found, "\n")


def _without(piece: MappedText, taken: list[Span]) -> Iterator[MappedText]:
    """Yield what of a piece of a line stands in no span that is taken."""
    start, end = piece.span
    at = max(0, bisect_right(taken, (start,)) - 1)
    done = 0
    while at < len(taken) and taken[at][0] < end:
        if taken[at][1] > start:
            left, right = piece.position(taken[at][0]), piece.position_after(taken[at][1])
            if left > done:
                yield piece[done:left]
            done = max(done, right)
        at += 1
    if done < len(piece):
        yield piece[done:]
