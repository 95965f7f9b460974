"""How long a mandate shall last and when an act takes effect, as the words of its clause say."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from mandata.lexicon.dates import parse_date
from mandata.lexicon.lexicon import Lexicon
from mandata.mandate.model import Term

_UNITS = {"days": "D", "weeks": "W", "months": "M", "years": "Y"}


def read_term(clause: str, lexicon: Lexicon, adopted: date | None) -> tuple[Term, int]:
    """Return the term that a folded clause states, and where its words end (0 where it states none).

    A year from its adoption on 24 March is until 24 March, as the Security Council counts; a year that begins on
    1 October is until 30 September. What runs from a day that is not known has no end that is known.
    """
    start, first = _day("mandate-from", clause, lexicon)
    until, second = _day("mandate-until", clause, lexicon)
    match = lexicon.search("mandate-period", clause)
    period = _period(match) if match else None
    third = match.end() if match and period else 0
    if until is None and match and period:
        if anchor := lexicon.search("from-adoption", clause[third:]):
            until, third = _moved(adopted, *period) if adopted else None, third + anchor.end()
        elif start:
            until = _moved(start, *period) - timedelta(days=1)
    at_least = _moved(adopted, *period) if period and adopted and not until else None
    shown = iso_period(*period) if period else None
    return Term(_iso(until), _iso(at_least), shown, _iso(start)), max(first, second, third)


def read_end(clause: str, lexicon: Lexicon) -> tuple[Term, int]:
    """Return from when a clause that ends a mandate says that it does, and where those words end."""
    day, end = _day("mandate-ends", clause, lexicon)
    return Term(start=_iso(day)), end


def period_of(match: re.Match[str]) -> str | None:
    """Return the period that a match of a rule with {number} and {unit} says, as ISO 8601 writes it."""
    period = _period(match)
    return iso_period(*period) if period else None


def day_after(match: re.Match[str], start: date) -> date | None:
    """Return the day that is reached once the period of a match has run from a day."""
    period = _period(match)
    return _moved(start, *period) if period else None


def iso_period(number: int, unit: str) -> str:
    """Return a period as ISO 8601 writes it.

    >>> iso_period(6, "months")
    'P6M'
    """
    return f"P{number}{_UNITS[unit]}"


def _day(rule: str, clause: str, lexicon: Lexicon) -> tuple[date | None, int]:
    match = lexicon.search(rule, clause)
    day = parse_date(match["date"], lexicon) if match else None
    return day, match.end() if match and day else 0


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _period(match: re.Match[str]) -> tuple[int, str] | None:
    said = {name: words for name, words in match.groupdict().items() if words is not None}
    unit = next((name for name in said if name in _UNITS), None)
    number = next((int(name[1:]) for name in said if re.fullmatch(r"n\d+", name)), None)
    number = int(said["digits"]) if "digits" in said else number
    return (number, unit) if number and unit else None


def _moved(start: date, number: int, unit: str) -> date:
    if unit in ("days", "weeks"):
        return start + timedelta(days=number * (7 if unit == "weeks" else 1))
    months = start.month - 1 + number * (12 if unit == "years" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
