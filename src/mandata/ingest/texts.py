"""The texts of a knowledge base, kept by their bytes: ``ab/abcd...ef/letter.txt``, a folder for each content."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Collection, Sequence
from pathlib import Path

from mandata.errors import MandataError
from mandata.ingest.files import Content


def keep(contents: Sequence[Content], folder: Path) -> None:
    """Copy the files of some contents into a folder, each once; what cannot be read has no bytes to keep.

    Raises:
        MandataError: a file cannot be copied.
    """
    for content in contents:
        for path in map(Path, () if content.fault else content.paths):
            kept = _place(folder, content.sha256) / path.name
            if not kept.exists():
                _copy(path, kept)


def texts(folder: Path) -> list[Content]:
    """Return the contents of a folder of texts, in the order of their names; the names are those without a folder."""
    found = []
    for place in folder.glob("*/*"):
        files = sorted(place.iterdir())
        found.append(Content(place.name, [file.name for file in files], kept=files[0]))
    found.sort(key=lambda content: (content.paths, content.sha256))
    number = 0
    for content in found:
        content.places = list(range(number, number + len(content.paths)))
        number += len(content.paths)
    return found


def drop(folder: Path, checksums: Collection[str]) -> None:
    """Remove the contents with these checksums from a folder of texts."""
    for place in (_place(folder, checksum) for checksum in checksums):
        shutil.rmtree(place)
        with contextlib.suppress(OSError):  # other contents begin with the same two figures
            place.parent.rmdir()


def _place(folder: Path, checksum: str) -> Path:
    return folder / checksum[:2] / checksum


def _copy(path: Path, kept: Path) -> None:
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, kept)
    except OSError as error:
        raise MandataError("unreadable", error.strerror or "cannot be copied", str(path), "check the path") from error
