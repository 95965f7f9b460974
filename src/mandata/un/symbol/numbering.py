"""Resolutions and decisions as prose names them, by number: ``72/7``, ``217 A (III)``, ``1325 (2000)``."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from string import ascii_uppercase
from typing import Final

from mandata.un.symbol.model import Symbol, SymbolError
from mandata.un.symbol.reading import DASHES, EVEN, LATIN, parse

_PAIRS = "|".join(rf"{a}\s\w{{1,3}}\s{b}" for a, b in pairwise(ascii_uppercase))
_LETTER = rf"(?:A[A-Z](?![A-Z])|[A-Z](?:[-{DASHES}][A-Z])?)"  # after Z comes AA: A/RES/53/77 AA
_END = rf"(?![{LATIN}/'’]|-\w)"
LETTERS: Final = rf"(?:{_PAIRS}|{_LETTER}){_END}"
"""The letters of a resolution's parts: A, A-C, two that follow each other with a short word between (A et B)."""

AFTER_GAP: Final = rf"(?:[^\S\n]{{1,2}}{LETTERS}|[^\S\n]?\n[^\S\n]?(?:{_PAIRS}|{_LETTER}(?![.)])){_END})"
"""The letters after a space; after a line's end only if they are no heading (``A.``)."""

_SPECIAL = rf"(?:E?S[-{DASHES}])?"
RESOLUTION_NUMBER: Final = re.compile(
    rf"(?<![{LATIN}/.,{DASHES}-])(?:"
    rf"{_SPECIAL}[0-9][0-9l]{{0,3}}/[0-9l]{{1,4}}(?![{LATIN}/]){AFTER_GAP}?"
    rf"|[0-9][0-9l]{{0,3}}(?:{LETTERS}|{AFTER_GAP})?\s{{0,2}}\((?:{_SPECIAL}[IVXL]{{1,7}}|(?:19|20)[0-9]{{2}})\)"
    rf"(?:{LETTERS}|{AFTER_GAP})?)"
)
"""The number of a resolution or decision as printed in prose; the words around it show whether it is one, and whose."""

_NUMBERED = re.compile(r"(?:(?P<session>(?:E?S-)?[0-9][0-9l]{0,3})/)?(?P<number>[0-9l]{1,5})(?P<rest>[ (A-Z].{0,40})?")
_BY_SESSION = ("UNEP/EA", "HSP/HA")  # UNEP/EA.5/Res.5: their session is part of the body's segment
_BY_YEAR = {"E": True, "A": False}  # whether a year takes the place of the session


@lru_cache(4096)  # as many as ``parse`` keeps: a text cites the same few again and again
def _read_number(number: str, nature: str, organ: str) -> Symbol:
    found = _NUMBERED.fullmatch(" ".join(number.translate(EVEN).split()))
    if found is None:
        raise SymbolError("is no such number", f"{nature} {number}", "write it as printed, such as 72/7 or 1325 (2000)")
    period, rest = found["session"], found["rest"] or ""
    by_year = bool(period) and len(period) == 4 and period.isdigit()
    if period and organ in _BY_YEAR and by_year is not _BY_YEAR[organ]:
        raise SymbolError("is not numbered in this organ's way", f"{nature} {number} of {organ}", "say whose it is")
    if organ == "A" and not period and "(" not in rest:
        raise SymbolError("has no session", f"{nature} {number}", "write it before the number, such as 72/7")
    code = nature.upper()[:3]
    if organ in _BY_SESSION and period:
        text = f"{organ}.{period}/{code.capitalize()}.{found['number']}{rest}"
    else:
        text = f"{organ}/{code}/{f'{period}/' if period else ''}{found['number']}{rest}"
    symbol = parse(text)
    return Symbol(symbol.parts, number, symbol.repairs)


def resolution(
    number: str, organ: str = "A", *, letter: str | None = None, session: str | None = None, year: int | None = None
) -> Symbol:
    """Return the symbol of a resolution from its number, as ``72/7``, ``53/243 A``, ``217 A (III)``, ``1325 (2000)``.

    Args:
        number: as printed; without its session or year if these are given separately.
        organ: the organ that adopted it: A, S, E, A/HRC, UNEP/EA, HSP/HA.
        letter: the letter of the part, if the number does not state it.
        session: the session, if the number does not state it.
        year: the year of a Security Council resolution, if the number does not state it.

    Raises:
        SymbolError: the organ does not number its resolutions in this way.
    """
    before, after = f"{session}/" if session else "", f" ({year})" if year else ""
    return _read_number(f"{before}{number}{after}{f' {letter}' if letter else ''}", "resolution", organ)


def decision(number: str, organ: str = "A") -> Symbol:
    """Return the symbol that this project gives to a decision of an organ: ``60/519`` of ``A`` is A/DEC/60/519.

    Raises:
        SymbolError: the organ does not number its decisions in this way.
    """
    return _read_number(number, "decision", organ)
