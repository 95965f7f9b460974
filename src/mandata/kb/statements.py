"""What a release is made of: the statements of a knowledge base as its files have them, never as its store does.

A store alters the form of literals, 007 to 7; the files keep what was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.package_data import shipped_path
from mandata.rdf.canonical import Canonical, canonical, in_file
from mandata.rdf.local_names import graph, read_name, term
from mandata.rdf.namespaces import ID, RDF

ONTOLOGY: Final = "ontology/mandata.ttl"
ALIGNMENTS: Final = "ontology/alignments.ttl"
_DATED: Final = frozenset(term(name) for name in ("adoptedOn", "datedOn", "distributedOn"))
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_OURS: Final = f"<{ID}".encode()
_IS_DOCUMENT: Final = f"> <{RDF}type> <{term('Document')}> ".encode()


@dataclass(frozen=True)
class Statements:
    """What was stated, what follows, and what names of earlier releases are gone, each statement in its graph."""

    asserted: Sequence[ox.Quad]
    inferred: Sequence[ox.Quad]
    deprecated: Sequence[ox.Quad] = ()

    @cached_property
    def together(self) -> Canonical:
        """All of them, each once.

        Raises:
            MandataError: one of them has a blank node.
        """
        return Canonical(tuple(map(canonical, (self.asserted, self.inferred, self.deprecated))))

    @cached_property
    def documents(self) -> frozenset[str]:
        """The local names of the documents of which something is said."""
        lines = (line for block in self.together.blocks() for line in block.split(b"\n") if _IS_DOCUMENT in line)
        return frozenset(_whole(_local(line)) for line in lines if line.startswith(_OURS))

    def by_document(self) -> Iterator[tuple[str, list[ox.Quad]]]:
        """Yield what is said of each document and its parts, by its local name; one document is held at a time."""
        for name, lines in _by_thing(line for block in self.together.blocks() for line in block.split(b"\n")[:-1]):
            if name in self.documents:
                yield name, list(ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_QUADS))

    @property
    def newest_date(self) -> str:
        """The day of the newest document: of its adoption, its distribution, or the date that it bears.

        Raises:
            MandataError: no document has a date.
        """
        dated = (quad.object for quad in self.asserted if quad.predicate.value in _DATED)
        days = [value.value for value in dated if isinstance(value, ox.Literal) and _DAY.fullmatch(value.value)]
        if not days:
            raise MandataError("date", "no document bears a date", "--date", "give the date of the release")
        return max(days)


def axioms() -> list[ox.Quad]:
    """Return the ontology and its alignments, each in its graph; they have blank nodes, where OWL must."""
    places = ((ONTOLOGY, "ontology"), (ALIGNMENTS, "alignments"))
    return [
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(graph(name)))
        for relative, name in places
        for quad in ox.parse(path=str(shipped_path(relative)))
    ]


def parsed(path: Path) -> Iterator[ox.Quad]:
    """Yield the statements of a file of RDF.

    Raises:
        MandataError: it is not there, or is no RDF.
    """
    with _told(path):
        yield from ox.parse(path=str(path))


def _kept(path: Path) -> Canonical:
    with _told(path):
        return in_file(path)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    if not path.is_file():
        raise MandataError("no-knowledge-base", f"there is no {path.name} here", str(path.parent), "run mandata build")
    try:
        yield
    except SyntaxError as error:
        raise MandataError("rdf", f"is damaged: {error}", str(path), "run mandata build") from error


def _by_thing(lines: Iterable[bytes]) -> Iterator[tuple[str, list[bytes]]]:
    """Yield what sorted lines say of each of our things and its parts.

    The lines of a thing come after those of its parts, and others between them: ``A_RES_72_7.pp1>``, ``A_RES_72_70>``,
    ``A_RES_72_7>``. So it is held until a line comes that sorts after its own.
    """
    held: dict[str, list[bytes]] = {}
    last, name = b"", ""
    for line in lines:
        subject = line[: line.index(b" ")]
        if subject != last:
            for done in [one for one in held if subject > _OURS + one.encode() + b">"]:
                yield done, held.pop(done)
            last, name = subject, _whole(_local(line)) if subject.startswith(_OURS) else ""
        if name:
            held.setdefault(name, []).append(line)
    yield from held.items()


def _local(line: bytes) -> str:
    return line[len(_OURS) : line.index(b">")].decode()


def _whole(local: str) -> str:
    return read_name(local).document
