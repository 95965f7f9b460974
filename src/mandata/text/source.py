"""A file as received: its checksum and its characters; the one place where its format is decided."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from mandata.errors import Issue, MandataError
from mandata.text import isolated_reader
from mandata.text.detect import detect, is_html
from mandata.text.formatted_text import FormattedText
from mandata.text.html.reader import read_html

_BINARY_SHARE = 0.02  # more control characters than this and it is no text
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_ENCODINGS = frozenset({
    "cp1250", "cp1251", "cp1252", "cp1256", "iso8859-5", "iso8859-6", "iso8859-15", "koi8-r", "gb2312", "gbk",
    "gb18030"
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _FormatReader:
    """The module that extracts the text of a format; ``method`` is renamed whenever a change to it changes offsets."""

    module: str
    method: str
    libraries: tuple[str, ...] = ()


_READERS: Final = {
    "docx": _FormatReader("mandata.text.docx.reader", "mandata docx 1"),
    "pdf": _FormatReader("mandata.text.pdf.reader", "mandata pdf 1", ("pypdfium2",)),
}


@dataclass(frozen=True, slots=True)
class SourceText:
    """One file as received; offsets everywhere count the characters of ``raw``.

    For plain text, HTML and XML these are the characters of the file. For PDF and DOCX, ``raw`` is the text extracted
    from the file, ``extracted_by`` names the method, and the same method gives the same text of the same file.
    ``formatted`` is the text with the formatting of its format; None if only light mark-up in ``raw`` gives any.
    """

    path: str
    sha256: str
    raw: str = field(repr=False)
    issues: tuple[Issue, ...] = ()
    formatted: FormattedText | None = field(default=None, repr=False)
    extracted_by: str | None = None

    @property
    def short_checksum(self) -> str:
        """The first eight hexadecimal digits of the SHA-256, as IRIs of files bear them."""
        return self.sha256[:8]


def read(path: Path, display_path: str = "") -> SourceText:
    """Return the text of a file.

    Args:
        path: the file.
        display_path: the path as the user gave it, for messages and records; by default ``path``.

    Raises:
        MandataError: the file is missing, empty, or not a text.
    """
    display_path = display_path or str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MandataError("unreadable", error.strerror or "cannot be read", display_path, "check the path") from error
    return decode(data, display_path)


def decode(data: bytes, display_path: str) -> SourceText:
    """Return the text of a file from its bytes, in any supported format.

    A text is UTF-8, or UTF-16 with a byte order mark, or else Windows-1252, with an Issue that says so.

    Args:
        data: the bytes of the file.
        display_path: the path of the file, for messages and records.

    Raises:
        MandataError: the file is empty or not a text, or its format needs an extra that is not installed.
    """
    if not data.strip():
        raise MandataError("empty-file", "is empty", display_path, "give a file that holds the text of a document")
    checksum = hashlib.sha256(data).hexdigest()
    file_format = detect(data, display_path)
    if file_format != "text":
        return _extract(file_format, data, display_path, checksum)
    raw, issues = _characters(data)
    if len(_CONTROL.findall(raw)) > _BINARY_SHARE * len(raw):
        raise MandataError("binary-file", "is no text", display_path, "give the text of the document, as UTF-8")
    if not is_html(raw):
        return SourceText(display_path, checksum, raw, issues)
    formatted, doubts = read_html(raw)
    return SourceText(display_path, checksum, raw, (*issues, *doubts), formatted)


def _characters(data: bytes) -> tuple[str, tuple[Issue, ...]]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace"), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        declared = _DECLARED.search(data[:_DECLARED_WITHIN])
        if declared and (name := _encoding(declared[1].decode("ascii"))):
            return data.decode(name, errors="replace"), ()
        raw = data.decode("cp1252", errors="replace")
        return raw, (Issue("encoding", f"is not UTF-8 (byte {error.start}); read as Windows-1252"),)


def _encoding(label: str) -> str | None:
    """Return the encoding that browsers use for the label declared by a page; None if it is not one for text."""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    return "cp1252" if name in ("ascii", "iso8859-1") else name if name in _ENCODINGS else None


def _extract(file_format: str, data: bytes, display_path: str, checksum: str) -> SourceText:
    reader = _READERS[file_format]
    if any(find_spec(library) is None for library in reader.libraries):
        what = f"is a {file_format.upper()} file, and mandata is installed without what reads those"
        raise MandataError("missing-extra", what, display_path, f"pip install 'mandata[{file_format}]'")
    extracted = isolated_reader.extract(reader.module, data, display_path)
    method = ", ".join((reader.method, *(f"{name} {version(name)}" for name in reader.libraries)))
    return SourceText(
        display_path, checksum, extracted.text, tuple(extracted.issues), extracted.formatted_text(), method
    )
