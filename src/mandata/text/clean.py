"""Repair of a text as received: lines without mark-up, stray spaces or broken words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from mandata.errors import Issue
from mandata.text.mapped import MappedText, Span
from mandata.text.source import SourceText

_SUPERSCRIPT_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_FIRST, _LATER = (
    0xE010,
    0xE000,
)  # the first digit differs, so that "<sup>1</sup><sup>2</sup>" stays two calls and "¹²" is one
_FROM_CALL = {code + digit: str(digit) for code in (_FIRST, _LATER) for digit in range(10)}

CALL_SIGNS: Final = "".join(map(chr, _FROM_CALL))
"""The characters of note calls in repaired text: digits as private-use characters, which no text contains."""

NOTE_CALL = re.compile("[\ue010-\ue019][\ue000-\ue009]*")
"""A note call in repaired text."""

_DECOMPOSED = re.compile(r"\w[\u0300-\u036f]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_SPACES = re.compile("[\t\r\v\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_SUPERSCRIPT = re.compile(  # a character class first: the engine skips all other characters at once
    r"[<^⁰¹²³⁴⁵⁶⁷⁸⁹](?:(?<=<)sup>\s{0,9}([^<]{1,12}?)\s{0,9}</sup>|(?<=\^)\{([^{}\n]{1,12})\}|(?<=\^)(\w{1,4})"
    r"|(?<![<^])[⁰¹²³⁴⁵⁶⁷⁸⁹]*)"
)
_BRACKETED_CALL = re.compile(rf"\( ?({NOTE_CALL.pattern}) ?\)")  # as Arabic texts print it: "الأمية(¹)"
_RAISED_DIGITS = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\([^()\n]*\)")
_EMPHASIS = re.compile(r"\*{1,2}(?=[^\s*])([^*]{1,400}?)(?<=[^\s*])\*{1,2}")
STRAY_SPACE = re.compile(r" (?:(?=['’]\w)(?<=\w )|(?=-[^\W\d_])(?<=[^\W\d_] ))")
"""A space inserted by extraction before an apostrophe or a hyphen ("l ’Assemblée", "ONU -Asie")."""

_RUN_OF_SPACES = re.compile(" {2,}")
_RULE = re.compile(r"^(?:-{3,}|_{3,}|\*{3,})$")
_HEADING = re.compile(r"^(#{1,6}) +")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class CleanLine:
    """One line of a text that is not blank: its repaired words and its indent in characters."""

    text: MappedText
    indent: int


@dataclass(frozen=True, slots=True)
class CleanText:
    """A repaired text: its lines, its emphasised spans (offsets in the file), and the issues found.

    ``words`` counts each word of its lines before any was rejoined.
    """

    source: SourceText
    lines: tuple[CleanLine, ...]
    words: Mapping[str, int]
    emphases: tuple[Span, ...]
    issues: tuple[Issue, ...]


def note_number(call: str) -> str:
    """Return the number of a note call, such as "12"; the inverse of ``note_call``."""
    return call.translate(_FROM_CALL)


def clean(source: SourceText) -> CleanText:
    """Return the repaired lines of a text; every character keeps its offsets in the file."""
    if formatted := source.formatted:
        emphases = formatted.emphases
        text = normalise(formatted.text).sub(_RAISED_DIGITS, _superscript).sub(_BRACKETED_CALL, lambda m: m[1])
        lines = _lines(text, light_markup=False)
    else:
        text, emphases = _without_emphasis(_without_markup(MappedText.of(source.raw)))
        lines = _lines(text, light_markup=True)
    words = _WORD.findall("\n".join(line.text.chars for line in lines))
    times, issues = Counter(words), list(source.issues)
    if broken := _find_broken_words(words, times):
        lines = [_rejoin_words(line, broken, issues) for line in lines]
    return CleanText(source, tuple(lines), times, emphases, tuple(issues))


def note_call(number: str) -> str:
    """Return the characters of a note call; the inverse of ``note_number``."""
    return chr(_FIRST + int(number[0])) + "".join(chr(_LATER + int(digit)) for digit in number[1:])


def normalise(text: MappedText) -> MappedText:
    """Return the text in NFC, without invisible characters, with plain spaces only within each line."""
    if not unicodedata.is_normalized("NFC", text.chars):
        text = text.sub(_DECOMPOSED, lambda m: unicodedata.normalize("NFC", m[0]))
    text = text.sub(_INVISIBLE, "")
    return text.recast(_SPACES.sub(" ", text.chars))


def tidy(line: MappedText) -> MappedText:
    """Return a line without repeated spaces or stray spaces within a word ("l 'Assemblée")."""
    line = line.strip()
    if "  " in line.chars:
        line = line.sub(_RUN_OF_SPACES, " ")
    return line.sub(STRAY_SPACE, "")


def _without_markup(text: MappedText) -> MappedText:
    text = normalise(text).sub(_SUPERSCRIPT, _superscript).sub(_BRACKETED_CALL, lambda m: m[1])
    return text.sub(_LINK, lambda m: m[1])


def _superscript(match: re.Match[str]) -> str:
    """Return a note call if the superscript is a number, else its plain letters ("55<sup>e</sup>", "1^{er}")."""
    content = next((group for group in match.groups() if group), match[0])
    digits = content.translate(_SUPERSCRIPT_DIGITS)
    return note_call(digits) if digits.isascii() and digits.isdigit() else content


def _without_emphasis(text: MappedText) -> tuple[MappedText, tuple[Span, ...]]:
    spans = tuple(text.span_of(*m.span(1)) for m in _EMPHASIS.finditer(text.chars))
    return text.sub(_EMPHASIS, lambda m: m[1]), spans


def _lines(text: MappedText, *, light_markup: bool) -> list[CleanLine]:
    """Return the lines that are not blank; in light mark-up, without the signs of headings ("## ")."""
    lines, start = list[CleanLine](), 0
    for row in re.split(r"[\n\f]", text.chars):
        words, indent = row.strip(), len(row) - len(row.lstrip())
        start, begin = start + len(row) + 1, start + indent
        if not words or _RULE.match(words):
            continue
        sign = _HEADING.match(words) if light_markup else None
        line = text[begin + (sign.end() if sign else 0) : begin + len(words)]
        lines.append(CleanLine(tidy(line), indent))
    return lines


def _find_broken_words(words: Sequence[str], times: Mapping[str, int]) -> frozenset[tuple[str, str]]:
    """Return the pairs of adjacent words that may be one word broken in two by extraction, such as "préventi ve".

    The whole word must occur elsewhere in the same text, and neither half may: so "de main" is kept.
    """
    once = {word for word, number in times.items() if number == 1}
    pairs = ((a, b) for a, b in pairwise(words) if a in once and b in once and a + b in times)
    return frozenset((a, b) for a, b in pairs if a.islower() and b.islower())


def _rejoin_words(line: CleanLine, broken: Set[tuple[str, str]], issues: list[Issue]) -> CleanLine:
    """Rejoin the broken words of a line whose halves are separated by a single space."""
    text, place = line.text, len(issues)
    for first, second in reversed(list(pairwise(_WORD.finditer(text.chars)))):
        a, b = first[0], second[0]
        if (a, b) in broken and text.chars[first.end() : second.start()] == " ":
            span = text.span_of(first.start(), second.end())
            issues.append(Issue("word-rejoined", f"read “{a} {b}” as “{a + b}”", *span))
            text = text[: first.end()] + text[second.start() :]
    return replace(line, text=text) if len(issues) > place else line
