"""Which files are to be read, and which of them hold the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mandata.errors import Fault, MandataError

SUFFIXES = frozenset({".txt", ".md", ".xml", ".html", ".htm", ".docx", ".pdf"})
"""What files of a folder end in that are read; a file that is named is read whatever it ends in."""


@dataclass(slots=True)
class Content:
    """Some bytes by their SHA-256, and the files that hold them, as the user named them, in that order.

    What cannot be opened has no bytes; its checksum is that of its name.
    """

    sha256: str
    paths: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    """The place of each of these among all files, from 0."""
    fault: Fault | None = None
    kept: Path | None = None
    """Where the bytes are, if not under their first name."""


def contents(paths: Sequence[Path]) -> list[Content]:
    """Return what is to be read, in the order of the paths; each content once, where it comes first.

    Raises:
        MandataError: a path is missing, or no file is named or found.
    """
    found: dict[str, Content] = {}
    for place, path in enumerate(files(paths)):
        content = _content(path)
        known = found.setdefault(content.sha256, content)
        known.paths.append(str(path))
        known.places.append(place)
    if not found:
        raise MandataError("no-texts", "no texts here", str(paths[0]), "give files ending .txt")
    return list(found.values())


def files(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files that are named, and those of the folders that are named, sorted within each folder.

    Raises:
        MandataError: a path is missing.
    """
    for path in paths:
        if not path.exists():
            raise MandataError("unreadable", "no such file or folder", str(path), "check the path")
        yield from sorted(p for p in path.rglob("*") if _is_text(p)) if path.is_dir() else [path]


def _is_text(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and path.is_file()


def _content(path: Path) -> Content:
    try:
        with path.open("rb") as stream:
            return Content(hashlib.file_digest(stream, "sha256").hexdigest())
    except OSError as error:
        nameless = hashlib.sha256(b"name:" + str(path).encode("utf-8", "surrogateescape")).hexdigest()
        return Content(nameless, fault=Fault("unreadable", error.strerror or "cannot be read", "check the path"))


def data_of(content: Content) -> bytes | Fault:
    """Return the bytes of a content; a fault where no file holds them any more."""
    try:
        data = (content.kept or Path(content.paths[0])).read_bytes()
    except OSError as error:
        return Fault("unreadable", error.strerror or "cannot be read", "check the path")
    if hashlib.sha256(data).hexdigest() != content.sha256:
        return Fault("file-changed", "was changed while it was being read", "run the command again")
    return data
