"""What is measured: one text of many sizes, and many texts of one size."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from invented import Style, render, resolution
from mandata.ingest import conversion
from mandata.ingest.document_tasks import TextResult, TextTask, read_text

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
    """Yield what the first pass of ``convert`` costs for one text, from its bytes to its record, by size."""
    converted_alone(text_of(1000).encode())  # what is loaded once is no cost of a text
    for size in sizes:
        data = text_of(size).encode()
        yield cost(lambda data=data: converted_alone(data), data, times=5 if size <= 100_000 else 2)  # type: ignore[misc]


_ODD_HEAD = "Assemblée générale\n\nL'Assemblée générale,\n\n1. Décide de la paix dans le monde et de la\n\n"
ODD = {
    "lines that go on": "paix et des peuples dans le monde pour les uns et les autres\n\n",
    "items": "- De la paix et des peuples dans le monde pour les uns ;\n\n",
    "calls in one paragraph": "de la paix<sup>1</sup> et des peuples dans le monde pour les uns ",
    "the same number": "1. Décide de la paix et des peuples dans le monde pour les uns ;\n\n",
    "spaces astray": "de la paix et l ’Assemblée  dans le monde pour les uns ",
}
"""What no document repeats so often, by what it is: each once cost the square of its number."""


def odd_text(kind: str, numbers: list[int]) -> Iterator[Cost]:
    """Yield what the first pass costs for a text that says one thing over and over, by how often."""
    for number in numbers:
        data = (_ODD_HEAD + number * ODD[kind]).encode()
        yield cost(lambda data=data: converted_alone(data), data, times=3)  # type: ignore[misc]


def converted_alone(data: bytes) -> TextResult:
    """Return what the first pass of ``convert`` to JSON lines makes of a text."""
    return read_text(TextTask(hashlib.sha256(data).hexdigest(), ("x.txt",), data))


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
    return sum(len(piece) for piece in conversion.convert([folder], "nquads"))
