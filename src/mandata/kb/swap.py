"""Replaces a folder by a finished one as a whole: a reader finds the old folder or the new, never a mixture.

Each change is written to a staging folder of its own, ``.kb.staging-`` and twelve hexadecimal digits beside ``kb``.
Linux exchanges the two folders in one system call. Elsewhere it takes three renames: the finished folder becomes
``.kb.new``, ``kb`` becomes ``.kb.old``, ``.kb.new`` becomes ``kb``. So a missing ``kb`` beside a ``.kb.old`` means that
``.kb.new``, if it exists, was finished. Changes exclude one another by a lock; whoever holds it removes what a killed
change has left.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mandata.atomic_files import sync_folder, sync_tree
from mandata.errors import MandataError
from mandata.kb import layout
from mandata.kb.lock import WAIT, folder_lock
from mandata.kb.recovery import hidden_sibling, recover


@dataclass(frozen=True, slots=True)
class FolderKind:
    """What a folder is: its name in messages, and the entries by which a folder of this kind is recognised."""

    name: str
    entries: tuple[str, ...]


_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
_LEFT: Final = re.compile(r"new|old|staging-[0-9a-f]{12}")
KNOWLEDGE_BASE = FolderKind("knowledge base", (layout.STORE, layout.REPORT))


@contextmanager
def changing(
    target: Path, kind: FolderKind = KNOWLEDGE_BASE, wait: float = WAIT, say: Callable[[str], object] = str
) -> Iterator[Path]:
    """Yield an empty staging folder, which replaces ``target`` at the end, unless an exception is raised.

    Meanwhile the folder is locked: no other process changes it.

    Args:
        target: the folder to replace; it need not exist, but must be of the same kind if it does.
        kind: its kind.
        wait: the seconds to wait while another process changes it.
        say: is called with one line if there is something to wait for.

    Raises:
        MandataError: another process changes it for longer; ``target`` is a file, or a folder of another kind; it
            cannot be written. The folder is then unchanged.
    """
    target = target.resolve()
    _refuse_others(target, kind)
    with folder_lock(target, wait, say):
        recover(target)
        _refuse_others(target, kind)
        _clear(target)
        fresh = hidden_sibling(target, f"staging-{uuid.uuid4().hex[:12]}")
        try:
            fresh.mkdir()
        except OSError as error:
            what = error.strerror or "cannot be written"
            raise MandataError("out", what, str(target), "name another folder") from error
        try:
            yield fresh
            put_in_place(fresh, target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def put_in_place(fresh: Path, target: Path) -> None:
    """Replace ``target`` by the finished folder ``fresh``; remove the old one.

    Raises:
        MandataError: the folders cannot be renamed; the old one is then unchanged.
    """
    sync_tree(fresh)
    try:
        if not _exchange(fresh, target):
            _rename(fresh, target)
    except OSError as error:
        recover(target)
        if fresh.exists() or hidden_sibling(target, "new").exists():  # else a reader has completed the change
            raise MandataError("out", error.strerror or "cannot be renamed", str(target), "try again") from error
    sync_folder(target.parent)
    for left in (fresh, hidden_sibling(target, "old")):  # after an exchange, the old one has the name of the new
        shutil.rmtree(left, ignore_errors=True)


def _rename(fresh: Path, target: Path) -> None:
    new, old = hidden_sibling(target, "new"), hidden_sibling(target, "old")
    if not target.exists():
        fresh.rename(target)
        return
    fresh.rename(new)
    target.rename(old)
    new.rename(target)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one system call; return False if the system cannot."""
    try:
        exchange = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    done: int = exchange(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    return done == 0


def _clear(target: Path) -> None:
    """Remove what killed changes have left; the caller has the lock, so none of them is still running."""
    start = f".{target.name}."
    for path in target.parent.iterdir():
        if path.name.startswith(start) and _LEFT.fullmatch(path.name.removeprefix(start)):
            shutil.rmtree(path, ignore_errors=True)


def _refuse_others(target: Path, kind: FolderKind) -> None:
    if target.exists() and not _may_be_replaced(target, kind):
        raise MandataError("out", f"this is no {kind.name} and is left alone", str(target), "name another folder")


def _may_be_replaced(target: Path, kind: FolderKind) -> bool:
    if not target.is_dir():
        return False
    return not any(target.iterdir()) or all((target / entry).exists() for entry in kind.entries)
