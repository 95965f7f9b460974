"""Statements with their evidence as text: N-Quads whose comments name the evidence of each line.

The first line lists the local names of parts and files; the comment of a statement has, for each evidence, six numbers:
the part, its start and end, the file, its start and end. A reader of N-Quads reads the statements alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from mandata.rdf.canonical import refuse_blank_nodes
from mandata.rdf.evidence import Evidence, Statement

_MARK: Final = " #"
"""Stands behind each statement, so that no words of a literal can be taken for a comment."""


def attested_lines(statements: Iterable[Statement]) -> str:
    """Return statements with their evidence, sorted, each once.

    Raises:
        MandataError: one of them has a blank node.
    """
    given = list(statements)
    quads = [quad for quad, _ in given]
    text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    refuse_blank_nodes(text, quads)
    names = sorted({name for _, evidence in given for one in evidence for name in (one.part, one.file)})
    number = {name: str(at) for at, name in enumerate(names)}
    lines = (
        line.decode() + _MARK + "".join(f" {_numbers(one, number)}" for one in evidence)
        for line, (_, evidence) in zip(text.split(b"\n"), given, strict=False)
    )
    return "\n".join([f"# {' '.join(names)}", *sorted(lines), ""])


def _numbers(one: Evidence, number: dict[str, str]) -> str:
    return f"{number[one.part]},{one.part_start},{one.part_end},{number[one.file]},{one.start},{one.end}"


def read_attested(text: str) -> Iterator[Statement]:
    """Yield the statements of a text that ``attested_lines`` wrote, in their order."""
    head, _, body = text.partition("\n")
    names = head.removeprefix("# ").split(" ")
    lines = body.split("\n")
    for line, quad in zip(lines, ox.parse(body, format=ox.RdfFormat.N_QUADS), strict=False):
        yield Statement(quad, tuple(_evidence(one, names) for one in line.rpartition(_MARK)[2].split()))


def _evidence(numbers: str, names: Sequence[str]) -> Evidence:
    part, part_start, part_end, file, start, end = map(int, numbers.split(","))
    return Evidence(names[part], part_start, part_end, names[file], start, end)
