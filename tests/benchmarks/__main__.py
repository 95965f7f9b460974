"""Print what reading, converting and reasoning cost: ``python -m benchmarks``; ``--full`` up to 10,000 documents."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

from . import reasoning
from .proofs import every_conclusion
from .timing import Cost, growth
from .work import many_texts, one_text

SIZES = [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000]
NUMBERS = [1, 10, 100, 1_000]
_TARGET = "wanted: under 5 ms for 10 kB, growth 1"


def main() -> int:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--full", action="store_true", help="10,000 documents, 1,000,000 triples too")
    options = parser.parse_args()
    numbers = [*NUMBERS, *([10_000] if options.full else [])]
    _table(f"one text, from its bytes to its record ({_TARGET})", "characters", SIZES, one_text(SIZES))
    _table("documents of some 5 kB, converted to N-Quads in one process", "documents", numbers, many_texts(numbers))
    print(f"each conclusion of the five texts, explained (wanted: p95 under 5 ms)\n{'':12}{every_conclusion().row()}\n")
    reasoning.tables(full=options.full)
    return 0


def _table(title: str, what: str, given: list[int], costs: Iterable[Cost]) -> None:
    print(f"{title}\n{what:>12}{'bytes':>12}{'ms':>12}{'ms/10 kB':>10}{'peak MB':>9}{'regex passes':>14}")
    seen = []
    for number, cost in zip(given, costs, strict=True):
        seen.append(cost)
        rate = 1e7 * cost.seconds / cost.size
        row = (
            f"{number:12,}{cost.size:12,}{1000 * cost.seconds:12.1f}{rate:10.2f}{cost.megabytes:9.1f}{cost.ratio:14.0f}"
        )
        print(row, flush=True)
    print(f"{'':12}time grows as n^{growth(seen[2:] if len(seen) > 4 else seen):.2f}\n")


if __name__ == "__main__":
    sys.exit(main())
