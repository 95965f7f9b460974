"""What has been written so far: the size and checksum of each file of a release."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mandata.release.files import File

SUMS = "SHA256SUMS"
"""The file of checksums, as ``sha256sum --check`` reads it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that was written: its size in bytes, and its SHA-256."""

    size: int
    sha256: str


class Ledger:
    """Keeps an entry for each file that passes."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}

    def kept(self, files: Iterable[File]) -> Iterator[File]:
        """Yield the files, and keep an entry for each; a path that comes twice would be a fault of ours."""
        for path, data in files:
            if path in self.entries:
                raise ValueError(path)
            self.entries[path] = Entry(len(data), hashlib.sha256(data).hexdigest())
            yield path, data

    def sums(self) -> File:
        """Return the file of checksums of all that passed."""
        lines = (f"{entry.sha256}  {path}\n" for path, entry in sorted(self.entries.items()))
        return SUMS, "".join(lines).encode()
