"""How far a command is, on standard error, once it has worked for more than a second."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

_SILENT = 1.0  # seconds after which it begins to speak
_BETWEEN = 5.0  # seconds between two lines where no one watches


class Teller:
    """Shows a bar on a terminal, and lines now and then elsewhere; is silent where the work is short."""

    def __init__(self) -> None:
        self._started = self._told = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._stage = ""

    def __enter__(self) -> Teller:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def count(self, stage: str, done: int, total: int) -> None:
        """Tell how many are done, and of how many."""
        now = time.monotonic()
        if now - self._started < _SILENT:
            return
        if sys.stderr.isatty():
            self._draw(stage, done, total)
        elif stage != self._stage or now - self._told >= _BETWEEN or done == total:
            print(f"{stage}: {done} of {total}", file=sys.stderr, flush=True)
            self._told = now
        self._stage = stage

    def _draw(self, stage: str, done: int, total: int) -> None:
        if self._bar is None:
            columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
        if self._task is None or stage != self._stage:
            self._task = self._bar.add_task(stage, total=total)
        self._bar.update(self._task, completed=done, total=total)

    def say(self, line: str) -> None:
        """Tell what is being done now."""
        (self._bar.console.print(line) if self._bar else print(line, file=sys.stderr, flush=True))
