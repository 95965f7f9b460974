"""What a reader does before it opens a folder: it ends a change that was killed between its renames (see ``swap``)."""

from __future__ import annotations

import contextlib
from pathlib import Path


def recover(target: Path) -> None:
    """End a change that was cut short between its renames; does nothing in any other case."""
    fresh, old = beside(target, "new"), beside(target, "old")
    if target.exists() or not old.exists():
        return
    with contextlib.suppress(OSError):  # another process may end it at the same time
        (fresh if fresh.exists() else old).rename(target)


def beside(target: Path, state: str) -> Path:
    """Return the path beside a folder at which a change keeps it in some state, such as ``.kb.old``."""
    whole = target.resolve()
    return whole.with_name(f".{whole.name}.{state}")
