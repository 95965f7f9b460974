"""The figures as they were recorded and as they are now: a table of gains and losses."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from .counts import Count, Figures

RECORDED = Path(__file__).with_name("figures.json")

TARGETS = {  # what issue 3 requires of French and English, in per cent; the least of precision and recall
    "symbol": 99.5,
    "adopted": 99.5,
    "session": 99.5,
    "title": 99.5,
    "preambular count": 99.5,
    "operative count": 99.5,
    "text": 99.5,
    "operator": 99.5,
    "number": 99.9,
    "citations, faults of the source apart": 99.0,
    "same statements as mark-up": 98.0,
}

Recorded = dict[str, dict[str, list[int]]]


def load() -> Recorded:
    """Return the figures recorded last: by group and field right, found, met, expected."""
    if not RECORDED.is_file():
        return {}
    figures: Recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
    return figures


def plain(groups: Mapping[str, Figures]) -> Recorded:
    """Return figures as they are recorded."""
    return {
        group: {name: [c.right, c.found, c.met, c.expected] for name, c in figures}
        for group, figures in sorted(groups.items())
    }


def save(figures: Recorded) -> None:
    """Record figures; groups that were not measured this time keep theirs."""
    merged = load() | figures
    lines = (
        f" {json.dumps(group)}: {{\n"
        + ",\n".join(f"  {json.dumps(name)}: {json.dumps(counts)}" for name, counts in sorted(fields.items()))
        + "\n }"
        for group, fields in sorted(merged.items())
    )
    RECORDED.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def rows(now: Recorded, before: Recorded) -> Iterator[str]:
    """Yield the lines of the table: for each group and field precision and recall, old, new, and the difference."""
    yield f"{'':42}{'precision':>26}   {'recall':>26}"
    yield f"{'':42}{'old':>8}{'new':>9}{'diff':>9}   {'old':>8}{'new':>9}{'diff':>9}"
    for group, fields in now.items():
        yield group
        for name, counts in fields.items():
            old = before.get(group, {}).get(name)
            yield f"  {name:40}{_row(counts, old)}{_verdict(name, counts)}"


def losses(now: Recorded, before: Recorded) -> list[str]:
    """Return the fields that are worse than recorded: a smaller share right, or fewer of the expected values."""
    worse = []
    for group, fields in now.items():
        for name, counts in fields.items():
            if old := before.get(group, {}).get(name):
                new, was = Count(*counts), Count(*old)
                if new.precision < was.precision or new.recall < was.recall:
                    worse.append(f"{group}, {name}: {was} -> {new}")
    return worse


def _row(counts: list[int], old: list[int] | None) -> str:
    new, was = Count(*counts), Count(*old) if old else None
    return "   ".join(
        _three(getattr(new, share), getattr(was, share) if was else None) for share in ("precision", "recall")
    )


def _three(new: float, old: float | None) -> str:
    if old is None:
        return f"{'-':>8}{100 * new:9.2f}{'':9}"
    difference = f"{100 * (new - old):+9.2f}" if new != old else f"{'=':>9}"
    return f"{100 * old:8.2f}{100 * new:9.2f}{difference}"


def _verdict(name: str, counts: list[int]) -> str:
    count = Count(*counts)
    target = TARGETS.get(name)
    short = target is not None and 100 * min(count.precision, count.recall) < target
    return f"   {count.met}/{count.expected}" + (f"  below {target:g}" if short else "")
