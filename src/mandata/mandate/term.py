"""The term of a mandate and the effective date of an act, from the words of its clause."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from mandata.lexicon.dates import parse_date
from mandata.lexicon.lexicon import Lexicon
from mandata.mandate.model import MandateTerm

_UNITS = {"days": "D", "weeks": "W", "months": "M", "years": "Y"}


def read_term(clause: str, lexicon: Lexicon, adopted: date | None) -> tuple[MandateTerm, int]:
    """Return the term that a folded clause states, and where its words end (0 if it states none).

    One year from the adoption on 24 March is until 24 March, as the Security Council counts; one year that begins on
    1 October is until 30 September. A period from an unknown day has no known end.

    Args:
        clause: the folded words of the clause.
        lexicon: their language.
        adopted: the day of adoption, if known.
    """
    start, first = _day("mandate-from", clause, lexicon)
    until, second = _day("mandate-until", clause, lexicon)
    match = lexicon.search("mandate-period", clause)
    period = _period(match) if match else None
    third = match.end() if match and period else 0
    if until is None and match and period:
        if anchor := lexicon.search("from-adoption", clause[third:]):
            until, third = _add_period(adopted, *period) if adopted else None, third + anchor.end()
        elif start:
            until = _add_period(start, *period) - timedelta(days=1)
    at_least = _add_period(adopted, *period) if period and adopted and not until else None
    period_text = iso_period(*period) if period else None
    return MandateTerm(_iso(until), _iso(at_least), period_text, _iso(start)), max(first, second, third)


def read_end(clause: str, lexicon: Lexicon) -> tuple[MandateTerm, int]:
    """Return the date from which a folded clause of a language ends a mandate, and where the words of the date end.

    Args:
        clause: the folded words of the clause.
        lexicon: their language.
    """
    day, end = _day("mandate-ends", clause, lexicon)
    return MandateTerm(start=_iso(day)), end


def period_of(match: re.Match[str]) -> str | None:
    """Return the period in ISO 8601 from a match of a rule with {number} and {unit}; None if it states none."""
    period = _period(match)
    return iso_period(*period) if period else None


def day_after(match: re.Match[str], start: date) -> date | None:
    """Return the day on which the period in a match ends if it begins on ``start``; None if it states none."""
    period = _period(match)
    return _add_period(start, *period) if period else None


def iso_period(number: int, unit: str) -> str:
    """Return a period of a ``number`` of ``unit`` (days, weeks, months, years) in ISO 8601.

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
    groups = {name: words for name, words in match.groupdict().items() if words is not None}
    unit = next((name for name in groups if name in _UNITS), None)
    number = next((int(name[1:]) for name in groups if re.fullmatch(r"n\d+", name)), None)
    number = int(groups["digits"]) if "digits" in groups else number
    return (number, unit) if number and unit else None


def _add_period(start: date, number: int, unit: str) -> date:
    if unit in ("days", "weeks"):
        return start + timedelta(days=number * (7 if unit == "weeks" else 1))
    months = start.month - 1 + number * (12 if unit == "years" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
