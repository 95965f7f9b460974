"""The text of a DOCX file: a paragraph a line, the notes behind the last, numbers of lists as Word shows them.

Read with the standard library: python-docx drops notes and tracked insertions, docx2python prints notes in a form of
its own and lets neither deletions nor italics be told apart from the text around them; a reader of the few parts that
matter can refuse DTDs and count what it unfolds. Tracked insertions are kept and tracked deletions dropped, both
reported; what stands at the head and the foot of the first page comes first, other pages' heads are left out.

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
from mandata.text.docx.styles import OFF, Numbering, Styles, value
from mandata.text.extracted import Extracted, Piece, Row, write
from mandata.text.list_numbers import LABEL
from mandata.text.marks import beside, raised

_SKIPPED: Final = frozenset({
    "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "fldChar", "instrText",
    "delInstrText", "Fallback", "rt", "footnoteRef", "endnoteRef", "separator", "continuationSeparator",
    "annotationRef", "ffData", "posOffset", "positionH", "positionV"
})  # fmt: skip
_CHARACTERS: Final = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011"}
_PRIVATE_USE: Final = range(0xE000, 0xF900)


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the characters of a run are set."""

    paragraph_style: str | None = None
    emphasised: bool = False
    raised: bool = False
    deleted: bool = False


def read_docx(data: bytes) -> Extracted:
    """Return the text of a DOCX file.

    Raises:
        MandataError: it is none, is damaged or protected, unfolds to far too much, or holds no text.
    """
    package = Package(data)
    styles = Styles(package.related("styles", 2))
    body = _Story(styles, Numbering.of(package.related("numbering", 2)))
    rows = [row for block in package.elements(package.main, 3) for row in body.rows(block)]
    first_page = [row for part in body.first_page(package) for row in _Story(styles, Numbering()).part(package, part)]
    extracted = write([*first_page, *rows, *_notes(package, body, styles)])
    if not extracted.text.strip():
        raise MandataError("no-text", "holds no text", "", "give a file that holds the text of a document")
    if body.insertions:
        said = f"{body.insertions} tracked insertions are taken as part of the text"
        extracted.issues.append(Issue("tracked-insertion", said))
    return extracted


class _Story:
    """Reads one run of text: the body, the head of a page, a note."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.styles, self.numbering = styles, numbering
        self.notes: dict[tuple[str, str], str] = {}
        self.insertions = 0
        self.section: Element | None = None
        self.open: list[Piece] = []
        self.boxes: list[Element] = []

    def part(self, package: Package, part: str) -> Iterator[Row]:
        """Yield the rows of a part that holds blocks right below its root."""
        for block in package.elements(part, 2):
            yield from self.rows(block)

    def first_page(self, package: Package) -> list[str]:
        """Return the parts that stand at the head and the foot of the first page."""
        found = []
        for kind in ("header", "footer"):
            parts = package.targets(package.main, kind)
            by_page = {r.get("type", "default"): r.get("id", "") for r in self._references(kind)}
            own = value(self.section, "titlePg") not in (None, *OFF)
            part = parts.get(by_page.get("first" if own else "default", ""), "")
            found += [part] if part in package.names else []
        return found

    def _references(self, kind: str) -> list[Element]:
        return self.section.findall(f"{kind}Reference") if self.section is not None else []

    def rows(self, block: Element, deleted: bool = False) -> Iterator[Row]:
        """Yield the lines of a block: a paragraph, a table, or what holds some."""
        if block.tag == "p":
            yield from self._paragraph(block, deleted)
        elif block.tag == "tr":
            yield from self._table_row(block, deleted or block.find("trPr/del") is not None)
        elif block.tag == "sectPr":
            self.section = block if self.section is None else self.section
        elif block.tag not in _SKIPPED:
            gone = deleted or block.tag in ("del", "moveFrom")
            for child in block:
                yield from self.rows(child, gone)

    def _table_row(self, row: Element, deleted: bool) -> Iterator[Row]:
        """Yield the lines of its cells; a number or a bullet in a cell of its own stands before the next cell."""
        label: Row | None = None
        for cell in (r for child in row for r in self.rows(child, deleted)):
            words = "".join(piece.words for piece in cell.pieces).strip()
            if label:
                cell = replace(cell, pieces=(*label.pieces, Piece(" "), *cell.pieces))  # noqa: PLW2901 - joined
                label = None
            elif LABEL.match(words):
                label = cell
                continue
            yield cell
        if label:
            yield label

    def _paragraph(self, paragraph: Element, deleted: bool) -> Iterator[Row]:
        properties = paragraph.find("pPr")
        section = properties.find("sectPr") if properties is not None else None
        self.section = section if self.section is None else self.section
        setting = _Setting(value(properties, "pStyle"), deleted=deleted)
        pieces = list(_apart(piece for child in paragraph for piece in self._pieces(child, setting)))
        mark_deleted = deleted or any(
            properties is not None and properties.find(f"rPr/{change}") is not None for change in ("del", "moveFrom")
        )
        if mark_deleted:  # the words that stay go on in the next paragraph
            self.open += pieces
        else:
            label = Piece(self._label(properties))
            yield Row((label, *self.open, *pieces), heading=self.styles.is_heading(properties))
            self.open = []
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            yield from self.rows(box, deleted)

    def _label(self, properties: Element | None) -> str:
        list_id = self.styles.of_paragraph(properties, "numPr/numId")
        depth = self.styles.of_paragraph(properties, "numPr/ilvl") or "0"
        return self.numbering.label(list_id, int(depth)) if list_id and depth.isdigit() else ""

    def _pieces(self, element: Element, setting: _Setting) -> Iterator[Piece]:
        tag = element.tag
        if tag in _SKIPPED:
            return
        if tag == "txbxContent":
            self.boxes.append(element)
            return
        if tag in ("t", "delText"):
            yield self._piece(element.text or "", setting)
        elif tag in _CHARACTERS:
            yield self._piece(_CHARACTERS[tag], setting)
        elif tag == "br":
            yield self._piece("\f" if element.get("type") == "page" else "\n", setting)
        elif tag == "sym":
            yield self._piece(_symbol(element), setting)
        elif tag in ("footnoteReference", "endnoteReference"):
            yield self._call(element, setting)
        else:
            yield from self._within(element, setting)

    def _within(self, element: Element, setting: _Setting) -> Iterator[Piece]:
        tag = element.tag
        if tag in ("del", "moveFrom"):
            setting = replace(setting, deleted=True)
        elif tag in ("ins", "moveTo"):
            self.insertions += 1
        elif tag == "r":
            properties, style = element.find("rPr"), setting.paragraph_style
            if self.styles.is_on(properties, style, "vanish"):
                return
            setting = replace(
                setting,
                emphasised=any(self.styles.is_on(properties, style, what) for what in ("i", "b")),
                raised=self.styles.of_run(properties, style, "vertAlign") == "superscript",
            )
        for child in element:
            yield from self._pieces(child, setting)

    @staticmethod
    def _piece(words: str, setting: _Setting) -> Piece:
        if setting.deleted:
            return Piece("", deleted=words)
        return Piece(raised(words) if setting.raised else words, setting.emphasised)

    def _call(self, element: Element, setting: _Setting) -> Piece:
        """Number a note by the place of its call, as Word does; a mark of the writer's own ("*") stands in the text."""
        if setting.deleted or element.get("customMarkFollows", "0") not in ("0", "false", "off"):
            return Piece("")
        key = (element.tag.removesuffix("Reference"), element.get("id", ""))
        number = self.notes.setdefault(key, str(len(self.notes) + 1))
        return Piece(raised(number))


def _apart(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces, two note calls side by side kept apart."""
    before = ""
    for piece in pieces:
        yield replace(piece, words=beside(before, piece.words))
        before = piece.words or before


def _symbol(element: Element) -> str:
    """Return a character of a font of symbols; those have no meaning outside their font."""
    try:
        code = int(element.get("char", ""), 16)
    except ValueError:
        return ""
    return "" if code in _PRIVATE_USE or not 0x20 <= code <= 0x10FFFF or 0xD800 <= code < 0xE000 else chr(code)


def _notes(package: Package, body: _Story, styles: Styles) -> Iterator[Row]:
    """Yield the notes that the body calls, in the order of their calls, each as one line behind its number."""
    found: dict[tuple[str, str], tuple[Piece, ...]] = {}
    for kind in ("footnote", "endnote"):
        for note in package.related(f"{kind}s", 2):
            rows = (row for child in note for row in _Story(styles, Numbering()).rows(child))
            found[kind, note.get("id", "")] = tuple(_in_one(rows))
    for key, number in body.notes.items():
        if key in found:
            yield Row((Piece(f"{raised(number)} "), *_without_space(found[key])))


def _in_one(rows: Iterable[Row]) -> Iterator[Piece]:
    for at, row in enumerate(rows):
        yield from (Piece(" "), *row.pieces) if at else row.pieces


def _without_space(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the pieces without the white space (and the line breaks) before the first word."""
    begun = False
    for piece in pieces:
        words = piece.words if begun else piece.words.lstrip()
        begun = begun or bool(words)
        yield Piece(words.replace("\n", " "), piece.emphasised, piece.deleted)


if __name__ == "__main__":
    isolated_reader.serve(read_docx)
