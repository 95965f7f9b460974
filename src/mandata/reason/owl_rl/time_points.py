"""Points in time in the lexical form of ``xsd:dateTime``: any year, 24:00, with or without a time zone."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

_WORDS: Final = re.compile(
    r"(?P<year>-?(?:[1-9]\d{3,}|0\d{3}))-(?P<month>\d\d)-(?P<day>\d\d)"
    r"T(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d(?:\.\d+)?)"
    r"(?P<zone>Z|(?P<sign>[+-])(?P<hours>\d\d):(?P<minutes>\d\d))?"
)
_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Moment(NamedTuple):
    """Seconds since the beginning of the year 0, in UTC if ``zoned``, else in an unknown time zone."""

    seconds: Decimal
    zoned: bool


def moment(words: str) -> Moment | None:
    """Return the point in time of the lexical form of an ``xsd:dateTime``; None if it is not valid.

    Source: https://www.w3.org/TR/xmlschema11-2/#dateTime
    """
    found = _WORDS.fullmatch(words)
    if not found:
        return None
    year, month, day, hour, minute = (int(found[part]) for part in ("year", "month", "day", "hour", "minute"))
    second = Decimal(found["second"])
    if not 1 <= month <= 12 or not 1 <= day <= _length(year, month) or minute > 59 or second >= 60:
        return None
    if hour > 24 or (hour == 24 and (minute or second)):
        return None
    offset = _offset(found)
    if offset is None:
        return None
    days = _before(year) + sum(_length(year, m) for m in range(1, month)) + day - 1
    return Moment(Decimal(((days * 24 + hour) * 60 + minute - offset) * 60) + second, found["zone"] is not None)


def _offset(found: re.Match[str]) -> int | None:
    """Return the offset of a time zone from UTC in minutes; None if it is out of range."""
    if not found["sign"]:
        return 0
    hours, minutes = int(found["hours"]), int(found["minutes"])
    if minutes > 59 or hours * 60 + minutes > 14 * 60:
        return None
    return (hours * 60 + minutes) * (1 if found["sign"] == "+" else -1)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _length(year: int, month: int) -> int:
    return _DAYS[month - 1] + (month == 2 and _leap(year))


def _before(year: int) -> int:
    """Return the number of days from the beginning of the year 0 to that of another year."""
    last = year - 1
    return year * 365 + last // 4 - last // 100 + last // 400 + 1
