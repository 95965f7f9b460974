"""Citations by the number of a resolution or decision, whose issuer the words around it tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from mandata.citation.issuer import OTHER, Issuers
from mandata.citation.model import Hit
from mandata.errors import MandataError
from mandata.lexicon.dates import parse_date
from mandata.lexicon.lexicon import Lexicon
from mandata.lexicon.script import strip_optional_signs
from mandata.un import symbol

_DATE_REACH: Final = 40
_NUMBER_REACH: Final = 40
"""Characters within which the date before a number, and a number itself, stand."""

_LONGEST: Final = 100
"""Numbers; of what seems a longer range the ends alone are taken."""

_PLAIN = re.compile(r"(?P<session>(?:E?S-)?\d{1,4})/(?P<number>\d{1,3})")

_Symbol = Callable[[str, str], symbol.Symbol]

NO_ISSUER: Final = "nothing tells which organ issued it"
OTHER_ISSUER: Final = "it is of a body whose resolutions bear no symbol that is known here"
NO_SUCH: Final = "no document of the organ it seems to be of bears such a number, or of such a day"


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Words that cite what the text alone does not settle, why, and what it may be."""

    start: int
    end: int
    candidates: tuple[str, ...]
    reason: str = NO_ISSUER


def find_numbers(words: str, issuer: str | None, lexicon: Lexicon) -> Iterator[Hit | Unsettled]:
    """Yield the resolutions and decisions cited by number in a folded text.

    ``issuer`` is the local name of the organ whose document this is: "sa résolution 72/7", and a bare number in a note,
    are its own. A decision is yielded only where its issuer is known: other bodies' are no documents of their own.
    """
    reader = _Reader(words, Issuers(words, issuer, lexicon), lexicon)
    for match in lexicon.finditer("resolution-numbers", words):
        yield from reader.enumerated(match, symbol.resolution)
    for match in lexicon.finditer("decision-numbers", words):
        found = reader.enumerated(match, symbol.decision)
        yield from (one for one in found if isinstance(one, Hit) or one.reason == NO_SUCH)


@dataclass(frozen=True, slots=True)
class _Number:
    """The number of a resolution or decision, as symbols write it, and where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Reader:
    words: str
    issuers: Issuers
    lexicon: Lexicon

    def enumerated(self, opening: re.Match[str], named: _Symbol) -> Iterator[Hit | Unsettled]:
        """Yield what one enumeration cites, whose first number stands behind the opening word."""
        numbers, start = list(self._numbers(opening.end())), opening.start()
        before = self.issuers.before(opening) if numbers else ()
        later: str | None = None
        issuers: list[str | None] = []
        for number in reversed(numbers):
            told = self.issuers.behind(number.text, number.end, start)
            later = told or later
            issuers.insert(0, told or self._shared(number.text, later, before, named))
        for position, (number, issuer) in enumerate(zip(numbers, issuers, strict=True)):
            left = number.start if position else start
            for one in self._resolved(number, left, issuer, start, named):
                if isinstance(one, Unsettled) and one.reason == NO_SUCH:
                    yield replace(one, candidates=self._candidates(number, named))
                else:
                    yield one

    def _candidates(self, number: _Number, named: _Symbol) -> tuple[str, ...]:
        """Return what a number may be that its seeming issuer cannot have: a document of the body named last before.

        So of "la résolution 1/7 de l'Assemblée pour l'environnement et la résolution 2/21".
        """
        last = self.issuers.last_named(number.start)
        cited = _symbol(named, number.text, last) if last else None
        return (str(cited),) if cited and _fits(cited, self._dated(number)) else ()

    def _numbers(self, at: int) -> Iterator[_Number]:
        before, ranged = None, False
        while number := _number_at(self.words, at, self.lexicon):
            if before and ranged:
                yield from _between(before, number)
            yield number
            joint = self.lexicon.search("enumeration", self.words[number.end :])
            if joint is None:
                return
            before, ranged = number, self.lexicon.search("range", joint[0]) is not None
            at = number.end + joint.end()

    def _shared(self, number: str, later: str | None, before: tuple[str, ...], named: _Symbol) -> str | None:
        """Return the issuer that a later number of the enumeration names, where it numbers so; else one before it."""
        number_format = self.issuers.by_format(number)
        if number_format is None and later and (later == OTHER or _symbol(named, number, later)):
            return later
        fitting = (issuer for issuer in before if issuer == OTHER or _symbol(named, number, issuer))
        return number_format or next(fitting, next(iter(before), None))

    def _resolved(
        self, number: _Number, left: int, issuer: str | None, series: int, named: _Symbol
    ) -> Iterator[Hit | Unsettled]:
        right, day = number.end, self._dated(number)
        if issuer == OTHER:
            yield Unsettled(left, right, (), OTHER_ISSUER)
            return
        cited = _symbol(named, number.text, issuer or "A")
        if issuer is None:
            sound = cited is not None and _fits(cited, day)
            yield Unsettled(left, right, (str(cited),) if sound else ())
        elif cited is None or not _fits(cited, day):
            yield Unsettled(left, right, (), NO_SUCH)
        else:
            for one in cited.expand():
                yield Hit(str(one), "symbol", left, right, date=day, series=series)

    def _dated(self, number: _Number) -> date | None:
        """Return the date that stands behind a number, or before it ("2017年11月17日第72/7号决议")."""
        dated = self.lexicon.search("of-date", self.words[number.end :])
        if dated is None:
            dated = self.lexicon.search("date-before", self.words[max(0, number.start - _DATE_REACH) : number.start])
        return parse_date(dated["date"], self.lexicon) if dated else None


def _number_at(words: str, at: int, lexicon: Lexicon) -> _Number | None:
    """Return the number that stands at a position; a language may write its letters and session in its own way."""
    if own := lexicon.search("number-as-printed", words[at : at + _NUMBER_REACH]):
        return _Number(_as_symbols_write(own.groupdict(), lexicon), at, at + own.end())
    match = symbol.RESOLUTION_NUMBER.match(words, at)
    return _Number(match[0], match.start(), match.end()) if match else None


def _between(first: _Number, last: _Number) -> Iterator[_Number]:
    """Yield the numbers between the ends of a range of one session ("72/1 à 72/3"), each standing where both do."""
    one, other = _PLAIN.fullmatch(first.text), _PLAIN.fullmatch(last.text)
    if one and other and one["session"] == other["session"] and int(other["number"]) - int(one["number"]) <= _LONGEST:
        for number in range(int(one["number"]) + 1, int(other["number"])):
            yield _Number(f"{one['session']}/{number}", first.start, last.end)


def _as_symbols_write(said: dict[str, str | None], lexicon: Lexicon) -> str:
    """Return "2200 A (XXI)" for the groups of "2200 ألف (د-21)"."""

    def lettered(group: str) -> str:
        printed = strip_optional_signs(said.get(group) or "")
        return lexicon.letters.get(printed, printed)

    special = f"{lettered('special')}-" if said.get("special") else ""
    figures = said.get("session")
    session = said.get("roman") or (figures and symbol.roman(int(figures)))
    between = " and " if said.get("and") else "-"
    letters = between.join(filter(None, (lettered("letter"), lettered("last"))))
    old = f" ({special}{session})" if session else ""
    return f"{'' if old else special}{said['number']}{f' {letters}' if letters else ''}{old}"


def _symbol(named: _Symbol, number: str, issuer: str) -> symbol.Symbol | None:
    """Return the symbol of a number of an issuer; None where it numbers otherwise, or cannot have such a document."""
    try:
        cited = named(number, issuer)
    except MandataError:
        return None
    return None if cited.suspicious else cited


def _fits(cited: symbol.Symbol, day: date | None) -> bool:
    """Tell whether a session of the General Assembly was held on a day: 35/25 of 2017 is another body's resolution.

    And so is 574 (XXVII) of 1998. On which days a special session was held is not known here.
    """
    session = cited.session or ""
    if day is None or cited.organ != "A" or cited.body != "A" or "-" in session or not session:
        return True
    opened = 1945 + (int(session) if session.isdigit() else symbol.arabic(session))
    return date(opened, 9, 1) <= day <= date(opened + 1, 10, 31)
