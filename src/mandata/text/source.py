"""A file as received: its bytes, its checksum, its characters; the one place where its format is told."""

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
from mandata.text.html.reader import read_html
from mandata.text.marks import Marks

_BINARY_SHARE = 0.02  # more control characters than this and it is no text
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_ENCODINGS = frozenset({
    "cp1250", "cp1251", "cp1252", "cp1256", "iso8859-5", "iso8859-6", "iso8859-15", "koi8-r", "gb2312", "gbk",
    "gb18030"
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Reader:
    """The module that draws a text from a format when it is run; its way changes its name when offsets change."""

    module: str
    method: str
    libraries: tuple[str, ...] = ()


_READERS: Final = {
    "docx": _Reader("mandata.text.docx.reader", "mandata docx 1"),
    "pdf": _Reader("mandata.text.pdf.reader", "mandata pdf 1", ("pypdfium2",)),
}


@dataclass(frozen=True, slots=True)
class SourceText:
    """One file as received; offsets everywhere count the characters of ``raw``.

    The characters of a text, of HTML and of XML are those of the file. A PDF or a DOCX file has none: ``raw`` is the
    text drawn from it, ``extracted_by`` says by what, and the same file gives the same text by the same way.
    ``marks`` is what the format tells of the text; None: light markup, if any, stands in the text itself.
    """

    path: str
    sha256: str
    raw: str = field(repr=False)
    issues: tuple[Issue, ...] = ()
    marks: Marks | None = field(default=None, repr=False)
    extracted_by: str | None = None

    @property
    def short_checksum(self) -> str:
        """The first eight hexadecimal digits of the SHA-256, as IRIs of files bear them."""
        return self.sha256[:8]


def read(path: Path, shown: str = "") -> SourceText:
    """Return the text of a file; ``shown`` is the path as the user gave it.

    Raises:
        MandataError: the file is missing, empty, or no text.
    """
    shown = shown or str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MandataError("unreadable", error.strerror or "cannot be read", shown, "check the path") from error
    return decode(data, shown)


def decode(data: bytes, shown: str) -> SourceText:
    """Return the text that the bytes hold, whatever format they are in.

    A text is UTF-8, or UTF-16 with a byte order mark, or else Windows-1252, with an Issue that says so.

    Raises:
        MandataError: there are no bytes, they are no text, or the format needs an extra that is not installed.
    """
    if not data.strip():
        raise MandataError("empty-file", "is empty", shown, "give a file that holds the text of a document")
    checksum = hashlib.sha256(data).hexdigest()
    form = detect(data, shown)
    if form != "text":
        return _extract(form, data, shown, checksum)
    raw, issues = _characters(data)
    if len(_CONTROL.findall(raw)) > _BINARY_SHARE * len(raw):
        raise MandataError("binary-file", "is no text", shown, "give the text of the document, as UTF-8")
    if not is_html(raw):
        return SourceText(shown, checksum, raw, issues)
    marks, doubts = read_html(raw)
    return SourceText(shown, checksum, raw, (*issues, *doubts), marks)


def _characters(data: bytes) -> tuple[str, tuple[Issue, ...]]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace"), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        said = _DECLARED.search(data[:_DECLARED_WITHIN])
        if said and (name := _encoding(said[1].decode("ascii"))):
            return data.decode(name, errors="replace"), ()
        raw = data.decode("cp1252", errors="replace")
        return raw, (Issue("encoding", f"is not UTF-8 (byte {error.start}); read as Windows-1252"),)


def _encoding(said: str) -> str | None:
    """Return the encoding that a page of HTML declares, as browsers take it; None where it is none for text."""
    try:
        name = codecs.lookup(said).name
    except LookupError:
        return None
    return "cp1252" if name in ("ascii", "iso8859-1") else name if name in _ENCODINGS else None


def _extract(form: str, data: bytes, shown: str, checksum: str) -> SourceText:
    reader = _READERS[form]
    if any(find_spec(library) is None for library in reader.libraries):
        what = f"is a {form.upper()} file, and mandata is installed without what reads those"
        raise MandataError("missing-extra", what, shown, f"pip install 'mandata[{form}]'")
    drawn = isolated_reader.extract(reader.module, data, shown)
    method = ", ".join((reader.method, *(f"{name} {version(name)}" for name in reader.libraries)))
    return SourceText(shown, checksum, drawn.text, tuple(drawn.issues), drawn.marks(), method)
