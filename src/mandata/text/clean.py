"""Repair: from a file as received to lines without mark-up, stray spaces or broken words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from mandata.errors import Issue
from mandata.text.mapped import MappedText, Span
from mandata.text.source import SourceText

_SUPERSCRIPT_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_TO_CALL = {ord(str(d)): chr(0xE000 + d) for d in range(10)}
_FROM_CALL = {call: chr(digit) for digit, call in ((d, ord(c)) for d, c in _TO_CALL.items())}

NOTE_CALL = re.compile("[\ue000-\ue009]+")
"""A note call within repaired text: its digits, as private-use characters that no text holds."""

_DECOMPOSED = re.compile(r"\w[\u0300-\u036f]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_SPACES = re.compile("[\t\r\v\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_SUPERSCRIPT = re.compile(r"<sup>\s*([^<]{1,12}?)\s*</sup>|\^\{([^{}\n]{1,12})\}|\^(\w{1,4})|([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_BRACKETED_CALL = re.compile("\\( ?([\ue000-\ue009]+) ?\\)")  # as Arabic texts print it: "الأمية(¹)"
_RAISED_DIGITS = re.compile("([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\([^()\n]*\)")
_EMPHASIS = re.compile(r"\*{1,2}(?=[^\s*])([^*]{1,400}?)(?<=[^\s*])\*{1,2}")
STRAY_SPACE = re.compile(r"(?<=\w) (?=['’]\w)|(?<=[^\W\d_]) (?=-[^\W\d_])")
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
    """A repaired text: its lines, where it was emphasised (offsets in the file), and what the repair has to report."""

    source: SourceText
    lines: tuple[Line, ...]
    emphases: tuple[Span, ...]
    issues: tuple[Issue, ...]


def note_number(call: str) -> str:
    """Return the number of a note call, such as "12"."""
    return call.translate(_FROM_CALL)


def clean(source: SourceText) -> CleanText:
    """Return the repaired lines of a text; every character keeps the place at which it stands in the file."""
    if marks := source.marks:
        emphases = marks.emphases
        text = even(marks.text).sub(_RAISED_DIGITS, _superscript).sub(_BRACKETED_CALL, lambda m: m[1])
        lines = _lines(text, marks.headings)
    else:
        text, emphases = _without_emphasis(_without_markup(MappedText.of(source.raw)))
        lines = _lines(text)
    words = Counter(w for line in lines for w in _WORD.findall(line.text.chars))
    mended = [_with_words_rejoined(line, words) for line in lines]
    issues = [issue for _, found in mended for issue in found]
    return CleanText(source, tuple(line for line, _ in mended), emphases, (*source.issues, *issues))


def note_call(number: str) -> str:
    """Return the mark of a note call; ``note_number`` turns it back."""
    return number.translate(_TO_CALL)


def even(text: MappedText) -> MappedText:
    """Return the text composed (NFC), without invisible characters, each space within a line the plain one."""
    text = text.sub(_DECOMPOSED, lambda m: unicodedata.normalize("NFC", m[0]))
    return text.sub(_INVISIBLE, "").sub(_SPACES, " ")


def tidy(line: MappedText) -> MappedText:
    """Return a line without runs of spaces, nor those that stand astray within a word ("l 'Assemblée")."""
    return line.strip().sub(_RUN_OF_SPACES, " ").sub(STRAY_SPACE, "")


def _without_markup(text: MappedText) -> MappedText:
    text = even(text).sub(_SUPERSCRIPT, _superscript).sub(_BRACKETED_CALL, lambda m: m[1])
    return text.sub(_LINK, lambda m: m[1])


def _superscript(match: re.Match[str]) -> str:
    """Return a note call for digits, the plain letters for anything else ("55<sup>e</sup>", "1^{er}")."""
    raised = next(group for group in match.groups() if group)
    digits = raised.translate(_SUPERSCRIPT_DIGITS)
    return digits.translate(_TO_CALL) if digits.isdigit() else raised


def _without_emphasis(text: MappedText) -> tuple[MappedText, tuple[Span, ...]]:
    spans = tuple(text.span_of(m.start(1), m.end(1)) for m in _EMPHASIS.finditer(text.chars))
    return text.sub(_EMPHASIS, lambda m: m[1]), spans


def _lines(text: MappedText, headings: frozenset[int] | None = None) -> list[Line]:
    """Return the lines; ``headings`` are those that the format tells, None where light markup may."""
    lines, start, blank = [], 0, True
    for row in re.split(r"[\n\f]", text.chars):
        raw = text[start : start + len(row)]
        start += len(row) + 1
        words = raw.strip()
        if not words or _RULE.match(words.chars):
            blank = True
            continue
        sign = _HEADING.match(words.chars) if headings is None else None
        words = words[sign.end() :] if sign else words
        heading = bool(sign) or words.span[0] in (headings or ())
        lines.append(Line(tidy(words), len(row) - len(row.lstrip()), heading, blank))
        blank = False
    return lines


def _with_words_rejoined(line: Line, words: Counter[str]) -> tuple[Line, list[Issue]]:
    """Mend a word that extraction broke in two, such as "préventi ve".

    The whole word must stand elsewhere in the same text, and neither half may: that leaves "de main" alone.
    """
    text, issues = line.text, []
    if sum(words[word] == 1 for word in _WORD.findall(text.chars)) < 2:
        return line, []
    for left, right in reversed(_neighbours(text.chars)):
        a, b = text.chars[slice(*left)], text.chars[slice(*right)]
        if words[a] == words[b] == 1 and words[a + b] and a.islower() and b.islower():
            issues.append(Issue("word-rejoined", f"read “{a} {b}” as “{a + b}”", *text.span_of(left[0], right[1])))
            text = text[: left[1]] + text[right[0] :]
    return Line(text, line.indent, line.heading, line.after_blank), issues


def _neighbours(chars: str) -> list[tuple[Span, Span]]:
    """Return the pairs of words with a single space between them."""
    found = list(_WORD.finditer(chars))
    return [(a.span(), b.span()) for a, b in pairwise(found) if b.start() - a.end() == 1 and chars[a.end()] == " "]
