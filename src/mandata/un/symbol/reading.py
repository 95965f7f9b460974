"""Parsing of symbols: ``parse`` for what people write, ``from_local_name`` for what ``Symbol.local_name`` returns."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from mandata.un.symbol import grammar
from mandata.un.symbol.grammar import Segments
from mandata.un.symbol.model import Symbol, SymbolError
from mandata.un.symbol.repairs import Piece, mend

LONGEST: Final = 200
"""In characters; the longest known symbols, joint ones of three parts, have about eighty."""

DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
SPACES: Final = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\n\r\f\v"
EVEN: Final = str.maketrans(dict.fromkeys(DASHES, "-") | dict.fromkeys(SPACES, " "))
"""Replaces each dash by a hyphen and each white-space character by a space, one for one, so that offsets stay valid."""

LATIN: Final = "A-Za-z0-9_\u00c0-\u024f"
"""Contents of a character class: what may not touch a symbol. Superscript figures (note calls) and Chinese may."""

ORGAN: Final = "|".join(sorted(grammar.ORGANS, key=lambda organ: (-len(organ), organ)))
_BEGINNING = re.compile(f"(?:{ORGAN})[/(]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.|daccess-ods\.)?un(?:docs)?\.org/", re.I)
_LANGUAGE = re.compile(rf"(?:ar|zh|ch|en|fr|ru|es|sp|de)/(?=(?:{ORGAN})/)", re.I)
_JOINT = re.compile(rf"-(?=(?:{ORGAN}|[A-Z]{{3,8}})(?:\([0-9]{{1,3}}\))?/)")
_WRAPPED = re.compile(rf"(?<=[0-9)])- (?=(?:{ORGAN})/)")  # a line's end within a joint symbol
_JOINT_NAME = re.compile(rf"-(?=(?:{ORGAN}|[A-Z]{{3,8}})_)")
_PIECE = re.compile(r"\((?P<inner>[^/()]{1,40})\)|(?P<before>[/ ]?)(?P<segment>[^/() ]{1,40})")
_TWO_LETTERS = re.compile(r" ([A-Z]) ([^\W\d_]{1,3}) ([A-Z])(?= ?\(|$)")
_PARTS = re.compile(r"(?i:(parts?|vols?|sects?|progs?|resumption|supp)(\.?))(.*)")
_PART_NAMES = {"part": "Part", "parts": "Parts", "vol": "Vol.", "vols": "Vols.", "sect": "Sect.", "sects": "Sects."} | {
    "prog": "Prog.",
    "progs": "Progs.",
    "resumption": "Resumption",
    "supp": "SUPP",
}


def _strip_typography(text: str, notes: list[str]) -> str:
    """Return the text with plain hyphens and spaces, without web addresses, paths and spaces between the segments."""
    even = _INVISIBLE.sub("", text).translate(EVEN)
    if "%20" in even:
        notes.append("%20 for a space")
        even = even.replace("%20", " ")
    even = " ".join(even.split()).removesuffix("*").strip()
    for prefix, description in (
        (_ADDRESS, "web address"),
        (re.compile("/{1,9}"), "leading slash"),
        (_LANGUAGE, "language path"),
    ):
        found = prefix.match(even)
        if found:
            notes.append(f"{description} before the symbol")
            even = even[found.end() :]
    if "//" in even:
        notes.append("slash doubled")
        even = re.sub("/{2,}", "/", even)
    even = _WRAPPED.sub("-", even)
    return re.sub(r" ?([/()]) ?", r"\1", re.sub(r"\. (?=[0-9IVX])", ".", even))


def _pair(found: re.Match[str]) -> str:
    if ord(found[3]) != ord(found[1]) + 1:
        raise SymbolError("two letters that do not follow each other", found[0].strip(), "give each its own symbol")
    return f" {found[1]}-{found[3]}"


def _part(inner: str) -> str:
    """Return the contents of parentheses in normal form: ``Part I`` becomes ``PartI``."""
    compact = inner.replace(" ", "")
    found = _PARTS.fullmatch(compact)
    if found is None:
        return compact
    return _PART_NAMES[found[1].lower()] + "and".join(part.upper() for part in re.split("(?i:and)", found[3]))


def _pieces(half: str, text: str) -> list[Piece]:
    pieces, at = [], 0
    while at < len(half):
        found = _PIECE.match(half, at)
        if found is None:
            unclosed = half.count("(") != half.count(")")
            raise SymbolError("a parenthesis is not closed" if unclosed else "something is missing in it", text)
        inner = found["inner"]
        pieces.append(Piece("(", _part(inner)) if inner else Piece(found["before"], found["segment"]))
        at = found.end()
    return pieces


def _roman(pieces: list[Piece], notes: list[str]) -> list[Piece]:
    """Set an old session in upper case: E/RES/1566(l) is of the fiftieth session, L."""
    cased = []
    for piece in pieces:
        upper = piece.segment.upper()
        if piece.before == "(" and upper != piece.segment and grammar.is_old_session(upper):
            notes.append(f"letter case of ({piece.segment})")
            cased.append(Piece("(", upper))
        else:
            cased.append(piece)
    return cased


def _agree(pieces: list[Piece], segments: Segments, text: str, notes: list[str]) -> None:
    """Compare the separators found with those that the grammar requires; raise if the meaning would differ."""
    for at, piece in enumerate(pieces):
        due = grammar.separator(segments, at)
        if piece.before == due or (piece.before == "" and due == " "):
            continue
        if piece.before in ("", "/") or (piece.before, due) == ("(", " "):
            notes.append(f"what stands before {piece.segment}")
        else:
            raise SymbolError("cannot stand there", f"{piece.segment} in {text}")


def _check_segments(segments: Segments, text: str, *, foreign: bool = False) -> Segments:
    """Return the segments of one symbol if the grammar allows each in its place."""
    if segments[0] not in grammar.ORGANS and not foreign:
        raise SymbolError(
            "no organ of the United Nations stands at its head", text, "begin with the organ, such as A/ or S/"
        )
    known = segments[0] in grammar.ORGANS
    for at, segment in enumerate(segments[1:], 1):
        fits = grammar.is_plain(segment) if known else grammar.is_foreign(segment)
        if grammar.separator(segments, at) == "/" and not fits:
            raise SymbolError("is no part of a symbol", f"{segment} in {text}")
    numbered = (s for s in segments[1:] if not grammar.is_modifier(s) and not grammar.is_subsidiary(s))
    if not any(figure.isdigit() for segment in numbered for figure in segment):
        raise SymbolError("no number stands in it", text)
    return segments


def _half(half: str, text: str, notes: list[str], *, foreign: bool) -> Segments:
    pieces = _pieces(half, text)
    if not pieces:
        raise SymbolError("there is nothing to read", text)
    if not (foreign and pieces[0].segment not in grammar.ORGANS):
        pieces, mended = mend(_roman(pieces, notes))
        notes.extend(mended)
    segments = _check_segments(tuple(piece.segment for piece in pieces), text, foreign=foreign)
    _agree(pieces, segments, text, notes)
    return segments


def _read(text: str) -> Symbol:
    notes: list[str] = []
    halves = _JOINT.split(_TWO_LETTERS.sub(_pair, _strip_typography(text, notes)))
    parts = tuple(_half(half, text, notes, foreign=at > 0) for at, half in enumerate(halves))
    return Symbol(parts, text, tuple(dict.fromkeys(notes)))


@lru_cache(4096)
def parse(text: str) -> Symbol:
    """Return the symbol written in a text, repaired if there is exactly one repair, which is noted in ``repairs``.

    Raises:
        SymbolError: the text is not a United Nations symbol, or one that could only be guessed.
    """
    if len(text) > LONGEST:
        raise SymbolError("too long for a symbol", f"{text[:40]}...")
    symbol = _read(text)
    if symbol.repairs or str(symbol) != text:
        again = _read(str(symbol))
        if again.repairs or again != symbol:
            raise SymbolError("has faults upon faults", text)
    return symbol


def is_normal(text: str) -> bool:
    """Return whether a text is exactly a symbol in normal form, ignoring spaces."""
    unspaced = text.replace(" ", "")
    try:
        return bool(_BEGINNING.match(unspaced)) and str(parse(text)).replace(" ", "") == unspaced
    except SymbolError:
        return False


def from_local_name(name: str) -> Symbol:
    """Return the symbol whose local name this is; the inverse of ``Symbol.local_name``.

    Raises:
        SymbolError: no symbol has this local name.
    """
    if len(name) > LONGEST:
        raise SymbolError("too long for a symbol", f"{name[:40]}...")
    parts = tuple(tuple(half.split("_")) for half in _JOINT_NAME.split(name))
    symbol = Symbol(tuple(_check_segments(half, name, foreign=at > 0) for at, half in enumerate(parts)), name)
    again = _read(str(symbol))
    if again.repairs or again != symbol:
        raise SymbolError("is not the local name of a symbol", name, "replace each /, space and ( of the symbol by _")
    return symbol
