"""Repair: from a file as received to lines without mark-up, stray spaces or broken words."""

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
_FIRST, _LATER = 0xE010, 0xE000  # apart, so that "<sup>1</sup><sup>2</sup>" stays two calls and "¹²" is one
_FROM_CALL = {code + digit: str(digit) for code in (_FIRST, _LATER) for digit in range(10)}

CALL_SIGNS: Final = "".join(map(chr, _FROM_CALL))
"""The characters of note calls within repaired text: digits, as private-use characters that no text holds."""

NOTE_CALL = re.compile("[\ue010-\ue019][\ue000-\ue009]*")
"""A note call within repaired text."""

_DECOMPOSED = re.compile(r"\w[\u0300-\u036f]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_SPACES = re.compile("[\t\r\v\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_SUPERSCRIPT = re.compile(  # one class of characters first: the engine passes over all others at once
    r"[<^⁰¹²³⁴⁵⁶⁷⁸⁹](?:(?<=<)sup>\s{0,9}([^<]{1,12}?)\s{0,9}</sup>|(?<=\^)\{([^{}\n]{1,12})\}|(?<=\^)(\w{1,4})"
    r"|(?<![<^])[⁰¹²³⁴⁵⁶⁷⁸⁹]*)"
)
_BRACKETED_CALL = re.compile(rf"\( ?({NOTE_CALL.pattern}) ?\)")  # as Arabic texts print it: "الأمية(¹)"
_RAISED_DIGITS = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\([^()\n]*\)")
_EMPHASIS = re.compile(r"\*{1,2}(?=[^\s*])([^*]{1,400}?)(?<=[^\s*])\*{1,2}")
STRAY_SPACE = re.compile(r" (?:(?=['’]\w)(?<=\w )|(?=-[^\W\d_])(?<=[^\W\d_] ))")
"""A space that extraction put before an apostrophe or a hyphen ("l ’Assemblée", "ONU -Asie")."""

_RUN_OF_SPACES = re.compile(" {2,}")
_RULE = re.compile(r"^(?:-{3,}|_{3,}|\*{3,})$")
_HEADING = re.compile(r"^(#{1,6}) +")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text that is not blank: its repaired words, and how it stood on the page."""

    text: MappedText
    indent: int
    heading: bool
    after_blank: bool


@dataclass(frozen=True, slots=True)
class CleanText:
    """A repaired text: its lines, where it was emphasised (offsets in the file), and what the repair has to report.

    ``words`` tells how often each word stood in its lines before any was rejoined.
    """

    source: SourceText
    lines: tuple[Line, ...]
    words: Mapping[str, int]
    emphases: tuple[Span, ...]
    issues: tuple[Issue, ...]


def note_number(call: str) -> str:
    """Return the number of a note call, such as "12"."""
    return call.translate(_FROM_CALL)


def clean(source: SourceText) -> CleanText:
    """Return the repaired lines of a text; every character keeps the place at which it stands in the file."""
    if marks := source.marks:
        emphases = marks.emphases
        text = normalise(marks.text).sub(_RAISED_DIGITS, _superscript).sub(_BRACKETED_CALL, lambda m: m[1])
        lines = _lines(text, marks.headings)
    else:
        text, emphases = _without_emphasis(_without_markup(MappedText.of(source.raw)))
        lines = _lines(text)
    words = _WORD.findall("\n".join(line.text.chars for line in lines))
    times, issues = Counter(words), list(source.issues)
    if broken := _find_broken_words(words, times):
        lines = [_with_words_rejoined(line, broken, issues) for line in lines]
    return CleanText(source, tuple(lines), times, emphases, tuple(issues))


def note_call(number: str) -> str:
    """Return the mark of a note call; ``note_number`` turns it back."""
    return chr(_FIRST + int(number[0])) + "".join(chr(_LATER + int(digit)) for digit in number[1:])


def normalise(text: MappedText) -> MappedText:
    """Return the text composed (NFC), without invisible characters, each space within a line the plain one."""
    if not unicodedata.is_normalized("NFC", text.chars):
        text = text.sub(_DECOMPOSED, lambda m: unicodedata.normalize("NFC", m[0]))
    text = text.sub(_INVISIBLE, "")
    return text.recast(_SPACES.sub(" ", text.chars))


def tidy(line: MappedText) -> MappedText:
    """Return a line without runs of spaces, nor those that stand astray within a word ("l 'Assemblée")."""
    line = line.strip()
    if "  " in line.chars:
        line = line.sub(_RUN_OF_SPACES, " ")
    return line.sub(STRAY_SPACE, "")


def _without_markup(text: MappedText) -> MappedText:
    text = normalise(text).sub(_SUPERSCRIPT, _superscript).sub(_BRACKETED_CALL, lambda m: m[1])
    return text.sub(_LINK, lambda m: m[1])


def _superscript(match: re.Match[str]) -> str:
    """Return a note call for digits, the plain letters for anything else ("55<sup>e</sup>", "1^{er}")."""
    raised = next((group for group in match.groups() if group), match[0])
    digits = raised.translate(_SUPERSCRIPT_DIGITS)
    return note_call(digits) if digits.isascii() and digits.isdigit() else raised


def _without_emphasis(text: MappedText) -> tuple[MappedText, tuple[Span, ...]]:
    spans = tuple(text.span_of(*m.span(1)) for m in _EMPHASIS.finditer(text.chars))
    return text.sub(_EMPHASIS, lambda m: m[1]), spans


def _lines(text: MappedText, headings: frozenset[int] | None = None) -> list[Line]:
    """Return the lines; ``headings`` are those that the format tells, None where light markup may."""
    lines, start, blank = list[Line](), 0, True
    for row in re.split(r"[\n\f]", text.chars):
        words, indent = row.strip(), len(row) - len(row.lstrip())
        start, begin = start + len(row) + 1, start + indent
        if not words or _RULE.match(words):
            blank = True
            continue
        sign = _HEADING.match(words) if headings is None else None
        line = text[begin + (sign.end() if sign else 0) : begin + len(words)]
        heading = bool(sign) or (headings is not None and line.span[0] in headings)
        lines.append(Line(tidy(line), indent, heading, blank))
        blank = False
    return lines


def _find_broken_words(words: Sequence[str], times: Mapping[str, int]) -> frozenset[tuple[str, str]]:
    """Return the pairs of words side by side that may be one which extraction broke in two, such as "préventi ve".

    The whole word must stand elsewhere in the same text, and neither half may: that leaves "de main" alone.
    """
    once = {word for word, number in times.items() if number == 1}
    pairs = ((a, b) for a, b in pairwise(words) if a in once and b in once and a + b in times)
    return frozenset((a, b) for a, b in pairs if a.islower() and b.islower())


def _with_words_rejoined(line: Line, broken: Set[tuple[str, str]], issues: list[Issue]) -> Line:
    """Mend the words of a line that stand broken in it, a single space between the halves."""
    text, place = line.text, len(issues)
    for first, second in reversed(list(pairwise(_WORD.finditer(text.chars)))):
        a, b = first[0], second[0]
        if (a, b) in broken and text.chars[first.end() : second.start()] == " ":
            span = text.span_of(first.start(), second.end())
            issues.append(Issue("word-rejoined", f"read “{a} {b}” as “{a + b}”", *span))
            text = text[: first.end()] + text[second.start() :]
    return replace(line, text=text) if len(issues) > place else line
