"""Opens SQLite files of a knowledge base for reading."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from mandata.errors import MandataError


def open_read_only(path: Path, content: str) -> sqlite3.Connection:
    """Return a connection to a file of ``content``, such as evidence, that cannot change it.

    Raises:
        MandataError: there is no such file; its code is ``content``.
    """
    if not path.is_file():
        raise MandataError(content, f"there is no file of {content} here", str(path), "build the knowledge base again")
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
