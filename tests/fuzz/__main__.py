"""The large forms of the tests of bad input: ``python -m fuzz --help``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor

from .cut import Whole, different, whole
from .forms import WAYS
from .growth import patterns, too_fast
from .same import differences
from .trial import within
from .tried import HEADING, try_all

_AT_ONCE = 50
_ALL_STRINGS = 600
"""Seconds for all the hard strings of one pattern."""
_PARTS = ("mutation", "growth", "pairs", "cuts")


def main() -> int:
    """Run the parts asked for, all of them by default; return 1 where something failed."""
    options = _options().parse_args()
    if options.corpus:
        os.environ["MANDATA_CORPUS"] = options.corpus
    wanted = options.parts or _PARTS
    failed = 0
    if "mutation" in wanted:
        failed += _mutation(options.format or list(WAYS), _seeds(options), options.jobs)
    with ProcessPoolExecutor(options.jobs) as pool:
        if "growth" in wanted:
            failed += _growth(pool, options.size)
        if "pairs" in wanted:
            failed += _pairs(pool, options.first, options.pairs)
        if "cuts" in wanted:
            failed += _cuts(pool, options.first, options.cuts)
    return int(failed > 0)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*_PARTS, []], help="default: all")
    parser.add_argument("--format", action="append", choices=list(WAYS), help="default: all")
    parser.add_argument("--count", type=int, default=10_000, help="inputs of each format")
    parser.add_argument("--pairs", type=int, default=2_000, help="pairs that must say the same")
    parser.add_argument("--cuts", type=int, default=40, help="texts that are cut short at every 1 %%")
    parser.add_argument("--size", type=int, default=100_000, help="characters of the longest string for a pattern")
    parser.add_argument("--from", dest="first", type=int, default=0, help="the first seed")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    parser.add_argument("--corpus", default="", help="a folder of real documents, to be damaged too")
    return parser


def _seeds(options: argparse.Namespace) -> range:
    return range(options.first, options.first + options.count)


def _chunks(first: int, count: int) -> Iterator[range]:
    for start in range(first, first + count, _AT_ONCE):
        yield range(start, min(start + _AT_ONCE, first + count))


def _mutation(forms: Iterable[str], seeds: range, jobs: int) -> int:
    rows = [try_all(form, seeds, jobs) for form in forms]
    print("\n".join([HEADING, *map(str, rows)]), flush=True)
    return sum(row.failures for row in rows)


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


def _cuts(pool: ProcessPoolExecutor, first: int, count: int) -> int:
    found = [told for each in pool.map(_differing_when_cut, range(first, first + count)) for told in each]
    _say(found)
    print(f"cuts: {count} texts at every 1 %, {len(found)} cuts say something else", flush=True)
    return len(found)


def _differing_when_cut(seed: int) -> list[str]:
    name, text = whole(seed)
    said = Whole.of(text)
    cuts = ((at, list(different(said, text[: len(text) * at // 100]))) for at in range(1, 100))
    return [f"{name} at {at} %: {len(new)} new; {new[0]}" for at, new in cuts if new]


def _differing(seeds: range) -> list[str]:
    return list(differences(seeds))


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(f"  {line}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
