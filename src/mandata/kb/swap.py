"""A finished folder takes the place of an old one; what stands there is the old or the new, never half.

Where the system can let two folders change places in one step, it does. Elsewhere it takes two renames, and the names
beside ``kb`` tell how far they came: ``.kb.new`` is being written, ``.kb.old`` is there only between the two renames
and while the old one is being removed. So a missing ``kb`` beside a ``.kb.old`` means that ``.kb.new``, if it is
there, was finished.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from mandata.atomic_files import sync_folder, sync_tree
from mandata.errors import MandataError
from mandata.kb import layout


@dataclass(frozen=True, slots=True)
class Kind:
    """What a folder is: what it is called, and what every one of its kind holds, and hardly another folder."""

    name: str
    marks: tuple[str, ...]


_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
KNOWLEDGE_BASE = Kind("knowledge base", (layout.STORE, layout.REPORT))


def staging(target: Path, kind: Kind = KNOWLEDGE_BASE) -> Path:
    """Return an empty new folder in which to write what shall stand at ``target``.

    Raises:
        MandataError: a file, or a folder of another kind, is in the way; or nothing can be written there.
    """
    recover(target)
    if target.exists() and not _may_be_replaced(target, kind):
        raise MandataError("out", f"this is no {kind.name} and is left alone", str(target), "name another folder")
    fresh = _beside(target, "new")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
    except OSError as error:
        raise MandataError("out", error.strerror or "cannot be written", str(target), "name another folder") from error
    return fresh


def put_in_place(target: Path) -> None:
    """Let the folder that ``staging(target)`` gave stand at ``target``; the old one is removed.

    Raises:
        MandataError: the folders cannot be renamed; the old one then stands as it was.
    """
    fresh, old = _beside(target, "new"), _beside(target, "old")
    sync_tree(fresh)
    try:
        if not _change_places(fresh, target):
            _rename_both(fresh, target, old)
    except OSError as error:
        recover(target)
        if fresh.exists():  # else a reader ended the change for us
            raise MandataError("out", error.strerror or "cannot be renamed", str(target), "try again") from error
    sync_folder(target.resolve().parent)
    for left in (fresh, old):  # after a change of places, what was old bears the name of the new
        shutil.rmtree(left, ignore_errors=True)


def _rename_both(fresh: Path, target: Path, old: Path) -> None:
    if target.exists():
        shutil.rmtree(old, ignore_errors=True)
        target.rename(old)
    fresh.rename(target)


def _change_places(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; return whether they did, which not every system can."""
    try:
        exchange = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    done: int = exchange(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    return done == 0


def discard(target: Path) -> None:
    """Remove what ``staging(target)`` gave; for a build that failed."""
    shutil.rmtree(_beside(target, "new"), ignore_errors=True)


def recover(target: Path) -> None:
    """End a change of place that was cut short between its two renames; does nothing in any other case."""
    fresh, old = _beside(target, "new"), _beside(target, "old")
    if target.exists() or not old.exists():
        return
    with contextlib.suppress(OSError):  # another process may end it at the same time
        (fresh if fresh.exists() else old).rename(target)


def _beside(target: Path, state: str) -> Path:
    whole = target.resolve()
    return whole.with_name(f".{whole.name}.{state}")


def _may_be_replaced(target: Path, kind: Kind) -> bool:
    if not target.is_dir():
        return False
    return not any(target.iterdir()) or all((target / mark).exists() for mark in kind.marks)
