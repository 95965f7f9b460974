"""The text layer of a PDF file, by pypdfium2: characters, each with its place on the page and its formatting.

pypdfium2 is a thin binding of PDFium, the PDF library of Chromium: Apache-2.0 or BSD-3-Clause, a release for each of
PDFium's, and Arabic comes out in reading order. pdfplumber builds on pdfminer.six, which has had a vulnerability that
ran code from a file, and gives Arabic backwards; PyMuPDF is under the AGPL.

Run as a module, it is the process in which a file is read.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, Final

import pypdfium2
from pypdfium2 import raw as pdfium

from mandata.errors import Issue, MandataError
from mandata.isolation.limits import add_processor_time
from mandata.text import isolated_reader
from mandata.text.extracted import ExtractedText
from mandata.text.pdf.chars import HYPHEN, Char
from mandata.text.pdf.lines import PageLine, find_lines
from mandata.text.pdf.pages import compose

_ITALIC: Final = 1 << 6  # of the flags of a font, ISO 32000-1, 9.8.2
_BOLD_WEIGHT: Final = 600
_SLANTED_NAMES: Final = ("italic", "oblique")
_UNKNOWN_SHARE: Final = 0.1
_SECONDS_PER_CHAR: Final = 2e-5  # half of it is used
_UNCHECKED_CHARS, _MAX_CHARS_PER_BYTE = 20_000, 6  # a page of nothing but text has one or two per byte
_UNCHECKED_PAGES, _MIN_PAGE_BYTES = 20, 100
_LIGATURES: Final = (range(0xFB00, 0xFE00), range(0xFE70, 0xFEFD))  # presentation forms, Latin to Arabic


def read_pdf(data: bytes) -> ExtractedText:
    """Return the text of a PDF file.

    Raises:
        MandataError: it is damaged, protected by a password, or has only images of text.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(getattr(error, "err_code", None)) from error
    pages, chars, unknown = [], 0, 0
    for number in range(len(document)):
        page = _PageCharacters(document, number)
        pages.append(find_lines(page.chars))
        chars, unknown = chars + page.letters, unknown + page.unknown
        if number > _UNCHECKED_PAGES + len(
            data
        ) // _MIN_PAGE_BYTES or chars > _UNCHECKED_CHARS + _MAX_CHARS_PER_BYTE * len(data):
            raise MandataError("bomb", "unfolds to far more than a document holds", "", "check where it comes from")
        add_processor_time(_SECONDS_PER_CHAR * len(page.chars))
    if not chars:
        raise MandataError("no-text-layer", "is a PDF without a text layer, as a scan is", "", "run OCR over it first")
    if unknown > _UNKNOWN_SHARE * chars:
        message = "is a PDF whose fonts do not say which letters they show"
        raise MandataError("no-text-layer", message, "", "print it to PDF anew, or run OCR over it")
    extracted = compose(pages)
    extracted.issues += _doubts(pages, unknown)
    return extracted


def _unreadable(code: int | None) -> MandataError:
    if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return MandataError("encrypted", "is protected by a password", "", "give a copy without one")
    return MandataError("damaged-file", "is a PDF that cannot be read", "", "save or download it anew")


def _doubts(pages: Sequence[Sequence[PageLine]], unknown: int) -> Iterator[Issue]:
    for number, page in enumerate(pages, 1):
        if not page:
            yield Issue("page-without-text", f"page {number} holds no text; a picture of a text is not read")
    if unknown:
        yield Issue("letters-unknown", f"{unknown} characters are in fonts that do not say which letters they show")


class _PageCharacters:
    """The characters of a page in content-stream order; ``unknown`` counts those that no font maps to Unicode."""

    def __init__(self, document: Any, number: int) -> None:
        self.chars: list[Char] = []
        self.unknown = 0
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:  # the page is damaged: it is reported as one without text
            return
        typography, rotation = _Typography(text.raw), page.get_rotation()
        for index in range(text.count_chars()):
            self.unknown += pdfium.FPDFText_HasUnicodeMapError(text.raw, index) == 1
            char = _char(text.raw, index, typography, rotation)
            if char and char.is_placed:
                self.chars.append(char)
            self.unknown += char is not None and not char.is_placed
        text.close()
        page.close()

    @property
    def letters(self) -> int:
        """The number of characters that are not white space."""
        return sum(1 for char in self.chars if not char.text.isspace())


def _char(text: Any, index: int, typography: _Typography, rotation: int) -> Char | None:
    """Return a character with its place; None for line breaks inserted by PDFium, and for what is not a character."""
    code = pdfium.FPDFText_GetUnicode(text, index)
    if 0xD800 <= code < 0xE000 or code in (0, 0xFFFF) or (code < 0x20 and code not in (0x02, 0x09)):
        return None
    letters = HYPHEN if code in (0x02, 0xFFFE) else _expand_ligatures(chr(code))
    size, emphasised = typography.of(index)
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetLooseCharBox(text, index, box)
    pdfium.FPDFText_GetCharOrigin(text, index, x, y)
    left, right, base = _rotate(rotation, (box.left, box.bottom, box.right, box.top), (x.value, y.value))
    return Char(letters, left, right, base, size, emphasised)


def _rotate(
    rotation: int, box: tuple[float, float, float, float], origin: tuple[float, float]
) -> tuple[float, float, float]:
    """Return left, right and base line as the page is displayed, which may be rotated by quarter turns."""
    left, bottom, right, top = box
    if rotation == 90:
        return bottom, top, -origin[0]
    if rotation == 180:
        return -right, -left, -origin[1]
    if rotation == 270:
        return -top, -bottom, origin[0]
    return left, right, origin[1]


def _expand_ligatures(char: str) -> str:
    """Return the letters that a ligature or another presentation form stands for."""
    return unicodedata.normalize("NFKC", char) if any(ord(char) in forms for forms in _LIGATURES) else char


class _Typography:
    """The formatting of characters, read once per text object of a page: size in points, whether italic or bold."""

    def __init__(self, text: Any) -> None:
        self.text = text
        self.known: dict[int, tuple[float, bool]] = {}
        self.last = (1.0, False)

    def of(self, index: int) -> tuple[float, bool]:
        owner = pdfium.FPDFText_GetTextObject(self.text, index)
        if not owner:  # a space inserted by PDFium
            return self.last
        address = ctypes.addressof(owner.contents)
        if address not in self.known:
            self.known[address] = (self._size(index), self._find_emphasis(index))
        self.last = self.known[address]
        return self.last

    def _size(self, index: int) -> float:
        matrix = pdfium.FS_MATRIX()
        scale = 1.0
        if pdfium.FPDFText_GetMatrix(self.text, index, matrix):
            scale = float((matrix.c**2 + matrix.d**2) ** 0.5) or 1.0
        return float(pdfium.FPDFText_GetFontSize(self.text, index)) * scale

    def _find_emphasis(self, index: int) -> bool:
        name, flags = ctypes.create_string_buffer(256), ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(self.text, index, name, 256, flags)
        font = name.value.decode("utf-8", "replace").lower()
        bold = "bold" in font or pdfium.FPDFText_GetFontWeight(self.text, index) >= _BOLD_WEIGHT
        return bold or bool(flags.value & _ITALIC) or any(word in font for word in _SLANTED_NAMES)


if __name__ == "__main__":
    isolated_reader.serve(read_pdf)
