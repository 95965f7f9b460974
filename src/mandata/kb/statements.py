"""The statements of a knowledge base, read from its files and not from its store.

A store normalises literals, 007 to 7; the files keep their lexical forms.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.package_data import shipped_path
from mandata.rdf.canonical import CanonicalStatements, canonicalize
from mandata.rdf.local_names import graph, read_name, term
from mandata.rdf.namespaces import ID, RDF

ONTOLOGY: Final = "ontology/mandata.ttl"
ALIGNMENTS: Final = "ontology/alignments.ttl"
PARAGRAPH_CLASSES: Final = (
    "AnnexParagraph",
    "FunctionItem",
    "LetterParagraph",
    "OperativeParagraph",
    "Paragraph",
    "PreambularParagraph",
)
"""The classes that a paragraph of a text is stated to have, one each."""
_DATED: Final = frozenset(term(name) for name in ("adoptedOn", "datedOn", "distributedOn"))
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_OURS: Final = f"<{ID}".encode()
_IS_DOCUMENT: Final = f"> <{RDF}type> <{term('Document')}> ".encode()


@dataclass(frozen=True)
class Statements:
    """Asserted and inferred statements, and statements that deprecate names of earlier releases, each in its graph."""

    asserted: Sequence[ox.Quad]
    inferred: Sequence[ox.Quad]
    deprecated: Sequence[ox.Quad] = ()

    @cached_property
    def together(self) -> CanonicalStatements:
        """All of them, each once.

        Raises:
            MandataError: one of them has a blank node.
        """
        return CanonicalStatements(tuple(map(canonicalize, (self.asserted, self.inferred, self.deprecated))))

    def asserted_of(self, *properties: str) -> Iterator[ox.Quad]:
        """Yield the asserted statements with some properties (IRIs); the others are not parsed."""
        return canonicalize(self.asserted).of_properties(*properties)

    def instances(self, classes: Collection[str]) -> dict[str, set[str]]:
        """Return the IRIs of the asserted instances of some classes (local names), by class."""
        found: dict[str, set[str]] = {name: set() for name in classes}
        by_iri = {term(name): instances for name, instances in found.items()}
        for quad in self.asserted_of(RDF + "type"):
            thing, class_ = quad.subject, quad.object
            if isinstance(thing, ox.NamedNode) and isinstance(class_, ox.NamedNode) and class_.value in by_iri:
                by_iri[class_.value].add(thing.value)
        return found

    @cached_property
    def documents(self) -> frozenset[str]:
        """The local names of the documents that are described."""
        lines = (line for block in self.together.blocks() for line in block.split(b"\n") if _IS_DOCUMENT in line)
        return frozenset(_whole(_local(line)) for line in lines if line.startswith(_OURS))

    def by_document(self) -> Iterator[tuple[str, list[ox.Quad]]]:
        """Yield each document's local name and the statements about it and its parts; few are in memory at a time."""
        for name, lines in _by_thing(line for block in self.together.blocks() for line in block.split(b"\n")[:-1]):
            if name in self.documents:
                yield name, list(ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_QUADS))

    @property
    def newest_date(self) -> str:
        """The latest date of a document: of its adoption, of its distribution, or the one printed on it.

        Raises:
            MandataError: no document has a date.
        """
        dated = (quad.object for quad in self.asserted_of(*_DATED))
        days = [value.value for value in dated if isinstance(value, ox.Literal) and _DAY.fullmatch(value.value)]
        if not days:
            raise MandataError("date", "no document bears a date", "--date", "give the date of the release")
        return max(days)


def axioms() -> list[ox.Quad]:
    """Return the ontology and its alignments, each in its graph; unlike other statements they have blank nodes."""
    places = ((ONTOLOGY, "ontology"), (ALIGNMENTS, "alignments"))
    return [
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(graph(name)))
        for relative, name in places
        for quad in ox.parse(path=str(shipped_path(relative)))
    ]


def read_quads(path: Path) -> Iterator[ox.Quad]:
    """Yield the statements of a file of RDF.

    Raises:
        MandataError: the file is missing, or is not valid.
    """
    if not path.is_file():
        raise MandataError("no-knowledge-base", f"there is no {path.name} here", str(path.parent), "run mandata build")
    try:
        yield from ox.parse(path=str(path))
    except SyntaxError as error:
        raise MandataError("rdf", f"is damaged: {error}", str(path), "run mandata build") from error


def _by_thing(lines: Iterable[bytes]) -> Iterator[tuple[str, list[bytes]]]:
    """Yield each thing of ours with the lines about it and its parts; the lines given must be sorted.

    The lines of a thing come after those of its parts, and others between them: ``A_RES_72_7.pp1>``, ``A_RES_72_70>``,
    ``A_RES_72_7>``. So a thing is pending until a line comes that sorts after its own.
    """
    pending: dict[str, list[bytes]] = {}
    last, name = b"", ""
    for line in lines:
        subject = line[: line.index(b" ")]
        if subject != last:
            for done in [thing for thing in pending if subject > _OURS + thing.encode() + b">"]:
                yield done, pending.pop(done)
            last, name = subject, _whole(_local(line)) if subject.startswith(_OURS) else ""
        if name:
            pending.setdefault(name, []).append(line)
    yield from pending.items()


def _local(line: bytes) -> str:
    return line[len(_OURS) : line.index(b">")].decode()


def _whole(local: str) -> str:
    return read_name(local).document
