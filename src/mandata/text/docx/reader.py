"""The text of a DOCX file: one paragraph per line, the notes after the last one, list numbers as Word shows them.

Read with the standard library: python-docx drops notes and tracked insertions, docx2python prints notes in a form of
its own and does not distinguish deletions or italics from the text around them; a reader of the few parts that matter
can refuse DTDs and limit the decompressed size. Tracked insertions are kept and tracked deletions dropped, both
reported; header and footer of the first page come first, those of other pages are omitted.

Run as a module, it is the process in which a file is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final
from xml.etree.ElementTree import Element

from mandata.errors import Issue, MandataError
from mandata.text import isolated_reader
from mandata.text.docx.package import Package
from mandata.text.docx.styles import OFF, Numbering, Styles, property_value
from mandata.text.extracted import ExtractedLine, ExtractedText, StyledText, write
from mandata.text.formatted_text import note_call_after, superscript
from mandata.text.list_numbers import LABEL

_SKIPPED: Final = frozenset({
    "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "fldChar", "instrText",
    "delInstrText", "Fallback", "rt", "footnoteRef", "endnoteRef", "separator", "continuationSeparator",
    "annotationRef", "ffData", "posOffset", "positionH", "positionV"
})  # fmt: skip
_CHARACTERS: Final = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011"}
_PRIVATE_USE: Final = range(0xE000, 0xF900)


@dataclass(frozen=True, slots=True)
class _RunFormat:
    """The formatting of the characters of a run."""

    paragraph_style: str | None = None
    emphasised: bool = False
    raised: bool = False
    deleted: bool = False


def read_docx(data: bytes) -> ExtractedText:
    """Return the text of a DOCX file.

    Raises:
        MandataError: it is not DOCX, is damaged or protected, decompresses to too much, or contains no text.
    """
    package = Package(data)
    styles = Styles(package.related_elements("styles", 2))
    body = _Story(styles, Numbering.of(package.related_elements("numbering", 2)))
    lines = [line for block in package.elements(package.main, 3) for line in body.lines(block)]
    first_page = [line for part in body.first_page(package) for line in _Story(styles, Numbering()).part(package, part)]
    extracted = write([*first_page, *lines, *_notes(package, body, styles)])
    if not extracted.text.strip():
        raise MandataError("no-text", "holds no text", "", "give a file that holds the text of a document")
    if body.insertions:
        message = f"{body.insertions} tracked insertions are taken as part of the text"
        extracted.issues.append(Issue("tracked-insertion", message))
    return extracted


class _Story:
    """Reads one story, in the sense of Word: the body, a header or footer, or a note."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.styles, self.numbering = styles, numbering
        self.notes: dict[tuple[str, str], str] = {}
        self.insertions = 0
        self.section: Element | None = None
        self.carried_over: list[StyledText] = []
        self.boxes: list[Element] = []

    def part(self, package: Package, part: str) -> Iterator[ExtractedLine]:
        """Yield the lines of a part whose blocks are children of its root."""
        for block in package.elements(part, 2):
            yield from self.lines(block)

    def first_page(self, package: Package) -> list[str]:
        """Return the parts that are the header and the footer of the first page."""
        found = []
        for kind in ("header", "footer"):
            parts = package.targets(package.main, kind)
            by_page = {r.get("type", "default"): r.get("id", "") for r in self._references(kind)}
            own = property_value(self.section, "titlePg") not in (None, *OFF)
            part = parts.get(by_page.get("first" if own else "default", ""), "")
            found += [part] if part in package.names else []
        return found

    def _references(self, kind: str) -> list[Element]:
        return self.section.findall(f"{kind}Reference") if self.section is not None else []

    def lines(self, block: Element, deleted: bool = False) -> Iterator[ExtractedLine]:
        """Yield the lines of a block: a paragraph, a table, or an element that contains some."""
        if block.tag == "p":
            yield from self._paragraph(block, deleted)
        elif block.tag == "tr":
            yield from self._table_row(block, deleted or block.find("trPr/del") is not None)
        elif block.tag == "sectPr":
            self.section = block if self.section is None else self.section
        elif block.tag not in _SKIPPED:
            is_deleted = deleted or block.tag in ("del", "moveFrom")
            for child in block:
                yield from self.lines(child, is_deleted)

    def _table_row(self, row: Element, deleted: bool) -> Iterator[ExtractedLine]:
        """Yield the lines of its cells; a number or a bullet in a cell of its own is joined to the next cell."""
        label: ExtractedLine | None = None
        for cell in (line for child in row for line in self.lines(child, deleted)):
            words = "".join(piece.words for piece in cell.pieces).strip()
            if label:
                cell = replace(cell, pieces=(*label.pieces, StyledText(" "), *cell.pieces))  # noqa: PLW2901 - joined
                label = None
            elif LABEL.match(words):
                label = cell
                continue
            yield cell
        if label:
            yield label

    def _paragraph(self, paragraph: Element, deleted: bool) -> Iterator[ExtractedLine]:
        properties = paragraph.find("pPr")
        section = properties.find("sectPr") if properties is not None else None
        self.section = section if self.section is None else self.section
        run_format = _RunFormat(property_value(properties, "pStyle"), deleted=deleted)
        pieces = list(_separate_calls(piece for child in paragraph for piece in self._pieces(child, run_format)))
        paragraph_end_deleted = deleted or any(
            properties is not None and properties.find(f"rPr/{change}") is not None for change in ("del", "moveFrom")
        )
        if paragraph_end_deleted:  # the words that remain belong to the next paragraph
            self.carried_over += pieces
        else:
            label = StyledText(self._label(properties))
            yield ExtractedLine((label, *self.carried_over, *pieces))
            self.carried_over = []
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            yield from self.lines(box, deleted)

    def _label(self, properties: Element | None) -> str:
        list_id = self.styles.of_paragraph(properties, "numPr/numId")
        depth = self.styles.of_paragraph(properties, "numPr/ilvl") or "0"
        return self.numbering.label(list_id, int(depth)) if list_id and depth.isdigit() else ""

    def _pieces(self, element: Element, run_format: _RunFormat) -> Iterator[StyledText]:
        tag = element.tag
        if tag in _SKIPPED:
            return
        if tag == "txbxContent":
            self.boxes.append(element)
            return
        if tag in ("t", "delText"):
            yield self._piece(element.text or "", run_format)
        elif tag in _CHARACTERS:
            yield self._piece(_CHARACTERS[tag], run_format)
        elif tag == "br":
            yield self._piece("\f" if element.get("type") == "page" else "\n", run_format)
        elif tag == "sym":
            yield self._piece(_symbol(element), run_format)
        elif tag in ("footnoteReference", "endnoteReference"):
            yield self._call(element, run_format)
        else:
            yield from self._within(element, run_format)

    def _within(self, element: Element, run_format: _RunFormat) -> Iterator[StyledText]:
        tag = element.tag
        if tag in ("del", "moveFrom"):
            run_format = replace(run_format, deleted=True)
        elif tag in ("ins", "moveTo"):
            self.insertions += 1
        elif tag == "r":
            properties, style = element.find("rPr"), run_format.paragraph_style
            if self.styles.is_on(properties, style, "vanish"):
                return
            run_format = replace(
                run_format,
                emphasised=any(self.styles.is_on(properties, style, what) for what in ("i", "b")),
                raised=self.styles.of_run(properties, style, "vertAlign") == "superscript",
            )
        for child in element:
            yield from self._pieces(child, run_format)

    @staticmethod
    def _piece(words: str, run_format: _RunFormat) -> StyledText:
        if run_format.deleted:
            return StyledText("", deleted=words)
        return StyledText(superscript(words) if run_format.raised else words, run_format.emphasised)

    def _call(self, element: Element, run_format: _RunFormat) -> StyledText:
        """Return a note call, numbered by its place, as Word does; a custom mark ("*") is in the text already."""
        if run_format.deleted or element.get("customMarkFollows", "0") not in ("0", "false", "off"):
            return StyledText("")
        key = (element.tag.removesuffix("Reference"), element.get("id", ""))
        number = self.notes.setdefault(key, str(len(self.notes) + 1))
        return StyledText(superscript(number))


def _separate_calls(pieces: Iterable[StyledText]) -> Iterator[StyledText]:
    """Yield the pieces, with adjacent note calls separated."""
    before = ""
    for piece in pieces:
        yield replace(piece, words=note_call_after(before, piece.words))
        before = piece.words or before


def _symbol(element: Element) -> str:
    """Return a character of a symbol font; empty if it has no meaning outside its font."""
    try:
        code = int(element.get("char", ""), 16)
    except ValueError:
        return ""
    return "" if code in _PRIVATE_USE or not 0x20 <= code <= 0x10FFFF or 0xD800 <= code < 0xE000 else chr(code)


def _notes(package: Package, body: _Story, styles: Styles) -> Iterator[ExtractedLine]:
    """Yield the notes that the body calls, in the order of their calls, each as one line after its number."""
    found: dict[tuple[str, str], tuple[StyledText, ...]] = {}
    for kind in ("footnote", "endnote"):
        for note in package.related_elements(f"{kind}s", 2):
            lines = (line for child in note for line in _Story(styles, Numbering()).lines(child))
            found[kind, note.get("id", "")] = tuple(_joined_lines(lines))
    for key, number in body.notes.items():
        if key in found:
            yield ExtractedLine((StyledText(f"{superscript(number)} "), *_without_space(found[key])))


def _joined_lines(lines: Iterable[ExtractedLine]) -> Iterator[StyledText]:
    for at, line in enumerate(lines):
        yield from (StyledText(" "), *line.pieces) if at else line.pieces


def _without_space(pieces: Iterable[StyledText]) -> Iterator[StyledText]:
    """Yield the pieces without the white space (and the line breaks) before the first word."""
    started = False
    for piece in pieces:
        words = piece.words if started else piece.words.lstrip()
        started = started or bool(words)
        yield StyledText(words.replace("\n", " "), piece.emphasised, piece.deleted)


if __name__ == "__main__":
    isolated_reader.serve(read_docx)
