"""Files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from mandata.errors import MandataError


def write_whole(path: Path, content: str | bytes, lasting: bool = True) -> None:
    """Put ``content`` at ``path`` in one step: a reader finds the old file or the new one, never half of it.

    Text is written as UTF-8 with the line ends it has. The folder is made where it is missing. What need not be
    ``lasting``, since it is let go before the machine is, may be lost by a power cut, but never by a kill.

    Raises:
        MandataError: the place cannot be written.
    """
    write_pieces(path, [content], lasting)


def write_pieces(path: Path, pieces: Iterable[str | bytes], lasting: bool = True) -> None:
    """Put the pieces, one behind the other, at ``path`` in one step, as ``write_whole`` does; one is held at a time.

    Raises:
        MandataError: the place cannot be written.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as stream:
            stream.writelines(p.encode("utf-8") if isinstance(p, str) else p for p in pieces)
            stream.flush()
            if lasting:
                os.fsync(stream.fileno())
        beside.replace(path)
        if lasting:
            sync_folder(path.parent)
    except OSError as error:
        raise MandataError("write", error.strerror or "cannot be written", str(path), "choose another place") from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Make every file under ``folder``, and every name, outlast a power cut."""
    for place, _, names in os.walk(folder):
        for name in names:
            with (Path(place) / name).open("rb") as stream:
                os.fsync(stream.fileno())
        sync_folder(Path(place))
