"""Citations by the number of a resolution or decision, whose issuer the words around it tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mandata import symbol
from mandata.citation.model import Hit
from mandata.errors import MandataError
from mandata.text.dates import parse_date
from mandata.text.language import Lexicon
from mandata.document.masthead import organ_named

_LETTER = {"organ-GA": "A", "organ-SC": "S", "organ-ECOSOC": "E", "organ-HRC": "A/HRC"}


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
    for match in lexicon.finditer("resolution-numbers", words):
        yield from _enumerated(words, match.start(), match.end(), issuer, lexicon)
    for match in lexicon.finditer("decision-numbers", words):
        if number := symbol.RESOLUTION_NUMBER.match(words, match.end()):
            own = lexicon.search("possessive", words[: match.start()]) or issuer == "organ-GA"
            if own and not lexicon.search("of-organ", words[number.end() :]):
                yield Hit(str(symbol.decision(number[0])), "symbol", match.start(), number.end(), series=match.start())


def _enumerated(words: str, start: int, at: int, issuer: str | None, lexicon: Lexicon) -> Iterator[Hit | Unsettled]:
    found: list[tuple[str, int, int]] = []
    while number := symbol.RESOLUTION_NUMBER.match(words, at):
        found.append((number[0], number.start(), number.end()))
        joint = lexicon.search("enumeration", words[number.end() :])
        if joint is None:
            break
        at = number.end() + joint.end()
    if not found:
        return
    organ = _issuer(words, start, found[-1][2], issuer, found[0][0], lexicon)
    for position, (number, left, right) in enumerate(found):
        yield from _resolved(words, number, left if position else start, right, start, organ, lexicon)


def _issuer(words: str, start: int, end: int, issuer: str | None, number: str, lexicon: Lexicon) -> str | None:
    if named := lexicon.search("of-organ", words[end:]):
        return organ_named(named["organ"], lexicon)
    if "/" not in number and number.rstrip().endswith(")") and number[number.find("(") + 1].isdigit():
        return "organ-SC"  # "1325 (2000)": only the Security Council numbers so
    return issuer


def _resolved(
    words: str, number: str, left: int, right: int, series: int, organ: str | None, lexicon: Lexicon
) -> Iterator[Hit | Unsettled]:
    letter = _LETTER.get(organ or "")
    if letter is None:
        yield Unsettled(left, right, (str(symbol.resolution(number)),) if "/" in number else ())
        return
    try:
        cited = symbol.resolution(number, letter)
    except MandataError:
        yield Unsettled(left, right, ())
        return
    dated = lexicon.search("of-date", words[right:])
    day = parse_date(dated["date"], lexicon) if dated else None
    for one in cited.expand():
        yield Hit(str(one), "symbol", left, right, date=day, series=series)
