"""Print what reasoning with proofs costs, beside other engines; ``--full``: on 1,000,000 triples too."""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .engines import Run, run, write

SIZES = (1_000, 10_000, 100_000)
MOST = 1_000_000
_COLUMNS = ("   read s", " reason s", "     MB", " concluded", "  x time", "  x MB")
MOST_FOR = {"owlrl": 10_000, "reasonable": 100_000}
"""Beyond these, an engine takes minutes or gigabytes."""


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reasoning", description=__doc__)
    parser.add_argument("--full", action="store_true", help="a graph of 1,000,000 triples too")
    tables(full=parser.parse_args().full)
    return 0


def tables(*, full: bool) -> None:
    """Print what closing costs."""
    with tempfile.TemporaryDirectory() as place:
        table(Path(place), [*SIZES, *([MOST] if full else [])])


def table(folder: Path, sizes: Sequence[int]) -> None:
    """Print what each engine needs for each size, and how often its time and memory are ours."""
    print("reasoning over an ontology and generated documents, steps kept (native alone keeps them)")
    print(f"{'triples':>10} {'engine':<22}", *_COLUMNS)
    ours: list[tuple[int, Run]] = []
    for size in sizes:
        for chains in (True, False):
            files = write(folder, size, chains=chains)
            engines = ("native", "owlrl") if chains else ("native", "sparq", "reasonable")
            native = run("native", files, times=3)
            if chains:
                ours.append((size, native))
            for engine in engines:
                if size <= MOST_FOR.get(engine, size):
                    cost = native if engine == "native" else run(engine, files)
                    _row(size, engine + ("" if chains else ", no chains"), cost, native)
    print(f"{'':10} native: reasoning grows as n^{growth(ours[-2:]):.2f} from {ours[-2][0]:,} to {ours[-1][0]:,}\n")


def _row(size: int, engine: str, cost: Run, native: Run) -> None:
    print(
        f"{size:>10,} {engine:<22} {cost.reading:9.3f} {cost.reasoning:9.4f} {cost.megabytes:7.0f} {cost.concluded:10,}"
        f" {cost.reasoning / native.reasoning:8.1f} {cost.megabytes / native.megabytes:6.1f}",
        flush=True,
    )


def growth(costs: Sequence[tuple[int, Run]]) -> float:
    """Return the exponent with which the time grows from one size to another."""
    (small, before), (large, after) = costs
    return math.log(after.reasoning / before.reasoning) / math.log(large / small)


if __name__ == "__main__":
    sys.exit(main())
