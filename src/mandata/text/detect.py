"""Detection of the format of a file, from its contents, never from its name."""

from __future__ import annotations

import re
from typing import Final, Literal

from mandata.errors import MandataError

Format = Literal["text", "html", "pdf", "docx"]

_SEARCHED: Final = 4096  # in characters: mark-up is recognised within these
_PDF_WITHIN: Final = 1024  # in bytes: PDF readers allow for that much before the header
_BEFORE_MARKUP = re.compile(r"(?:[\s\ufeff]|<\?xml[^>]*\?>|<!--(?:[^-]|-(?!->))*-->)*")
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|main|article|section|div|p|h[1-6]|table|[uo]l|center|blockquote|header|nav|font|span|style|script|link)"
    r"(?=[\s/>])",
    re.IGNORECASE,
)

_UNSUPPORTED: Final = (  # the first bytes of document formats that are not supported
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Word file (.doc) or a protected Office file", "save it as .docx"),
    (b"{\\rtf", "is RTF", "save it as .docx or as text"),
)


def detect(data: bytes, display_path: str) -> Format:
    """Return the format of a file; XML other than HTML counts as text, for the parser of its own vocabulary.

    Args:
        data: the bytes of the file, not empty.
        display_path: the path of the file, for messages.

    Raises:
        MandataError: the file is a document in a format that is not supported.
    """
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    for beginning, what, mend in _UNSUPPORTED:
        if data.startswith(beginning):
            raise MandataError("format", what, display_path, mend)
    return "text"


def is_html(raw: str) -> bool:
    """Return whether a text is a page of HTML, or a fragment that opens with a block element.

    Light mark-up may contain a tag, such as ``<sup>1</sup>``, but does not open with a block element.
    """
    before = _BEFORE_MARKUP.match(raw, 0, _SEARCHED)
    return bool(_HTML.match(raw, before.end() if before else 0))
