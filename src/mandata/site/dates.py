"""Dates in the words of a language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

_DATE: Final = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?)?")


def is_date(text: str) -> bool:
    """Return whether a text is a day, a month or a year as ISO 8601 writes it."""
    return _DATE.fullmatch(text) is not None


def in_words(date: str, texts: Mapping[str, Any]) -> str:
    """Return a date in words, such as "17 November 2017"; any other text unchanged.

    Args:
        date: a day, a month or a year as ISO 8601 writes it.
        texts: the interface texts of the language, with the names of the months.
    """
    match = _DATE.fullmatch(date)
    if match is None:
        return date
    month = texts["months"][int(match["month"]) - 1] if match["month"] else ""
    day = int(match["day"] or 0)
    ordinal = texts["first"] if day == 1 else str(day or "")
    return " ".join(filter(None, (ordinal, month, match["year"])))
