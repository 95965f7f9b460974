"""A page of HTML as a text with marks: each character keeps the place at which it stands in the file as received.

Lines are blocks; what a browser shows though no character holds it (the numbers of lists) stands at the tag that asks
for it. Scripts, styles, navigation and what is hidden are left out; so is what ``<del>`` takes away, with an Issue.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from mandata.errors import Issue
from mandata.text.html.notes import Notes, find_notes
from mandata.text.html.tokens import Token, tokens
from mandata.text.list_numbers import LABEL, numeral
from mandata.text.mapped import MappedText, Span
from mandata.text.marks import Marks, beside, raised

_VOID: Final = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"
})  # fmt: skip
_HEADINGS: Final = frozenset(f"h{level}" for level in range(1, 7))
_BLOCKS: Final = _HEADINGS | frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "legend", "li", "main",
    "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"
})  # fmt: skip
_LEFT_OUT: Final = frozenset({
    "applet", "audio", "button", "canvas", "iframe", "math", "nav", "noembed", "noframes", "object", "rp", "rt",
    "script", "select", "style", "svg", "template", "textarea", "title", "video", "xmp"
})  # fmt: skip
_EMPHASIS: Final = frozenset({"b", "em", "i", "strong"})
_ALONE: Final = {"li": ("ol", "ul", "menu"), "td": ("tr", "table"), "th": ("tr", "table"), "tr": ("table",)}
_DEEPEST: Final = 512  # as browsers nest
_LONGEST_CALL: Final = 16  # characters
_WHITE = re.compile(r"[ \t\n\r\f]+|[^ \t\n\r\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SLANTED = re.compile(r"font-style\s*:\s*(?:italic|oblique)|font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ABOVE = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(none|decimal|(?:lower|upper)-(?:alpha|latin|roman))\b")
_STYLES: Final = {"1": "decimal", "a": "alpha", "A": "ALPHA", "i": "roman", "I": "ROMAN"}


@dataclass(slots=True)
class _Open:
    """An element that is open, and at which character it began."""

    tag: str
    at: int
    attributes: dict[str, str] = field(default_factory=dict)
    emphasised: bool = False
    raised: bool = False
    left_out: bool = False
    next_number: int = 1
    list_style: str = "decimal"


def read_html(raw: str) -> tuple[Marks, tuple[Issue, ...]]:
    """Return what a page shows, and what there is to report of it; any characters at all give a result."""
    found = list(tokens(raw))
    page = _Page(find_notes(found))
    for token in found:
        page.take(token)
    return page.marks(), tuple(page.issues)


class _Page:
    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.chars: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.stack: list[_Open] = []
        self.open: Counter[str] = Counter()
        self.hidden = 0
        self.marker: tuple[int, int] | None = None
        self.emphases: set[Span] = set()
        self.headings: list[int] = []
        self.issues: list[Issue] = []

    def take(self, token: Token) -> None:
        if token.kind == "words":
            if not self.hidden:
                self._words(token)
        elif token.kind == "start":
            self._start(token)
        elif token.kind == "end":
            self._end(token)
        else:
            self.issues.append(Issue("cut-short", "the file ends within a tag", token.start, token.end))

    def _words(self, token: Token) -> None:
        if token.entity:
            self._put(token.value, token.start, token.end)
            return
        for match in _WHITE.finditer(token.value):
            start, end = token.start + match.start(), token.start + match.end()
            if match[0][0] not in " \t\n\r\f":
                self.chars.extend(match[0])
                self.starts.extend(range(start, end))
                self.ends.extend(range(start + 1, end + 1))
            elif self.open["pre"] and "\n" in match[0]:
                self._break(start)
            elif self.chars and self.chars[-1] not in " \n":
                self._put(" ", start, end)

    def _put(self, words: str, start: int, end: int) -> None:
        self.chars.extend(words)
        self.starts.extend([start] * len(words))
        self.ends.extend([end] * len(words))

    def _take_back(self, start: int, end: int) -> None:
        del self.chars[start:end], self.starts[start:end], self.ends[start:end]

    def _break(self, at: int, blank: bool = False, closing: bool = True) -> None:
        while self.chars and self.chars[-1] == " " and not (self.marker and len(self.chars) == self.marker[1]):
            self._take_back(len(self.chars) - 1, len(self.chars))
        if self.marker and (closing or len(self.chars) > self.marker[1]):
            self._settle_marker(*self.marker)
        elif self.marker:  # "<li><p>": the number stands before the words of the paragraph
            return
        if self.chars and self.chars[-1] != "\n":
            self._put("\n\n" if blank else "\n", at, at)

    def _settle_marker(self, start: int, end: int) -> None:
        """Take back the number of an item that prints its own ("<li>1. Encourage"), or that is all of its line."""
        self.marker = None
        number, words = "".join(self.chars[start:end]).strip(), "".join(self.chars[end : end + 12]).strip()
        listed = not number[0].isalnum() or number[0].isascii()  # and no note
        own = words.startswith((number, number.rstrip(".)") + ".")) or (listed and LABEL.match(words.partition(" ")[0]))
        if not words or own:
            self._take_back(start, end)

    def _start(self, token: Token) -> None:
        tag = token.value
        if tag == "br":
            self._break(token.start)
        elif tag in ("td", "th") and self._line_is_label():
            self._put(" ", token.start, token.start)
        elif tag in _BLOCKS:
            self._close_before(tag)
            self._break(token.start, blank=True, closing=tag == "li")
        if tag in _VOID or len(self.stack) >= _DEEPEST:
            return
        opened = self._open_element(token)
        self.stack.append(opened)
        self.open[tag] += 1
        self.hidden += opened.left_out
        if tag == "li" and not self.hidden:
            self._number(token)

    def _open_element(self, token: Token) -> _Open:
        tag, style = token.value, token.attributes.get("style", "")
        left_out = tag in _LEFT_OUT or tag == "del" or "hidden" in token.attributes or bool(_HIDDEN.search(style))
        if tag == "del":
            self.issues.append(Issue("tracked-deletion", "a tracked change deletes words", token.start, token.end))
        return _Open(
            tag, len(self.chars), dict(token.attributes),
            emphasised=tag in _EMPHASIS or bool(_SLANTED.search(style)),
            raised=tag == "sup" or bool(_ABOVE.search(style)),
            left_out=left_out,
            next_number=_whole(token.attributes.get("start"), 1),
            list_style=_list_style(token),
        )  # fmt: skip

    def _line_is_label(self) -> bool:
        line = self.chars[-8:]
        line = line[len(line) - line[::-1].index("\n") :] if "\n" in line else line
        return bool(LABEL.match("".join(line).strip()))

    def _number(self, token: Token) -> None:
        """Put the number that a browser shows before an item; a note that is an item begins with its own."""
        parent = next((o for o in reversed(self.stack[:-1]) if o.tag in _ALONE["li"]), None)
        style = _list_style(token, parent.list_style if parent else "none")
        shown = ""
        if note := self.notes.numbers.get(token.attributes.get("id", "")):
            shown = raised(note) + " "
        elif parent and parent.tag == "ol" and style != "none":
            parent.next_number = _whole(token.attributes.get("value"), parent.next_number)
            shown = numeral(parent.next_number, style) + (") " if style.islower() and style != "decimal" else ". ")
            parent.next_number += 1
        elif style != "none":
            shown = "• "
        start = len(self.chars)
        self._put(shown, token.start, token.end)
        self.marker = (start, len(self.chars)) if shown else None

    def _close_before(self, tag: str) -> None:
        """Close what the start of a block ends though no tag says so: a paragraph, the item before, the cell before."""
        if self.open["p"]:
            self._close("p")
        for opened in reversed(self.stack) if tag in _ALONE and self.open[tag] else ():
            if opened.tag == tag:
                self._close(tag)
                return
            if opened.tag in _ALONE[tag]:
                return

    def _end(self, token: Token) -> None:
        self._close(token.value)
        if token.value in _BLOCKS and token.value not in ("td", "th"):
            self._break(token.start, blank=True)

    def _close(self, tag: str) -> None:
        while self.open[tag]:
            opened = self.stack.pop()
            self.open[opened.tag] -= 1
            self.hidden -= opened.left_out
            self._close_element(opened)
            if opened.tag == tag:
                return

    def _close_element(self, opened: _Open) -> None:
        start, end = opened.at, len(self.chars)
        if end - start > _LONGEST_CALL:
            pass
        elif opened.raised or (opened.tag == "a" and self.notes.is_call(opened.attributes, self._around())):
            printed = "".join(self.chars[start:end])
            if (words := raised(printed)) != printed:
                words = beside("".join(self.chars[start - 1 : start]), words)
                left, right = self.starts[start], self.ends[end - 1]
                self._take_back(start, end)
                self._put(words, left, right)
        elif opened.tag == "a" and self.notes.is_way_back(opened.attributes, "".join(self.chars[start:end])):
            self._take_back(start, end)
        if opened.tag in _HEADINGS and start < len(self.chars):
            self.headings.append(self.starts[start])
        if opened.emphasised and not any(above.emphasised for above in self.stack):
            self.emphases.update(self._find_emphasis(start))

    def _find_emphasis(self, start: int) -> Iterator[Span]:
        """Yield where the words from a character on stand in the file, line by line."""
        for match in re.finditer(r"[^\s](?:[^\n]*[^\s])?", "".join(self.chars[start:])):
            yield self.starts[start + match.start()], self.ends[start + match.end() - 1]

    def _around(self) -> dict[str, str]:
        return self.stack[-1].attributes if self.stack else {}

    def marks(self) -> Marks:
        while self.stack:
            self._close(self.stack[-1].tag)
        self._break(self.ends[-1] if self.ends else 0)
        text = MappedText.at_places("".join(self.chars), self.starts, self.ends)
        return Marks(text, tuple(sorted(self.emphases)), frozenset(self.headings))


def _whole(said: str | None, otherwise: int) -> int:
    return int(said) if said and re.fullmatch(r"-?\d{1,6}", said.strip()) else otherwise


def _list_style(token: Token, otherwise: str = "decimal") -> str:
    if match := _LIST_STYLE.search(token.attributes.get("style", "")):
        case, _, kind = match[1].partition("-")
        name = kind.replace("latin", "alpha") or case
        return name.upper() if case == "upper" else name
    return _STYLES.get(token.attributes.get("type", ""), otherwise)
