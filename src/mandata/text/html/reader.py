"""A page of HTML as formatted text; each character keeps its offsets in the file as received.

Each block is a line; generated content (the numbers of lists) is placed at the tag that generates it. Scripts, styles,
navigation and hidden elements are omitted; so is the content of ``<del>``, with an Issue.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from mandata.errors import Issue
from mandata.text.formatted_text import FormattedText, note_call_after, superscript
from mandata.text.html.notes import NoteLinks, find_note_links
from mandata.text.html.tokens import Token, tokens
from mandata.text.list_numbers import LABEL, numeral
from mandata.text.mapped import MappedText, Span

_VOID: Final = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"
})  # fmt: skip
_BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul"
})  # fmt: skip
_LEFT_OUT: Final = frozenset({
    "applet", "audio", "button", "canvas", "iframe", "math", "nav", "noembed", "noframes", "object", "rp", "rt",
    "script", "select", "style", "svg", "template", "textarea", "title", "video", "xmp"
})  # fmt: skip
_EMPHASIS: Final = frozenset({"b", "em", "i", "strong"})
_ENDED_BY_SIBLING: Final = {"li": ("ol", "ul", "menu"), "td": ("tr", "table"), "th": ("tr", "table"), "tr": ("table",)}
_MAX_DEPTH: Final = 512  # as browsers nest
_MAX_CALL_LENGTH: Final = 16  # characters
_SPACES_OR_WORD = re.compile(r"[ \t\n\r\f]+|[^ \t\n\r\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_EMPHATIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)|font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b(none|decimal|(?:lower|upper)-(?:alpha|latin|roman))\b")
_STYLES: Final = {"1": "decimal", "a": "alpha", "A": "ALPHA", "i": "roman", "I": "ROMAN"}


@dataclass(slots=True)
class _OpenElement:
    """An open element, and the character at which it began."""

    tag: str
    at: int
    attributes: dict[str, str] = field(default_factory=dict)
    emphasised: bool = False
    raised: bool = False
    left_out: bool = False
    next_number: int = 1
    list_style: str = "decimal"


def read_html(raw: str) -> tuple[FormattedText, tuple[Issue, ...]]:
    """Return the text that a page shows, and its issues; any characters at all give a result."""
    found = list(tokens(raw))
    page = _PageReader(find_note_links(found))
    for token in found:
        page.read(token)
    return page.formatted_text(), tuple(page.issues)


class _PageReader:
    def __init__(self, notes: NoteLinks) -> None:
        self.notes = notes
        self.chars: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.stack: list[_OpenElement] = []
        self.open: Counter[str] = Counter()
        self.hidden = 0
        self.marker: tuple[int, int] | None = None
        self.emphases: set[Span] = set()
        self.issues: list[Issue] = []

    def read(self, token: Token) -> None:
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
        for match in _SPACES_OR_WORD.finditer(token.value):
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

    def _remove(self, start: int, end: int) -> None:
        del self.chars[start:end], self.starts[start:end], self.ends[start:end]

    def _break(self, at: int, blank: bool = False, closing: bool = True) -> None:
        while self.chars and self.chars[-1] == " " and not (self.marker and len(self.chars) == self.marker[1]):
            self._remove(len(self.chars) - 1, len(self.chars))
        if self.marker and (closing or len(self.chars) > self.marker[1]):
            self._drop_repeated_marker(*self.marker)
        elif self.marker:  # "<li><p>": the number stands before the words of the paragraph
            return
        if self.chars and self.chars[-1] != "\n":
            self._put("\n\n" if blank else "\n", at, at)

    def _drop_repeated_marker(self, start: int, end: int) -> None:
        """Remove the generated number of an item that prints its own ("<li>1. Encourage"), or is empty."""
        self.marker = None
        number, words = "".join(self.chars[start:end]).strip(), "".join(self.chars[end : end + 12]).strip()
        is_list_number = not number[0].isalnum() or number[0].isascii()  # and not a note's
        repeats = words.startswith((number, number.rstrip(".)") + "."))
        if not words or repeats or (is_list_number and LABEL.match(words.partition(" ")[0])):
            self._remove(start, end)

    def _start(self, token: Token) -> None:
        tag = token.value
        if tag == "br":
            self._break(token.start)
        elif tag in ("td", "th") and self._line_is_label():
            self._put(" ", token.start, token.start)
        elif tag in _BLOCKS:
            self._close_before(tag)
            self._break(token.start, blank=True, closing=tag == "li")
        if tag in _VOID or len(self.stack) >= _MAX_DEPTH:
            return
        opened = self._open_element(token)
        self.stack.append(opened)
        self.open[tag] += 1
        self.hidden += opened.left_out
        if tag == "li" and not self.hidden:
            self._number(token)

    def _open_element(self, token: Token) -> _OpenElement:
        tag, style = token.value, token.attributes.get("style", "")
        left_out = tag in _LEFT_OUT or tag == "del" or "hidden" in token.attributes or bool(_HIDDEN.search(style))
        if tag == "del":
            self.issues.append(Issue("tracked-deletion", "a tracked change deletes words", token.start, token.end))
        return _OpenElement(
            tag, len(self.chars), dict(token.attributes),
            emphasised=tag in _EMPHASIS or bool(_EMPHATIC.search(style)),
            raised=tag == "sup" or bool(_RAISED.search(style)),
            left_out=left_out,
            next_number=_parse_integer(token.attributes.get("start"), 1),
            list_style=_list_style(token),
        )  # fmt: skip

    def _line_is_label(self) -> bool:
        line = self.chars[-8:]
        line = line[len(line) - line[::-1].index("\n") :] if "\n" in line else line
        return bool(LABEL.match("".join(line).strip()))

    def _number(self, token: Token) -> None:
        """Add the number that a browser shows before an item; a note that is a list item begins with its own."""
        parent = next((o for o in reversed(self.stack[:-1]) if o.tag in _ENDED_BY_SIBLING["li"]), None)
        style = _list_style(token, parent.list_style if parent else "none")
        marker_text = ""
        if note := self.notes.numbers.get(token.attributes.get("id", "")):
            marker_text = superscript(note) + " "
        elif parent and parent.tag == "ol" and style != "none":
            parent.next_number = _parse_integer(token.attributes.get("value"), parent.next_number)
            marker_text = numeral(parent.next_number, style) + (
                ") " if style.islower() and style != "decimal" else ". "
            )
            parent.next_number += 1
        elif style != "none":
            marker_text = "• "
        start = len(self.chars)
        self._put(marker_text, token.start, token.end)
        self.marker = (start, len(self.chars)) if marker_text else None

    def _close_before(self, tag: str) -> None:
        """Close the element that the start of a block implicitly ends: a paragraph, the item or the cell before."""
        if self.open["p"]:
            self._close("p")
        for opened in reversed(self.stack) if tag in _ENDED_BY_SIBLING and self.open[tag] else ():
            if opened.tag == tag:
                self._close(tag)
                return
            if opened.tag in _ENDED_BY_SIBLING[tag]:
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

    def _close_element(self, opened: _OpenElement) -> None:
        start, end = opened.at, len(self.chars)
        if end - start > _MAX_CALL_LENGTH:
            pass
        elif opened.raised or (opened.tag == "a" and self.notes.is_call(opened.attributes, self._around())):
            printed = "".join(self.chars[start:end])
            if (words := superscript(printed)) != printed:
                words = note_call_after("".join(self.chars[start - 1 : start]), words)
                left, right = self.starts[start], self.ends[end - 1]
                self._remove(start, end)
                self._put(words, left, right)
        elif opened.tag == "a" and self.notes.is_backlink(opened.attributes, "".join(self.chars[start:end])):
            self._remove(start, end)
        if opened.emphasised and not any(above.emphasised for above in self.stack):
            self.emphases.update(self._find_emphasis(start))

    def _find_emphasis(self, start: int) -> Iterator[Span]:
        """Yield the spans in the file of the words from a character on, line by line."""
        for match in re.finditer(r"[^\s](?:[^\n]*[^\s])?", "".join(self.chars[start:])):
            yield self.starts[start + match.start()], self.ends[start + match.end() - 1]

    def _around(self) -> dict[str, str]:
        return self.stack[-1].attributes if self.stack else {}

    def formatted_text(self) -> FormattedText:
        while self.stack:
            self._close(self.stack[-1].tag)
        self._break(self.ends[-1] if self.ends else 0)
        text = MappedText.at_places("".join(self.chars), self.starts, self.ends)
        return FormattedText(text, tuple(sorted(self.emphases)))


def _parse_integer(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch(r"-?\d{1,6}", value.strip()) else default


def _list_style(token: Token, default: str = "decimal") -> str:
    if match := _LIST_STYLE.search(token.attributes.get("style", "")):
        case, _, kind = match[1].partition("-")
        name = kind.replace("latin", "alpha") or case
        return name.upper() if case == "upper" else name
    return _STYLES.get(token.attributes.get("type", ""), default)
