"""The manifest of a release: the size and checksum of each file written so far."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mandata.release.files import File

SUMS = "SHA256SUMS"
"""The path of the file of checksums, in the format of ``sha256sum``."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """The size in bytes and the SHA-256 of a file."""

    size: int
    sha256: str


class Manifest:
    """Records the size and checksum of each file that passes through it."""

    def __init__(self) -> None:
        self.entries: dict[str, FileEntry] = {}

    def record(self, files: Iterable[File]) -> Iterator[File]:
        """Yield the files unchanged, after recording each.

        Raises:
            ValueError: a path comes twice, which is a bug.
        """
        for path, data in files:
            if path in self.entries:
                raise ValueError(path)
            self.entries[path] = FileEntry(len(data), hashlib.sha256(data).hexdigest())
            yield path, data

    def checksum_file(self) -> File:
        """Return the file of checksums of all recorded files."""
        lines = (f"{entry.sha256}  {path}\n" for path, entry in sorted(self.entries.items()))
        return SUMS, "".join(lines).encode()
