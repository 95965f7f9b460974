"""Symbols that can be parsed, yet that no document can bear by the numbering rules of its organ."""

from __future__ import annotations

from mandata.un.symbol import grammar
from mandata.un.symbol.grammar import Segments
from mandata.un.symbol.ranges import is_impossible
from mandata.un.symbol.roman import arabic

_FIRST_MODERN_SESSION = {"S-": 8, "ES-": 6, "": 31}  # from these on a session stands before the number
_LAST_OLD_SESSION = 30
_FIRST_DECISION = 301


def _assembly(segments: Segments) -> str | None:
    nature, period, rest = segments[1], segments[2] if len(segments) > 2 else "", segments[3:]
    if not rest or not (grammar.is_old_session(rest[0]) or rest[0].isdigit()):
        return "a General Assembly resolution is known by its session and its number"
    if grammar.is_old_session(rest[0]):
        old = rest[0].rpartition("-")[2]
        return (
            "from the thirty-first session on the session stands before the number"
            if (arabic(old) > _LAST_OLD_SESSION)
            else None
        )
    series, _, ordinal = period.rpartition("-")
    first = _FIRST_MODERN_SESSION.get(f"{series}-" if series else "", 0)
    if not ordinal.isdigit() or int(ordinal) < first or len(ordinal) > 3:
        return "no such session numbered its resolutions in this way"
    if nature == "DEC" and not series and int(rest[0]) < _FIRST_DECISION:
        return "decisions of a regular session are numbered from 301 on"
    return None


def _economic_and_social_council(segments: Segments) -> str | None:
    period = segments[2] if len(segments) > 2 else ""
    if len(segments) > 3 and grammar.is_bracketed(segments, 3):
        return None
    if not grammar.is_year(period) or int(period) < 1978:
        return "the Economic and Social Council numbers its resolutions by the year since 1978"
    return None


def _security_council(segments: Segments) -> str | None:
    if segments[1] == "RES":
        lone = len(segments) == 3 or (len(segments) > 3 and grammar.is_bracketed(segments, 3))
        return None if lone else "a Security Council resolution is known by its number and its year"
    if len(segments) > 2 and grammar.is_year(segments[1]) and segments[2].isdigit() and int(segments[1]) < 1994:
        return "papers of the Security Council bear the year since 1994"
    return None


def suspicion(segments: Segments) -> str | None:
    """Return why no document can bear a symbol, in plain words; ``None`` if there is no objection."""
    if is_impossible(segments):
        return "the range runs backwards or is too long"
    resolves = grammar.is_resolution_head(segments)
    if resolves and any(segment.startswith("L.") for segment in segments):
        return "a paper of limited distribution (L.) is not yet a resolution"
    if segments[0] == "S":
        return _security_council(segments)
    if resolves and segments[0] in ("A", "E"):
        return _assembly(segments) if segments[0] == "A" else _economic_and_social_council(segments)
    return None
