"""A folder that is there as long as a process; what processes left that were killed is removed by the next.

The folder itself is locked, and the system frees the lock however the process ends.
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
    """Yield an empty folder of this process, gone at the end."""
    remove_left()
    folder = Path(tempfile.mkdtemp(prefix=".mandata-"))
    lock = os.open(folder, os.O_RDONLY)
    try:
        _take(lock)
        folder = folder.rename(folder.with_name(_PREFIX + folder.name.rpartition("-")[2]))  # seen when it is locked
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def remove_left() -> None:
    """Remove the folders of this user's processes that are no more."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # another's, another is removing it, or its process lives
            lock = os.open(left, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                _take(lock)
                shutil.rmtree(left, ignore_errors=True)
            finally:
                os.close(lock)


def _take(lock: int) -> None:
    if sys.platform != "win32":
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
