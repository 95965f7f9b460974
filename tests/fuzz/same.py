"""Changes to a text that ought to make no difference, and the statements by which one sees whether they do."""

from __future__ import annotations

import random
import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterator

from invented import Style, letter, render, resolution
from mandata.reading import read
from mandata.text.source import decode

from .originals import corpus
from .trial import written

Change = Callable[[str, random.Random], str]

_WORD = re.compile(r"[^\W\d_]{5,}")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = {ord(high): str(low) for low, high in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_LONG = 240
_OUTSIDE_PARTS = re.compile(r"<[^>]*/id/[^.>]+\.[a-z]{2,3}> <[^>]*#text> ")


def statements(text: str) -> frozenset[str]:
    """Return what is said of the document of a text, as N-Quads: evidence, files, checksums and offsets left out.

    What stands outside the parts of a document (masthead, closing lines, printed numbers) is the text of its language
    version line by line, as the page has it: it differs if lines and pages are broken elsewhere, and is left out too.
    """
    data = text.encode()
    reading = read(decode(data, "x.txt"))
    checksum = reading.document.source.short_checksum
    lines = written(reading)[1].replace(f"unidentified-{checksum}", "unidentified").splitlines()
    stated = (line for line in lines if ".span-" not in line and checksum not in line)
    return frozenset(line for line in stated if not _OUTSIDE_PARTS.match(line))


def _at_random(pattern: str, new: Callable[[re.Match[str], random.Random], str], share: float = 0.3) -> Change:
    """Return the change of some of the places that a pattern matches."""
    found = re.compile(pattern)
    return lambda text, pick: found.sub(lambda m: new(m, pick) if pick.random() < share else m[0], text)


def _raised_otherwise(text: str, pick: random.Random) -> str:
    """Write the raised figures of a text in another way: ``<sup>1</sup>``, ``^{1}``, ``¹``."""
    form = pick.choice(("<sup>{}</sup>", "^{{{}}}", ""))

    def again(match: re.Match[str]) -> str:
        digits = (match[1] or match[2]).translate(_LOWERED)
        return form.format(digits) if form else digits.translate(_RAISED)

    return re.sub(r"<sup>(\d+)</sup>|([⁰¹²³⁴⁵⁶⁷⁸⁹]+)", again, text)


def _within_word(mark: str) -> Change:
    return _at_random(_WORD.pattern, lambda m, pick: _split(m[0], mark, pick.randrange(1, len(m[0]))), 0.1)


def _split(word: str, mark: str, at: int) -> str:
    return word[:at] + mark + word[at:]


def rewrapped(text: str, pick: random.Random) -> str:
    """Return a text with its lines broken at another width, as extraction leaves them."""
    width = pick.choice((70, 78, 90))
    out = ""
    for block in re.split(r"(?:[ \t]*\n){3,}" if is_wrapped(text) else r"\n+", text):
        words = " ".join(block.replace("\n", " ").split())
        lines = textwrap.wrap(words, width, break_long_words=False, break_on_hyphens=False)
        out += "".join(f"{line} \n\n" for line in lines).join((" ", "\n") if lines else ("", ""))
    return out


def is_wrapped(text: str) -> bool:
    """Tell whether the lines of a text are broken where the page ends and not the paragraph."""
    return max(map(len, text.splitlines())) <= 100


def _page_broken(text: str, pick: random.Random) -> str:
    """Return a text with a page break, its number and the running symbol within one of its long paragraphs."""
    start = text.find("1. ")
    long = [m for m in re.finditer(rf"^[^\n]{{{_LONG},}}$", text, re.MULTILINE) if m.start() > start > 0]
    symbol = re.search(r"^A/RES/\S+$", text, re.MULTILINE)
    if not long or symbol is None:
        return text
    line = pick.choice(long)
    at = text.find(" ", line.start() + pick.randrange(60, _LONG - 60))
    if not line.start() < at < line.end() - 60:
        return text
    return f"{text[:at]}\n\n{pick.randint(2, 9)}/9\n\n\f{symbol[0]}\n\n{text[at + 1 :]}"


CHANGES: dict[str, Change] = {
    "NFD": lambda text, _: unicodedata.normalize("NFD", text),
    "NFC": lambda text, _: unicodedata.normalize("NFC", text),
    "no-break spaces": _at_random(r"(?<=\S) (?=\S)", lambda _, pick: pick.choice("\u00a0\u202f\u2009")),
    "zero-width": _at_random(r"\b", lambda _, pick: pick.choice("\u200b\u200c\u2060\ufeff"), 0.05),
    "zero-width in words": _within_word("\u200b"),
    "soft hyphens": _within_word("\u00ad"),
    "space before apostrophe": _at_random(r"(?<=\b[ldLDnsjmtc])(?=[’']\w)", lambda *_: " ", 0.4),
    "raised letters": _at_random(r"\b(1)er\b|\b(\d+)e\b(?! s)", lambda m, pick: _ordinal(m[0], pick), 0.7),
    "raised figures": _raised_otherwise,
    "line ends": lambda text, pick: text.replace("\n", pick.choice(("\r\n", " \n", "\t\n"))),
    "byte order mark": lambda text, _: "\ufeff" + text,
    "rewrapped": rewrapped,
    "page break": _page_broken,
}


def _ordinal(words: str, pick: random.Random) -> str:
    digits = re.match(r"\d+", words)
    assert digits is not None
    return digits[0] + pick.choice(("^{{{}}}", "<sup>{}</sup>")).format(words[digits.end() :])


STYLES = (
    Style(),
    Style(page=900),
    Style(page=1700),
    Style(emphasis=False, calls="raised"),
    Style(False, "raised", page=1100),
    Style(calls="caret", page=1500),
    Style(False, "lowered", 78),
    Style(False, "lowered", 90, 1300),
    Style(False, "lowered", 70, 2100),
)


def pair(seed: int) -> tuple[str, str, str]:
    """Return what was changed, and a text before and after; every third is a real one, where a corpus is given."""
    pick = random.Random(f"pair {seed}")
    if seed % 3 == 2 and (real := corpus(".txt")):
        path = pick.choice(real)
        text = path.read_text(encoding="utf-8")
        name = pick.choice(sorted(CHANGES))
        return f"{path.parent.name}/{path.name} {name} {seed}", text, CHANGES[name](text, pick)
    language = pick.choice(("fr", "en"))
    made = (
        letter(seed, language)
        if pick.random() < 0.1
        else resolution(seed, language, pick.randint(3, 9), pick.randint(2, 12))
    )
    if seed % 3 == 1:
        one, other = pick.sample(STYLES, 2)
        return f"{language} {seed} {one} {other}", render(made, one), render(made, other)
    style, name = pick.choice(STYLES), pick.choice(sorted(CHANGES))
    text = render(made, style)
    return f"{language} {seed} {style} {name}", text, CHANGES[name](text, pick)


def differences(seeds: range) -> Iterator[str]:
    """Yield what was changed in the pairs that do not say the same, and the first statements that differ."""
    for seed in seeds:
        name, before, after = pair(seed)
        lost, new = statements(before) - statements(after), statements(after) - statements(before)
        if lost or new:
            first = " | ".join(min(each, default="-") for each in (lost, new))
            yield f"{name}: {len(lost)} lost, {len(new)} new; {first}"
