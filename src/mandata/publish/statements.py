"""What a release is made of: the statements of a knowledge base as its files have them, never as its store does.

A store alters the form of literals, 007 to 7; the files keep what was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from mandata.errors import MandataError
from mandata.iris import graph, read_name, term
from mandata.resources import shipped
from mandata.store.swap import recover
from mandata.vocab import ID, RDF

ASSERTED: Final = "mandata.nq"
INFERRED: Final = "inferred.nq"
ONTOLOGY: Final = "ontology/mandata.ttl"
ALIGNMENTS: Final = "ontology/alignments.ttl"
_DATED: Final = frozenset(term(name) for name in ("adoptedOn", "datedOn", "distributedOn"))
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_TYPE: Final = ox.NamedNode(RDF + "type")
_DOCUMENT: Final = ox.NamedNode(term("Document"))


@dataclass(frozen=True)
class Statements:
    """What was stated, what follows, and what names of earlier releases are gone, each statement in its graph."""

    asserted: Sequence[ox.Quad]
    inferred: Sequence[ox.Quad]
    deprecated: Sequence[ox.Quad] = ()

    @cached_property
    def together(self) -> tuple[ox.Quad, ...]:
        """All of them."""
        return (*self.asserted, *self.inferred, *self.deprecated)

    @cached_property
    def by_document(self) -> Mapping[str, Sequence[ox.Quad]]:
        """What is said of each document and its parts, by the local name of the document, sorted by it."""
        held: dict[str, list[ox.Quad]] = {}
        documents = set()
        for quad in self.together:
            subject = quad.subject
            if isinstance(subject, ox.NamedNode) and subject.value.startswith(ID):
                local = subject.value.removeprefix(ID)
                held.setdefault(_whole(local), []).append(quad)
                if quad.predicate == _TYPE and quad.object == _DOCUMENT:
                    documents.add(_whole(local))
        return {name: held[name] for name in sorted(documents)}

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


def read_statements(kb: Path) -> Statements:
    """Return the statements of the knowledge base in ``kb``, without what earlier releases said.

    Raises:
        MandataError: there is no knowledge base, or a file of it is damaged.
    """
    recover(kb)
    return Statements(list(parsed(kb / ASSERTED)), list(parsed(kb / INFERRED)))


def axioms() -> list[ox.Quad]:
    """Return the ontology and its alignments, each in its graph; they have blank nodes, where OWL must."""
    places = ((ONTOLOGY, "ontology"), (ALIGNMENTS, "alignments"))
    return [
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(graph(name)))
        for relative, name in places
        for quad in ox.parse(path=str(shipped(relative)))
    ]


def parsed(path: Path) -> Iterator[ox.Quad]:
    """Yield the statements of a file of RDF.

    Raises:
        MandataError: it is not there, or is no RDF.
    """
    if not path.is_file():
        raise MandataError("no-knowledge-base", f"there is no {path.name} here", str(path.parent), "run mandata build")
    try:
        yield from ox.parse(path=str(path))
    except SyntaxError as error:
        raise MandataError("rdf", f"is damaged: {error}", str(path), "run mandata build") from error


def _whole(local: str) -> str:
    return read_name(local).document
