"""The words of an element as one block, and its inline elements: notes, links, emphasis."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mandata.document.akn.tree import CharacterData, Element
from mandata.document.model import Stated
from mandata.errors import Issue, MandataError
from mandata.text.clean import normalise, note_call, tidy
from mandata.text.mapped import MappedText, Span, join
from mandata.un import symbol

_BLANKS = re.compile(r"\s+")
_UNDOCS = re.compile(r"^https?://(?:www\.)?undocs\.org/+(?:[a-z]{2}/)?(?P<symbol>[^?#]+)", re.IGNORECASE)
_EMPTY_BRACKETS = re.compile(r"\( ?\) ?")  # what the marker leaves of a note's number in Arabic: "(¹) القرار 70/1"
_WORD = 40
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+$")
_LETTERS_AFTER = re.compile(r"</[\w:.-]{1,12}>[^\W\d_]+")
_STRONG = re.compile(r"\b(?:italic|bold)\b")


@dataclass(slots=True)
class InlineReader:
    """Reads elements as blocks; collects their notes, links, and emphasised spans."""

    raw: str
    notes: list[tuple[str, MappedText]] = field(default_factory=list)
    links: list[Stated[str]] = field(default_factory=list)
    """Symbols in normal form, with the spans of the words that link to them."""
    emphases: list[Span] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    lines: list[MappedText] = field(default_factory=list)
    """Every block that was read."""

    def block(self, element: Element) -> MappedText:
        """Return the words of an element as one line, with calls for notes; a second call for one repeats its notes."""
        line = _line(self._inside(element))
        self.lines.append(line)
        return line

    def _inside(self, element: Element) -> MappedText:
        parts = [
            child.as_mapped_text() if isinstance(child, CharacterData) else self._child(child)
            for child in element.children
        ]
        return join(parts)

    def _child(self, element: Element) -> MappedText:
        if element.name == "authorialNote":
            return self._note(element)
        inside = self._inside(element)
        if element.name in ("eol", "br"):
            return MappedText.of(" ", element.start)
        if element.name in ("a", "ref"):
            self._link(element, _line(inside))
        if element.name in ("i", "b") or (element.name == "span" and _STRONG.search(element.get("class"))):
            self._emphasis(element, inside)
        return inside

    def _note(self, element: Element) -> MappedText:
        number, place = element.get("marker").strip(" ()"), (element.start, element.end)
        if not (number.isascii() and number.isdigit() and len(number) < 4):
            self.issues.append(Issue("note-unnumbered", f"the note “{number}” bears no number; it is not read", *place))
            return MappedText.of("")
        if any(number == known for known, _ in self.notes):
            self.issues.append(Issue("note-twice", f"note {number} is there twice; the first is kept", *place))
        else:
            block = self.block(element)
            empty = _EMPTY_BRACKETS.match(block.chars)
            self.notes.append((number, block[empty.end() :] if empty else block))
        call = note_call(number)
        return MappedText.standing_for(call, element.start, element.start + 1)

    def _link(self, element: Element, words: MappedText) -> None:
        target = _UNDOCS.match(element.get("href"))
        if target is None or not words.chars:
            return
        try:
            linked = symbol.parse(target["symbol"])
        except MandataError:
            message = f"links to {target['symbol']}, which is no symbol"
            self.issues.append(Issue("link-no-symbol", message, *words.span))
            return
        if linked.suspicious:  # "A/RES/10/6" for a resolution 10/6 of another body
            message = f"links to {linked}, which no document can bear: {linked.suspicious}"
            self.issues.append(Issue("link-no-symbol", message, *words.span))
        else:
            self.links.append(Stated(str(linked), words.span))

    def _emphasis(self, element: Element, words: MappedText) -> None:
        """Add a span, extended to whole words if it leaves out letters at either end ("S" before "oulignant")."""
        if not words.strip().chars:
            return
        start, end = words.strip().span
        before, after = self.raw[max(0, element.start - _WORD) : element.start], self.raw[end : end + _WORD]
        if words.chars[0].isalpha() and (letters := _LETTERS_BEFORE.search(before)):
            start = element.start - len(letters[0])
        if words.chars[-1].isalpha() and (rest := _LETTERS_AFTER.match(after)):
            end += rest.end()
        self.emphases.append((start, end))


def _line(text: MappedText) -> MappedText:
    return tidy(normalise(text.sub(_BLANKS, " ")))
