"""Many inputs of one format tried, each in a process that may fall, and what came of them as a row of a table."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from mandata.errors import Fault, internal_error
from mandata.isolation.pool import ProcessWorkers

from .forms import made
from .trial import trial, within

_MAKING = 60.0  # seconds
_EVERY = 1_000  # inputs after which one is told how far it is


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one input: a kind of document or the code of its fault; what failed, if anything; seconds."""

    said: str
    seconds: float
    hung: bool = False
    failed: str = ""


def tried(task: tuple[str, int]) -> Outcome:
    """Return what came of the input that a seed makes in a format."""
    with within(_MAKING):  # what hangs here is no fault of the reader
        data = made(*task)
    start = time.perf_counter()
    try:
        said, hung, failed = trial(data), False, ""
    except TimeoutError as error:
        said, hung, failed = "hung", True, str(error)
    except Exception as error:  # whatever it is, it is what is looked for
        said, hung, failed = "failed", False, internal_error(error).what
    return Outcome(said, time.perf_counter() - start, hung, failed)


@dataclass(slots=True)
class Row:
    """What came of the inputs of one format."""

    form: str
    inputs: int = 0
    crashes: int = 0
    hangs: int = 0
    tracebacks: int = 0
    slowest: float = 0.0
    slowest_seed: int = 0
    said: Counter[str] = field(default_factory=Counter)
    failures: int = 0

    def add(self, seed: int, outcome: Outcome | Fault) -> str:
        """Count what came of an input, and return what failed, if anything; no outcome is a process that fell."""
        self.inputs += 1
        if isinstance(outcome, Fault):
            hung = outcome.code == "time-limit"
            self.hangs += hung
            self.crashes += not hung
            return self._failed(seed, outcome.what)
        self.said[outcome.said] += 1
        self.hangs += outcome.hung
        self.tracebacks += bool(outcome.failed) and not outcome.hung
        if outcome.seconds > self.slowest:
            self.slowest, self.slowest_seed = outcome.seconds, seed
        return self._failed(seed, outcome.failed) if outcome.failed else ""

    def _failed(self, seed: int, what: str) -> str:
        self.failures += 1
        return f"{self.form} {seed}: {what}"

    def __str__(self) -> str:
        counts = f"{self.inputs:10,}{self.crashes:9}{self.hangs:7}{self.tracebacks:12}"
        said = ", ".join(f"{word} {number}" for word, number in self.said.most_common())
        return f"{self.form:10}{counts}{self.slowest:8.1f} s (seed {self.slowest_seed})  {said}"


HEADING = f"{'format':10}{'inputs':>10}{'crashes':>9}{'hangs':>7}{'tracebacks':>12}   slowest"


def try_all(form: str, seeds: range, jobs: int) -> Row:
    """Return what came of the inputs that some seeds make in a format; tells on standard error how far it is."""
    row = Row(form)
    tasks: Iterator[tuple[str, tuple[str, int]]] = ((str(seed), (form, seed)) for seed in seeds)
    for key, outcome in ProcessWorkers(jobs).each(tried, tasks):
        if fault := row.add(int(key), outcome):
            print(f"  {fault}", flush=True)
        if row.inputs % _EVERY == 0:
            print(f"{form}: {row.inputs} of {len(seeds)}, {row.failures} failed", file=sys.stderr, flush=True)
    return row
