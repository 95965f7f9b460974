"""Temporary folders that last as long as their process; those of killed processes are removed by the next process.

The folder itself is locked, and the system releases the lock however the process ends.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

if sys.platform != "win32":
    import fcntl

_PREFIX: Final = "mandata-serves-"


@contextmanager
def scratch() -> Iterator[Path]:
    """Yield an empty folder of this process, and remove it at the end."""
    remove_abandoned()
    folder = Path(tempfile.mkdtemp(prefix=".mandata-"))
    lock = os.open(folder, os.O_RDONLY)
    try:
        _lock_exclusively(lock)
        # it gets the name that others look for only once it is locked
        folder = folder.rename(folder.with_name(_PREFIX + folder.name.rpartition("-")[2]))
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def remove_abandoned() -> None:
    """Remove the folders of processes of this user that have ended."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # of another user, being removed by another process, or its process runs
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                _lock_exclusively(lock)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(lock)


def _lock_exclusively(lock: int) -> None:
    if sys.platform != "win32":
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
