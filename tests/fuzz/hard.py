"""Documents made to be hard for what reads them: thousands of one thing in a paragraph, in a note, as paragraphs."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from mandata.reading import read
from mandata.text.source import decode

from .growth import Tried, exponent

_OPENING = "A/RES/72/7\n\n72/7. Apples\n\nThe General Assembly,\n\n"
_PLACES = {
    "paragraph": "1. *Recalls* {};\n",
    "note": "1. *Decides*<sup>1</sup>;\n\n<sup>1</sup> {}\n",
    "paragraphs": "{}",
}


@dataclass(frozen=True, slots=True)
class Hard:
    """A document in which something is written over and over, in one place."""

    place: str
    unit: str

    def __str__(self) -> str:
        return f"{self.unit!r} as {self.place}"

    def text(self, size: int) -> str:
        """Return the document with so many characters, about."""
        return _OPENING + _PLACES[self.place].format(self.unit * (size // len(self.unit)))

    def growth(self, sizes: Iterable[int]) -> float:
        """Return the exponent with which the time to read it grows; 0: too fast to tell."""
        return exponent(Tried(str(self), _read), self.text, sizes)


def _read(text: str) -> object:
    return read(decode(text.encode(), "x.txt"))


def documents() -> list[Hard]:
    """Return the hard documents."""
    kept = yaml.safe_load(Path(__file__).with_name("hard.yaml").read_text(encoding="utf-8"))
    inline = [Hard(place, unit) for unit in kept["units"] for place in ("paragraph", "note")]
    return [*inline, *(Hard("paragraphs", line) for line in kept["lines"])]


def seconds(hard: Hard, size: int) -> float:
    """Return the seconds of the processor that reading a hard document of a size takes."""
    text = hard.text(size)
    start = time.process_time()
    _read(text)
    return time.process_time() - start
