"""The statements of a knowledge base as the pages read them: by subject, by object, inferred ones, with evidence."""

from __future__ import annotations

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple, Protocol

import pyoxigraph as ox

from mandata.rdf.evidence import Evidence
from mandata.rdf.local_names import read_name
from mandata.rdf.namespaces import ID, expand, prefixed_name
from mandata.rdf.natural_order import natural_sort_key
from mandata.reason.facts import Fact

TYPE: Final = "rdf:type"


class LiteralText(NamedTuple):
    """The text of a literal; ``language`` and ``datatype`` are empty if it has none."""

    text: str
    language: str = ""
    datatype: str = ""

    @property
    def direction(self) -> str:
        """The direction of the text, ``ltr`` or ``rtl``, by its first character of strong directionality."""
        kinds = (unicodedata.bidirectional(letter) for letter in self.text)
        first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
        return "ltr" if first == "L" else "rtl"


Value = str | LiteralText
"""An IRI, or the text of a literal."""


class AttestedStatement(NamedTuple):
    """A statement, with its property as a prefixed name, and one piece of evidence for it."""

    subject: str
    prop: str
    value: Value
    evidence: Evidence


class EvidenceReader(Protocol):
    """Reads the evidence of statements, by the local names of parts and documents."""

    def in_part(self, part: str, /) -> list[tuple[Fact, Evidence]]:
        """Return the statements for which the text of a part is evidence, in the order of the text."""

    def of_document(self, document: str, /) -> Iterator[tuple[Fact, list[Evidence]]]:
        """Yield the statements of a document that have evidence, each with all of it."""


class Collection(ABC):
    """The statements of a knowledge base; properties are given by their prefixed names, such as ``md:cites``.

    Lists are in natural order, paragraph 2 before paragraph 10, and without duplicates, though several graphs may have
    a statement. Evidence is read from an index; without one, from its description in RDF, if the statements have it.
    """

    def __init__(self, evidence: EvidenceReader | None = None) -> None:
        self._evidence = evidence

    @property
    @abstractmethod
    def graphs(self) -> list[str]:
        """The named graphs, sorted."""

    @property
    @abstractmethod
    def size(self) -> int:
        """The number of subjects."""

    @abstractmethod
    def __contains__(self, iri: str) -> bool:
        """Return whether there are statements about a thing."""

    @abstractmethod
    def subjects_with(self, prop: str) -> Iterator[str]:
        """Yield the subjects that have a property."""

    @abstractmethod
    def properties(self, subject: str) -> list[str]:
        """Return the properties of a thing."""

    @abstractmethod
    def values(self, subject: str, prop: str) -> list[Value]:
        """Return the values of ``prop`` for ``subject``."""

    @abstractmethod
    def subjects(self, prop: str, value: str) -> list[str]:
        """Return the subjects for which ``prop`` has the IRI ``value``."""

    @abstractmethod
    def incoming_properties(self, thing: str) -> list[str]:
        """Return the properties that have a thing as a value."""

    @abstractmethod
    def inferred_about(self, subject: str) -> Sequence[ox.Triple]:
        """Return the inferred statements about a thing."""

    def attested_in(self, part: str) -> list[AttestedStatement]:
        """Return the statements for which the text of a part is evidence, in the order of the text."""
        if self._evidence:
            return [_attested_statement(fact, evidence) for fact, evidence in self._evidence.in_part(local_name(part))]
        found = (one for place in self.subjects("md:inPart", part) for one in self._statements_attested_by(place))
        return sorted(found, key=lambda one: (one.evidence.part_start, one.evidence.part_end))

    def attested_by(self, document: str) -> list[AttestedStatement]:
        """Return the statements for which the files of a document are evidence."""
        if self._evidence:
            found = self._evidence.of_document(local_name(document))
            return [_attested_statement(fact, one) for fact, evidence in found for one in evidence]
        files = (
            file for version in self.things(document, "md:realizedBy") for file in self.things(version, "md:embodiedBy")
        )
        places = (place for file in files for place in self.subjects("md:inFile", file))
        return [one for place in places for one in self._statements_attested_by(place)]

    def is_evidence(self, iri: str) -> bool:
        """Return whether an IRI identifies a piece of evidence."""
        name = read_name(local_name(iri))
        attested = self.attested_by(ID + name.document) if name.span else ()
        return any(one.evidence.iri.value == iri for one in attested)

    def _statements_attested_by(self, place: str) -> Iterator[AttestedStatement]:
        """Yield the statements that a piece of evidence, described in RDF, attests."""
        part, file = (local_name(self.thing(place, prop)) for prop in ("md:inPart", "md:inFile"))
        offsets = (self.text(place, prop) for prop in ("md:partStart", "md:partEnd", "md:start", "md:end"))
        part_start, part_end, start, end = (int(offset) if offset.isdigit() else 0 for offset in offsets)
        for statement in self.subjects("md:evidence", place):
            subject, prop = self.thing(statement, "rdf:subject"), prefixed_name(self.thing(statement, "rdf:predicate"))
            for value in self.values(statement, "rdf:object"):
                yield AttestedStatement(subject, prop, value, Evidence(part, part_start, part_end, file, start, end))

    def count_subjects(self, prop: str, value: str) -> int:
        """Return the number of subjects for which ``prop`` has the IRI ``value``."""
        return len(self.subjects(prop, value))

    def things(self, subject: str, prop: str) -> list[str]:
        """Return those values of ``prop`` for ``subject`` that are IRIs."""
        return [value for value in self.values(subject, prop) if not isinstance(value, LiteralText)]

    def literals(self, subject: str, prop: str) -> list[LiteralText]:
        """Return those values of ``prop`` for ``subject`` that are literals."""
        return [value for value in self.values(subject, prop) if isinstance(value, LiteralText)]

    def text(self, subject: str, prop: str) -> str:
        """Return the text of the first literal value of ``prop`` for ``subject``; empty if there is none."""
        return next((one.text for one in self.literals(subject, prop)), "")

    def thing(self, subject: str, prop: str) -> str:
        """Return the first IRI among the values of ``prop`` for ``subject``; empty if there is none."""
        return next(iter(self.things(subject, prop)), "")

    def instances(self, cls: str) -> list[str]:
        """Return the instances of a class, such as ``md:Mandate``."""
        return self.subjects(TYPE, expand(cls))


@lru_cache(maxsize=100_000)
def sort_key(value: Value) -> tuple[object, ...]:
    """Return the sort key of a value in natural order; literals are sorted by language first."""
    if isinstance(value, LiteralText):
        return 1, value.language, natural_sort_key(value.text), value.datatype
    return 0, natural_sort_key(value)


def local_name(iri: str) -> str:
    """Return the local name of an IRI in our namespace; any other IRI unchanged."""
    return iri.removeprefix(ID)


def _attested_statement(fact: Fact, evidence: Evidence) -> AttestedStatement:
    subject, predicate, value = fact
    text = literal_text(value) if isinstance(value, ox.Literal) else value.value
    return AttestedStatement(subject.value, prefixed_name(predicate.value), text, evidence)


def literal_text(literal: ox.Literal) -> LiteralText:
    """Return an RDF literal as its text, language and datatype."""
    return LiteralText(
        literal.value, literal.language or "", "" if literal.language else prefixed_name(literal.datatype.value)
    )
