"""Dates as a language writes them."""

from __future__ import annotations

import re
from datetime import date

from mandata.lexicon.lexicon import Lexicon

_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")


def parse_date(words: str, lexicon: Lexicon) -> date | None:
    """Return the date in folded words of a language, such as "1er août 2022"; None if it is not one real day.

    Args:
        words: the folded words.
        lexicon: their language.
    """
    days = parse_days(words, lexicon)
    return days[0] if days and days[0] == days[1] else None


def parse_days(words: str, lexicon: Lexicon) -> tuple[date, date] | None:
    """Return the first and last day in folded words of a lexicon's language, such as "les 10 et 11 novembre 2017".

    Args:
        words: the folded words.
        lexicon: their language.
    """
    months = [n for name in lexicon.month_pattern.findall(words) if (n := lexicon.month(name))]
    rest = lexicon.month_pattern.sub(" ", words)  # a month may be a number too: "2017年11月17日"
    years = [int(y) for y in _YEAR.findall(rest)]
    days = [int(d) for d in _DAY.findall(rest)]
    if not (months and years and days):
        return None
    try:
        first = date(years[0], months[0], days[0])
        last = date(years[-1], months[-1], days[-1])
    except ValueError:  # "31 juin 2017" is no day: not guessed
        return None
    return (first, last) if first <= last else None
