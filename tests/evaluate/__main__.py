"""Measure the converter on the corpus and print what was gained and lost: ``python -m evaluate --help``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from . import table
from .corpus import CORPUS, MISSING
from .run import evaluate


def main() -> int:
    """Print the table; record it where asked to."""
    parser = argparse.ArgumentParser(prog="make evaluate", description=__doc__)
    parser.add_argument("--record", action="store_true", help="record the figures of this run")
    parser.add_argument("--language", action="append", help="measure this language only (may be repeated)")
    parser.add_argument("--verbose", action="store_true", help="print every miss, and what was set apart")
    parser.add_argument("--misses", type=Path, help="write them to this file instead")
    parser.add_argument("--field", help="only the misses of fields whose name begins with this")
    options = parser.parse_args()
    if not CORPUS.is_dir():
        print(f"nothing measured: {MISSING}", file=sys.stderr)
        return 0
    groups, skipped = evaluate(options.language)
    now = table.plain(groups)
    print("\n".join(table.rows(now, table.load())))
    for reason in skipped:
        print(f"skipped: {reason}")
    misses = [f"{group}\t{m}" for group, figures in sorted(groups.items()) for m in sorted(figures.misses)]
    misses = [line for line in misses if line.split("\t")[1].startswith(options.field or "")]
    if options.misses:
        options.misses.write_text("\n".join(misses) + "\n", encoding="utf-8")
    elif options.verbose:
        print("\n".join(misses))
    if options.record:
        table.save(now)
    return 0


if __name__ == "__main__":
    sys.exit(main())
