"""A lock so that one process at a time changes a folder; the operating system frees it when the process ends.

The lock is ``.kb.lock`` beside the folder ``kb``, since the folder itself is replaced by each change. The file stays,
empty: if it were removed, two processes could lock two files of one name. ``.kb.change.json`` names the holder.
"""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout

from mandata.atomic_files import write_whole
from mandata.errors import MandataError
from mandata.kb.recovery import hidden_sibling

WAIT: Final = 30.0
"""The default number of seconds to wait for another process."""


@contextmanager
def folder_lock(target: Path, wait: float = WAIT, say: Callable[[str], object] = str) -> Iterator[None]:
    """Hold the lock on a folder, which need not exist yet.

    Args:
        target: the folder that is to be changed.
        wait: the seconds to wait while another process changes it.
        say: is called with one line if there is something to wait for.

    Raises:
        MandataError: it is still being changed after that time, or its parent folder cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(hidden_sibling(target, "lock"))
        _acquire(lock, target, wait, say)
    except OSError as error:
        raise MandataError("out", error.strerror or "cannot be written", str(target), "name another folder") from error
    note = hidden_sibling(target, "change.json")
    try:
        write_whole(note, json.dumps(_this_process()) + "\n", durable=False)
        yield
    finally:
        with contextlib.suppress(OSError):
            note.unlink()
        lock.release()


def _acquire(lock: FileLock, target: Path, wait: float, say: Callable[[str], object]) -> None:
    with contextlib.suppress(Timeout):
        lock.acquire(timeout=0)
        return
    if wait > 0:
        say(f"waiting: {target} is being changed by {_holder(target)}")
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        what = f"is being changed by {_holder(target)}"
        mend = "wait longer with --wait SECONDS, or end that process: what it began is then cleared"
        raise MandataError("busy", what, str(target), mend) from error


def _this_process() -> dict[str, Any]:
    program = Path(sys.argv[0]).name.replace("__main__.py", "mandata")  # python -m mandata
    command = shlex.join([program, *sys.argv[1:]])
    return {"pid": os.getpid(), "command": command, "since": datetime.now(UTC).isoformat(timespec="seconds")}


def _holder(target: Path) -> str:
    try:
        process = json.loads(hidden_sibling(target, "change.json").read_text(encoding="utf-8"))
        return f"process {process['pid']} ({process['command']}) since {process['since']}"
    except (OSError, ValueError, KeyError, TypeError):  # it has just begun, or has just ended
        return "another process"
