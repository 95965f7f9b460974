"""The words of the grammar, and how the segments of a symbol are joined.

A symbol is its segments (``A``, ``RES``, ``53``, ``243``, ``A``): what stands between two of them, a slash, a space or
a parenthesis, follows from the segments themselves. So a local name, where all three are ``_``, can be read back.
"""

from __future__ import annotations

import re
from typing import Final

Segments = tuple[str, ...]

_ORGANS = """A S E ST T TD DP UNEP HSP CRC CED CEDAW CCPR CAT CERD CMW CRPD HRI OPCAT FCCC CBD ICCD ISBA SPLOS CLCS LOS
    NPT CCW CCM BWC APLC ATT TPNW CD CTOC CAC PBC JIU UNW IDB GC GOV ECE ESCAP TRANS ENERGY LC WFP UNU UNITAR AT UNDT
    PCNICC CEB ICSC CTBT HR"""
ORGANS: Final = frozenset(_ORGANS.split())
"""What a symbol may begin with; other bodies' papers (EC-96/DG.1, MSC 84/24) do not bear United Nations symbols."""

RELATIONS: Final = {
    "Add": "supplements",
    "Adds": "supplements",
    "Corr": "corrects",
    "Corrigendum": "corrects",
    "Rev": "revises",
    "Amend": "amends",
}
"""How a document whose symbol ends in a modifier relates to the document that bears the symbol without it."""

SUBSIDIARIES: Final = ("AC", "C", "CN", "CONF", "SC", "Sub", "WG", "EA", "HA", "EB", "PCN")
DOTTED: Final = (*SUBSIDIARIES, "L", "R", "PV", "SR", "CRP", "WP", "Res", "Dec", "Add", "Adds", "Corr", "Rev", "Amend")
_BARE = """RES DEC PRST INF NGO PET HLS HRC PV SR SGB AI IC COMM BUR SPC CP COP MP GE OS REP TRANS COSP Agenda Summary
    Corrigendum SG"""
BARE: Final = tuple(_BARE.split())
"""The words whose letter case is known; other words are written in upper case."""

_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})|X?L(?:IX|IV|V?I{0,3})|LX{0,3}(?:IX|IV|V?I{0,3})")
_NUMBER = re.compile(r"[0-9]{1,8}[A-Z]?")
_RANGE = re.compile(r"[0-9]{1,8}-[0-9]{1,8}")
_SESSION = re.compile(r"E?S-[0-9]{1,2}")
_DOTTED = re.compile(r"(?:[A-Z][A-Za-z]{0,7}\.){1,3}(?:[0-9]{1,6}[A-Z]?(?:\.[0-9]{1,4})?(?:-[0-9]{1,6})?|[A-Z]{1,5})")
_WORD = re.compile(r"[A-Z]{1,12}")
_FOREIGN = re.compile(r"[A-Za-z0-9]{1,12}(?:[.-][A-Za-z0-9]{1,8}){0,2}")
_PART = re.compile(
    r"Parts?(?:[IVX]{1,5}|[0-9]{1,2}|[A-Z])(?:and(?:[IVX]{1,5}|[0-9]{1,2}|[A-Z]))?"
    r"|Vols?\.(?:[IVX]{1,5}|[0-9]{1,2})(?:and(?:[IVX]{1,5}|[0-9]{1,2}))?"
    r"|Sects?\.[0-9]{1,3}[A-Z]?(?:and[0-9]{1,3}[A-Z]?)?|Progs?\.[0-9]{1,3}(?:and[0-9]{1,3})?|Resumption[0-9]{0,2}|SUPP"
)
_LETTERS = re.compile(r"[A-Z](?:-[A-Z])?|A[A-Z]")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_OLD_SESSION = re.compile(r"(?:E?S-)?([IVXL]{1,8})")
_IN_PARENTHESES = {"GC": ("GC",), "ICCD": ("COP", "CST", "CRIC")}  # GC(49), ICCD/COP(14): a session after the body


def is_year(segment: str) -> bool:
    """Return whether a segment reads as a year of the United Nations."""
    return _YEAR.fullmatch(segment) is not None


def is_old_session(segment: str) -> bool:
    """Return whether a segment is a session as resolutions bore it up to 1975: XXI, S-IV, ES-V."""
    found = _OLD_SESSION.fullmatch(segment)
    return found is not None and _ROMAN.fullmatch(found[1]) is not None


def is_session(segment: str) -> bool:
    """Return whether a segment is a special or emergency special session: S-10, ES-11."""
    return _SESSION.fullmatch(segment) is not None


def is_part(segment: str) -> bool:
    """Return whether a segment names a part of a document: PartI, Vol.II, Sect.29G."""
    return _PART.fullmatch(segment) is not None


def is_resolution_head(segments: Segments) -> bool:
    """Return whether a symbol begins as those of resolutions and decisions of a principal organ do: A/RES, E/DEC."""
    return segments[0] in ("A", "S", "E", "T") and segments[1:2] in (("RES",), ("DEC",))


def is_letters(segments: Segments, at: int) -> bool:
    """Return whether a segment is the letter of a resolution's part: the last of A/RES/53/243 A.

    Args:
        segments: the segments of a symbol.
        at: the index of the segment.
    """
    if at < 3 or not _LETTERS.fullmatch(segments[at]) or not {"RES", "DEC"} & set(segments[1 : at - 1]):
        return False
    return segments[at - 1].isdigit() or (at == 4 and is_bracketed(segments, 3))


def is_bracketed(segments: Segments, at: int) -> bool:
    """Return whether a segment is in parentheses: the last of S/RES/1325(2000), of A/76/5(Vol.I), of ICCD/COP(14).

    Args:
        segments: the segments of a symbol.
        at: the index of the segment.
    """
    segment = segments[at]
    if at and is_part(segment):
        return True
    if at == 3 and is_resolution_head(segments) and segments[2].isdigit():
        return is_year(segment) if segments[0] == "S" else is_old_session(segment)
    bodies = _IN_PARENTHESES.get(segments[0], ())
    return at in (1, 2) and segments[at - 1] in bodies and (segment.isdigit() or is_session(segment))


def separator(segments: Segments, at: int) -> str:
    """Return what stands before a segment: nothing, a slash, a space, or an opening parenthesis.

    Args:
        segments: the segments of a symbol.
        at: the index of the segment.
    """
    if at == 0:
        return ""
    if is_bracketed(segments, at):
        return "("
    return " " if is_letters(segments, at) else "/"


def is_modifier(segment: str) -> bool:
    """Return whether a segment makes a new document of another: Add.1, Corr.1, Rev.2, Corrigendum."""
    return segment.partition(".")[0] in RELATIONS


def is_subsidiary(segment: str) -> bool:
    """Return whether a segment names a body below an organ, or a conference: C.2, CONF.157, HRC."""
    head, dot, _ = segment.partition(".")
    return segment == "HRC" or (head in SUBSIDIARIES and dot != "")


def is_plain(segment: str) -> bool:
    """Return whether a segment that stands after a slash is of a kind the grammar knows."""
    return segment in BARE or any(kind.fullmatch(segment) for kind in (_NUMBER, _RANGE, _SESSION, _DOTTED, _WORD))


def is_foreign(segment: str) -> bool:
    """Return whether a segment may stand in the half of a joint symbol that another organisation gave."""
    return _FOREIGN.fullmatch(segment) is not None


def normal_form(segments: Segments) -> str:
    """Return the normal form of one symbol: ``A/RES/53/243 A``."""
    pieces = []
    for at, segment in enumerate(segments):
        before = separator(segments, at)
        pieces.append(f"({segment})" if before == "(" else before + segment)
    return "".join(pieces)
