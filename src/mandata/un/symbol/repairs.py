"""Errors in symbols that have exactly one possible repair, each with its description."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from mandata.un.symbol import grammar


class Piece(NamedTuple):
    """A segment as found, with what was found before it: a slash, a space, a parenthesis, or nothing."""

    before: str
    segment: str


_CODES = "|".join(sorted(grammar.DOTTED, key=len, reverse=True))

_WITHIN: Final = (  # error, its repair (a slash divides the segment), its description
    (re.compile(r"\.{2,}"), ".", "full stop doubled"),
    (re.compile(rf"(?<=[0-9])(?=(?:{_CODES})\.[0-9])"), "/", "slash missing"),  # A/75/457Add.1
    (
        re.compile(rf"^(?!(?:{_CODES})[0-9])([A-Z]{{2,10}})((?:19|20)[0-9]{{2}})$"),
        r"\1/\2",
        "slash missing",
    ),  # PRST2009
    (re.compile(rf"^({_CODES})([0-9]{{1,6}})$"), r"\1.\2", "full stop missing"),  # A/C3/39/4
)
_L_FOR_1 = re.compile(r"((?:[A-Za-z]{1,8}\.)?)([0-9l]{1,8})")
_SESSION = re.compile(r"(E?S)([0-9]{1,2})")
_NEVER_ALONE = {"A": ("AC", "CN", "CONF", "C"), "E": ("AC", "CN", "CONF", "C"), "T": ("AC",)}
_CASES = {word.lower(): word for word in grammar.BARE}
_DOTTED_CASES = {word.lower(): word for word in grammar.DOTTED}
_LETTERED = re.compile(r"([0-9]{1,6})([A-Za-z](?:-[A-Za-z])?)")


def _repair_case(segment: str) -> str:
    head, dot, rest = segment.partition(".")
    if re.fullmatch(r"e?s-[0-9]{1,2}", segment):
        return segment.upper()
    return (_DOTTED_CASES if dot else _CASES).get(head.lower(), head) + dot + rest


def _repair_once(piece: Piece, organ: str, notes: list[str]) -> Iterator[Piece]:
    segment = piece.segment
    if segment.isdecimal() or segment in grammar.BARE:  # most are figures or words such as RES: nothing to repair
        yield piece
        return
    figures = _L_FOR_1.fullmatch(segment)
    if figures and "l" in figures[2]:
        segment = figures[1] + figures[2].replace("l", "1")
        notes.append(f"letter l for the figure 1 in {piece.segment}")
    if _repair_case(segment) != segment:
        notes.append(f"letter case of {segment}")
        segment = _repair_case(segment)
    for error, repair, description in _WITHIN:
        repaired = error.sub(repair, segment)
        if repaired != segment:
            notes.append(f"{description} in {segment}")
            segment = repaired
    if organ == "A" and _SESSION.fullmatch(segment):
        notes.append(f"hyphen missing in {segment}")
        segment = _SESSION.sub(r"\1-\2", segment)
    first, *others = segment.split("/")
    yield Piece(piece.before, first)
    yield from (Piece("/", other) for other in others)


def _repair_full_stop(pieces: list[Piece], notes: list[str]) -> Iterator[Piece]:
    """Replace the slash by the full stop in A/AC/105: such a word never stands alone in these organs' symbols."""
    alone = _NEVER_ALONE.get(pieces[0].segment, ())
    skip = False
    for at, piece in enumerate(pieces):
        after = pieces[at + 1] if at + 1 < len(pieces) else Piece("", "")
        if skip:
            skip = False
        elif at == 1 and piece.segment in alone and after.before == "/" and after.segment.isdigit():
            notes.append(f"slash for a full stop in {piece.segment}/{after.segment}")
            skip = True
            yield Piece(piece.before, f"{piece.segment}.{after.segment}")
        else:
            yield piece


def _remove_repetition(pieces: list[Piece], notes: list[str]) -> list[Piece]:
    """Remove the repetition of a beginning that is written twice: A/74/A/74/379."""
    for length in range(2, len(pieces) // 2 + 1):
        if [p.segment for p in pieces[:length]] == [p.segment for p in pieces[length : 2 * length]]:
            notes.append(f"{'/'.join(p.segment for p in pieces[:length])} written twice")
            return [pieces[0], *pieces[length + 1 :]]
    return pieces


def _repair_letter(pieces: list[Piece]) -> Iterator[Piece]:
    """Separate the number from the letter of a resolution's part (84A-B, 54a-f) and write the letter in upper case."""
    resolves = False
    for at, piece in enumerate(pieces):
        found = _LETTERED.fullmatch(piece.segment) if resolves else None
        if found:
            yield Piece(piece.before, found[1])
            yield Piece("", found[2].upper())
        elif resolves and piece.before in ("", " ") and re.fullmatch(r"[a-z](?:-[a-z])?", piece.segment):
            yield Piece(piece.before, piece.segment.upper())
        else:
            yield piece
        resolves = resolves or (at > 0 and piece.segment in ("RES", "DEC"))


def _repair_order(pieces: list[Piece]) -> list[Piece]:
    """Put the letter after the session, as the normal form has it: 2200 A (XXI)."""
    for at, piece in enumerate(pieces[1:], 1):
        if (
            piece.before == "("
            and grammar.is_old_session(piece.segment)
            and re.fullmatch("[A-Z]", pieces[at - 1].segment)
        ):
            return [*pieces[: at - 1], piece, pieces[at - 1], *pieces[at + 1 :]]
    return pieces


def mend(pieces: list[Piece]) -> tuple[list[Piece], list[str]]:
    """Return the segments of one symbol, repaired where there is exactly one repair, and a note for each repair."""
    notes: list[str] = []
    organ = pieces[0].segment.upper()
    if organ != pieces[0].segment and organ in grammar.ORGANS:
        notes.append(f"letter case of {pieces[0].segment}")
        pieces = [Piece("", organ), *pieces[1:]]
    flat = [pieces[0]]
    for piece in pieces[1:]:
        if piece.before in ("(", " "):
            flat.append(piece)
        else:
            flat.extend(_repair_once(piece, organ, notes))
    return _repair_order(list(_repair_letter(_remove_repetition(list(_repair_full_stop(flat, notes)), notes)))), notes
