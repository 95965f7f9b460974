"""Citations by the number of a resolution or decision, whose issuer the words around it tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mandata import symbol
from mandata.citation.model import Hit
from mandata.document.masthead import organ_named
from mandata.errors import MandataError
from mandata.text.dates import parse_date
from mandata.text.language import Lexicon

_LETTER = {"organ-GA": "A", "organ-SC": "S", "organ-ECOSOC": "E", "organ-HRC": "A/HRC"}


_COUNCIL_NUMBER = re.compile(r"\d+ ?\(\d{4}\)")  # "1325 (2000)": only the Security Council numbers so


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A number whose issuer nothing tells, with what it may be."""

    start: int
    end: int
    candidates: tuple[str, ...]


def find_numbers(words: str, issuer: str | None, lexicon: Lexicon) -> Iterator[Hit | Unsettled]:
    """Yield the resolutions and decisions cited by number in a folded text.

    ``issuer`` is the local name of the organ whose document this is: "sa résolution 72/7", and a bare number in a note,
    are its own.
    """
    reader = _Reader(words, issuer, lexicon)
    for match in lexicon.finditer("resolution-numbers", words):
        yield from reader.resolutions(match.start(), match.end())
    for match in lexicon.finditer("decision-numbers", words):
        yield from reader.decision(match.start(), match.end())


@dataclass(frozen=True, slots=True)
class _Reader:
    words: str
    issuer: str | None
    lexicon: Lexicon

    def resolutions(self, start: int, at: int) -> Iterator[Hit | Unsettled]:
        """Yield the resolutions of one enumeration, whose word starts at ``start`` and first number at ``at``."""
        found: list[re.Match[str]] = []
        while number := symbol.RESOLUTION_NUMBER.match(self.words, at):
            found.append(number)
            joint = self.lexicon.search("enumeration", self.words[number.end() :])
            if joint is None:
                break
            at = number.end() + joint.end()
        organ = self._issuer(found[0][0], found[-1].end()) if found else None
        for position, number in enumerate(found):
            left = number.start() if position else start
            yield from self._resolved(number, left, organ, start)

    def decision(self, start: int, at: int) -> Iterator[Hit]:
        """Yield a decision of the General Assembly, where the words do not give it to another body."""
        number = symbol.RESOLUTION_NUMBER.match(self.words, at)
        if number and self.issuer == "organ-GA" and not self.lexicon.search("of-organ", self.words[number.end() :]):
            yield Hit(str(symbol.decision(number[0])), "symbol", start, number.end(), series=start)

    def _issuer(self, number: str, end: int) -> str | None:
        if named := self.lexicon.search("of-organ", self.words[end:]):
            return organ_named(named["organ"], self.lexicon)
        if _COUNCIL_NUMBER.fullmatch(number):
            return "organ-SC"
        return self.issuer

    def _resolved(self, number: re.Match[str], left: int, organ: str | None, series: int) -> Iterator[Hit | Unsettled]:
        letter, right = _LETTER.get(organ or ""), number.end()
        try:
            cited = symbol.resolution(number[0], letter or "A")
        except MandataError:
            yield Unsettled(left, right, ())
            return
        if letter is None:
            yield Unsettled(left, right, (str(cited),))
            return
        dated = self.lexicon.search("of-date", self.words[right:])
        day = parse_date(dated["date"], self.lexicon) if dated else None
        for one in cited.expand():
            yield Hit(str(one), "symbol", left, right, date=day, series=series)
