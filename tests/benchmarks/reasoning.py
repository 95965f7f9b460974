"""Print what reasoning with proofs costs, beside other engines; ``--full``: on 1,000,000 triples too."""

from __future__ import annotations

import argparse
import math
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from mandata.reason.engine.materialization import Materialization
from mandata.reason.engine.reasoner import Problem
from mandata.reason.owl_rl.rule_table import RULES

from .engines import Run, run, write
from .un_graphs import TRIPLES_OF_A_DOCUMENT, document

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
    """Print what closing costs, then what a change does."""
    with tempfile.TemporaryDirectory() as place:
        table(Path(place), [*SIZES, *([MOST] if full else [])])
        changes(Path(place), SIZES[-1])


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


def changes(folder: Path, size: int) -> None:
    """Print what one document more, and one less, costs in a closed graph."""
    added, removed = change_costs(folder, size)
    more, less = (f"{1000 * each:.1f} ms" for each in (added, removed))
    print(f"in a closed graph of {size:,} triples: one document more {more}, one less {less}")


def change_costs(folder: Path, size: int, times: int = 9) -> tuple[float, float]:
    """Return the median seconds that adding one document takes, and removing it."""
    given = [quad for file in write(folder, size) for quad in parse(path=str(file))]
    closed = Materialization(Problem(given, RULES))
    chance, costs = random.Random(3), []
    for number in range(times):
        new = "".join(document(size // TRIPLES_OF_A_DOCUMENT + 100 + number, chance))
        quads = list(parse(new, RdfFormat.N_TRIPLES))
        costs.append((_seconds(closed, added=quads), _seconds(closed, removed=quads)))
    added, removed = (sorted(each)[times // 2] for each in zip(*costs, strict=True))
    return added, removed


def _seconds(closed: Materialization, **change: object) -> float:
    start = time.process_time()
    closed.change(**change)  # type: ignore[arg-type]
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
