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

_SEPARATOR: Final = " #"
"""Separates a statement from its evidence; the last one in a line counts, for a literal may contain one too."""


def attested_lines(statements: Iterable[Statement]) -> str:
    """Return statements with their evidence as text, the lines sorted.

    Raises:
        MandataError: one of them has a blank node.
    """
    attested = list(statements)
    quads = [quad for quad, _ in attested]
    text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    refuse_blank_nodes(text, quads)
    names = sorted({name for _, evidence in attested for one in evidence for name in (one.part, one.file)})
    number_of = {name: str(number) for number, name in enumerate(names)}
    lines = (
        line.decode() + _SEPARATOR + "".join(f" {_numbers(one, number_of)}" for one in evidence)
        for line, (_, evidence) in zip(text.split(b"\n"), attested, strict=False)
    )
    return "\n".join([f"# {' '.join(names)}", *sorted(lines), ""])


def _numbers(evidence: Evidence, number_of: dict[str, str]) -> str:
    part, part_start, part_end, file, start, end = evidence
    return f"{number_of[part]},{part_start},{part_end},{number_of[file]},{start},{end}"


def read_attested(text: str) -> Iterator[Statement]:
    """Yield the statements of a text that ``attested_lines`` wrote, in their order."""
    head, _, body = text.partition("\n")
    names = head.removeprefix("# ").split(" ")
    lines = body.split("\n")
    for line, quad in zip(lines, ox.parse(body, format=ox.RdfFormat.N_QUADS), strict=False):
        yield Statement(quad, tuple(_evidence(one, names) for one in line.rpartition(_SEPARATOR)[2].split()))


def _evidence(numbers: str, names: Sequence[str]) -> Evidence:
    part, part_start, part_end, file, start, end = map(int, numbers.split(","))
    return Evidence(names[part], part_start, part_end, names[file], start, end)
