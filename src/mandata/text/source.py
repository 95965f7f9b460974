"""A file as received: its bytes, its checksum, its characters."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from mandata.errors import Issue, MandataError

_BINARY_SHARE = 0.02  # more control characters than this and it is no text


@dataclass(frozen=True, slots=True)
class SourceText:
    """One file as received; offsets everywhere count the characters of ``raw``."""

    path: str
    sha256: str
    raw: str = field(repr=False)
    issues: tuple[Issue, ...] = ()

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
    """Return the text that the bytes hold, as UTF-8, else as Windows-1252 with an Issue that says so.

    Raises:
        MandataError: there are no bytes, or they are no text.
    """
    if not data.strip():
        raise MandataError("empty-file", "is empty", shown, "give a file that holds the text of a document")
    issues: tuple[Issue, ...] = ()
    try:
        raw = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raw = data.decode("cp1252", errors="replace")
        issues = (Issue("encoding", f"is not UTF-8 (byte {error.start}); read as Windows-1252"),)
    if sum(1 for c in raw if c < " " and c not in "\t\n\r\f\v") > _BINARY_SHARE * len(raw):
        raise MandataError("binary-file", "is no text", shown, "give the text of the document, as UTF-8")
    return SourceText(shown, hashlib.sha256(data).hexdigest(), raw, issues)
