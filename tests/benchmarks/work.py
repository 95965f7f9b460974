"""What is measured: one text of many sizes, and many texts of one size."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from invented import Style, render, resolution
from mandata import pipeline
from mandata.reading import read
from mandata.text.source import decode

from .timing import Cost, cost

_STYLES = (Style(), Style(emphasis=False, calls="raised", page=2500), Style(False, "lowered", 78, 2500))
_LETTERS_OF_A_PARAGRAPH = 130


def text_of(size: int, language: str = "fr") -> str:
    """Return an invented resolution of about so many characters, and never fewer."""
    paragraphs = max(2, size // _LETTERS_OF_A_PARAGRAPH)
    while len(text := render(resolution(size, language, paragraphs // 2, paragraphs // 2))) < size:
        paragraphs += max(1, paragraphs // 8)
    return text


def one_text(sizes: list[int]) -> Iterator[Cost]:
    """Yield what reading one text costs, for each size in characters."""
    read(decode(text_of(1000).encode(), "warm-up"))  # what is loaded once is no cost of a text
    for size in sizes:
        data = text_of(size).encode()
        source = decode(data, "x.txt")
        yield cost(lambda source=source: read(source), data, times=5 if size <= 100_000 else 2)  # type: ignore[misc]


def many_texts(numbers: list[int]) -> Iterator[Cost]:
    """Yield what ``convert`` to N-Quads costs, for each number of files; ``size`` is the number of their bytes."""
    with tempfile.TemporaryDirectory() as place:
        for number in numbers:
            folder = Path(place) / str(number)
            data = b"".join(_written(folder, number))
            yield cost(lambda folder=folder: _converted(folder), data, times=1)  # type: ignore[misc]


def _written(folder: Path, number: int) -> Iterator[bytes]:
    folder.mkdir()
    for n in range(number):
        data = render(resolution(n, ("fr", "en")[n % 2], 12, 14), _STYLES[n % 3]).encode()
        (folder / f"{n:05}.txt").write_bytes(data)
        yield data


def _converted(folder: Path) -> int:
    return sum(len(piece) for piece in pipeline.convert([folder], "nquads"))
