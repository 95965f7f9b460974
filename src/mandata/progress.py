"""How far a command is, on standard error, once it has worked for more than a second."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Protocol

_SILENT = 1.0  # seconds after which it begins to speak
_BETWEEN = 5.0  # seconds between two lines where no one watches


class _Bar(Protocol):
    def draw(self, stage: str, done: int, total: int) -> None: ...

    def print(self, line: str) -> None: ...

    def stop(self) -> None: ...


class Teller:
    """Shows a bar on a terminal, and lines now and then elsewhere; is silent where the work is short."""

    def __init__(self) -> None:
        self._started = self._told = time.monotonic()
        self._bar: _Bar | None = None
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
            from mandata.progress_bar import Bar

            self._bar = Bar()
        self._bar.draw(stage, done, total)

    def say(self, line: str) -> None:
        """Tell what is being done now."""
        (self._bar.print(line) if self._bar else print(line, file=sys.stderr, flush=True))
