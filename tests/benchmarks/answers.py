"""What each answer costs, as whole commands: ``python -m benchmarks.answers``; ``--growth`` up to 10,000 documents.

Processor time and peak memory of a command in a process of its own, from its start to its end, as the system accounts
for it. The knowledge base holds the resolutions of ``../shared/corpus/akn`` in English and French and the five texts;
for the growth it holds invented documents, and the five texts that the questions are about. No invented document names
one that these texts or the catalogue name, so that the answers stay alike in size: what grows is the cost of finding
them. ``check`` and ``build``, whose work is the whole collection, stand beside them without a bound.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from invented import render, resolution

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus" / "akn"
FIVE = ROOT / "data" / "texts"
CATALOGUE = ROOT / "data" / "catalogue.yaml"
_NUMBERS = re.compile(r"\b\d+/\d+\b|\b\d+ \(\d{4}\)")
HOLDS = ("why", "75/272", "md:restsOn", "S/2007/279")
HOLDS_IN_THE_FIVE = ("why", "A/RES/72/7", "md:restsOn", "S/2007/279")
DOES_NOT_HOLD = ("why", "A/71/982", "md:restsOn", "S/2007/280")


@dataclass(frozen=True, slots=True)
class Asked:
    """A command, and what its answer may cost at most: seconds of the processor, megabytes."""

    arguments: tuple[str, ...]
    seconds: float
    megabytes: float | None = None


ANSWERS = (
    Asked(("--help",), 0.3),
    Asked(("ask", "founding-letter-citers"), 0.4),
    Asked(("search", "regional centre"), 0.4),
    Asked(HOLDS, 0.5, 120),
    Asked(DOES_NOT_HOLD, 1, 200),
    Asked(("check",), 10, 300),
)
BOUNDED = (("--help",), ("ask", "founding-letter-citers"), ("search", "regional centre"), HOLDS_IN_THE_FIVE)
"""What must grow by less than ``MOST_GROWTH`` with ten times the documents."""
BESIDE = (DOES_NOT_HOLD, ("check",))
MOST_GROWTH = 0.2


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command took: seconds of the processor, its own and its children's, and the peak of its memory."""

    seconds: float
    megabytes: float
    status: int


def spent(arguments: Sequence[str], kb: Path) -> Spent:
    """Run a command of mandata on a knowledge base and return what it took."""
    command = [sys.executable, "-m", "mandata", *arguments]
    environment = os.environ | {"MANDATA_KB": str(kb)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Spent(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode)


def least(arguments: Sequence[str], kb: Path, runs: int) -> Spent:
    """Return the run of a command that took least time, after one that is not counted and fills the caches."""
    spent(arguments, kb)
    return min((spent(arguments, kb) for _ in range(runs)), key=lambda one: one.seconds)


def main() -> int:
    """Print the tables; exit with 1 if a command failed, or grew by more than it may."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.answers", description=__doc__)
    parser.add_argument("--growth", type=int, nargs="*", help="numbers of invented documents; without: 100 1000 10000")
    parser.add_argument("--runs", type=int, default=3, help="counted runs of each command")
    parser.add_argument("--kb", type=Path, help="a knowledge base of the corpus that is already built")
    parser.add_argument(
        "--folder", type=Path, help="where knowledge bases of invented documents are kept and found again"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.growth is not None:
            return _print_growth(options.growth or [100, 1_000, 10_000], options.folder or Path(folder), options.runs)
        return _print_answers(options.kb, Path(folder), options.runs)


def _print_answers(kb: Path | None, folder: Path, runs: int) -> int:
    if kb is None:
        kb = folder / "kb"
        paths = [*(CORPUS / language for language in ("en", "fr") if (CORPUS / language).is_dir()), FIVE]
        built = spent(["build", *map(str, paths), "--out", str(kb)], kb)
        print(_row("build", built))
        if built.status:
            return 1
    failed = 0
    for asked in ANSWERS:
        took = least(asked.arguments, kb, runs)
        bound = f"wanted {asked.seconds:g} s" + (f", {asked.megabytes:g} MB" if asked.megabytes else "")
        print(f"{_row(' '.join(asked.arguments), took)}   {bound}", flush=True)
        failed |= took.status not in (0, 1)
    return failed


def _print_growth(numbers: Sequence[int], folder: Path, runs: int) -> int:
    failed, before = 0, dict[tuple[str, ...], float]()
    for number in numbers:
        print(f"{number:,} documents")
        kb = folder / f"kb-{number}"
        if not kb.is_dir():
            built = _build_invented(number, folder, kb)
            print(f"{_row('build', built)}", flush=True)
            if built.status:
                return 1
        for arguments in (*BOUNDED, *BESIDE):
            took = least(arguments, kb, runs)
            growth = took.seconds / before[arguments] - 1 if arguments in before else 0
            bound = f", wanted under {MOST_GROWTH:+.0%}" if arguments in BOUNDED else ""
            grown = f"   {growth:+.0%}{bound}" if arguments in before else ""
            print(f"{_row(' '.join(arguments), took)}{grown}", flush=True)
            before[arguments] = took.seconds
            failed |= took.status not in (0, 1) or bool(bound and growth >= MOST_GROWTH)
    return failed


def _build_invented(number: int, folder: Path, kb: Path) -> Spent:
    texts = folder / f"texts-{number}"
    texts.mkdir(exist_ok=True)
    for name, text in invented(number):
        (texts / name).write_text(text, encoding="utf-8")
    return spent(["build", str(texts), str(FIVE), "--out", str(kb)], kb)


def invented(number: int) -> Iterator[tuple[str, str]]:
    """Yield so many invented resolutions, each by the name of its file and with a symbol of its own.

    None names a document that the five texts or the catalogue name: otherwise the answers would grow too.
    """
    known = {name for path in (*FIVE.glob("*.txt"), CATALOGUE) for name in _NUMBERS.findall(path.read_text("utf-8"))}
    names = (f"{seed:05}.txt" for seed in range(number))
    texts = (text for text in map(_invented_text, count()) if known.isdisjoint(_NUMBERS.findall(text)))
    return zip(names, texts, strict=False)


def _invented_text(seed: int) -> str:
    document = resolution(seed, ("en", "fr")[seed % 2])
    drawn = document.symbol.removeprefix("A/RES/")
    return render(document).replace(drawn, f"{drawn.partition('/')[0]}/{1000 + seed}")


def _row(name: str, took: Spent) -> str:
    return f"  {name:44}{took.seconds:8.2f} s{took.megabytes:8.0f} MB  exit {took.status}"


if __name__ == "__main__":
    sys.exit(main())
