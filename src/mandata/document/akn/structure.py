"""Which words of a marked-up resolution are its masthead, title, preamble, operative part, closing, annexes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mandata.document.akn.flow import Flow
from mandata.document.akn.tree import Element, Leaf
from mandata.document.resolution import Parts
from mandata.errors import Issue
from mandata.text.clean import CleanLine
from mandata.text.mapped import MappedText, join

_HEADING_CLASS = re.compile(r"^H(?:\d{1,2}|CH)$")
_NUMBER = re.compile(r"^\d{1,3}")
_ITEM = re.compile(r"^\(?\w{1,4}\)")
_BLOCKS = ("p", "heading", "subheading", "docTitle", "block")


@dataclass(slots=True)
class Structure:
    """The lines of the masthead, and the blocks of a resolution sorted by the mark-up."""

    head: list[CleanLine] = field(default_factory=list)
    parts: Parts = field(default_factory=Parts)


def read_structure(statement: Element, flow: Flow) -> Structure:
    """Return the words of a resolution, each where the mark-up says it belongs."""
    found, reader = Structure(), _Reader(flow)
    _read_cover(statement, flow, found)
    for part in statement.elements("preface", "preamble", "mainBody", "body", "conclusions", "attachments"):
        if part.name == "preface":
            found.parts.head += reader.blocks(part)
        elif part.name == "preamble" and not found.parts.operative:
            _read_preamble(part, reader, found.parts)
        elif part.name in ("preamble", "mainBody", "body"):  # a second preamble holds a paragraph whose verb misled
            found.parts.operative += reader.blocks(part)
        elif part.name == "conclusions":
            found.parts.closing += reader.blocks(part)
        else:
            for annex in part.walk("mainBody"):
                found.parts.closing += reader.blocks(annex)
    found.parts.headings = reader.headings
    return found


def _read_cover(statement: Element, flow: Flow, found: Structure) -> None:
    """Sort the lines of the cover page: those on adoption and drafts belong to the resolution, the rest to its head."""
    lines = [line for docket in statement.walk("docketNumber") if (line := flow.block(docket))]
    for page in statement.elements("coverPage"):
        for paragraph in page.walk("p"):
            told = any(True for _ in paragraph.walk("docTitle", "docProponent"))
            if words := flow.block(paragraph):
                (found.parts.head if told else lines).append(words)
    found.head += [CleanLine(line, 0, False, True) for line in lines]


def _read_preamble(preamble: Element, reader: _Reader, parts: Parts) -> None:
    for child in preamble.elements():
        blocks = reader.blocks(child)
        if child.name == "formula" and parts.formula is None and blocks:
            parts.formula = blocks[0]
        else:
            parts.preamble += blocks


@dataclass(slots=True)
class _Reader:
    """Turns the elements of a part into blocks; a number goes with the words behind it."""

    flow: Flow
    headings: set[int] = field(default_factory=set)
    """The starts of the blocks that are headings."""
    _number: Element | None = None
    _last: str = ""

    def blocks(self, part: Element) -> list[MappedText]:
        """Return the blocks of a part, its headings among them."""
        self._number, self._last = None, ""
        found = list(self._within(part))
        self.headings |= {block.span[0] for heading, block in found if heading}
        return [block for _, block in found]

    def _within(self, part: Element, heading: bool = False) -> Iterator[tuple[bool, MappedText]]:
        for child in part.elements():
            headed = heading or _is_headed(child)
            if child.name == "num":
                self._number = child
            elif child.name == "table" or child.get("class") == "FootnoteText":
                said = "a table, or a note to one, is not read"
                self.flow.issues.append(Issue("table-left-out", said, child.start, child.end))
            elif child.name in _BLOCKS or _has_words(child):
                headed = headed or any(True for _ in child.walk("heading", "subheading"))
                if block := self._block(child):
                    yield headed, block
            else:
                yield from self._within(child, headed)

    def _block(self, element: Element) -> MappedText | None:
        """Return the words of an element behind the number that waits for them; None where it has none."""
        words = self.flow.block(element)
        if not words:
            return None
        number, self._number = self._number, None
        if number is None:
            self._last = self._last if _ITEM.match(words.chars) else ""
            return words
        printed = self.flow.block(number)
        return join([printed, words], " ") if self._goes_on(number, printed) else words

    def _goes_on(self, element: Element, printed: MappedText) -> bool:
        """Tell whether a number is not that of the paragraph before, which a list whose count was lost repeats."""
        match, last = _NUMBER.match(printed.chars), self._last
        self._last = match[0] if match else last
        if match is None or match[0] != last:
            return True
        said = f"number {last} stands at the paragraph before too, so it is not the printed one; it is left out"
        self.flow.issues.append(Issue("number-repeated", said, element.start, element.end))
        return False


def _is_headed(element: Element) -> bool:
    return element.name in ("heading", "subheading") or bool(_HEADING_CLASS.match(element.get("class")))


def _has_words(element: Element) -> bool:
    return any(isinstance(child, Leaf) and child.chars.strip() for child in element.children)
