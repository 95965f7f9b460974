"""Atomic writes: a file or a folder is replaced as a whole, or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from mandata.errors import MandataError


def write_whole(path: Path, content: str | bytes, durable: bool = True) -> None:
    """Write ``content`` to ``path`` atomically: a reader finds the old file or the new one, never a part of it.

    Args:
        path: the file; its folder is created if it is missing.
        content: bytes, or text, which is written as UTF-8 with its line ends unchanged.
        durable: whether the file must outlast a power cut; without it, the file outlasts only a killed process.

    Raises:
        MandataError: the file cannot be written.
    """
    write_pieces(path, [content], durable)


def write_pieces(path: Path, pieces: Iterable[str | bytes], durable: bool = True) -> None:
    """Write the concatenated ``pieces`` to ``path`` atomically, as ``write_whole`` does; one is in memory at a time.

    Args:
        path: the file; its folder is created if it is missing.
        pieces: bytes or text in the order of the file.
        durable: whether the file must outlast a power cut.

    Raises:
        MandataError: the file cannot be written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as stream:
            stream.writelines(p.encode("utf-8") if isinstance(p, str) else p for p in pieces)
            stream.flush()
            if durable:
                os.fsync(stream.fileno())
        temporary.replace(path)
        if durable:
            sync_folder(path.parent)
    except OSError as error:
        raise MandataError("write", error.strerror or "cannot be written", str(path), "choose another place") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def sync_folder(folder: Path) -> None:
    """Flush the directory entries of ``folder`` to the disk, so that they outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Flush every file and every directory entry under ``folder`` to the disk."""
    for place, _, names in os.walk(folder):
        for name in names:
            with (Path(place) / name).open("rb") as stream:
                os.fsync(stream.fileno())
        sync_folder(Path(place))
