"""Citations by the number of a resolution or decision, whose issuer the words around it tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mandata import symbol
from mandata.citation.model import Hit
from mandata.document.masthead import organ_named
from mandata.entities import shipped_entities
from mandata.errors import MandataError
from mandata.text.dates import parse_date
from mandata.text.language import Lexicon

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
        issuer = self._issuer(found[0][0], start, found[-1].end()) if found else None
        for position, number in enumerate(found):
            left = number.start() if position else start
            yield from self._resolved(number, left, issuer, start)

    def decision(self, start: int, at: int) -> Iterator[Hit | Unsettled]:
        """Yield a decision of the General Assembly, where the words do not give it to another body."""
        number = symbol.RESOLUTION_NUMBER.match(self.words, at)
        if number and self._issuer(number[0], start, number.end()) == "A":
            cited = symbol.decision(number[0])
            if cited.suspicious or not _fits(cited, self._dated(number.end())):
                yield Unsettled(start, number.end(), ())
            else:
                yield Hit(str(cited), "symbol", start, number.end(), series=start)

    def _issuer(self, number: str, start: int, end: int) -> str | None:
        """Return how the symbols of the issuing body begin; None where the words name a body that is not known."""
        behind, before = self.words[end:], self.words[:start]
        if named := self.lexicon.search("of-organ", behind):
            return _prefix(organ_named(named["organ"], self.lexicon))
        if _COUNCIL_NUMBER.fullmatch(number):
            return "S"
        if self.lexicon.search("of-other-body", behind):
            return None
        if not self.lexicon.search("possessive", before) and (named := self.lexicon.search("issuer-before", before)):
            return _prefix(organ_named(named["organ"], self.lexicon))
        return _prefix(self.issuer)

    def _dated(self, end: int) -> date | None:
        dated = self.lexicon.search("of-date", self.words[end:])
        return parse_date(dated["date"], self.lexicon) if dated else None

    def _resolved(self, number: re.Match[str], left: int, issuer: str | None, series: int) -> Iterator[Hit | Unsettled]:
        right, day = number.end(), self._dated(number.end())
        try:
            cited = symbol.resolution(number[0], issuer or "A")
        except MandataError:
            yield Unsettled(left, right, ())
            return
        if cited.suspicious or not _fits(cited, day):
            yield Unsettled(left, right, ())
        elif issuer is None:
            yield Unsettled(left, right, (str(cited),))
        else:
            for one in cited.expand():
                yield Hit(str(one), "symbol", left, right, date=day, series=series)


def _prefix(organ: str | None) -> str | None:
    entity = shipped_entities().by_name.get(organ or "")
    return entity.facts.get("prefix") if entity else None


def _fits(cited: symbol.Symbol, day: date | None) -> bool:
    """Tell whether a session of the General Assembly was held on a day: 35/25 of 2017 is another body's resolution."""
    if day is None or cited.organ != "A" or cited.body != "A" or not (cited.session or "").isdigit():
        return True
    opened = 1945 + int(str(cited.session))
    return date(opened, 9, 1) <= day <= date(opened + 1, 10, 31)
