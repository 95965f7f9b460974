"""The parts of a resolution in AKN4UN: masthead, title, preamble, operative part, closing, annexes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mandata.document.akn.inline import InlineReader
from mandata.document.akn.tree import CharacterData, Element
from mandata.document.resolution import ResolutionBlocks
from mandata.errors import Issue
from mandata.text.clean import CleanLine
from mandata.text.mapped import MappedText, join

_HEADING_CLASS = re.compile(r"^H(?:\d{1,2}|CH)$")
_NUMBER = re.compile(r"^\d{1,3}")
_ITEM = re.compile(r"^\(?\w{1,4}\)")
_BLOCKS = ("p", "heading", "subheading", "docTitle", "block")


@dataclass(slots=True)
class Structure:
    """The lines of the masthead, and the blocks of a resolution by part, according to the mark-up."""

    head: list[CleanLine] = field(default_factory=list)
    parts: ResolutionBlocks = field(default_factory=ResolutionBlocks)


def read_structure(statement: Element, inline: InlineReader) -> Structure:
    """Return the parts of a resolution in a ``statement`` element, its blocks read by ``inline``."""
    found, reader = Structure(), _PartReader(inline)
    _read_cover(statement, inline, found)
    for part in statement.elements("preface", "preamble", "mainBody", "body", "conclusions", "attachments"):
        if part.name == "preface":
            found.parts.head += reader.blocks(part)
        elif part.name == "preamble" and not found.parts.operative:
            _read_preamble(part, reader, found.parts)
        elif part.name in (
            "preamble",
            "mainBody",
            "body",
        ):  # a second preamble is an operative paragraph with a preambular verb
            found.parts.operative += reader.blocks(part)
        elif part.name == "conclusions":
            found.parts.closing += reader.blocks(part)
        else:
            for annex in part.walk("mainBody"):
                found.parts.closing += reader.blocks(annex)
    found.parts.headings = reader.headings
    return found


def _read_cover(statement: Element, inline: InlineReader, found: Structure) -> None:
    """Sort the lines of the cover page: those on adoption and drafts are the resolution's, others the masthead's."""
    lines = [line for docket in statement.walk("docketNumber") if (line := inline.block(docket))]
    for page in statement.elements("coverPage"):
        for paragraph in page.walk("p"):
            is_about_adoption = any(True for _ in paragraph.walk("docTitle", "docProponent"))
            if words := inline.block(paragraph):
                (found.parts.head if is_about_adoption else lines).append(words)
    found.head += [CleanLine(line, 0) for line in lines]


def _read_preamble(preamble: Element, reader: _PartReader, parts: ResolutionBlocks) -> None:
    for child in preamble.elements():
        blocks = reader.blocks(child)
        if child.name == "formula" and parts.formula is None and blocks:
            parts.formula = blocks[0]
        else:
            parts.preamble += blocks


@dataclass(slots=True)
class _PartReader:
    """Reads the elements of a part as blocks; a number is joined to the words after it."""

    inline: InlineReader
    headings: set[int] = field(default_factory=set)
    """The starts of the blocks that are headings."""
    _number: Element | None = None
    _last: str = ""

    def blocks(self, part: Element) -> list[MappedText]:
        """Return the blocks of a part, including its headings."""
        self._number, self._last = None, ""
        found = list(self._within(part))
        self.headings |= {block.span[0] for heading, block in found if heading}
        return [block for _, block in found]

    def _within(self, part: Element, heading: bool = False) -> Iterator[tuple[bool, MappedText]]:
        for child in part.elements():
            is_headed = heading or _is_headed(child)
            if child.name == "num":
                self._number = child
            elif child.name == "table" or child.get("class") == "FootnoteText":
                message = "a table, or a note to one, is not read"
                self.inline.issues.append(Issue("table-left-out", message, child.start, child.end))
            elif child.name in _BLOCKS or _has_words(child):
                is_headed = is_headed or any(True for _ in child.walk("heading", "subheading"))
                if block := self._block(child):
                    yield is_headed, block
            else:
                yield from self._within(child, is_headed)

    def _block(self, element: Element) -> MappedText | None:
        """Return the words of an element after its pending number; None if it has no words."""
        words = self.inline.block(element)
        if not words:
            return None
        number, self._number = self._number, None
        if number is None:
            self._last = self._last if _ITEM.match(words.chars) else ""
            return words
        printed = self.inline.block(number)
        return join([printed, words], " ") if self._is_printed_number(number, printed) else words

    def _is_printed_number(self, element: Element, printed: MappedText) -> bool:
        """Return whether a number is as printed, not repeated from the paragraph before (a lost list count)."""
        match, last = _NUMBER.match(printed.chars), self._last
        self._last = match[0] if match else last
        if match is None or match[0] != last:
            return True
        message = f"number {last} stands at the paragraph before too, so it is not the printed one; it is left out"
        self.inline.issues.append(Issue("number-repeated", message, element.start, element.end))
        return False


def _is_headed(element: Element) -> bool:
    return element.name in ("heading", "subheading") or bool(_HEADING_CLASS.match(element.get("class")))


def _has_words(element: Element) -> bool:
    return any(isinstance(child, CharacterData) and child.chars.strip() for child in element.children)
