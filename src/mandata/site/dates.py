"""Dates as a reader of a language writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

_DATE: Final = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?)?")


def is_date(text: str) -> bool:
    """Tell whether a text is a day, a month or a year."""
    return _DATE.fullmatch(text) is not None


def in_words(date: str, say: Mapping[str, Any]) -> str:
    """Return a day, a month or a year in words, as "17 November 2017"; what is none of these as it is."""
    found = _DATE.fullmatch(date)
    if found is None:
        return date
    month = say["months"][int(found["month"]) - 1] if found["month"] else ""
    day = int(found["day"] or 0)
    shown = say["first"] if day == 1 else str(day or "")
    return " ".join(filter(None, (shown, month, found["year"])))
