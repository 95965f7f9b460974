"""Completes a change that was killed between its renames (see ``swap``), before a reader opens the folder."""

from __future__ import annotations

import contextlib
from pathlib import Path


def recover(target: Path) -> None:
    """Complete a change that was killed between its renames; do nothing in any other case."""
    fresh, old = hidden_sibling(target, "new"), hidden_sibling(target, "old")
    if target.exists() or not old.exists():
        return
    with contextlib.suppress(OSError):  # another process may complete it at the same time
        (fresh if fresh.exists() else old).rename(target)


def hidden_sibling(target: Path, state: str) -> Path:
    """Return the hidden sibling of the folder ``target`` for a state, such as ``.kb.old`` for ``old``."""
    folder = target.resolve()
    return folder.with_name(f".{folder.name}.{state}")
