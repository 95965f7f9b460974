"""Symbols in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mandata.un.symbol.model import Symbol, SymbolError
from mandata.un.symbol.numbering import AFTER_GAP, LETTERS
from mandata.un.symbol.reading import EVEN, LATIN, ORGAN, parse


@dataclass(frozen=True, slots=True)
class SymbolMatch:
    """A symbol found in a text: it was read from ``text[start:end]``."""

    start: int
    end: int
    symbol: Symbol


_EVEN_BUT_LINES = {code: other for code, other in EVEN.items() if code != ord("\n")}
_SEGMENT = r"[A-Za-z0-9]{1,20}(?:[.-]{1,2}[A-Za-z0-9]{1,20}){0,3}"
_PART = (
    r"(?:\s{0,4}|%20)\((?:(?:19|20)[0-9]{2}|[0-9]{1,3}|(?:E?S-)?[IVXLl]{1,8}"
    r"|(?:[Pp]art|[Vv]ol|[Ss]ect|[Pp]rog|[Rr]esumption|S(?:UPP|upp))[A-Za-z0-9.\s]{0,16})\)"
)
_WRAP = r"(?:\s{1,3}(?=[0-9]|(?:Add|Corr|Rev|Amend|L)\.))?"  # a line's end after a slash: NPT/CONF.2000/ 28
_CANDIDATE = re.compile(
    rf"(?<![{LATIN}/.%&])(?<![A-Za-z0-9]-)/?(?P<symbol>(?:{ORGAN})(?:\([0-9]{{1,3}}\))?"
    rf"(?:/{_WRAP}{_SEGMENT}(?:{_PART})?(?:-\s{{1,3}}(?:{ORGAN})(?=/))?){{1,24}}(?:(?:{AFTER_GAP}|%20{LETTERS})(?:{_PART})?|(?<=\)){LETTERS})?)"
)
_HEAD = re.compile(rf"(?:{ORGAN})(?:\([0-9]{{1,3}}\))?/")  # part of every candidate; most texts hold none
_CUT = re.compile(r"[/\s(.-](?=[^/\s(.-]*\Z)")
_MODIFIER = r"(?:Add|Corr|Rev|Amend)\.[0-9]{1,3}(?:-[0-9]{1,3})?"
_ELIDED = re.compile(
    r"[,;、]?\s{0,2}[^\W\d_]{0,3}\s{0,2}"
    rf"(?P<modifiers>{_MODIFIER}(?:/{_MODIFIER}){{0,3}})(?![{LATIN}])"
)
_UNCLOSED = re.compile(r"\([0-9IVX]")


def _longest(candidate: str, after: str) -> tuple[int, Symbol] | None:
    """Return the longest beginning of a candidate that is a symbol, and its length."""
    while candidate:
        try:
            symbol = parse(candidate)
        except SymbolError:
            cut = _CUT.search(candidate)
            if cut is None:
                return None
            shorter = candidate[: cut.start()].rstrip()
            candidate, after = shorter, candidate[len(shorter) :] + after
            continue
        return None if _UNCLOSED.match(after) else (len(candidate), symbol)
    return None


def _find_elided(text: str, found: SymbolMatch) -> Iterator[SymbolMatch]:
    """Yield the documents of which only the modifiers are written: ``A/49/587 et Corr.1``, ``A/49/587, Add.1/Corr.1``.

    They modify the document before them, or what that one modifies: nothing is added to a corrigendum, and the second
    addendum is not one to the first.
    """
    while match := _ELIDED.match(text, found.end):
        modifiers = match["modifiers"].split("/")
        symbol: Symbol = found.symbol
        while (base := symbol.base) and _kind(symbol.parts[0][-1]) in (_kind(modifiers[0]), "Corr"):
            symbol = base
        parts = tuple((*segments, *modifiers) for segments in symbol.parts)
        found = SymbolMatch(*match.span("modifiers"), Symbol(parts, match["modifiers"]))
        yield found


def _kind(modifier: str) -> str:
    return modifier.partition(".")[0].removesuffix("s")


def find(text: str) -> Iterator[SymbolMatch]:
    """Yield the symbols in a text, in order, each as long as it can be, joint ones whole, without what follows them.

    A modifier whose symbol is elided ("A/49/587 et Corr.1") is yielded too, with the whole symbol. What could only be
    guessed (a bare ``72/7``, a symbol cut in a parenthesis) is not yielded.
    """
    if not _HEAD.search(text):
        return
    even = text.translate(_EVEN_BUT_LINES)
    for match in _CANDIDATE.finditer(even):
        start, end = match.span("symbol")
        longest = _longest(even[start:end], even[end : end + 3])
        if longest is None:
            continue
        length, symbol = longest
        if even[start + length : start + length + 1].isascii() and even[start + length : start + length + 1].isalnum():
            continue
        found = SymbolMatch(start, start + length, Symbol(symbol.parts, text[start : start + length], symbol.repairs))
        yield found
        yield from _find_elided(even, found)
