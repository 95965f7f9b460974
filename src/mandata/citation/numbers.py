"""Citations by the number of a resolution or decision, whose issuer follows from the words around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from mandata.citation.issuer import OTHER, Issuers
from mandata.citation.model import Reference
from mandata.errors import MandataError
from mandata.lexicon.dates import parse_date
from mandata.lexicon.lexicon import Lexicon
from mandata.lexicon.script import strip_optional_signs
from mandata.un import symbol

_DATE_REACH: Final = 40  # in characters: how far before a number its date may begin
_NUMBER_REACH: Final = 40  # in characters: no printed number is longer

_LONGEST: Final = 100  # numbers: of a longer range only the ends are taken

_PLAIN = re.compile(r"(?P<session>(?:E?S-)?\d{1,4})/(?P<number>\d{1,3})")

_ToSymbol = Callable[[str, str], symbol.Symbol]

NO_ISSUER: Final = "nothing tells which organ issued it"
OTHER_ISSUER: Final = "it is of a body whose resolutions bear no symbol that is known here"
NO_SUCH: Final = "no document of the organ it seems to be of bears such a number, or of such a day"


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Words that cite a document which they do not determine, the reason, and the candidates."""

    start: int
    end: int
    candidates: tuple[str, ...]
    reason: str = NO_ISSUER


def find_numbers(words: str, issuer: str | None, lexicon: Lexicon) -> Iterator[Reference | Unsettled]:
    """Yield the resolutions and decisions cited by number in a folded text.

    A decision is yielded only if its issuer is known: those of other bodies are not documents of their own.

    Args:
        words: the folded words.
        issuer: the local name of the organ of the citing document, whose "sa résolution 72/7" is, and a number alone in
            a note.
        lexicon: the language of the words.
    """
    reader = _NumberReader(words, Issuers(words, issuer, lexicon), lexicon)
    for match in lexicon.finditer("resolution-numbers", words):
        yield from reader.read_enumeration(match, symbol.resolution)
    for match in lexicon.finditer("decision-numbers", words):
        found = reader.read_enumeration(match, symbol.decision)
        yield from (each for each in found if isinstance(each, Reference) or each.reason == NO_SUCH)


@dataclass(frozen=True, slots=True)
class _Number:
    """The number of a resolution or decision, as written in symbols, and its positions in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _NumberReader:
    words: str
    issuers: Issuers
    lexicon: Lexicon

    def read_enumeration(self, opening: re.Match[str], to_symbol: _ToSymbol) -> Iterator[Reference | Unsettled]:
        """Yield the references of one enumeration, whose first number follows the match of its opening words."""
        numbers, start = list(self._numbers(opening.end())), opening.start()
        before = self.issuers.named_before(opening) if numbers else ()
        later: str | None = None
        issuers: list[str | None] = []
        for number in reversed(numbers):
            own_issuer = self.issuers.named_after(number.text, number.end, start)
            later = own_issuer or later
            issuers.insert(0, own_issuer or self._issuer_from_others(number.text, later, before, to_symbol))
        for position, (number, issuer) in enumerate(zip(numbers, issuers, strict=True)):
            left = number.start if position else start
            for reference in self._references(number, left, issuer, start, to_symbol):
                if isinstance(reference, Unsettled) and reference.reason == NO_SUCH:
                    yield replace(reference, candidates=self._candidates(number, to_symbol))
                else:
                    yield reference

    def _candidates(self, number: _Number, to_symbol: _ToSymbol) -> tuple[str, ...]:
        """Return the candidates for a number that its apparent issuer cannot have: a document of the body named before.

        An example is "la résolution 1/7 de l'Assemblée pour l'environnement et la résolution 2/21".
        """
        last = self.issuers.last_named_before(number.start)
        cited = _symbol(to_symbol, number.text, last) if last else None
        return (str(cited),) if cited and _fits(cited, self._date_of(number)) else ()

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

    def _issuer_from_others(
        self, number: str, later: str | None, before: tuple[str, ...], to_symbol: _ToSymbol
    ) -> str | None:
        """Return the issuer named after a later number, if it uses this format; else one named before the numbers."""
        number_format = self.issuers.by_format(number)
        if number_format is None and later and (later == OTHER or _symbol(to_symbol, number, later)):
            return later
        fitting = (issuer for issuer in before if issuer == OTHER or _symbol(to_symbol, number, issuer))
        return number_format or next(fitting, next(iter(before), None))

    def _references(
        self, number: _Number, left: int, issuer: str | None, series: int, to_symbol: _ToSymbol
    ) -> Iterator[Reference | Unsettled]:
        right, day = number.end, self._date_of(number)
        if issuer == OTHER:
            yield Unsettled(left, right, (), OTHER_ISSUER)
            return
        cited = _symbol(to_symbol, number.text, issuer or "A")
        if issuer is None:
            sound = cited is not None and _fits(cited, day)
            yield Unsettled(left, right, (str(cited),) if sound else ())
        elif cited is None or not _fits(cited, day):
            yield Unsettled(left, right, (), NO_SUCH)
        else:
            for member in cited.expand():
                yield Reference(str(member), "symbol", left, right, date=day, series=series)

    def _date_of(self, number: _Number) -> date | None:
        """Return the date after a number, or before it ("2017年11月17日第72/7号决议")."""
        dated = self.lexicon.search("of-date", self.words[number.end :])
        if dated is None:
            dated = self.lexicon.search("date-before", self.words[max(0, number.start - _DATE_REACH) : number.start])
        return parse_date(dated["date"], self.lexicon) if dated else None


def _number_at(words: str, at: int, lexicon: Lexicon) -> _Number | None:
    """Return the number at a position, if there is one; a language may write its letters and session in its own way."""
    if own := lexicon.search("number-as-printed", words[at : at + _NUMBER_REACH]):
        return _Number(_normalise_number(own.groupdict(), lexicon), at, at + own.end())
    match = symbol.RESOLUTION_NUMBER.match(words, at)
    return _Number(match[0], match.start(), match.end()) if match else None


def _between(first: _Number, last: _Number) -> Iterator[_Number]:
    """Yield the numbers within a range of one session ("72/1 à 72/3"), each with the positions of the whole range."""
    low, high = _PLAIN.fullmatch(first.text), _PLAIN.fullmatch(last.text)
    if low and high and low["session"] == high["session"] and int(high["number"]) - int(low["number"]) <= _LONGEST:
        for number in range(int(low["number"]) + 1, int(high["number"])):
            yield _Number(f"{low['session']}/{number}", first.start, last.end)


def _normalise_number(groups: dict[str, str | None], lexicon: Lexicon) -> str:
    """Return a number as written in symbols: "2200 A (XXI)" for the groups of "2200 ألف (د-21)"."""

    def letters_of(group: str) -> str:
        printed = strip_optional_signs(groups.get(group) or "")
        return lexicon.letters.get(printed, printed)

    special = f"{letters_of('special')}-" if groups.get("special") else ""
    figures = groups.get("session")
    session = groups.get("roman") or (figures and symbol.roman(int(figures)))
    between = " and " if groups.get("and") else "-"
    letters = between.join(filter(None, (letters_of("letter"), letters_of("last"))))
    old = f" ({special}{session})" if session else ""
    return f"{'' if old else special}{groups['number']}{f' {letters}' if letters else ''}{old}"


def _symbol(to_symbol: _ToSymbol, number: str, issuer: str) -> symbol.Symbol | None:
    """Return the symbol of an issuer's number; None if it numbers differently, or cannot have such a document."""
    try:
        cited = to_symbol(number, issuer)
    except MandataError:
        return None
    return None if cited.suspicious else cited


def _fits(cited: symbol.Symbol, day: date | None) -> bool:
    """Return whether a symbol fits the date of its Assembly session: 35/25 of 2017 is another body's resolution.

    So is 574 (XXVII) of 1998. The dates of special sessions are not known here.
    """
    session = cited.session or ""
    if day is None or cited.organ != "A" or cited.body != "A" or "-" in session or not session:
        return True
    opened = 1945 + (int(session) if session.isdigit() else symbol.arabic(session))
    return date(opened, 9, 1) <= day <= date(opened + 1, 10, 31)
