"""The members of a range: Add.1-10, SR.1-28, Adds.1-3, the letters A-C."""

from __future__ import annotations

import re
from typing import Final

from mandata.un.symbol.grammar import Segments, is_letters

LARGEST: Final = 2000
"""More members than any series of additions has; a longer range is a writing error."""

_NUMBERS = re.compile(r"(?P<head>[A-Za-z]{1,8}\.)?(?P<first>[0-9]{1,8})-(?P<last>[0-9]{1,8})")


def _spread(segments: Segments, at: int) -> tuple[str, ...]:
    segment = segments[at]
    if is_letters(segments, at):
        return tuple(map(chr, range(ord(segment[0]), ord(segment[-1]) + 1)))
    found = _NUMBERS.fullmatch(segment)
    if found is None:
        return (segment,)
    first, last = int(found["first"]), int(found["last"])
    head = "Add." if found["head"] == "Adds." else found["head"] or ""
    return tuple(f"{head}{number}" for number in range(first, last + 1)) if first <= last < first + LARGEST else ()


def members(segments: Segments) -> tuple[Segments, ...]:
    """Return the symbols that one with a range stands for; itself if it has no range, or an impossible one."""
    for at in range(len(segments)):
        spread = _spread(segments, at)
        if len(spread) > 1:
            return tuple((*segments[:at], member, *segments[at + 1 :]) for member in spread)
    return (segments,)


def is_impossible(segments: Segments) -> bool:
    """Return whether a range runs backwards or is longer than any real one."""
    return any(not _spread(segments, at) for at in range(len(segments)))
