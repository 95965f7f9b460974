"""The large forms of the tests of bad input: ``python -m fuzz --help``."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor

from .growth import patterns, too_fast
from .mutate import mutated
from .same import differences
from .trial import trial, within

_AT_ONCE = 50
_ALL_STRINGS = 600
"""Seconds for all the hard strings of one pattern."""


def main() -> int:
    """Run the parts asked for, all of them by default; return 1 where something failed."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=["mutation", "growth", "pairs", []], help="default: all")
    parser.add_argument("--count", type=int, default=10_000, help="damaged texts")
    parser.add_argument("--pairs", type=int, default=2_000, help="pairs that must say the same")
    parser.add_argument("--size", type=int, default=100_000, help="characters of the longest string for a pattern")
    parser.add_argument("--from", dest="first", type=int, default=0, help="the first seed")
    parser.add_argument("--jobs", type=int, default=None, help="processes")
    options = parser.parse_args()
    wanted = options.parts or ["mutation", "growth", "pairs"]
    failed = 0
    with ProcessPoolExecutor(options.jobs) as pool:
        if "mutation" in wanted:
            failed += _mutation(pool, options.first, options.count)
        if "growth" in wanted:
            failed += _growth(pool, options.size)
        if "pairs" in wanted:
            failed += _pairs(pool, options.first, options.pairs)
    return int(failed > 0)


def _chunks(first: int, count: int) -> Iterator[range]:
    for start in range(first, first + count, _AT_ONCE):
        yield range(start, min(start + _AT_ONCE, first + count))


def _mutation(pool: ProcessPoolExecutor, first: int, count: int) -> int:
    outcomes: Counter[str] = Counter()
    faults = 0
    for told, seeds in pool.map(_tried, _chunks(first, count)):
        outcomes += told
        faults += len(seeds)
        _say(seeds)
    print(f"mutation: {count} texts, {faults} failed: {dict(sorted(outcomes.items()))}", flush=True)
    return faults


def _tried(seeds: range) -> tuple[Counter[str], list[str]]:
    outcomes: Counter[str] = Counter()
    faults = []
    for seed in seeds:
        try:
            outcomes[trial(mutated(seed))] += 1
        except Exception as error:  # whatever it is, it is what is looked for
            last = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{last.filename.rpartition('/')[2]}:{last.lineno}"
            faults.append(f"seed {seed}: {type(error).__name__} at {place}: {error}"[:300])
    return outcomes, faults


def _growth(pool: ProcessPoolExecutor, size: int) -> int:
    found = [told for told in pool.map(_grown, range(len(patterns())), [size] * len(patterns())) if told]
    _say(found)
    print(f"growth: {len(patterns())} patterns up to {size:,} characters, {len(found)} grow too fast", flush=True)
    return len(found)


def _grown(number: int, size: int) -> str:
    tried = patterns()[number]
    try:
        with within(_ALL_STRINGS):
            strings = too_fast(tried, size)
    except TimeoutError:
        return f"{tried.name}: too slow to be measured"
    return f"{tried.name}: {strings[:3]}" if strings else ""


def _pairs(pool: ProcessPoolExecutor, first: int, count: int) -> int:
    found = [told for each in pool.map(_differing, _chunks(first, count)) for told in each]
    _say(found)
    share = 100 * (1 - len(found) / count)
    print(f"pairs: {count}, {len(found)} differ: {share:.2f} % say the same (wanted: 99.5)", flush=True)
    return int(share < 99.5)


def _differing(seeds: range) -> list[str]:
    return list(differences(seeds))


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(f"  {line}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
