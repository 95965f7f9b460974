"""Progress reports on standard error, once a command has run for more than a second."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Protocol

_QUIET_SECONDS = 1.0  # before the first report
_LINE_INTERVAL = 5.0  # seconds between two lines if standard error is not a terminal


class _ProgressDisplay(Protocol):
    def draw(self, stage: str, done: int, total: int) -> None: ...

    def print(self, line: str) -> None: ...

    def stop(self) -> None: ...


class ProgressReporter:
    """Reports progress: a bar on a terminal, else a line every few seconds; nothing if the work is short."""

    def __init__(self) -> None:
        self._started = self._last_line_at = time.monotonic()
        self._bar: _ProgressDisplay | None = None
        self._stage = ""

    def __enter__(self) -> ProgressReporter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def count(self, stage: str, done: int, total: int) -> None:
        """Report that ``done`` items of ``total`` are done in a stage of the work."""
        now = time.monotonic()
        if now - self._started < _QUIET_SECONDS:
            return
        if sys.stderr.isatty():
            self._draw(stage, done, total)
        elif stage != self._stage or now - self._last_line_at >= _LINE_INTERVAL or done == total:
            print(f"{stage}: {done} of {total}", file=sys.stderr, flush=True)
            self._last_line_at = now
        self._stage = stage

    def _draw(self, stage: str, done: int, total: int) -> None:
        if self._bar is None:
            from mandata.progress_bar import ProgressBar

            self._bar = ProgressBar()
        self._bar.draw(stage, done, total)

    def say(self, line: str) -> None:
        """Print a line about what is being done now."""
        (self._bar.print(line) if self._bar else print(line, file=sys.stderr, flush=True))
