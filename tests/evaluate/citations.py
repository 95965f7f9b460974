"""Citations as two sources give them: made alike, matched, and where they differ, whose fault it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from mandata.lexicon.folding import fold
from mandata.un import symbol
from mandata.un.entities import shipped_entities
from mandata.un.symbol import SymbolError

Json = dict[str, Any]

_LETTERED = re.compile(r"((?:A|E)/(?:RES|DEC)/\S+?)(?: [A-Z]{1,2}(?:-[A-Z]{1,2})?)$")
_SERIES = ("a", "hrc", "s", "e", "unep", "prst")
_MODIFIERS = ("add", "corr", "rev", "amend")
_OTHER_BODY = {  # what stands behind the number of a resolution or decision that is not the Assembly's
    "fr": re.compile(r"^,? ?(?:du \d[^,;.]{3,25}? )?(?:de la |du |de l'|des )(?!Assemblée)[A-ZÉ]"),
    "en": re.compile(r"^,? ?(?:of \d[^,;.]{3,25}? )?(?:of|by) the (?!General Assembly|Assembly)[A-Z]"),
}
_BODIES = {"A/HRC": "organ-HRC", "S": "organ-SC", "E": "organ-ECOSOC", "UNEP": "organ-UNEA"}
_FIRST_NUMBERED = 31
"""The session of the General Assembly from which its resolutions are numbered 31/1: A/RES/27/17 cannot exist."""


def keys(cited: str) -> frozenset[str]:
    """Return what a cited document is compared by: each of its symbols in normal form, without letters of parts.

    >>> sorted(keys("A/RES/53/243 A")), sorted(keys("A/hrc/RES/48/15"))
    (['a/res/53/243'], ['a/hrc/res/48/15'])
    """
    try:
        halves = symbol.parse(cited).halves
    except SymbolError:
        halves = (cited,)
    return frozenset(re.sub(r"\s", "", _LETTERED.sub(r"\1", half)).casefold() for half in halves)


def tail(cited: str) -> tuple[str, ...]:
    """Return the words and figures of a symbol behind those that name its series: 72, 7 of E/ESCAP/RES/72/7."""
    found = re.findall(r"[a-z]+|\d+", min(keys(cited)))
    series = max((at for at, word in enumerate(found) if word in ("res", "dec")), default=-1)
    found = found[series + 1 :] if series >= 0 else found
    while found and found[0] in _SERIES:
        found.pop(0)
    return tuple(found)


def stands(cited: str, words: str, around: str = "") -> bool:
    """Tell whether a symbol or its number stands literally in some words.

    A modifier alone may stand there ("et Corr.1"), where its base stands ``around``.
    """
    pieces = tail(cited)
    if _literally(pieces, words):
        return True
    modifier = tuple(re.findall(r"[a-z]+|\d+", words.casefold()))[-2:]
    return pieces[-2:] == modifier and modifier[0] in _MODIFIERS and _literally(pieces[:-2], around)


def _literally(pieces: tuple[str, ...], words: str) -> bool:
    between = r"[\W_]{0,4}(?:[a-z]{1,2}\W{1,3})?"  # "217 A (III)", "28 (Parts I and II)"
    inner = (rf"{between}".join(map(_spread, pieces))) if pieces else r"(?!)"
    return re.search(rf"(?<![a-z\d]){inner}(?!\d)", fold(words).casefold()) is not None


def _spread(piece: str) -> str:
    """Return the pattern of a piece; words may stand apart, which a normal form writes as one ("PartsIandII")."""
    return r"\s*".join(piece) if piece.isalpha() else piece


def is_others(words: str, raw: str, end: int, language: str) -> bool:
    """Tell whether the words behind a number say that another body adopted it than the General Assembly."""
    return words[-1:].isdigit() and bool(_OTHER_BODY[language].match(" ".join(fold(raw[end : end + 90]).split())))


@dataclass(frozen=True, slots=True)
class Made:
    """A document cited, the words by which it is, where they stand, and all the words of that paragraph or note."""

    cited: str
    words: str
    start: int
    end: int
    around: str


def made(record: Json, raw: str) -> Iterator[Made]:
    """Yield every citation of a record that is not by a name alone."""
    notes = {str(number): note["text"] for number, note in record["footnotes"].items()}
    for paragraph in paragraphs(record):
        for cite in paragraph["cites"]:
            if "/" in cite["id"] and cite["via"] != "name":
                words = "".join(raw[slice(*run)] for run in cite.get("spans", [[cite["start"], cite["end"]]]))
                around = notes.get(str(cite["note"]), paragraph["text"])
                yield Made(cite["id"], words, cite["start"], cite["end"], f"{paragraph['text']} {around}")


def paragraphs(record: Json) -> Iterator[Json]:
    """Yield every paragraph of a record, with its items, those of annexes too."""
    annexed = (p for annex in record["annexes"] for p in annex["paragraphs"])
    rest = [*record["preambular"], *record["operative"], *record["paragraphs"], *annexed]
    while rest:
        paragraph = rest.pop(0)
        yield paragraph
        rest = [*paragraph["items"], *rest]


def said_of(cited: str, around: str, language: str) -> bool:
    """Tell whether the words around a citation name the body, other than the General Assembly, that it is taken for."""
    body = next((organ for prefix, organ in _BODIES.items() if cited.startswith(f"{prefix}/")), None)
    entity = shipped_entities().by_name.get(body or "")
    names = entity.names.get(language, ()) if entity else ()
    return any(fold(name).casefold() in fold(around).casefold() for name in names)


def cannot_be(cited: str) -> bool:
    """Tell whether a link of the source names a resolution of the Assembly that cannot exist, as A/RES/27/17."""
    match = re.fullmatch(r"A/RES/(\d+)/\d+.*", cited)
    return match is not None and int(match[1]) < _FIRST_NUMBERED


def of_same_number(cited: str, others: Iterable[str]) -> str | None:
    """Return the other document that bears the same number in another series, if there is one."""
    return next((other for other in sorted(others) if tail(other) == tail(cited)), None)
