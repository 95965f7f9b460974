"""SVG drawings of citations and timelines: paths and labels with their coordinates, by the statements alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_STEP: Final = 30
_WIDTH: Final = 720
_MARGIN: Final = 24
_LETTER: Final = 7.4
"""The estimated width of a letter of a label in pixels, whatever the font of the reader."""


@dataclass(frozen=True, slots=True)
class Label:
    """Text at a point; ``anchor`` is the part of the text at the point: start, middle or end."""

    x: int
    y: int
    text: str
    anchor: str = "start"
    kind: str = ""


@dataclass(frozen=True, slots=True)
class SvgPath:
    """A line as path data of SVG; ``kind`` is its CSS class."""

    path: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class SvgDrawing:
    """A drawing: its size, lines, points and labels."""

    width: int
    height: int
    lines: tuple[SvgPath, ...]
    points: tuple[tuple[int, int], ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """An event on a timeline, on a day, in a month or in a year."""

    date: str
    text: str


def around(citing: Sequence[str], centre: str, cited: Sequence[str]) -> SvgDrawing:
    """Return a drawing of ``centre``, a document, with ``citing`` ones at its left and ``cited`` ones at its right."""
    rows = max(len(citing), len(cited), 1)
    height = rows * _STEP + 2 * _MARGIN
    middle = height // 2
    half = int(len(centre) * _LETTER / 2) + 12
    left, right = _WIDTH // 3 - 30, _WIDTH - _WIDTH // 3 + 30
    lines, points = [], []
    labels = [Label(_WIDTH // 2, middle + 5, centre, "middle", "centre")]
    sides = ((citing, left, -1, "end"), (cited, right, 1, "start"))
    for names, x, direction, side in sides:
        top = middle - (len(names) - 1) * _STEP // 2
        for at, name in enumerate(names):
            y = top + at * _STEP
            near = _WIDTH // 2 + direction * half
            bend = (near + x) // 2
            lines.append(SvgPath(f"M{near},{middle} C{bend},{middle} {bend},{y} {x - direction * 6},{y}"))
            points.append((x, y))
            labels.append(Label(x + direction * 10, y + 5, name, side))
    return SvgDrawing(_WIDTH, height, tuple(lines), tuple(points), tuple(labels))


def arcs(names: Sequence[str], pairs: Sequence[tuple[int, int]]) -> SvgDrawing:
    """Return a drawing of ``names`` in a column, with an arc from the first to the second of each of the ``pairs``."""
    furthest = max((abs(source - target) for source, target in pairs), default=1)
    x = _WIDTH // 2
    lines = []
    for source, target in pairs:
        start, end = (_MARGIN + at * _STEP for at in (source, target))
        reach = int(24 + (x - 60) * abs(source - target) / furthest)
        lines.append(SvgPath(f"M{x},{start} C{x - reach},{start} {x - reach},{end} {x},{end}"))
    ys = [_MARGIN + at * _STEP for at in range(len(names))]
    lines += [
        SvgPath(f"M{x - 15},{ys[at] - 5} L{x - 5},{ys[at]} L{x - 15},{ys[at] + 5} Z", "head") for at in _ends(pairs)
    ]
    labels = [Label(x + 14, y + 5, name) for y, name in zip(ys, names, strict=True)]
    return SvgDrawing(_WIDTH, len(names) * _STEP + _MARGIN, tuple(lines), tuple((x, y) for y in ys), tuple(labels))


def _ends(pairs: Iterable[tuple[int, int]]) -> list[int]:
    return sorted({end for _, end in pairs})


def timeline(events: Sequence[Event]) -> SvgDrawing:
    """Return a drawing of events on a time axis; labels that would overlap are on different levels."""
    days = [_day(event.date) for event in events]
    first, last = int(min(days)), int(max(days)) + 1
    scale = (_WIDTH - 2 * _MARGIN) / (last - first)
    places = [int(_MARGIN + (day - first) * scale) for day in days]
    lanes = _lanes([(x, event.text) for x, event in zip(places, events, strict=True)])
    base = (max(lanes) + 1) * _STEP + _MARGIN
    lines = [SvgPath(f"M{_MARGIN},{base} H{_WIDTH - _MARGIN}", "axis")]
    labels = []
    for x, lane, event in zip(places, lanes, events, strict=True):
        y = base - (lane + 1) * _STEP + 8
        lines.append(SvgPath(f"M{x},{base} V{y + 4}", "stem"))
        labels.append(_beside(x, y, event.text))
    step = max(1, -(-(last - first) // 10))
    for year in range(first, last + 1, step):
        x = int(_MARGIN + (year - first) * scale)
        lines.append(SvgPath(f"M{x},{base} v6", "axis"))
        labels.append(Label(x, base + 22, str(year), "middle", "year"))
    return SvgDrawing(_WIDTH, base + 36, tuple(lines), tuple((x, base) for x in places), tuple(labels))


def _beside(x: int, y: int, text: str) -> Label:
    """Return a label that begins at a point, or ends there if it would leave the drawing."""
    fits = x + len(text) * _LETTER <= _WIDTH
    return Label(x + 2 if fits else x - 2, y, text, "start" if fits else "end")


def _lanes(labels: Sequence[tuple[int, str]]) -> list[int]:
    """Return for each label the lowest level on which it overlaps no other."""
    taken: list[list[tuple[float, float]]] = []
    lanes = []
    for x, text in labels:
        wide = len(text) * _LETTER
        start = x if x + wide <= _WIDTH else x - wide
        lane = next(
            (at for at, spans in enumerate(taken) if all(start > b + 8 or start + wide < a - 8 for a, b in spans)),
            len(taken),
        )
        if lane == len(taken):
            taken.append([])
        taken[lane].append((start, start + wide))
        lanes.append(lane)
    return lanes


def _day(date: str) -> float:
    """Return a date as a number of years; a month or a year stands for its first day."""
    year, month, day = (int(part) for part in (*date.split("-"), "1", "1")[:3])
    return year + (month - 1) / 12 + (day - 1) / 372
