"""Which format a file is in, told by what stands in it, never by its name."""

from __future__ import annotations

import re
from typing import Final, Literal

from mandata.errors import MandataError

Format = Literal["text", "html", "pdf", "docx"]

_SEARCHED: Final = 4096  # characters in which mark-up shows itself
_PDF_WITHIN: Final = 1024  # bytes: readers of PDF allow for that much before its header
_BEFORE_MARKUP = re.compile(r"(?:[\s\ufeff]|<\?xml[^>]*\?>|<!--(?:[^-]|-(?!->))*-->)*")
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|main|article|section|div|p|h[1-6]|table|[uo]l|center|blockquote|header|nav|font|span|style|script|link)"
    r"(?=[\s/>])",
    re.IGNORECASE,
)

_FOREIGN: Final = (  # how files begin that are documents, but none that is read here
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Word file (.doc) or a protected Office file", "save it as .docx"),
    (b"{\\rtf", "is RTF", "save it as .docx or as text"),
)


def detect(data: bytes, shown: str) -> Format:
    """Return the format of a file that is not empty; XML that is no HTML is text for the reader of its own kind.

    Raises:
        MandataError: the file is a document of a kind that is not read.
    """
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    for beginning, what, mend in _FOREIGN:
        if data.startswith(beginning):
            raise MandataError("format", what, shown, mend)
    return "text"


def is_html(raw: str) -> bool:
    """Tell whether a text is a page of HTML, or a piece of one that opens with a block.

    Light markup may hold a tag, as ``<sup>1</sup>``: it does not open with one.
    """
    before = _BEFORE_MARKUP.match(raw, 0, _SEARCHED)
    return bool(_HTML.match(raw, before.end() if before else 0))
