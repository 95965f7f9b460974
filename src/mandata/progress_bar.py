"""The progress bar of a terminal, drawn by rich."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn


class ProgressBar:
    """A progress bar on standard error, which is removed when it is stopped."""

    def __init__(self) -> None:
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task: TaskID | None = None
        self._stage = ""
        self._progress.start()

    def draw(self, stage: str, done: int, total: int) -> None:
        """Show that ``done`` items of ``total`` are done in a stage of the work."""
        if self._task is None or stage != self._stage:
            self._task = self._progress.add_task(stage, total=total)
            self._stage = stage
        self._progress.update(self._task, completed=done, total=total)

    def print(self, line: str) -> None:
        """Print a line above the bar."""
        self._progress.console.print(line)

    def stop(self) -> None:
        """Remove the bar."""
        self._progress.stop()
